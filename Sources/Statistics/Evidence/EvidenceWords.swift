/// The summary in plain words, each figure with its formula.
enum EvidenceWords {
  static func headline(
    _ analysis: EvidenceAnalysis, _ schools: [SchoolEvidence], unreported: Int
  ) -> String {
    let hidden = unreported > 0 ? " \(count(unreported, "trial is", "trials are")) unreported." : ""
    switch (analysis.stage, analysis.pooled, analysis.bayes) {
    case (.rationaleOnly, _, _):
      return "No school has reported data yet.\(hidden)"
    case (.oneSchool, _, let bayes?):
      let own = schools[0]
      return "One school: \(signed(own.effect.estimate)) (\(range(own.interval))). Chance that another school gains: "
        + "\(percent(bayes.nextSchool.probabilityAboveZero)).\(hidden)"
    case (.twoSchools, _, _):
      let own = schools.map { signed($0.effect.estimate) }.joined(separator: " and ")
      return "Two schools: \(own). Two are too few to pool.\(hidden)"
    case (_, let pooled?, _):
      return "\(schools.count) schools: \(signed(pooled.estimate)) (\(range(pooled.interval)))." + hidden
    default: return "\(count(schools.count, "school", "schools")) with data." + hidden
    }
  }

  static func refused(_ stage: EvidenceStage) -> [String] {
    switch stage {
    case .rationaleOnly: ["No effect: no school has reported data."]
    case .oneSchool: ["No pooled effect: one school is that school's result."]
    case .twoSchools:
      [
        "No pooled interval: with two schools it rests on t with 1 degree of freedom, 12.7.",
        "No prediction interval: it needs k − 2 degrees of freedom, and that is 0.",
      ]
    case .fewSchools:
      ["No prediction interval below 5 schools.", "No small-study test and no moderators below 10 schools."]
    case .severalSchools: ["No small-study test and no moderators below 10 schools."]
    case .manySchools: []
    }
  }

  static func figures(
    _ analysis: EvidenceAnalysis, _ schools: [SchoolEvidence], _ rule: EvidenceRule
  ) -> [EvidenceFigure] {
    let writer = FigureWriter(rule: rule.named)
    return writer.schools(schools) + writer.own(schools) + writer.pooled(analysis) + writer.bayes(analysis)
      + writer.robustness(analysis, schools)
  }
}

/// Writes figures under one rule.
private struct FigureWriter {
  let rule: NamedRule

  private func entry(
    _ kind: EvidenceFigure.Kind, _ value: Double?, _ interval: Interval?, _ sentence: String,
    _ formula: String, _ source: String
  ) -> EvidenceFigure {
    EvidenceFigure(
      kind: kind, value: value, interval: interval, sentence: sentence,
      explanation: Explanation(formula: formula, rule: rule.title, source: source))
  }

  func schools(_ schools: [SchoolEvidence]) -> [EvidenceFigure] {
    let trials = schools.reduce(0) { $0 + $1.trials }
    let known = schools.compactMap(\.pupils)
    let missing = known.count < schools.count ? "at least " : ""
    let pupils = known.isEmpty ? "how many students is not said" : "\(missing)\(known.reduce(0, +)) students"
    return [
      entry(
        .schools, Double(schools.count), nil, "\(count(schools.count, "school", "schools")) with data.",
        "\(count(trials, "registered trial", "registered trials")) of \(count(schools.count, "school", "schools")), "
          + "\(pupils); the trials of one school are combined with correlated errors (ρ = 0.8) and count once",
        "Borenstein et al. 2009, ch. 24; Hedges, Tipton & Johnson 2010")
    ]
  }

  func own(_ schools: [SchoolEvidence]) -> [EvidenceFigure] {
    guard schools.count == 1 else { return [] }
    let own = schools[0]
    return [
      entry(
        .ownResult, own.effect.estimate, own.interval,
        "In this school the effect was \(signed(own.effect.estimate)), between \(range(own.interval)).",
        "\(signed(own.effect.estimate)) ± 1.96 × \(figure(own.effect.standardError))", "normal distribution")
    ]
  }

  func pooled(_ analysis: EvidenceAnalysis) -> [EvidenceFigure] {
    guard let pooled = analysis.pooled else { return [] }
    let t = StudentT.quantile(0.975, df: pooled.degreesOfFreedom)
    var figures = [
      entry(
        .pooled, pooled.estimate, pooled.interval,
        "On average over such schools the effect is \(signed(pooled.estimate)), between \(range(pooled.interval)).",
        "Σwy/Σw, w = 1/(v + \(figure(pooled.tauSquared))): \(signed(pooled.estimate)) ± t(\(pooled.k - 1)) "
          + "\(figure(t)) × \(figure(pooled.standardError))",
        "REML (Viechtbauer 2005); Hartung & Knapp 2001 with max(1, q)"),
      entry(
        .spread, pooled.tauSquared.squareRoot(), nil,
        "True effects differ between schools with a standard deviation of \(figure(pooled.tauSquared.squareRoot(), 2)).",
        "tau = √\(figure(pooled.tauSquared)) by REML", "Viechtbauer 2005, eq. 10"),
      entry(
        .heterogeneity, pooled.iSquared, nil,
        "\(Int(pooled.iSquared.rounded())) % of the variation between results is more than chance.",
        "I² = tau²/(tau² + \(figure(pooled.typicalVariance))); Q = "
          + "\(figure(pooled.heterogeneity.q)) on \(pooled.k - 1), p = "
          + figure(pooled.heterogeneity.pValue, 2),
        "Higgins & Thompson 2002"),
    ]
    if let prediction = analysis.prediction {
      figures.append(
        entry(
          .prediction, nil, prediction,
          "In one more school like these the true effect is expected between \(range(prediction)).",
          "\(signed(pooled.estimate)) ± t(\(pooled.k - 2)) × √(\(figure(pooled.standardError))² + "
            + "\(figure(pooled.tauSquared)))",
          "Riley, Higgins & Deeks 2011"))
    }
    return figures
  }

  func bayes(_ analysis: EvidenceAnalysis) -> [EvidenceFigure] {
    guard let bayes = analysis.bayes else { return [] }
    let source = "normal-normal model, BDA3 section 5.4; priors: \(bayes.priors)"
    return [
      entry(
        .bayesianMean, bayes.mean.mean, bayes.mean.interval,
        "With the stated prior the average effect is \(signed(bayes.mean.mean)) (\(range(bayes.mean.interval))), above 0 "
          + "with \(percent(bayes.mean.probabilityAboveZero)) probability.",
        "posterior of mu, tau integrated numerically (median tau \(figure(bayes.tau, 2)))", source),
      entry(
        .nextSchool, bayes.nextSchool.probabilityAboveZero, bayes.nextSchool.interval,
        "The next school gains with \(percent(bayes.nextSchool.probabilityAboveZero)) probability; its effect lies between "
          + "\(range(bayes.nextSchool.interval)) with 95 % probability.",
        "posterior of a new true effect, mean \(signed(bayes.nextSchool.mean)), sd "
          + figure(bayes.nextSchool.standardDeviation, 2), source),
    ]
  }

  func robustness(_ analysis: EvidenceAnalysis, _ schools: [SchoolEvidence]) -> [EvidenceFigure] {
    guard let share = analysis.shareImproved, schools.count > 1 else { return [] }
    let improved = Int((share * Double(schools.count)).rounded())
    var figures = [
      entry(
        .shareImproved, share, nil, "\(improved) of \(schools.count) schools saw a gain.",
        "\(improved)/\(schools.count) effects above 0", "count")
    ]
    guard analysis.pooled != nil else { return figures }
    if let largest = schools.max(by: { $0.weight < $1.weight }) {
      figures.append(
        entry(
          .largestWeight, largest.weight, nil,
          "The school with the most weight carries \(percent(largest.weight)).", "largest w/Σw",
          "weights of the pooled effect"))
    }
    return figures + leaveOneOut(analysis) + hidden(analysis)
  }

  private func leaveOneOut(_ analysis: EvidenceAnalysis) -> [EvidenceFigure] {
    guard let loo = analysis.leaveOneOut else { return [] }
    let interval = Interval(lower: loo.lowest, upper: loo.highest)
    var figures = [
      entry(
        .leaveOneOut, nil, interval, "Without any one school the average lies between \(range(interval)).",
        "pooled \(analysis.effects.count) times, each time without one school", "leave-one-out")
    ]
    if let test = analysis.smallStudyTest {
      figures.append(
        entry(
          .smallStudyTest, test.t, nil,
          test.pValue < 0.1 && test.t > 0
            ? "Small trials found more than large ones." : "Small trials did not clearly find more than large ones.",
          "t(\(test.degreesOfFreedom)) = \(figure(test.t, 3)), p = \(figure(test.pValue, 2))",
          "Egger et al. 1997"))
    }
    return figures
  }

  private func hidden(_ analysis: EvidenceAnalysis) -> [EvidenceFigure] {
    var figures: [EvidenceFigure] = []
    if let worst = analysis.worstCase {
      figures.append(
        entry(
          .worstCase, worst.estimate, worst.interval,
          "If the unreported did no better than nothing and than the worst that was reported, the average would be "
            + "\(signed(worst.estimate)) (\(range(worst.interval))).",
          "\(count(worst.unreported, "trial", "trials")) added with effect \(signed(worst.assumedEffect)) and the median "
            + "variance", "worst case: min(0, lowest reported effect)"))
    }
    if let nulls = analysis.nullSchoolsToOverturn {
      figures.append(
        entry(
          .nullSchoolsToOverturn, Double(nulls), nil,
          "\(count(nulls, "more school", "more schools")) without any effect would undo this result.",
          "smallest number of effects 0 with the median variance at which the interval reaches 0",
          "REML, Hartung-Knapp ad hoc"))
    }
    return figures
  }
}
