/// One phase of an XmR chart as NHS Making Data Count draws it: mean ± 2.66 average moving ranges.
public struct PlotTheDotsChart: Sendable {
  public let values: [Double?]
  /// Nil when nothing was measured.
  public let mean: Double?
  public let lower: Double?
  public let upper: Double?
  /// One for each point.
  public let causes: [PlotTheDots.Cause]

  /// Fewer than 13 points give limits that will still move.
  public var isShort: Bool { values.count < 13 }

  /// - Parameters:
  ///   - fixAfter: mean and limits rest on this many first points.
  ///   - screensOutliers: moving ranges at or above 3.267 times their mean are dropped once.
  public init(_ values: [Double?], fixAfter: Int? = nil, screensOutliers: Bool = true) {
    let base = Array(values.prefix(fixAfter ?? values.count))
    let mean = average(base.compactMap(\.self))
    let range = MovingRanges.average(
      MovingRanges.steps(base), screening: screensOutliers ? ChartConstants.screening : nil)
    func limit(_ factor: Double) -> Double? {
      guard let mean, let range else { return nil }
      return mean + factor * range
    }
    let far = ChartConstants.nhsLimit
    let near = 2 * (ChartConstants.nhsLimit / 3)
    (lower, upper) = (limit(-far), limit(far))
    func repeated(_ value: Double?) -> [Double?] { values.map { _ in value } }
    causes =
      PlotTheDots(
        values: values, mean: mean, lower: repeated(lower), upper: repeated(upper), near: repeated(limit(-near)),
        nearUpper: repeated(limit(near))
      ).causes
    self.values = values
    self.mean = mean
  }
}
