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

  /// `half-normal(0.5)`, `half-Cauchy(1)`, `uniform on tau (improper)`, `uniform(0, 2)`; a text behind `;` is a remark.
  static func tauPrior(_ input: CaseInput) throws -> TauPrior {
    let text = try input.text().lowercased().prefix { $0 != ";" }
    let numbers = text.matches(of: /[0-9]*\.?[0-9]+(e[+-]?[0-9]+)?/).compactMap { Double($0.output.0) }
    func scale(_ position: Int = 0) throws -> Double {
      guard numbers.indices.contains(position), numbers[position] > 0 else {
        throw input.refusal("must give its scale, above 0, in brackets")
      }
      return numbers[position]
    }
    if text.contains("normal") { return .halfNormal(try scale()) }
    if text.contains("cauchy") { return .halfCauchy(try scale()) }
    if text.contains("uniform") { return numbers.isEmpty ? .uniform : .uniformTo(try scale(numbers.count - 1)) }
    throw input.refusal("must be half-normal(scale), half-Cauchy(scale) or uniform")
  }

  /// `improper uniform`, or a normal prior: `N(0,0.5^2)`, `normal(0, 0.5)` (standard deviation) or `N(0,0.25)` (variance).
  static func meanPrior(_ model: CaseInput) throws -> MeanPrior {
    guard let input = model.optional("mu_prior") else { return .flat }
    let text = try input.text()
    if text.lowercased().contains("uniform") || text.lowercased().contains("flat") { return .flat }
    let numbers = text.replacing("^2", with: "").matches(of: /-?[0-9]*\.?[0-9]+([eE][+-]?[0-9]+)?/)
      .compactMap { Double($0.output.0) }
    guard numbers.count == 2, numbers[1] > 0, text.lowercased().hasPrefix("n") else {
      throw input.refusal("must be \"improper uniform\" or \"N(mean,sd^2)\"")
    }
    let isVariance = !["^2", "²", "sd", "normal"].contains { text.lowercased().contains($0) }
    return .normal(mean: numbers[0], sd: isVariance ? numbers[1].squareRoot() : numbers[1])
  }

  static func explanation(_ input: CaseInput) throws -> [String] {
    let studies = try StudyRows.effects(input, atLeast: 1)
    return BayesExplanation.lines(studies, try model(input))
  }
}
