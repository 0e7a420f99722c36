/// How little the values after a change overlap with those before it. Sources: Parker and Vannest 2009 (NAP), Parker,
/// Vannest, Davis and Sauber 2011 (Tau-U), Tarlow 2017 (baseline correction), Pustejovsky 2019; forms as SingleCaseES 0.7.4.
extension BeforeAfterSeries {
  /// Non-overlap of all pairs: the share of pairs in which the later value is better, ties counting half; 0…1.
  ///
  /// - Parameter tolerance: how exactly the ends of the interval are found.
  public func nap(tolerance: Double = 1e-12) -> Estimate {
    Self.nap(oriented.before, oriented.after, tolerance: tolerance)
  }

  /// 2 NAP − 1: −1…1.
  public func tau(tolerance: Double = 1e-12) -> Estimate { Self.doubled(nap(tolerance: tolerance)) }

  /// Tau after the baseline's own trend (Theil and Sen) is taken out of both phases.
  public func tauBaselineCorrected(tolerance: Double = 1e-12) -> Estimate {
    guard before.count > 1 else { return Estimate(nil) }
    var slopes: [Double] = []
    for first in before.indices {
      for second in before.indices where second > first {
        slopes.append((before[second] - before[first]) / Double(second - first))
      }
    }
    let slope = median(slopes) ?? 0
    let start = median(before.enumerated().map { $1 - Double($0 + 1) * slope }) ?? 0
    func corrected(_ values: [Double], from first: Int) -> [Double] {
      values.enumerated().map { index, value in
        let rest = value - start - slope * Double(first + index)
        return direction == .increase ? rest : -rest
      }
    }
    return Self.doubled(
      Self.nap(corrected(before, from: 1), corrected(after, from: before.count + 1), tolerance: tolerance))
  }

  /// Tau-U: pairs that improved less those that got worse, less the baseline's own rising pairs, over all pairs.
  public var tauU: Estimate {
    let (a, b) = oriented
    let pairs = Self.balance(a, b)
    var trend = 0
    for first in a.indices { for second in a.indices where second > first { trend += sign(a[second] - a[first]) } }
    return Estimate(Double(pairs - trend) / Double(a.count * b.count))
  }

  /// Share of later values better than the best before; 0…1.
  public var pnd: Estimate {
    let (a, b) = oriented
    let best = a.max() ?? 0
    return Estimate(Double(b.count { $0 > best }) / Double(b.count))
  }

  /// Share of later values better than the median before, ties counting half; 0…1.
  public var pem: Estimate {
    let (a, b) = oriented
    let middle = median(a) ?? 0
    return Estimate(b.reduce(0) { $0 + ($1 > middle ? 1 : $1 == middle ? 0.5 : 0) } / Double(b.count))
  }

  /// Share of all values that remain when the fewest are removed so that none overlap; 0…1.
  public var pand: Estimate {
    let (a, b) = (oriented.before.sorted(), oriented.after.sorted())
    let (m, n) = (a.count, b.count)
    var most = 0
    for kept in 0...m {
      for dropped in 0...n where kept == 0 || dropped == n || a[kept - 1] < b[dropped] {
        most = max(most, kept + n - dropped)
      }
    }
    return Estimate(Double(most) / Double(m + n))
  }

  /// Improvement rate difference: the gain that PAND implies; −1…1.
  public var ird: Estimate {
    let (m, n) = (Double(before.count), Double(after.count))
    return Estimate(pand.value.map { ((m + n) * (m + n) * $0 - m * m - n * n) / (2 * m * n) })
  }

  // MARK: parts

  private static func balance(_ a: [Double], _ b: [Double]) -> Int {
    b.reduce(0) { sum, later in a.reduce(sum) { $0 + sign(later - $1) } }
  }

  private static func doubled(_ nap: Estimate) -> Estimate {
    Estimate(
      nap.value.map { 2 * $0 - 1 }, error: nap.standardError.map { 2 * $0 }, lower: nap.lower.map { 2 * $0 - 1 },
      upper: nap.upper.map { 2 * $0 - 1 })
  }

  private static func nap(_ a: [Double], _ b: [Double], tolerance: Double) -> Estimate {
    let (m, n) = (Double(a.count), Double(b.count))
    let wins = a.map { earlier in b.map { $0 > earlier ? 1 : $0 == earlier ? 0.5 : 0 } }
    let nap = exactSum(wins.flatMap(\.self)) / (m * n)
    let interval = NonoverlapInterval(nap: nap, m: m, n: n)
    return Estimate(
      nap, error: error(wins, nap), lower: interval.lower(tolerance: tolerance),
      upper: interval.upper(tolerance: tolerance))
  }

  /// Unbiased variance of the Mann-Whitney share; nil for a phase of one point. Source: Sen 1967, Mee 1990.
  private static func error(_ wins: [[Double]], _ nap: Double) -> Double? {
    let (m, n) = (Double(wins.count), Double(wins.first?.count ?? 0))
    guard m > 1, n > 1 else { return nil }
    func square(_ value: Double) -> Double { value * value }
    let rows = exactSum(wins.map { square(exactSum($0.map { $0 - nap })) }) / (m * n * n)
    let columns = exactSum((0..<Int(n)).map { j in square(exactSum(wins.map { $0[j] - nap })) }) / (m * m * n)
    let cells = exactSum(wins.flatMap { $0.map { square($0 - nap) } }) / (m * n)
    let edge = 0.5 / (m * n)
    let held = min(max(nap, edge), 1 - edge)
    let variance = (held * (1 - held) + n * rows + m * columns - 2 * cells) / ((m - 1) * (n - 1))
    return variance < 0 ? nil : variance.squareRoot()
  }
}

private func sign(_ value: Double) -> Int { value > 0 ? 1 : value < 0 ? -1 : 0 }
