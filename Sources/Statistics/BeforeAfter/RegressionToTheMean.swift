/// What a school that was chosen because it was at its worst will gain with no effect at all. The bivariate normal identity:
/// E(post | pre) = mean + r (pre − mean). Source: Campbell and Kenny 1999.
public struct RegressionToTheMean: Sendable, Equatable {
  /// Where the school would stand next time if nothing had been done.
  public let expectedNext: Double
  /// That less where it stood.
  public let apparentGain: Double
  /// The gain in standard deviations.
  public let apparentEffect: Double

  /// - Parameters:
  ///   - mean, deviation: of all schools; the deviation above 0.
  ///   - correlation: between two measurements of one school, −1…1.
  ///   - selected: where the school stood when it was chosen.
  /// - Throws: `StatisticsError.input` naming `sd` or `r`.
  public init(mean: Double, deviation: Double, correlation: Double, selected: Double) throws {
    guard deviation > 0 else { throw StatisticsError.input(field: "sd", advice: "must be above 0") }
    guard (-1...1).contains(correlation) else { throw StatisticsError.input(field: "r", advice: "must lie in -1…1") }
    expectedNext = mean + correlation * (selected - mean)
    apparentGain = expectedNext - selected
    apparentEffect = apparentGain / deviation
  }
}
