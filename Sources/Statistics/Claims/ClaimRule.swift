/// Compiles what one trial may claim. Nobody types a verdict: it follows from what was registered and measured.
///
/// The rule in words, effects turned so that above 0 is better, δ the smallest effect that was registered as worthwhile:
/// 1. No data, nothing compared, or not registered before the data: experience, never an effect.
/// 2. Fewer than 20 pupils, or one group with 1 or 2 measurements before: too early to say.
/// 3. With a comparison: *worked* when the 95 % interval lies above 0 and the estimate reaches δ; *did not work* when the
///    interval lies below δ; *mixed* when it lies above 0 but the estimate falls short of δ; else *too early to say*.
/// 4. One group before and after: the gain expected anyway is taken off first; *worked* needs 8 measurements before, no
///    improvement under way, no start at the worst, and the whole 99 % interval above δ. A gain whose 95 % interval lies
///    above 0 but that misses this is *mixed*: something got better, and nothing shows that it would not have come by
///    itself. After a start at the worst or with an improvement under way even that says nothing: too early to say. That
///    it *did not work* needs no more than with a comparison, for growth and recovery push the other way.
/// 5. A balancing measure that got worse turns *worked* into *mixed*.
public struct ClaimRule: Equatable, Sendable {
  public let named: NamedRule
  /// Fewest pupils with data.
  public let fewestPupils: Int
  /// Fewest measurements before the change for a one-group trial to be judged at all, and to claim that it worked.
  public let fewestBaselinePoints: Int
  public let baselinePointsForSuccess: Int
  /// Coverage of the interval with a comparison, and of a gain without one.
  public let level: Double
  public let levelWithoutComparison: Double

  /// The rule in force.
  public static let current = ClaimRule(
    named: NamedRule(
      name: "League trial claim", version: 1, since: "2026-11-24",
      source: "Interval against the registered smallest worthwhile effect (Lakens 2017, equivalence testing); baseline "
        + "length after Anhøj 2015 (runs analysis) and What Works Clearinghouse 4.1 (single-case designs)"),
    fewestPupils: 20, fewestBaselinePoints: 3, baselinePointsForSuccess: 8, level: 0.95, levelWithoutComparison: 0.99)

  /// The verdict on one trial.
  /// - Throws: `StatisticsError.input` naming the number that is impossible.
  public func claim(_ trial: TrialRecord) throws -> Claim {
    try trial.check()
    guard let effect = trial.effect.map(trial.direction.oriented), trial.design != .none else {
      return experience(
        "No measured effect: this is what people tell.",
        "Measure students who try it and students who do not, and register the trial first.")
    }
    guard trial.registeredBeforeData else {
      return experience(
        "The trial was not registered before its data, so its result could have been chosen.",
        "Register a new trial before its data come in.")
    }
    guard trial.pupils >= fewestPupils else {
      return claim(
        .tooEarly, effect, "\(trial.pupils) students are too few: chance alone moves such a small group a lot.",
        "\(fewestPupils) students with data, or more.")
    }
    if case .beforeAfter(let baseline) = trial.design { return withoutComparison(trial, effect, baseline) }
    return withComparison(trial, effect)
  }

  // MARK: With a comparison

  private func withComparison(_ trial: TrialRecord, _ effect: EffectSize) -> Claim {
    let interval = interval(effect, level)
    if interval.upper < trial.worthwhile { return failure(trial, effect, interval) }
    if interval.lower > 0, effect.estimate >= trial.worthwhile {
      return success(
        trial, effect,
        "The gain \(signed(effect.estimate)) reaches what was worth it (\(signed(trial.worthwhile))) and its interval "
          + "(\(range(interval))) excludes no effect.")
    }
    if interval.lower > 0 {
      return claim(
        .mixed, effect,
        "There is a gain (\(range(interval))), but its estimate \(signed(effect.estimate)) is below what was registered "
          + "as worth it (\(signed(trial.worthwhile))).",
        "More students: they would show on which side of \(signed(trial.worthwhile)) the effect lies.")
    }
    return claim(
      .tooEarly, effect,
      "The interval (\(range(interval))) holds both no effect and a worthwhile one (\(signed(trial.worthwhile))).",
      "About \(pupilsNeeded(trial, effect)) students in all, if the effect stays as it is estimated.")
  }

  // MARK: One group

  private func withoutComparison(_ trial: TrialRecord, _ raw: EffectSize, _ baseline: Baseline) -> Claim {
    let effect = EffectSize(estimate: raw.estimate - baseline.expectedGain, variance: raw.variance)
    if baseline.points < fewestBaselinePoints {
      return claim(
        .tooEarly, effect,
        "\(baseline.points == 1 ? "One measurement" : "\(baseline.points) measurements") before the change cannot show "
          + "where the students were heading anyway.",
        "A comparison group, or \(baselinePointsForSuccess) measurements before the change.")
    }
    let interval = interval(effect, level)
    if interval.upper < trial.worthwhile { return failure(trial, effect, interval) }
    let strict = self.interval(effect, levelWithoutComparison)
    if let doubt = doubt(trial, baseline, strict) {
      let isLevel = !baseline.chosenAtWorst && !baseline.alreadyImproving
      return claim(
        isLevel && interval.lower > 0 ? .mixed : .tooEarly, effect,
        "Students changed by \(signed(raw.estimate)), but without a comparison group \(doubt).",
        "A comparison group over the same time.")
    }
    return success(
      trial, effect,
      "There is no comparison group, but \(baseline.points) measurements before were level and even the strict interval "
        + "(\(range(strict)), \(percent(levelWithoutComparison))) lies above what was worth it "
        + "(\(signed(trial.worthwhile))).")
  }

  /// Why a gain of one group does not count as success; nil when it does.
  private func doubt(_ trial: TrialRecord, _ baseline: Baseline, _ strict: Interval) -> String? {
    if baseline.chosenAtWorst { return "a school that starts at its worst recovers partly by itself" }
    if baseline.alreadyImproving { return "it goes on as it was already going" }
    if baseline.points < baselinePointsForSuccess {
      return "\(baseline.points) measurements before are fewer than the \(baselinePointsForSuccess) that show a level"
    }
    if strict.lower <= trial.worthwhile {
      return "the strict interval (\(range(strict)), \(percent(levelWithoutComparison))) must lie above "
        + "\(signed(trial.worthwhile)) and does not"
    }
    return nil
  }

  // MARK: Verdicts

  private func success(_ trial: TrialRecord, _ effect: EffectSize, _ reason: String) -> Claim {
    guard !trial.balancingMeasureWorsened else {
      return claim(
        .mixed, effect, reason + " But a balancing measure got worse.",
        "A way to do it that keeps the balancing measure where it was.")
    }
    return claim(
      .worked, effect, reason, "The same trial in another school: one school's result is one school's result.")
  }

  private func failure(_ trial: TrialRecord, _ effect: EffectSize, _ interval: Interval) -> Claim {
    let harm = interval.upper < 0 ? " Students did worse with it." : ""
    return claim(
      .didNotWork, effect,
      "The whole interval (\(range(interval))) lies below what was registered as worth it "
        + "(\(signed(trial.worthwhile))).\(harm)",
      "A trial where it is done differently, or with other students; this one answers its own question.")
  }

  private func experience(_ reason: String, _ change: String) -> Claim {
    Claim(
      verdict: .experience, reason: reason, whatWouldChangeIt: change, effect: nil, interval: nil,
      explanation: Explanation(formula: "no data, no figure", rule: named.title, source: named.source))
  }

  private func claim(_ verdict: Claim.Verdict, _ effect: EffectSize, _ reason: String, _ change: String) -> Claim {
    let interval = interval(effect, level)
    let z = Normal.quantile((1 + level) / 2)
    return Claim(
      verdict: verdict, reason: reason, whatWouldChangeIt: change, effect: effect, interval: interval,
      explanation: Explanation(
        formula: "\(signed(effect.estimate)) ± \(figure(z)) × \(figure(effect.standardError)) = \(range(interval))",
        rule: named.title, source: named.source))
  }

  private func interval(_ effect: EffectSize, _ level: Double) -> Interval {
    Interval(centre: effect.estimate, halfWidth: Normal.quantile((1 + level) / 2) * effect.standardError)
  }

  /// Pupils at which the interval would be half as wide as the estimate's distance to the nearer of 0 and δ, at most
  /// 100 times the present number.
  private func pupilsNeeded(_ trial: TrialRecord, _ effect: EffectSize) -> String {
    let reach = Normal.quantile((1 + level) / 2) * effect.standardError
    let distance =
      effect.estimate >= trial.worthwhile ? effect.estimate : abs(effect.estimate - trial.worthwhile)
    let factor = distance > 0 ? reach / distance * (reach / distance) : .infinity
    guard factor < 100 else { return "very many more" }
    let needed = max(Double(trial.pupils) + 1, Double(trial.pupils) * factor)
    return "\(Int((needed / 10).rounded(.up)) * 10)"
  }
}
