import Foundation

/// How large the change is, in units that can be compared. Sources: Pustejovsky 2015 and 2018, Gingerich 1984, Price and
/// Bonett 2008 (medians); forms as SingleCaseES 0.7.4.
extension BeforeAfterSeries {
  /// What the values count, which decides how a mean of 0 is held off the logarithm's edge.
  public enum Scale: String, Sendable, CaseIterable {
    case count, rate, percentage, proportion, other
  }

  /// Difference of means in standard deviations of the baseline, with the small-sample factor 1 − 3/(4 df − 1).
  /// Nil where the baseline does not vary or has one point.
  public var standardizedMeanDifference: (estimate: Estimate, baselineDeviation: Double) {
    let deviation = standardDeviation(before)
    let (m, n) = (Double(before.count), Double(after.count))
    guard deviation > 0, before.count > 1, let first = average(before), let second = average(after) else {
      return (Estimate(nil), deviation)
    }
    let freedom = m - 1
    let factor = 1 - 3 / (4 * freedom - 1)
    let raw = factor * (second - first) / deviation
    let effect = direction == .increase ? raw : -raw
    let later = after.count > 1 ? standardDeviation(after) : .nan
    let spread = 1 / m + later * later / (n * deviation * deviation)
    return (Estimate.normal(effect, error: factor * (spread + effect * effect / (2 * freedom)).squareRoot()), deviation)
  }

  /// Log of the ratio of means, corrected for small samples; above 0 when the measure moved as wanted (`LRRi`), or below 0
  /// when it did (`LRRd`: fewer of what is not wanted).
  ///
  /// - Parameters:
  ///   - countsDown: the form for outcomes to be decreased.
  ///   - intervals: observation intervals behind a proportion or percentage, or the length behind a rate.
  public func logResponseRatio(countsDown: Bool = false, scale: Scale = .count, intervals: Double? = nil) -> Estimate {
    let wanted: ImprovementDirection = countsDown ? .decrease : .increase
    let (whole, share) = (scale == .percentage ? 100.0 : 1, [.percentage, .proportion].contains(scale))
    let mirrors = share && direction != wanted
    let edge = truncation(scale, intervals)
    guard let first = part(before, mirrored: mirrors ? whole : nil, edge: edge),
      let second = part(after, mirrored: mirrors ? whole : nil, edge: edge)
    else { return Estimate(nil) }
    let ratio = second.log - first.log
    let effect = !share && direction != wanted ? -ratio : ratio
    return Estimate.normal(effect, error: (first.variance + second.variance).squareRoot())
  }

  private func truncation(_ scale: Scale, _ intervals: Double?) -> Double? {
    switch scale {
    case .count: 1
    case .rate, .proportion: intervals
    case .percentage: intervals.map { $0 / 100 }
    case .other: nil
    }
  }

  /// Log of the mean with its bias taken out, and its variance; nil where the mean is not above 0.
  private func part(_ values: [Double], mirrored: Double?, edge: Double?) -> (log: Double, variance: Double)? {
    guard values.count > 1, var mean = average(values) else { return nil }
    let n = Double(values.count)
    var variance = standardDeviation(values) * standardDeviation(values)
    if let mirrored { mean = mirrored - mean }
    if let edge {
      mean = max(mean, 1 / (2 * edge * n))
      variance = max(variance, 1 / (edge * edge * n * n * n))
    }
    guard mean > 0 else { return nil }
    return (log(mean) + variance / (2 * n * mean * mean), variance / (n * mean * mean))
  }

  /// Log of the ratio of medians, with the variance that order statistics give. Nil where a median is not above 0; without
  /// an error where an order statistic is 0, so that its log has no bound.
  public var logRatioOfMedians: Estimate {
    guard let first = Self.logMedian(before), let second = Self.logMedian(after) else { return Estimate(nil) }
    let ratio = direction == .increase ? second.log - first.log : first.log - second.log
    guard let variance = first.variance, let other = second.variance else { return Estimate(ratio) }
    return Estimate.normal(ratio, error: (variance + other).squareRoot())
  }

  private static func logMedian(_ values: [Double]) -> (log: Double, variance: Double?)? {
    let n = values.count
    let rank = max(Int((Double(n) / 2 - Double(n).squareRoot()).rounded(.toNearestOrEven)), 1)
    let sorted = values.sorted()
    guard let middle = median(values), middle > 0, n - rank >= 0 else { return nil }
    guard sorted[rank - 1] > 0 else { return (log(middle), nil) }
    let z = Normal.quantile(1 - Binomial.tails(rank - 1, n: n, p: 0.5).lower)
    let spread = (log(sorted[n - rank]) - log(sorted[rank - 1])) / (2 * z)
    return (log(middle), spread * spread)
  }

  /// Log of the odds ratio of a proportion or percentage, corrected for small samples.
  public func logOddsRatio(scale: Scale, intervals: Double? = nil) -> Estimate {
    guard scale == .percentage || scale == .proportion else { return Estimate(nil) }
    let whole = scale == .percentage ? 100.0 : 1
    func part(_ values: [Double]) -> (log: Double, variance: Double)? {
      guard values.count > 1, var mean = average(values.map { $0 / whole }) else { return nil }
      let n = Double(values.count)
      let deviation = standardDeviation(values) / whole
      var variance = deviation * deviation
      if let intervals {
        let edge = 1 / (2 * intervals * n)
        mean = min(1 - edge, max(edge, mean))
        variance = max(variance, 1 / (intervals * intervals * n * n * n))
      }
      guard mean > 0, mean < 1 else { return nil }
      let scale = n * mean * mean * (1 - mean) * (1 - mean)
      return (log(mean / (1 - mean)) - (2 * mean - 1) * variance / (2 * scale), variance / scale)
    }
    guard let first = part(before), let second = part(after) else { return Estimate(nil) }
    let ratio = second.log - first.log
    return Estimate.normal(
      direction == .increase ? ratio : -ratio, error: (first.variance + second.variance).squareRoot())
  }
}
