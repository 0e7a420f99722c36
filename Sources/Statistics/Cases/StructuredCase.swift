import Foundation

/// `kind: structured`: effects nested in two levels, such as schools in districts.
///
/// The levels are the fields of a study beside its effect and variance, the outer one first.
enum StructuredCase: CaseHandler {
  static func answer(_ input: CaseInput) throws -> CaseValue {
    let rows = try NestedRows(input)
    let level = try StudyRows.level(input)
    let nested = try ThreeLevel(rows.studies, outer: rows.outer, inner: rows.inner, level: level)
    let naive = try Pooling.pool(rows.studies, .reml, interval: .wald, level: level)
    var fields: [CaseValue.Field] = [
      .init("three_level_REML", figures(nested, rows)),
      .init(
        "naive_two_level_REML",
        [
          "estimate": .figure(naive.estimate), "se": .figure(naive.standardError),
          "ci_lb": .figure(naive.interval.lower), "ci_ub": .figure(naive.interval.upper),
          "tau2": .figure(naive.tauSquared),
        ]),
    ]
    if let robust = nested.clusterRobust { fields.append(.init("cluster_robust", figures(robust))) }
    if let robust = nested.biasReduced { fields.append(.init("cluster_robust_CR2", figures(robust))) }
    return .object(fields)
  }

  private static func figures(_ nested: ThreeLevel, _ rows: NestedRows) -> CaseValue {
    [
      "estimate": .figure(nested.estimate), "se": .figure(nested.standardError),
      "ci_lb": .figure(nested.interval.lower), "ci_ub": .figure(nested.interval.upper),
      "sigma2_\(rows.outerName)": .figure(nested.outerVariance),
      "sigma2_\(rows.innerName)": .figure(nested.innerVariance),
      "icc": .figure(nested.intraclassCorrelation), "Q": .figure(nested.heterogeneity.q),
    ]
  }

  static func figures(_ robust: ClusterRobust) -> CaseValue {
    [
      "estimate": .figure(robust.estimate), "se": .figure(robust.standardError),
      "df": .figure(robust.degreesOfFreedom), "pval": .figure(robust.pValue),
      "ci_lb": .figure(robust.interval.lower), "ci_ub": .figure(robust.interval.upper),
    ]
  }

  static func explanation(_ input: CaseInput) throws -> [String] {
    let rows = try NestedRows(input)
    return NestedExplanation.lines(
      try ThreeLevel(rows.studies, outer: rows.outer, inner: rows.inner),
      naive: try Pooling.pool(rows.studies, .reml, interval: .wald), outer: rows.outerName, inner: rows.innerName)
  }
}

/// The studies of a structured case with their two levels.
struct NestedRows {
  let studies: [EffectSize]
  let outerName: String
  let innerName: String
  let outer: [String]
  let inner: [String]

  private static let figures: Set = ["yi", "y", "vi", "se", "sei", "name", "note", "id", "n", "ni", "year"]

  /// - Throws: `StatisticsError.input` when the studies name no level, or not all the same ones.
  init(_ input: CaseInput) throws {
    studies = try StudyRows.effects(input, atLeast: 2)
    let rows = try input.list("studies")
    let names =
      try Self.declared(input) ?? rows[0].fields().map(\.name).filter { !Self.figures.contains($0) }
    guard let first = names.first else { throw rows[0].refusal("must name the unit that it belongs to") }
    outerName = first
    innerName = names.count > 1 ? names[1] : "trial"
    outer = try rows.map { try Self.unit($0.field(first)) }
    inner =
      names.count > 1
      ? try rows.map { try Self.unit($0.field(names[1])) } : rows.indices.map { String($0) }
  }

  /// The levels by name, the outer one first: `levels` (or `options.levels`), or `random` as in `~ 1 | district/school`.
  private static func declared(_ input: CaseInput) throws -> [String]? {
    let options = input.optional("options")
    if let levels = options?.optional("levels") ?? input.optional("levels") {
      let names = try levels.list().map { try $0.text() }
      guard (1...2).contains(names.count), Set(names).count == names.count else {
        throw levels.refusal("must name one or two levels, the outer one first")
      }
      return names
    }
    guard let random = options?.optional("random") ?? input.optional("random") else { return nil }
    guard let bar = try random.text().split(separator: "|").last?.split(separator: "/"), (1...2).contains(bar.count)
    else { throw random.refusal("must read ~ 1 | outer/inner") }
    return bar.map { $0.trimmingCharacters(in: .whitespaces) }
  }

  /// Units may be numbers or text.
  static func unit(_ input: CaseInput) throws -> String {
    if case .text(let text) = input.value { return text }
    return String(try input.number())
  }
}
