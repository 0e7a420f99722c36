/// The interval of tau² and I² by the Q-profile method (Viechtbauer 2007): every tau² at which the generalised Q is not
/// surprising.
public struct QProfile: Equatable, Sendable {
  /// Effect units squared, both 0 when even tau² = 0 leaves Q surprisingly small.
  public let tauSquared: Interval
  /// Percent.
  public let iSquared: Interval

  /// - Throws: `StatisticsError.input` for fewer than 2 studies or wrong ones.
  public init(_ studies: [EffectSize], level: Double = 0.95) throws {
    try Pooling.check(studies)
    guard studies.count > 1 else { throw StatisticsError.input(field: "studies", advice: "must hold at least two") }
    let design = Design(studies)
    let df = design.residualDegrees
    let typical = df / (try WeightedFit(design, tauSquared: 0)).trace
    let lower = try TauSquared.solve(design, q: ChiSquare.quantile((1 + level) / 2, df: df))
    let upper = try TauSquared.solve(design, q: ChiSquare.quantile((1 - level) / 2, df: df))
    tauSquared = Interval(lower: lower, upper: upper)
    iSquared = Interval(lower: 100 * lower / (lower + typical), upper: 100 * upper / (upper + typical))
  }
}
