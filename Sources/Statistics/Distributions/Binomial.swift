/// The number of successes in `n` independent tries, each with probability `p`.
public enum Binomial {
  /// P(X = k); 0 outside 0…n.
  public static func probability(_ k: Int, n: Int, p: Double) -> Double {
    guard n >= 0, p >= 0, p <= 1 else { return .nan }
    guard (0...n).contains(k) else { return 0 }
    return SaddlePoint.binomial(Double(k), Double(n), p: p, q: 1 - p)
  }

  /// P(X ≤ k) and P(X > k).
  public static func tails(_ k: Int, n: Int, p: Double) -> Tails {
    guard n >= 0, p >= 0, p <= 1 else { return .undefined }
    if k < 0 { return .allAbove }
    if k >= n { return .allBelow }
    return Beta.tails(p, Double(k + 1), Double(n - k)).mirrored
  }

  /// The smallest k with P(X ≤ k) ≥ q, up to a rounding error of 64 parts in 2⁵² (as R's qbinom allows);
  /// nil unless 0 ≤ q ≤ 1.
  public static func quantile(_ q: Double, n: Int, p: Double) -> Int? {
    guard n >= 0, (0...1).contains(p), (0...1).contains(q) else { return nil }
    let wanted = q * (1 - 64 * Double.ulpOfOne)
    var low = 0
    var high = n
    while low < high {
      let middle = (low + high) / 2
      if tails(middle, n: n, p: p).lower >= wanted { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
