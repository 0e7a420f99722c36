import Foundation

/// `kind: bayes`: the normal-normal model with stated priors.
enum BayesCase: CaseHandler {
  static func answer(_ input: CaseInput) throws -> CaseValue {
    let model = try model(input)
    var answer: [CaseValue.Field] = [
      .init("mu", mean(model.mu)),
      .init(
        "tau",
        [
          "mean": .figure(model.tau.mean), "median": .figure(model.tau.median),
          "sd": .figure(model.tau.standardDeviation), "central95": pair(model.tau.central95),
        ]),
      .init(
        "theta_new",
        [
          "mean": .figure(model.thetaNew.mean), "sd": .figure(model.thetaNew.standardDeviation),
          "central95": pair(model.thetaNew.centralInterval()), "p_gt_0": .figure(model.thetaNew.probability(above: 0)),
        ]),
      .init(
        "shrunk",
        [
          "mean": oneOrMore(model.schools.map { $0.mean }), "median": oneOrMore(model.schools.map { $0.median }),
          "sd": oneOrMore(model.schools.map { $0.standardDeviation }),
        ]),
    ]
    if model.tau.standardDeviation == nil {
      answer.append(
        .init("reason", .text("with these priors and so few studies tau has no finite mean or standard deviation")))
    }
    return .object(answer)
  }

  private static func mean(_ mu: NormalMixture) -> CaseValue {
    [
      "mean": .figure(mu.mean), "median": .figure(mu.median), "sd": .figure(mu.standardDeviation),
      "shortest95": pair(mu.shortestInterval()), "central95": pair(mu.centralInterval()),
      "p_mu_gt_0": .figure(mu.probability(above: 0)),
    ]
  }

  private static func pair(_ interval: Interval) -> CaseValue { .figures([interval.lower, interval.upper]) }

  /// One school's figure stands alone, as in the reference cases; several are a list.
  private static func oneOrMore(_ values: [Double?]) -> CaseValue {
    values.count == 1 ? .figure(values[0]) : .list(values.map { .figure($0) })
  }

  static func model(_ input: CaseInput) throws -> NormalNormal {
    let studies = try StudyRows.effects(input, atLeast: 1)
    let model = try input.field("model")
    let tau = try model.field("tau_prior")
    return try NormalNormal(studies, mean: try meanPrior(model), tau: try tauPrior(tau))
  }

  private static func tauPrior(_ input: CaseInput) throws -> TauPrior {
    guard let prior = PriorText.tau(try input.text()) else {
      throw input.refusal(
        "must be half-normal(0.5), half-Cauchy(0.5), uniform(0, 2) or \"uniform on tau (improper)\", with a scale above 0"
      )
    }
    return prior
  }

  private static func meanPrior(_ model: CaseInput) throws -> MeanPrior {
    guard let input = model.optional("mu_prior") else { return .flat }
    guard let prior = PriorText.mean(try input.text()) else {
      throw input.refusal(
        "must be \"improper uniform\", \"N(0, 0.5^2)\" or \"normal(0, sd=0.5)\", with a spread above 0")
    }
    return prior
  }

  static func explanation(_ input: CaseInput) throws -> [String] {
    let studies = try StudyRows.effects(input, atLeast: 1)
    return BayesExplanation.lines(studies, try model(input))
  }
}
