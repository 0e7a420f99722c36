/// What one trial found, in the units of its measure, and how sure it is of it.
public struct EffectSize: Equatable, Sendable {
  /// The effect; 0 means no difference on every scale used here (ratios are on the log scale).
  public let estimate: Double
  /// The sampling variance of the estimate, above 0, in squared units of the effect.
  public let variance: Double

  public init(estimate: Double, variance: Double) {
    self.estimate = estimate
    self.variance = variance
  }

  /// What numbers cannot say.
  static let undefined = EffectSize(estimate: .nan, variance: .nan)

  /// The standard error, the square root of the variance.
  public var standardError: Double { variance.squareRoot() }
}
