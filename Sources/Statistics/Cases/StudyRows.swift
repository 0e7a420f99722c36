/// Studies as cases write them: one object each with an effect and how sure it is.
enum StudyRows {
  /// The effects under `studies`: `yi` or `y`, and `vi` (variance) or `se`, `sei` (standard error).
  /// - Throws: `StatisticsError.input` naming the field of the study that is wrong.
  static func effects(_ input: CaseInput, atLeast fewest: Int) throws -> [EffectSize] {
    let rows = try input.list("studies")
    guard rows.count >= fewest else {
      throw try input.field("studies").refusal(
        fewest == 1 ? "must hold at least one study" : "must hold at least \(fewest) studies; one is no pool")
    }
    return try rows.map(effect)
  }

  private static func effect(_ row: CaseInput) throws -> EffectSize {
    let estimate = try row.field(anyOf: ["yi", "y"]).number()
    if let error = row.optional("se") ?? row.optional("sei") {
      let se = try error.positive()
      return EffectSize(estimate: estimate, variance: se * se)
    }
    return EffectSize(estimate: estimate, variance: try row.field("vi").positive())
  }
}
