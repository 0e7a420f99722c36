/// Whether small trials find larger effects: regression of the effect on its standard error, weighted by 1/variance
/// (Egger et al. 1997). Meaningless with few trials, so it is refused below 10.
public struct EggerTest: Equatable, Sendable {
  /// t of the slope, with k − 2 degrees of freedom; above 0 when small trials find more.
  public let t: Double
  public let degreesOfFreedom: Int
  /// Two-sided.
  public let pValue: Double
  /// The effect expected of a trial without sampling error.
  public let limit: Double

  /// The fewest studies for which the test says anything.
  public static let fewestStudies = 10

  /// Nil for fewer than 10 studies, or when all standard errors are the same.
  public init?(_ studies: [EffectSize]) throws {
    try Pooling.check(studies)
    guard studies.count >= Self.fewestStudies else { return nil }
    let columns = [studies.map { _ in 1.0 }, studies.map(\.standardError)]
    guard let fit = try? WeightedFit(Design(studies, columns: columns), tauSquared: 0) else { return nil }
    let df = studies.count - 2
    let standardError = (fit.covariance[1, 1] * fit.q / Double(df)).squareRoot()
    guard standardError > 0 else { return nil }
    t = fit.coefficients[1] / standardError
    degreesOfFreedom = df
    pValue = StudentT.twoSided(t, df: Double(df))
    limit = fit.coefficients[0]
  }
}
