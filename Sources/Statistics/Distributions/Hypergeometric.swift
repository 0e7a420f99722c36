/// The number of marked among `draws` drawn without replacement from `marked` marked and `plain` others.
public enum Hypergeometric {
  /// P(X = k); 0 where impossible.
  public static func probability(_ k: Int, marked: Int, plain: Int, draws: Int) -> Double {
    guard marked >= 0, plain >= 0, (0...(marked + plain)).contains(draws) else { return .nan }
    guard range(marked, plain, draws).contains(k) else { return 0 }
    let total = Double(marked + plain)
    if draws == 0 || total == Double(draws) { return 1 }
    let p = Double(draws) / total
    let q = (total - Double(draws)) / total
    return SaddlePoint.binomial(Double(k), Double(marked), p: p, q: q)
      * SaddlePoint.binomial(Double(draws - k), Double(plain), p: p, q: q)
      / SaddlePoint.binomial(Double(draws), total, p: p, q: q)
  }

  /// P(X ≤ k) and P(X > k), each summed from its own end outwards.
  public static func tails(_ k: Int, marked: Int, plain: Int, draws: Int) -> Tails {
    guard marked >= 0, plain >= 0, (0...(marked + plain)).contains(draws) else { return .undefined }
    let range = range(marked, plain, draws)
    if k < range.lowerBound { return .allAbove }
    if k >= range.upperBound { return .allBelow }
    func sum(_ part: ClosedRange<Int>) -> Double {
      part.reduce(0) { $0 + probability($1, marked: marked, plain: plain, draws: draws) }
    }
    return Tails(lower: min(1, sum(range.lowerBound...k)), upper: min(1, sum((k + 1)...range.upperBound)))
  }

  private static func range(_ marked: Int, _ plain: Int, _ draws: Int) -> ClosedRange<Int> {
    max(0, draws - plain)...min(marked, draws)
  }
}
