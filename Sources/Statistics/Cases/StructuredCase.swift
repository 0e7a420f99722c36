import Foundation

/// `kind: structured`: effects nested in two levels, such as schools in districts.
///
/// The levels are named by `levels`, the outer one first, or else they are the two fields of a study beside its effect
/// and variance; which of them is the outer one follows from what they hold and are called, not from their order.
enum StructuredCase: CaseHandler {
  static func answer(_ input: CaseInput) throws -> CaseValue {
    let rows = try NestedRows(input)
    let level = try StudyRows.level(input)
    let nested = try rows.fit(level: level)
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
      try rows.fit(level: StudyRows.level(input)),
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
    let kept = try StudyRows.kept(input, atLeast: 2)
    studies = kept.map(\.effect)
    let rows = kept.map(\.row)
    let names = try Self.declared(input) ?? Self.found(rows)
    guard let first = names.first else { throw rows[0].refusal("must name the unit that it belongs to") }
    outerName = first
    innerName = names.count > 1 ? names[1] : "trial"
    outer = try rows.map { try Self.unit($0.field(first)) }
    inner =
      names.count > 1
      ? try rows.map { try Self.unit($0.field(names[1])) } : rows.indices.map { String($0) }
  }

  /// - Throws: `StatisticsError.input` that names the level of which there are too few units.
  func fit(level: Double) throws -> ThreeLevel {
    do {
      return try ThreeLevel(studies, outer: outer, inner: inner, level: level)
    } catch StatisticsError.input("outer", _) {
      throw StatisticsError.input(
        field: "studies", advice: "must name at least two of \(outerName): of one alone nobody can tell how they differ"
      )
    }
  }

  /// What units are usually called, the widest first.
  private static let usual = [
    "state", "region", "network", "district", "cluster", "author", "lab", "article", "paper", "study", "school", "site",
    "class", "teacher", "experiment", "sample", "comparison", "outcome", "trial", "esid", "effect",
  ]

  /// The levels that the studies state beside their figures, the outer one first: that of which each unit of the other
  /// belongs to one alone; where the names of units tell nothing, by what the levels are called.
  private static func found(_ rows: [CaseInput]) throws -> [String] {
    let names = try rows[0].fields().map(\.name).filter { !figures.contains($0) }
    guard names.count > 1 else { return names }
    let units = try names.prefix(2).map { name in try rows.map { try unit($0.field(name)) } }
    func isOneToMany(_ outer: [String], _ inner: [String]) -> Bool {
      Set(zip(outer, inner).map { "\($0.count) \($0)\($1)" }).count == Set(inner).count
    }
    let ordered = Array(names.prefix(2))
    switch (isOneToMany(units[0], units[1]), isOneToMany(units[1], units[0])) {
    case (true, false): return ordered
    case (false, true): return ordered.reversed()
    default:
      let places = ordered.map { name in usual.firstIndex(of: name.lowercased()) }
      guard let first = places[0], let second = places[1] else {
        throw rows[0].refusal("does not show which is the outer level: say it with \"levels\", the outer one first")
      }
      return first < second ? ordered : ordered.reversed()
    }
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
