/// `kind: claim`: what one trial may claim.
///
/// Input: `yi` with `vi` or `se` (none: nothing was measured), `direction` (increase or decrease), `worthwhile` (the
/// smallest effect registered as worth it), `pupils`, `design` (randomised, comparison, before_after or none),
/// `registered`, `balancing_worsened`, and for before_after `baseline` (`points`, `already_improving`, `chosen_at_worst`,
/// `expected_gain`).
enum ClaimCase: CaseHandler {
  static func answer(_ input: CaseInput) throws -> CaseValue {
    let claim = try claim(input)
    return [
      "verdict": .text(claim.verdict.rawValue), "title": .text(claim.verdict.title), "reason": .text(claim.reason),
      "what_would_change_it": .text(claim.whatWouldChangeIt),
      "effect": .figure(claim.effect?.estimate), "se": .figure(claim.effect?.standardError),
      "ci_lb": .figure(claim.interval?.lower), "ci_ub": .figure(claim.interval?.upper),
      "rule": .text(claim.explanation.rule),
    ]
  }

  static func explanation(_ input: CaseInput) throws -> [String] {
    let claim = try claim(input)
    return [claim.explanation.formula, "\(claim.explanation.rule): \(claim.explanation.source)", claim.reason]
  }

  private static func claim(_ input: CaseInput) throws -> Claim {
    let wanted = input.optional("direction")
    guard let direction = ImprovementDirection(rawValue: try wanted?.text() ?? "increase") else {
      throw StatisticsError.input(field: wanted?.path ?? "direction", advice: "must be increase or decrease")
    }
    return try ClaimRule.current.claim(
      TrialRecord(
        effect: try effect(input), direction: direction, worthwhile: try input.field("worthwhile").positive(),
        pupils: try input.field("pupils").whole(), design: try TrialDesignInput.design(input),
        registeredBeforeData: try input.field("registered").flag(),
        balancingMeasureWorsened: try input.optional("balancing_worsened")?.flag() ?? false))
  }

  private static func effect(_ input: CaseInput) throws -> EffectSize? {
    guard let estimate = input.optional("yi") ?? input.optional("effect") else { return nil }
    return EffectSize(estimate: try estimate.number(), variance: try TrialDesignInput.variance(input))
  }
}

/// How a trial was made, as cases write it.
enum TrialDesignInput {
  static func design(_ input: CaseInput) throws -> TrialDesign {
    guard let field = input.optional("design") else { return .comparison(randomised: false) }
    let names = ["randomised", "comparison", "before_after", "none"]
    switch try field.text() {
    case "randomised", "randomized": return .comparison(randomised: true)
    case "comparison", "matched": return .comparison(randomised: false)
    case "before_after": return .beforeAfter(try baseline(input.field("baseline")))
    case "none": return .none
    case let other: throw field.refusal(Nearest.unknown(other, names))
    }
  }

  private static func baseline(_ input: CaseInput) throws -> Baseline {
    Baseline(
      points: try input.field("points").whole(0...100_000),
      alreadyImproving: try input.optional("already_improving")?.flag() ?? false,
      chosenAtWorst: try input.optional("chosen_at_worst")?.flag() ?? false,
      expectedGain: try input.optional("expected_gain")?.nonNegative() ?? 0)
  }

  /// `vi`, or `se` squared.
  static func variance(_ input: CaseInput) throws -> Double {
    if let error = input.optional("se") ?? input.optional("sei") {
      let se = try error.positive()
      return se * se
    }
    return try input.field("vi").positive()
  }
}
