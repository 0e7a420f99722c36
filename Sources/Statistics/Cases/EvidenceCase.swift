/// `kind: evidence`: what an idea's page may say of all its trials.
///
/// Input: `trials`, each with `school`, `yi` (a standardised difference, above 0 is better), `vi` or `se`, and where known
/// `pupils`, `registered` and `design`; `unreported` and `experiences`.
enum EvidenceCase: CaseHandler {
  static func answer(_ input: CaseInput) throws -> CaseValue {
    let summary = try summary(input)
    return [
      "verdict": .text(summary.verdict.rawValue), "title": .text(summary.verdict.title),
      "headline": .text(summary.headline), "rule": .text(summary.rule.named.title),
      "k": .whole(summary.k), "trials": .whole(summary.trials), "pupils": .whole(summary.pupils),
      "unreported": .whole(summary.unreported), "share_improved": .figure(summary.shareImproved),
      "pooled": summary.pooled.map(pooled) ?? .null,
      "prediction": interval(summary.prediction),
      "bayes": summary.bayes.map(bayes) ?? .null,
      "largest_weight": .figure(summary.largest?.weight),
      "leave_one_out": summary.leaveOneOut.map { [.figure($0.lowest), .figure($0.highest)] } ?? .null,
      "schools": .list(summary.schools.map(school)),
      "warnings": .list(
        summary.warnings.map { ["kind": .text($0.kind.rawValue), "sentence": .text($0.sentence)] }),
      "refused": .list(summary.refused.map { .text($0) }),
    ]
  }

  static func explanation(_ input: CaseInput) throws -> [String] {
    let summary = try summary(input)
    return [summary.headline]
      + summary.figures.map { "\($0.sentence) \($0.explanation.formula) (\($0.explanation.rule))" }
      + summary.refused
  }

  private static func summary(_ input: CaseInput) throws -> EvidenceSummary {
    let trials = try input.list("trials").map { trial in
      TrialEffect(
        school: try NestedRows.unit(trial.field("school")),
        effect: EffectSize(
          estimate: try trial.field(anyOf: ["yi", "effect", "y"]).number(),
          variance: try TrialDesignInput.variance(trial)),
        pupils: try trial.optional("pupils")?.whole(), registered: try trial.optional("registered")?.flag() ?? true,
        design: try TrialDesignInput.design(trial))
    }
    return try Evidence.summary(
      of: trials, unreported: try input.optional("unreported")?.whole(0...1000) ?? 0,
      experiences: try input.optional("experiences")?.whole() ?? 0)
  }

  private static func pooled(_ pooled: PooledEffect) -> CaseValue {
    [
      "estimate": .figure(pooled.estimate), "se": .figure(pooled.standardError), "pval": .figure(pooled.pValue),
      "ci_lb": .figure(pooled.interval.lower), "ci_ub": .figure(pooled.interval.upper),
      "tau2": .figure(pooled.tauSquared), "I2": .figure(pooled.iSquared), "Q": .figure(pooled.heterogeneity.q),
    ]
  }

  private static func bayes(_ bayes: BayesianEvidence) -> CaseValue {
    func belief(_ belief: BayesianEvidence.Belief) -> CaseValue {
      [
        "mean": .figure(belief.mean), "sd": .figure(belief.standardDeviation), "central95": interval(belief.interval),
        "p_gt_0": .figure(belief.probabilityAboveZero),
      ]
    }
    return [
      "mu": belief(bayes.mean), "theta_new": belief(bayes.nextSchool), "tau": .figure(bayes.tau),
      "priors": .text(bayes.priors),
    ]
  }

  private static func school(_ school: SchoolEvidence) -> CaseValue {
    [
      "school": .text(school.school), "trials": .whole(school.trials), "estimate": .figure(school.effect.estimate),
      "ci_lb": .figure(school.interval.lower), "ci_ub": .figure(school.interval.upper),
      "weight": .figure(school.weight),
    ]
  }

  private static func interval(_ interval: Interval?) -> CaseValue {
    interval.map { .figures([$0.lower, $0.upper]) } ?? .null
  }
}
