import Statistics

/// What the claim rule made of a trial's report, as it is kept beside it. Nobody types any of it.
struct CompiledClaim: Sendable, Equatable {
  let verdict: Verdict
  /// What the data say, in a sentence: "Late often fell from 35 in 100 to 21 in 100."
  let finding: String
  let reason: String
  let whatWouldChangeIt: String
  /// Standardised mean difference, above 0 is better; nil where nothing was measured.
  let effect: EffectSize?
  /// Students with data.
  let students: Int
  let design: Design
  /// The share that had it before, 0…1, where students were counted; to say an effect in students of 100.
  var baseShare: Double?
  /// "League trial claim, version 1".
  let rule: String

  /// With what the students were compared.
  enum Design: String, Sendable {
    case lot, group
    case beforeAfter = "before-after"
    case none

    /// As the evidence of an idea takes it.
    var trialDesign: TrialDesign {
      switch self {
      case .lot: .comparison(randomised: true)
      case .group: .comparison(randomised: false)
      case .beforeAfter: .beforeAfter(Baseline(points: 1))
      case .none: .none
      }
    }

    var words: String {
      switch self {
      case .lot: "comparison group chosen by lot"
      case .group: "comparison group"
      case .beforeAfter: "before and after, no comparison group"
      case .none: "nothing to compare with"
      }
    }
  }
}

extension CompiledClaim {
  /// 95 %, by the normal distribution.
  var interval: ClosedRange<Double>? {
    effect.map { effect in
      let reach = 1.959963984540054 * effect.standardError
      return (effect.estimate - reach)...(effect.estimate + reach)
    }
  }
}
