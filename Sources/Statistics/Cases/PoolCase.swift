/// `kind: pool`: independent effects pooled by every method.
enum PoolCase: CaseHandler {
  static func answer(_ input: CaseInput) throws -> CaseValue {
    let studies = try StudyRows.effects(input, atLeast: 2)
    let level = try StudyRows.level(input)
    var fields: [CaseValue.Field] = []
    let equal = try Pooling.pool(studies, .equalEffects, interval: .wald)
    fields.append(.init("k", .whole(equal.k)))
    fields.append(.init("Q", .figure(equal.heterogeneity.q)))
    fields.append(.init("Q_df", .whole(equal.heterogeneity.degreesOfFreedom)))
    fields.append(.init("Q_p", .figure(equal.heterogeneity.pValue)))
    for (name, method, interval) in variants {
      fields.append(.init(name, figures(try Pooling.pool(studies, method, interval: interval, level: level))))
    }
    fields += try afterREML(studies, level)
    fields += try robust(input, studies, level).map { form, robust in
      .init(form == .cr1 ? "cluster_robust" : "cluster_robust_CR2", robust.map(StructuredCase.figures) ?? .null)
    }
    if studies.count < 3 { fields.append(.init("refused", refusedBelowThree)) }
    return .object(fields)
  }

  /// Names of the answers and what computes them, in the order of the reference cases.
  private static let variants: [(String, HeterogeneityMethod, IntervalMethod)] = {
    let wald = [HeterogeneityMethod.equalEffects, .derSimonianLaird, .pauleMandel, .reml, .ml]
    let others = [HeterogeneityMethod.sidikJonkman, .hedges, .empiricalBayes]
    return (wald + others).map { ($0.rawValue, $0, .wald) }
      + (wald.dropFirst() + others).flatMap { method in
        [
          (method.rawValue + "_HK", method, IntervalMethod.hartungKnapp),
          (method.rawValue + "_HK_adhoc", method, .hartungKnappAdHoc),
        ]
      }
  }()

  private static func figures(_ pooled: PooledEffect) -> CaseValue {
    var fields: [CaseValue.Field] = [
      .init("estimate", .figure(pooled.estimate)), .init("se", .figure(pooled.standardError)),
      .init("stat", .figure(pooled.statistic)), .init("pval", .figure(pooled.pValue)),
      .init("ci_lb", .figure(pooled.interval.lower)), .init("ci_ub", .figure(pooled.interval.upper)),
      .init("tau2", .figure(pooled.tauSquared)), .init("I2", .figure(pooled.iSquared)),
      .init("H2", .figure(pooled.hSquared)),
    ]
    if let prediction = pooled.predictionInterval(.sameAsInterval) {
      let riley = pooled.predictionInterval(.riley)
      fields += [
        .init("pi_lb", .figure(prediction.lower)), .init("pi_ub", .figure(prediction.upper)),
        .init("pi_riley_lb", .figure(riley?.lower)), .init("pi_riley_ub", .figure(riley?.upper)),
      ]
    }
    return .object(fields)
  }

  /// Two studies leave Riley's interval 0 degrees of freedom: it is null. (metafor takes 1 degree of freedom instead.)
  private static let refusedBelowThree: CaseValue = [
    "pi_riley": .text("undefined with 2 studies: k − 2 = 0 degrees of freedom")
  ]

  /// The REML mean with intervals robust to dependence within clusters, when the case names them.
  private static func robust(
    _ input: CaseInput, _ studies: [EffectSize], _ level: Double
  ) throws -> [(ClusterRobust.Form, ClusterRobust?)] {
    guard let clusters = try StudyRows.clusters(input) else { return [] }
    let pooled = try Pooling.pool(studies, .reml, interval: .wald)
    return ClusterRobust.Form.allCases.map { form in
      (form, ClusterRobust(studies, clusters: clusters, pooled: pooled, form: form, level: level))
    }
  }

  private static func afterREML(_ studies: [EffectSize], _ level: Double) throws -> [CaseValue.Field] {
    let profile = try QProfile(studies, level: level)
    let pooled = try Pooling.pool(studies, .reml, interval: .wald)
    let shrunk = ShrunkEffects(studies, pooled: pooled)
    let without = try LeaveOneOut.pool(studies, .reml, interval: .wald)
    var fields: [CaseValue.Field] = [
      .init(
        "REML_Qprofile",
        [
          "tau2_lb": .figure(profile.tauSquared.lower), "tau2_ub": .figure(profile.tauSquared.upper),
          "I2_lb": .figure(profile.iSquared.lower), "I2_ub": .figure(profile.iSquared.upper),
        ]),
      .init(
        "REML_BLUP",
        [
          "pred": .figures(shrunk.predictions), "se": .figures(shrunk.standardErrors),
          "rank_high_to_low": .list(shrunk.order.map { .whole($0) }),
        ]),
      .init(
        "REML_leave1out",
        [
          "estimate": .figures(without.map(\.estimate)), "tau2": .figures(without.map(\.tauSquared)),
          "I2": .figures(without.map(\.iSquared)),
        ]),
    ]
    if let egger = try EggerTest(studies) {
      fields.append(.init("egger_lm", ["t": .figure(egger.t), "p": .figure(egger.pValue)]))
    }
    return fields
  }

  static func explanation(_ input: CaseInput) throws -> [String] {
    let studies = try StudyRows.effects(input, atLeast: 2)
    return PoolingExplanation.lines(
      studies, try Pooling.pool(studies, .reml, interval: .hartungKnappAdHoc),
      equal: try Pooling.pool(studies, .equalEffects, interval: .wald))
      + NestedExplanation.robust(try robust(input, studies, try StudyRows.level(input)).map(\.1))
  }
}
