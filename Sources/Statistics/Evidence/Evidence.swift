/// The evidence of an idea: many trials in, one honest summary out. Pure; the idea page uses this and nothing else.
///
///     let summary = try Evidence.summary(of: trials, unreported: 2)
///     summary.verdict.title   // "Promising"
///     summary.headline        // "4 schools: +0.31 (+0.05 to +0.57). …"
public enum Evidence {
  /// - Parameters:
  ///   - trials: the reported trials of one idea on one outcome.
  ///   - unreported: trials registered and started, whose result is overdue, 0 or more.
  ///   - experiences: schools that tell of it without data, 0 or more.
  /// - Throws: `StatisticsError.input` naming `trials[i]`, counted from 1, when an effect is not finite or beyond ±10
  ///   (no standardised difference), or a variance not above 0.
  public static func summary(
    of trials: [TrialEffect], unreported: Int = 0, experiences: Int = 0, rule: EvidenceRule = .current
  ) throws -> EvidenceSummary {
    try check(trials, unreported, experiences)
    let selection = TrialSelection(trials)
    let effects = selection.effects(rule)
    let analysis = try EvidenceAnalysis(effects, names: selection.schools, unreported: unreported, rule: rule)
    let schools = selection.rows(effects, weights: analysis.weights)
    let warnings = EvidenceJudgement.warnings(analysis, selection, schools, unreported: unreported, rule)
    let verdict = EvidenceJudgement.verdict(analysis, selection, warnings, rule)
    return EvidenceSummary(
      rule: rule, stage: analysis.stage, verdict: verdict,
      headline: EvidenceWords.headline(analysis, schools, unreported: unreported),
      schools: schools, trials: selection.pooled.count, unregistered: selection.unregistered,
      withoutComparisonSetAside: selection.setAside, unreported: unreported, experiences: experiences,
      pupils: selection.pooled.reduce(0) { $0 + ($1.pupils ?? 0) },
      pooled: analysis.pooled, prediction: analysis.prediction, bayes: analysis.bayes,
      shareImproved: analysis.shareImproved, largest: schools.count > 1 ? schools.max { $0.weight < $1.weight } : nil,
      leaveOneOut: analysis.leaveOneOut, worstCase: analysis.worstCase,
      nullSchoolsToOverturn: analysis.nullSchoolsToOverturn, smallStudyTest: analysis.smallStudyTest,
      warnings: warnings, refused: EvidenceWords.refused(analysis.stage),
      figures: EvidenceWords.figures(analysis, schools, rule))
  }

  /// A standardised difference beyond this is a mistake of units, not an effect.
  private static let largestEffect = 10.0

  private static func check(_ trials: [TrialEffect], _ unreported: Int, _ experiences: Int) throws {
    guard unreported >= 0 else { throw StatisticsError.input(field: "unreported", advice: "must not be below 0") }
    guard experiences >= 0 else { throw StatisticsError.input(field: "experiences", advice: "must not be below 0") }
    for (index, trial) in trials.enumerated() {
      guard trial.effect.estimate.isFinite else {
        throw StatisticsError.input(field: "trials[\(index + 1)].effect", advice: "must be a finite number")
      }
      guard abs(trial.effect.estimate) <= largestEffect else {
        throw StatisticsError.input(
          field: "trials[\(index + 1)].effect",
          advice: "must be a standardised difference; \(figure(trial.effect.estimate)) is in other units")
      }
      guard trial.effect.variance > 0, trial.effect.variance.isFinite else {
        throw StatisticsError.input(field: "trials[\(index + 1)].variance", advice: "must be a finite number above 0")
      }
      if let pupils = trial.pupils, pupils < 0 {
        throw StatisticsError.input(field: "trials[\(index + 1)].pupils", advice: "must not be below 0")
      }
    }
  }
}

/// Which trials are pooled, school by school.
struct TrialSelection {
  let pooled: [TrialEffect]
  /// Reported, but not registered before the data.
  let unregistered: Int
  /// One-group trials left out because others have a comparison.
  let setAside: Int
  /// Every pooled trial is without a comparison.
  let withoutComparison: Bool
  /// School ids, in the order of their first pooled trial.
  let schools: [String]

  init(_ trials: [TrialEffect]) {
    let registered = trials.filter { $0.registered && $0.design != .none }
    let compared = registered.filter { $0.design.hasComparison }
    pooled = compared.isEmpty ? registered : compared
    unregistered = trials.count - registered.count
    setAside = registered.count - pooled.count
    withoutComparison = compared.isEmpty && !registered.isEmpty
    var seen: Set<String> = []
    schools = pooled.map(\.school).filter { seen.insert($0).inserted }
  }

  private func trials(of school: String) -> [TrialEffect] { pooled.filter { $0.school == school } }

  /// Schools with more than one pooled trial.
  var repeated: [String] { schools.filter { trials(of: $0).count > 1 } }

  /// One effect per school.
  func effects(_ rule: EvidenceRule) -> [EffectSize] {
    schools.map { school in
      SchoolEvidence.combined(trials(of: school).map(\.effect), correlation: rule.withinSchoolCorrelation)
    }
  }

  func rows(_ effects: [EffectSize], weights: [Double]) -> [SchoolEvidence] {
    schools.indices.map { index in
      let own = trials(of: schools[index])
      let pupils = own.compactMap(\.pupils)
      let reach = Normal.quantile(0.975) * effects[index].standardError
      return SchoolEvidence(
        school: schools[index], trials: own.count, pupils: pupils.isEmpty ? nil : pupils.reduce(0, +),
        effect: effects[index], interval: Interval(centre: effects[index].estimate, halfWidth: reach),
        weight: weights[index])
    }
  }
}
