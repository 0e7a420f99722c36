import Foundation

/// What one trial registered and found: all that its verdict may rest on.
public struct TrialRecord: Equatable, Sendable {
  /// Nil when nothing was measured. Counts come in as a standardised difference by the logistic conversion
  /// (`FourfoldTable.logisticDifference`); a change whose correlation is not known by its `CorrelationRange.cautious` end.
  public let effect: EffectSize?
  public let direction: ImprovementDirection
  /// The smallest effect that makes it worth doing, registered before the data, above 0 in the wanted direction and on
  /// the scale of the effect.
  public let worthwhile: Double
  /// Pupils with data, both groups together.
  public let pupils: Int
  public let design: TrialDesign
  public let registeredBeforeData: Bool
  /// Something that should not suffer did.
  public let balancingMeasureWorsened: Bool

  public init(
    effect: EffectSize?, direction: ImprovementDirection, worthwhile: Double, pupils: Int, design: TrialDesign,
    registeredBeforeData: Bool, balancingMeasureWorsened: Bool = false
  ) {
    self.effect = effect
    self.direction = direction
    self.worthwhile = worthwhile
    self.pupils = pupils
    self.design = design
    self.registeredBeforeData = registeredBeforeData
    self.balancingMeasureWorsened = balancingMeasureWorsened
  }

  /// - Throws: `StatisticsError.input` naming the number that is impossible.
  func check() throws {
    if let effect {
      guard effect.estimate.isFinite else { throw StatisticsError.input(field: "effect", advice: "must be finite") }
      guard effect.variance > 0, effect.variance.isFinite else {
        throw StatisticsError.input(field: "variance", advice: "must be above 0")
      }
    }
    guard worthwhile > 0, worthwhile.isFinite else {
      throw StatisticsError.input(field: "worthwhile", advice: "must be above 0, in the wanted direction")
    }
    guard pupils >= 0 else { throw StatisticsError.input(field: "pupils", advice: "must not be below 0") }
    if case .beforeAfter(let baseline) = design {
      guard baseline.points >= 0 else {
        throw StatisticsError.input(field: "baseline.points", advice: "must not be below 0")
      }
      guard baseline.expectedGain >= 0, baseline.expectedGain.isFinite else {
        throw StatisticsError.input(field: "baseline.expectedGain", advice: "must not be below 0")
      }
    }
  }
}

/// What one trial may claim, compiled by a `ClaimRule`.
public struct Claim: Equatable, Sendable {
  public enum Verdict: String, CaseIterable, Sendable {
    case worked
    case didNotWork
    case mixed
    case tooEarly
    /// No data: a story, which is worth reading and no effect.
    case experience

    /// As shown to members.
    public var title: String {
      switch self {
      case .worked: "It worked here"
      case .didNotWork: "It did not work here"
      case .mixed: "Mixed"
      case .tooEarly: "Too early to say"
      case .experience: "Experience, not measured"
      }
    }
  }

  public let verdict: Verdict
  /// One or two plain sentences.
  public let reason: String
  /// What would turn this into another verdict.
  public let whatWouldChangeIt: String
  /// Turned so that above 0 is better, less the gain expected anyway; nil for experience.
  public let effect: EffectSize?
  /// 95 %; nil for experience.
  public let interval: Interval?
  public let explanation: Explanation
}

/// An effect as people read it: two decimals and its sign, with a true minus.
func signed(_ value: Double) -> String {
  let text = String(format: "%.2f", abs(value))
  if text == "0.00" { return text }
  return (value < 0 ? "−" : "+") + text
}

/// An interval as people read it.
func range(_ interval: Interval) -> String { "\(signed(interval.lower)) to \(signed(interval.upper))" }

/// A share 0…1 as a whole percentage.
func percent(_ share: Double) -> String { "\(Int((100 * share).rounded())) %" }
