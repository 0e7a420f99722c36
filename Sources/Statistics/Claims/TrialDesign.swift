/// With what the pupils of a trial were compared: it bounds what their gain can show.
public enum TrialDesign: Equatable, Sendable {
  /// With other pupils over the same time, who did not get it. `randomised`: chance decided who did.
  case comparison(randomised: Bool)
  /// With themselves earlier: everything else that changed meanwhile is in the difference too.
  case beforeAfter(Baseline)
  /// With nothing.
  case none

  public var hasComparison: Bool {
    if case .comparison = self { return true }
    return false
  }
}

/// What is known of the time before the change, where earlier measurements are the only comparison.
public struct Baseline: Equatable, Sendable {
  /// Number of measurements before the change, 1 for a plain pre-test.
  public let points: Int
  /// The measure was already moving in the wanted direction.
  public let alreadyImproving: Bool
  /// The school started because this measure was at its worst: it would partly recover by itself (regression to the
  /// mean).
  public let chosenAtWorst: Bool
  /// The gain expected with no effect at all, on the scale of the effect and in the wanted direction: growth over the
  /// same time, or regression to the mean. 0 or more.
  public let expectedGain: Double

  public init(points: Int, alreadyImproving: Bool = false, chosenAtWorst: Bool = false, expectedGain: Double = 0) {
    self.points = points
    self.alreadyImproving = alreadyImproving
    self.chosenAtWorst = chosenAtWorst
    self.expectedGain = expectedGain
  }
}

/// Which way a measure should move.
public enum ImprovementDirection: String, Sendable {
  case increase
  case decrease

  /// The effect turned so that above 0 is better.
  public func oriented(_ effect: EffectSize) -> EffectSize {
    self == .increase ? effect : EffectSize(estimate: -effect.estimate, variance: effect.variance)
  }
}
