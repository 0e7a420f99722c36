/// How many people stand behind a point of a control chart, worked out from what the chart shows.
///
/// A chart whose limits vary publishes each point's n, and n with the point publishes the count. So limits, axes and
/// exports of a small group are hidden with its point.
public enum ChartLeak {
  /// Which spread the limits rest on.
  public enum Chart: String, Sendable { case p, u }

  /// n behind a limit: 9 p(1 − p) / (limit − p)² for p, 9 u / (limit − u)² for u. Nil when the limit was cut off at an
  /// end of the scale (0, or 1 for p), for then it says less.
  /// - Throws: `StatisticsError.input` for a centre outside the scale or a limit equal to it.
  public static func people(centre: Double, limit: Double, chart: Chart = .p) throws(StatisticsError) -> Double? {
    let isInside = chart == .p ? centre > 0 && centre < 1 : centre > 0 && centre.isFinite
    guard isInside else {
      throw .input(field: "centre", advice: chart == .p ? "must lie between 0 and 1" : "must be above 0")
    }
    guard limit.isFinite, limit != centre else { throw .input(field: "ucl", advice: "must differ from the centre") }
    guard limit > 0, chart == .u || limit < 1 else { return nil }
    let spread = chart == .p ? centre * (1 - centre) : centre
    return 9 * spread / ((limit - centre) * (limit - centre))
  }
}

/// Which counts stand behind a percentage that is shown with its n.
public enum PercentLeak {
  /// All counts that round to `percent` (0…100) of `people` at that many decimals; with fewer people than 10 ^ (decimals
  /// + 2) there is hardly ever more than one. Halves may have been rounded either way.
  public static func counts(percent: Double, of people: Int, decimals: Int) throws(StatisticsError) -> [Int] {
    guard percent >= 0, percent <= 100 else { throw .input(field: "percent", advice: "must lie in 0…100") }
    guard people >= 1 else { throw .input(field: "n", advice: "must be at least 1") }
    var half = 0.5
    for _ in 0..<max(0, decimals) { half /= 10 }
    let tolerance = half * (1 + 1e-9)
    let middle = Int((percent / 100 * Double(people)).rounded())
    let reach = Int((tolerance / 100 * Double(people)).rounded(.up)) + 1
    let candidates = max(0, middle - reach)...max(0, min(people, middle + reach))
    return candidates.filter { abs(Double($0) / Double(people) * 100 - percent) <= tolerance }
  }
}
