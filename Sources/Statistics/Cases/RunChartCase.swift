/// Run charts by the rules of Perla, Provost and Murray, with exact probabilities of the number of runs.
enum RunChartCase: CaseHandler {
  static func answer(_ input: CaseInput) throws -> CaseValue {
    let (values, centre) = try read(input)
    let runs = RunsTest(values, centre: centre)
    return [
      "median": .figure(centre), "useful_observations": .whole(runs.useful),
      "n_above": .whole(runs.above), "n_below": .whole(runs.below), "runs": .whole(runs.runs),
      "shift_points": points(PerlaRules.shift(values, base: centre)),
      "trends": .list(PerlaRules.trends(values).map(points)),
      "p_runs_le": .figure(runs.fewer), "p_runs_ge": .figure(runs.more),
      "too_few_at_0.025": .flag(runs.isTooFew), "too_many_at_0.025": .flag(runs.isTooMany),
    ]
  }

  static func explanation(_ input: CaseInput) throws -> [String] {
    let (values, centre) = try read(input)
    let runs = RunsTest(values, centre: centre)
    return [
      "median of the measured points = \(centre)",
      "useful points (off the median): \(runs.above) above + \(runs.below) below = \(runs.useful)",
      "P(R ≤ \(runs.runs)) = \(runs.fewer) and P(R ≥ \(runs.runs)) = \(runs.more) over all orders of them; a signal at or below 0.025",
      "shift: six or more useful points in a row on one side; trend: five or more all up or all down, ties skipped",
    ]
  }

  private static func read(_ input: CaseInput) throws -> ([Double?], Double) {
    let field = try input.field("data").field(anyOf: ["y", "values", "value"])
    let values = try field.numbersOrNull()
    let measured = values.compactMap(\.self)
    guard measured.count >= 2, let middle = median(measured) else {
      throw field.refusal("must hold at least two measured points")
    }
    return (values, try ChartCaseFields(input: input).find("base", "median", "cl", "center")?.number() ?? middle)
  }

  static func points(_ places: [Int]) -> CaseValue { .list(places.map { .whole($0 + 1) }) }
}

/// One rule alone: `shift rule` around a given base, or `trend rule`.
enum SingleRuleCase: CaseHandler {
  static func answer(_ input: CaseInput) throws -> CaseValue {
    let data = try input.field("data")
    let field = try data.field(anyOf: ["y", "values", "val", "value"])
    let values = try field.numbersOrNull()
    guard values.count >= 2 else { throw field.refusal("must hold at least two points") }
    let chart = try input.text("chart").lowercased()
    let length = try ChartCaseFields(input: input).find("trigger", "length")?.whole(2...1000)
    if chart.contains("trend") {
      return ["trends": .list(PerlaRules.trends(values, length: length ?? 5).map(RunChartCase.points))]
    }
    guard chart.contains("shift") else {
      throw try input.field("chart").refusal("must be a shift rule or a trend rule")
    }
    let base =
      try (data.optional("base") ?? data.optional("median"))?.number() ?? median(values.compactMap(\.self)) ?? 0
    let isSustained = chart.contains("sustain")
    return [
      "shift_points": RunChartCase.points(
        PerlaRules.shift(values, base: base, length: length ?? (isSustained ? 9 : 6)))
    ]
  }

  static func explanation(_ input: CaseInput) throws -> [String] {
    guard case .object(let fields) = try answer(input) else { return [] }
    return [
      "shift: that many useful points in a row on one side of the base; trend: five or more all up or all down, ties skipped"
    ] + fields.map { "\($0.name): \(places($0.value))" }
  }

  /// "1, 2, 3" or "1, 2; 7, 8", or that there are none.
  private static func places(_ value: CaseValue) -> String {
    guard case .list(let items) = value, !items.isEmpty else { return "none" }
    let isNested = items.contains { if case .list = $0 { true } else { false } }
    return items.map { item in
      if case .number(let number) = item { return figure(number, 8) }
      return places(item)
    }.joined(separator: isNested ? "; " : ", ")
  }
}
