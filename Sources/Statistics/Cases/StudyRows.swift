/// Studies as cases write them: one object each with an effect and how sure it is.
enum StudyRows {
  /// The effects under `studies`: `yi` or `y`, and `vi` (variance) or `se`, `sei` (standard error).
  /// - Throws: `StatisticsError.input` naming the field of the study that is wrong.
  static func effects(_ input: CaseInput, atLeast fewest: Int) throws -> [EffectSize] {
    try kept(input, atLeast: fewest).map(\.effect)
  }

  /// The studies that have an effect, each with its row: with `drop00` those without an event in either group, or with
  /// nothing else, are left out, as the reference program leaves them out.
  static func kept(_ input: CaseInput, atLeast fewest: Int) throws -> [(row: CaseInput, effect: EffectSize)] {
    let name = input.optional("studies") == nil && input.optional("raw") != nil ? "raw" : "studies"
    let rows = try input.list(name)
    guard rows.count >= fewest else {
      throw try input.field(name).refusal(
        fewest == 1 ? "must hold at least one study" : "must hold at least \(fewest) studies; one is no pool")
    }
    let dropsEmpty = try input.optional("options")?.optional("drop00")?.flag() ?? false
    let kept = try rows.compactMap { row in try effect(row, of: input, dropsEmpty: dropsEmpty).map { (row, $0) } }
    guard kept.count >= fewest else {
      throw try input.field(name).refusal("must hold at least \(fewest) after those without any event are dropped")
    }
    return kept
  }

  /// The coverage of intervals: `level` here or in `options`, a share or a percentage; 0.95 when it is not given.
  static func level(_ input: CaseInput) throws -> Double {
    guard let field = input.optional("options")?.optional("level") ?? input.optional("level") else { return 0.95 }
    let number = try field.number()
    let level = number > 1 ? number / 100 : number
    guard level > 0, level < 1 else { throw field.refusal("must lie between 0 and 1 (or be a percentage below 100)") }
    return level
  }

  /// The cluster of each study, when `cluster` (here or in `options`) names the field that says it: several trials of one
  /// school are not as many independent ones.
  static func clusters(_ input: CaseInput) throws -> [String]? {
    guard let name = input.optional("options")?.optional("cluster") ?? input.optional("cluster") else { return nil }
    let field = try name.text()
    return try kept(input, atLeast: 1).map { try NestedRows.unit($0.row.field(field)) }
  }

  /// Nil for a study that is dropped.
  private static func effect(_ row: CaseInput, of input: CaseInput, dropsEmpty: Bool) throws -> EffectSize? {
    if row.optional("yi") == nil, row.optional("y") == nil, row.optional("vi") == nil, row.optional("se") == nil,
      let measure = input.optional("measure")
    {
      return try computed(row, measure, input, dropsEmpty: dropsEmpty)
    }
    let estimate = try row.field(anyOf: ["yi", "y"]).number()
    if let error = row.optional("se") ?? row.optional("sei") {
      let se = try error.positive()
      if let variance = row.optional("vi"), try abs(variance.positive() - se * se) > 1e-6 * se * se {
        throw variance.refusal("must be the square of \(row.optional("se") == nil ? "sei" : "se"), or stand alone")
      }
      return EffectSize(estimate: estimate, variance: se * se)
    }
    return EffectSize(estimate: estimate, variance: try row.field("vi").positive())
  }

  /// A study given by its counts or means, as `kind: effect_size` computes it.
  private static func computed(
    _ row: CaseInput, _ measure: CaseInput, _ input: CaseInput, dropsEmpty: Bool
  ) throws -> EffectSize? {
    let options = input.optional("options")
    if let form = options?.optional("vtype"), try form.text().hasPrefix("AV") {
      throw form.refusal("must be a form of one study alone, such as LS")
    }
    if let to = options?.optional("to"), try to.text() == "if0all" { throw to.refusal("must be only0, all or none") }
    switch try EffectQuestion(measure: try measure.text(), given: row, options: options).answer() {
    case .range:
      throw StatisticsError.input(field: "\(row.path).r", advice: "is missing: the correlation is not assumed")
    case .known(let effect):
      guard effect.estimate.isFinite, effect.variance.isFinite, effect.variance > 0 else {
        if dropsEmpty, effect.estimate.isNaN { return nil }
        throw row.refusal("has no effect or variance (an empty cell or no spread)")
      }
      return effect
    }
  }
}
