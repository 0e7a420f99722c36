/// One school's change beside the changes of matched schools that did not make it, over the same time.
///
/// The others' changes say how a school moves by itself: by how much one more school like them would move is a prediction
/// from their mean and spread, mean ± t(k − 1) · s · √(1 + 1/k) at 95 %. It describes; it is no verdict.
public struct ComparedChange: Equatable, Sendable {
  /// Fewer schools than this are no comparison: a spread of two says nothing.
  public static let fewestSchools = 3
  /// Fewest values on each side of the change, of every school.
  public static let fewestPoints = 5

  /// Mean after less mean before, units of the measure.
  public let own: Double
  /// The same of each other school, in the order given.
  public let others: [Double]
  /// Where the change of one more school like the others would lie, 95 %.
  public let expected: Interval
  /// How far the school stood from the others before the change: its mean less theirs, in standard deviations (n − 1) of
  /// their means.
  public let baselineDifference: Double

  /// Mean change of the others.
  public var usual: Double { average(others) ?? 0 }

  /// What the school changed beyond what such schools changed by themselves.
  public var beyond: Double { own - usual }

  /// Whether the groups stood near enough to each other before the change: |SMD| ≤ 0.25. Source: What Works
  /// Clearinghouse, baseline equivalence.
  public var isEquivalent: Bool { abs(baselineDifference) <= PeerGroup.largestFairDifference + 1e-9 }

  /// - Throws: `StatisticsError.input` naming `others` or a series that is too short.
  public init(own: BeforeAfterSeries, others: [BeforeAfterSeries]) throws {
    guard others.count >= Self.fewestSchools else {
      throw StatisticsError.input(field: "others", advice: "must be \(Self.fewestSchools) schools or more")
    }
    for (index, series) in ([own] + others).enumerated()
    where min(series.before.count, series.after.count) < Self.fewestPoints {
      throw StatisticsError.input(
        field: index == 0 ? "own" : "others[\(index)]",
        advice: "must hold \(Self.fewestPoints) values or more before and after")
    }
    func change(_ series: BeforeAfterSeries) -> Double { (average(series.after) ?? 0) - (average(series.before) ?? 0) }
    self.own = change(own)
    let changes = others.map(change)
    self.others = changes
    let k = Double(changes.count)
    let reach = StudentT.quantile(0.975, df: k - 1) * standardDeviation(changes) * (1 + 1 / k).squareRoot()
    expected = Interval(centre: average(changes) ?? 0, halfWidth: reach)
    let levels = others.compactMap { average($0.before) }
    let spread = standardDeviation(levels)
    let gap = (average(own.before) ?? 0) - (average(levels) ?? 0)
    baselineDifference = spread > 0 ? gap / spread : gap == 0 ? 0 : gap > 0 ? .infinity : -.infinity
  }
}
