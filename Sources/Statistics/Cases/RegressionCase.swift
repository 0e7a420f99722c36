/// `kind: regression`: effects on one or more moderators, which are numbers of each study.
///
/// Input: `studies` (yi, vi and the moderators), `moderators` (their names), `options.method` (a heterogeneity method's
/// short name, REML if not given), `options.test` (`z`, `knha`, `adhoc`; z if not given, as in the reference program),
/// `options.level` and `options.cluster` (the field that says which studies belong together).
enum RegressionCase: CaseHandler {
  static func answer(_ input: CaseInput) throws -> CaseValue {
    let model = try model(input)
    return [
      "k": .whole(model.k),
      "terms": .list(names(model).map { .text($0) }),
      "estimate": .figures(model.coefficients.map(\.estimate)),
      "se": .figures(model.coefficients.map(\.standardError)),
      "stat": .figures(model.coefficients.map(\.statistic)),
      "pval": .figures(model.coefficients.map(\.pValue)),
      "ci_lb": .figures(model.coefficients.map(\.interval.lower)),
      "ci_ub": .figures(model.coefficients.map(\.interval.upper)),
      "tau2": .figure(model.tauSquared), "I2": .figure(model.iSquared), "H2": .figure(model.hSquared),
      "QE": .figure(model.residual.q), "QE_df": .whole(model.residual.degreesOfFreedom),
      "QE_p": .figure(model.residual.pValue),
      "QM": .figure(model.moderators.statistic), "QM_df": .whole(model.moderators.degreesOfFreedom),
      "QM_p": .figure(model.moderators.pValue), "R2": .figure(model.rSquared),
      "coefficients": byName(model),
      "cluster_robust_CR2": robust(model),
      "caution": caution(model).map { .text($0) } ?? .null,
    ]
  }

  /// Few studies explain anything: below ten none of it may be shown as a finding.
  private static func caution(_ model: MetaRegression) -> String? {
    guard model.k < MetaRegression.fewestStudies else { return nil }
    return
      "\(model.k) studies are too few for moderators: from \(MetaRegression.fewestStudies) on they can be looked at, "
      + "and a feature that happens to go along with the effect is found easily among fewer."
  }

  /// By coefficient; null when the case names no clusters, or one only.
  private static func robust(_ model: MetaRegression) -> CaseValue {
    guard let robust = model.clusterRobust else { return .null }
    return .object(zip(names(model), robust).map { .init($0, StructuredCase.figures($1)) })
  }

  /// The reference program calls the intercept `intrcpt`.
  private static func names(_ model: MetaRegression) -> [String] {
    ["intrcpt"] + model.coefficients.dropFirst().map(\.name)
  }

  private static func byName(_ model: MetaRegression) -> CaseValue {
    .object(
      zip(names(model), model.coefficients).map { name, one in
        .init(
          name,
          [
            "estimate": .figure(one.estimate), "se": .figure(one.standardError), "stat": .figure(one.statistic),
            "pval": .figure(one.pValue), "ci_lb": .figure(one.interval.lower), "ci_ub": .figure(one.interval.upper),
          ])
      })
  }

  private static func model(_ input: CaseInput) throws -> MetaRegression {
    let names = try input.field(anyOf: ["moderators", "mods"]).list().map { try $0.text() }
    let kept = try StudyRows.kept(input, atLeast: 2)
    let columns = try names.map { name in (name: name, values: try kept.map { try $0.row.number(name) }) }
    let options = input.optional("options")
    return try MetaRegression(
      kept.map(\.effect), on: columns, try method(options?.optional("method") ?? input.optional("method")),
      interval: try interval(options?.optional("test") ?? input.optional("test")),
      clusters: try StudyRows.clusters(input), level: try StudyRows.level(input))
  }

  private static func method(_ input: CaseInput?) throws -> HeterogeneityMethod {
    guard let input else { return .reml }
    guard let method = HeterogeneityMethod(rawValue: try input.text()) else {
      throw input.refusal("must be one of \(HeterogeneityMethod.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return method
  }

  private static func interval(_ input: CaseInput?) throws -> IntervalMethod {
    switch try input?.text() {
    case nil, "z"?: return .wald
    case "adhoc"?: return .hartungKnappAdHoc
    case "knha"?, "hksj"?: return .hartungKnapp
    default:
      throw input?.refusal("must be z, knha or adhoc")
        ?? StatisticsError.input(field: "options.test", advice: "is missing")
    }
  }

  static func explanation(_ input: CaseInput) throws -> [String] {
    let model = try model(input)
    let terms = model.coefficients.map { "\(figure($0.estimate)) × \($0.name)" }.joined(separator: " + ")
    return [
      "effect = " + terms.replacing(" × intercept", with: ""),
      "coefficients = (XᵀWX)⁻¹XᵀWy, w = 1/(v + \(figure(model.tauSquared)))",
      "left over: Q = \(figure(model.residual.q)) on \(model.residual.degreesOfFreedom) degrees of freedom, p = "
        + figure(model.residual.pValue),
      "all moderators together: \(figure(model.moderators.statistic)) on \(model.moderators.degreesOfFreedom), p = "
        + figure(model.moderators.pValue),
    ]
      + zip(names(model), model.coefficients).map { name, one in
        "\(name): \(figure(one.estimate))/\(figure(one.standardError)) = \(figure(one.statistic)), p = "
          + "\(figure(one.pValue)), \(figure(one.interval.lower)) … \(figure(one.interval.upper))"
      } + NestedExplanation.robust(model.clusterRobust ?? []) + (caution(model).map { [$0] } ?? [])
  }
}
