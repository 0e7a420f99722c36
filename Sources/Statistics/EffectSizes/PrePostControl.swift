/// Two groups, each measured before and after: the change of those who tried it beyond the change of those who did not.
public struct PrePostControl: Equatable, Sendable {
  public let treatedBefore: GroupSummary
  public let treatedAfter: GroupSummary
  public let comparisonBefore: GroupSummary
  public let comparisonAfter: GroupSummary

  public init(
    treatedBefore: GroupSummary, treatedAfter: GroupSummary, comparisonBefore: GroupSummary,
    comparisonAfter: GroupSummary
  ) {
    self.treatedBefore = treatedBefore
    self.treatedAfter = treatedAfter
    self.comparisonBefore = comparisonBefore
    self.comparisonAfter = comparisonAfter
  }

  /// d_ppc2: the difference of changes by the pooled standard deviation before, corrected for small samples.
  /// Source: Morris 2008, eq. 8 to 10.
  /// - Parameter correlation: of both measurements, −1…1, alike in both groups; nil is refused with a range by the caller.
  /// - Throws: `StatisticsError.input` naming `r`.
  public func morris(correlation: Double, exactVariance: Bool = false) throws -> EffectSize {
    guard (-1...1).contains(correlation) else {
      throw StatisticsError.input(field: "r", advice: "must lie in −1…1")
    }
    let before = TwoGroups(treated: treatedBefore, comparison: comparisonBefore)
    let (n1, n2) = (treatedBefore.n, comparisonBefore.n)
    let degrees = n1 + n2 - 2
    let change = (treatedAfter.mean - treatedBefore.mean) - (comparisonAfter.mean - comparisonBefore.mean)
    let j = smallSampleCorrection(degrees)
    let g = j * change / before.pooledSD
    let own = 2 * (1 - correlation) * (1 / n1 + 1 / n2)
    guard exactVariance else { return EffectSize(estimate: g, variance: own + g * g / (2 * (n1 + n2))) }
    let exact = j * j * own * degrees / (degrees - 2) * (1 + g * g / own) - g * g
    return EffectSize(estimate: g, variance: exact)
  }

  /// The difference of both groups' changes, d_ppc1: each by its own standard deviation before (SMCR; Becker 1988, Morris
  /// 2008, eq. 4) unless `measure` says otherwise. For groups whose spreads or correlations differ.
  /// - Throws: `StatisticsError.input` naming `r` or `n`.
  public func differenceOfChanges(
    treatedCorrelation: Double, comparisonCorrelation: Double,
    _ measure: (MeanChange) throws -> EffectSize = { $0.byBeforeSD() }
  ) throws -> EffectSize {
    let t = try measure(MeanChange(after: treatedAfter, before: treatedBefore, correlation: treatedCorrelation))
    let c = try measure(
      MeanChange(after: comparisonAfter, before: comparisonBefore, correlation: comparisonCorrelation))
    return EffectSize(estimate: t.estimate - c.estimate, variance: t.variance + c.variance)
  }
}
