/// The verdict and the warnings, by `EvidenceRule`.
enum EvidenceJudgement {
  static func verdict(
    _ analysis: EvidenceAnalysis, _ selection: TrialSelection, _ warnings: [EvidenceWarning], _ rule: EvidenceRule
  ) -> EvidenceVerdict {
    switch analysis.stage {
    case .rationaleOnly: return .rationaleOnly
    case .oneSchool: return .oneSchool
    case .twoSchools: return .tooEarly
    case .fewSchools, .severalSchools, .manySchools: break
    }
    guard let pooled = analysis.pooled else { return .unclear }
    if pooled.interval.upper < 0 { return .harms }
    if pooled.interval.upper < rule.worthwhile { return .noWorthwhileEffect }
    guard pooled.interval.lower > 0 else { return .unclear }
    return positive(analysis, selection, warnings, rule)
  }

  /// The pooled interval lies above 0: how much may be claimed?
  private static func positive(
    _ analysis: EvidenceAnalysis, _ selection: TrialSelection, _ warnings: [EvidenceWarning], _ rule: EvidenceRule
  ) -> EvidenceVerdict {
    guard analysis.bayes.map({ $0.mean.probabilityAboveZero >= rule.promisingProbability }) ?? false else {
      return .unclear
    }
    let undone = analysis.worstCase.map { $0.interval.lower <= 0 } ?? false
    let isHeavy = warnings.contains(where: \.isHeavy)
    if analysis.stage == .fewSchools || selection.withoutComparison || undone || isHeavy { return .promising }
    return (analysis.prediction?.lower ?? 0) > 0 ? .works : .worksOnAverage
  }

  static func warnings(
    _ analysis: EvidenceAnalysis, _ selection: TrialSelection, _ schools: [SchoolEvidence], unreported: Int,
    _ rule: EvidenceRule
  ) -> [EvidenceWarning] {
    reporting(analysis, selection, unreported) + design(selection)
      + weight(analysis, schools, rule) + spread(analysis)
  }

  private static func reporting(
    _ analysis: EvidenceAnalysis, _ selection: TrialSelection, _ unreported: Int
  ) -> [EvidenceWarning] {
    var warnings: [EvidenceWarning] = []
    let k = analysis.effects.count
    let allImproved = k >= 3 && analysis.shareImproved == 1
    if unreported > 0 || allImproved {
      warnings.append(.init(kind: .unreportedTrials, sentence: unreportedSentence(unreported)))
    }
    if allImproved {
      warnings.append(
        .init(
          kind: .everySchoolImproved,
          sentence: "All \(k) schools improved. Honest networks see many trials without effect: ask who did not report."
        ))
    }
    if let test = analysis.smallStudyTest, test.pValue < 0.1, test.t > 0 {
      warnings.append(
        .init(
          kind: .smallStudies, isHeavy: true,
          sentence: "Small trials found more than large ones (Egger p = \(figure(test.pValue, 2))): the estimate is "
            + "probably too high."))
    } else if allImproved {
      warnings.append(
        .init(
          kind: .smallStudies,
          sentence: "Small trials with measures of one's own find about twice the effect. "
            + (k < EggerTest.fewestStudies
              ? "With fewer than 10 schools this cannot be tested." : "The test does not show it, which is no proof.")))
    }
    if selection.unregistered > 0 {
      warnings.append(
        .init(
          kind: .unregisteredTrials,
          sentence:
            "\(count(selection.unregistered, "trial was", "trials were")) not registered before the data and not "
            + "pooled."))
    }
    return warnings
  }

  private static func unreportedSentence(_ unreported: Int) -> String {
    unreported > 0
      ? "\(count(unreported, "trial was", "trials were")) started and not reported: what they found may differ."
      : "No trial is listed as unreported; make sure that every school that began it is listed."
  }

  private static func design(_ selection: TrialSelection) -> [EvidenceWarning] {
    var warnings: [EvidenceWarning] = []
    if selection.withoutComparison {
      warnings.append(
        .init(
          kind: .noComparison,
          sentence: "No trial has a comparison group: students might have changed as much without it."))
    } else if selection.setAside > 0 {
      warnings.append(
        .init(
          kind: .noComparison,
          sentence: "\(count(selection.setAside, "trial", "trials")) without a comparison group not pooled."))
    }
    if !selection.repeated.isEmpty {
      warnings.append(
        .init(
          kind: .repeatedSchool,
          sentence:
            "\(count(selection.repeated.count, "school has", "schools have")) several trials; each school counts "
            + "once."))
    }
    return warnings
  }

  private static func weight(
    _ analysis: EvidenceAnalysis, _ schools: [SchoolEvidence], _ rule: EvidenceRule
  ) -> [EvidenceWarning] {
    guard analysis.pooled != nil else { return [] }
    var warnings: [EvidenceWarning] = []
    if let largest = schools.max(by: { $0.weight < $1.weight }), largest.weight > rule.dominatingShare {
      warnings.append(
        .init(
          kind: .oneSchoolDominates, isHeavy: true,
          sentence: "One school carries \(percent(largest.weight)) of the weight: this is mostly its result."))
    }
    if analysis.leaveOneOut?.decisive == true {
      warnings.append(
        .init(kind: .oneSchoolDecides, isHeavy: true, sentence: "Leaving out a single school changes the conclusion."))
    }
    return warnings
  }

  private static func spread(_ analysis: EvidenceAnalysis) -> [EvidenceWarning] {
    guard let pooled = analysis.pooled else { return [] }
    if pooled.tauSquared == 0 {
      return [
        .init(
          kind: .spreadNotSeen,
          sentence: "No spread between schools was seen beyond chance. That is not proof of none: the Bayesian answer "
            + "allows for it.")
      ]
    }
    if let prediction = analysis.prediction, pooled.interval.lower > 0, prediction.lower <= 0 {
      return [
        .init(
          kind: .schoolsDiffer,
          sentence: "Schools differ: another school may see anything from \(range(prediction)).")
      ]
    }
    return []
  }
}

/// "1 trial was", "3 trials were".
func count(_ number: Int, _ one: String, _ many: String) -> String { "\(number) \(number == 1 ? one : many)" }
