import Foundation
import Statistics

/// From a registration and a report to a claim, by `ClaimRule.current`: the only way in which a verdict comes about.
enum ClaimCompilation {
  /// The smallest worthwhile effect where none was registered, in standard deviations: the border of "large" for what
  /// schools change (Kraft 2020, table 1).
  static let usualWorthwhile = 0.2

  /// - Throws: `Refusal.invalid` when the numbers allow no effect at all, such as two standard deviations of 0.
  static func claim(
    _ registration: Registration, _ outcome: Outcome, isAfterData: Bool, rule: ClaimRule = .current
  ) throws -> CompiledClaim {
    if case .series(let series, let known) = outcome {
      return try SeriesCompilation.claim(registration, series, known, isAfterData: isAfterData)
    }
    do {
      let design = design(registration, outcome)
      let effect = try effect(outcome, design)
      let claim = try rule.claim(
        TrialRecord(
          effect: effect, direction: registration.better.direction, worthwhile: worthwhile(registration, outcome),
          pupils: outcome.students, design: trialDesign(design, outcome.circumstances),
          registeredBeforeData: !isAfterData, balancingMeasureWorsened: outcome.circumstances.balancingWorse))
      return CompiledClaim(
        verdict: claim.verdict, finding: FindingWords.sentence(registration, outcome),
        reason: claim.reason + assumed(registration, claim), whatWouldChangeIt: claim.whatWouldChangeIt,
        effect: effect.map(registration.better.direction.oriented), students: outcome.students, design: design,
        baseShare: baseShare(outcome),
        rule: rule.named.title)
    } catch let error as StatisticsError {
      throw Refusal.invalid(["after_n": "These numbers allow no effect: \(error.description)."])
    }
  }

  /// Says so where the rule had to fall back on the usual smallest effect.
  private static func assumed(_ registration: Registration, _ claim: Claim) -> String {
    registration.smallest == nil && claim.effect != nil
      ? " No smallest change was registered, so the usual +0.20 was taken." : ""
  }

  private static func baseShare(_ outcome: Outcome) -> Double? {
    if case .counts(let groups, _) = outcome { return groups.before.share }
    return nil
  }

  // MARK: design

  static func design(_ registration: Registration, _ outcome: Outcome) -> CompiledClaim.Design {
    switch outcome {
    case .experience: .none
    case .series: .beforeAfter
    case .counts(let groups, _): groups.otherAfter == nil ? .beforeAfter : compared(registration)
    case .means(let groups, _, _): groups.otherAfter == nil ? .beforeAfter : compared(registration)
    }
  }

  private static func compared(_ registration: Registration) -> CompiledClaim.Design {
    registration.isByLot ? .lot : .group
  }

  private static func trialDesign(_ design: CompiledClaim.Design, _ known: Outcome.Circumstances) -> TrialDesign {
    guard design == .beforeAfter else { return design.trialDesign }
    return .beforeAfter(
      Baseline(
        points: known.baselinePoints, alreadyImproving: known.alreadyImproving, chosenAtWorst: known.chosenAtWorst))
  }

  // MARK: effect

  /// The standardised difference, above 0 is more of the measure.
  private static func effect(_ outcome: Outcome, _ design: CompiledClaim.Design) throws -> EffectSize? {
    switch outcome {
    case .experience, .series: nil
    case .counts(let groups, _): try effect(groups, design)
    case .means(let groups, let correlation, let known): try effect(groups, correlation, known, design)
    }
  }

  /// Counts by the logistic conversion. Against a group that was chosen by lot: after against after. Against any other
  /// group: the difference of both changes, so that where the groups started apart does not count. Before and after are
  /// taken as independent, also for the same students: the interval is then too wide, never too narrow.
  private static func effect(_ groups: Outcome.Groups<Outcome.Count>, _ design: CompiledClaim.Design) throws
    -> EffectSize
  {
    guard let otherAfter = groups.otherAfter else {
      return try table(groups.after, groups.before).logisticDifference()
    }
    guard design == .group, let otherBefore = groups.otherBefore else {
      return try table(groups.after, otherAfter).logisticDifference()
    }
    return difference(
      try table(groups.after, groups.before).logisticDifference(),
      try table(otherAfter, otherBefore).logisticDifference())
  }

  private static func table(_ first: Outcome.Count, _ second: Outcome.Count) throws -> FourfoldTable {
    try FourfoldTable(
      a: Double(first.x), b: Double(first.n - first.x), c: Double(second.x), d: Double(second.n - second.x))
  }

  private static func difference(_ change: EffectSize, _ other: EffectSize) -> EffectSize {
    EffectSize(estimate: change.estimate - other.estimate, variance: change.variance + other.variance)
  }

  /// Means: Hedges' g against a group by lot, Morris's d of changes against any other, the change by the standard
  /// deviation before for one group. An unknown correlation is taken as the cautious end of its range.
  private static func effect(
    _ groups: Outcome.Groups<Outcome.Mean>, _ correlation: Double?, _ known: Outcome.Circumstances,
    _ design: CompiledClaim.Design
  ) throws -> EffectSize {
    let (before, after) = (try summary(groups.before), try summary(groups.after))
    guard let other = groups.otherAfter else {
      guard known.sameStudents else { return TwoGroups(treated: after, comparison: before).standardisedDifference() }
      return try change(groups, correlation)
    }
    guard design == .group, let otherBefore = groups.otherBefore else {
      return TwoGroups(treated: after, comparison: try summary(other)).standardisedDifference()
    }
    return try PrePostControl(
      treatedBefore: before, treatedAfter: after, comparisonBefore: summary(otherBefore),
      comparisonAfter: summary(other)
    ).morris(correlation: known.sameStudents ? correlation ?? CorrelationRange.usual.lower : 0)
  }

  private static func change(_ groups: Outcome.Groups<Outcome.Mean>, _ correlation: Double?) throws -> EffectSize {
    let pairs = min(groups.before.n, groups.after.n)
    let before = try GroupSummary(mean: groups.before.mean, sd: groups.before.sd, n: Double(pairs))
    let after = try GroupSummary(mean: groups.after.mean, sd: groups.after.sd, n: Double(pairs))
    if let correlation { return try MeanChange(after: after, before: before, correlation: correlation).byBeforeSD() }
    return try CorrelationRange(after: after, before: before) { $0.byBeforeSD() }.cautious
  }

  private static func summary(_ mean: Outcome.Mean) throws -> GroupSummary {
    try GroupSummary(mean: mean.mean, sd: mean.sd, n: Double(mean.n))
  }

  // MARK: what is worth it

  /// The registered smallest change on the scale of the effect. Counts: from the share before to that share moved by so
  /// many students in 100, by the logistic conversion. Means: over the standard deviation before.
  static func worthwhile(_ registration: Registration, _ outcome: Outcome) -> Double {
    guard let smallest = registration.smallest, smallest > 0 else { return usualWorthwhile }
    switch outcome {
    case .experience, .series: return usualWorthwhile
    case .counts(let groups, _):
      let start = min(0.99, max(0.01, groups.before.share))
      let step = smallest / 100
      let end = min(0.995, max(0.005, registration.better == .higher ? start + step : start - step))
      return max(0.01, abs(logit(end) - logit(start)) * 3.0.squareRoot() / .pi)
    case .means(let groups, _, _): return max(0.01, smallest / groups.before.sd)
    }
  }

  private static func logit(_ share: Double) -> Double { log(share / (1 - share)) }
}
