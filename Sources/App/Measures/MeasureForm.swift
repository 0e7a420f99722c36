import Statistics

/// A measure that a form has made, right in all its parts.
struct NewMeasure: Sendable, Equatable {
  let name: String
  let role: Measure.Role
  let subgroup: String
  let schedule: Schedule
  let isShared: Bool
  let definition: MeasureDefinition
}

/// What a person typed to start or amend a measure, exactly as typed.
struct MeasureForm: Sendable, Equatable {
  var name = ""
  var role = "outcome"
  var subgroup = ""
  var schedule = "week"
  var isShared = false
  var who = ""
  var what = ""
  var how = ""
  var unit = ""
  var kind = "share"
  var better = ""
  /// Empty: the chart that the kind of data proposes.
  var chart = ""
  var rules = "anhoej"
  var target = ""
  var baselineUntil = ""
  var why = ""
  var submission = ""
  var school = ""
  /// The project it belongs to; may be empty.
  var project = ""

  static let order = [
    "school", "name", "kind", "better", "who", "what", "how", "unit", "role", "subgroup", "schedule", "chart", "rules",
    "target", "baseline_until", "why",
  ]

  static let longestName = 80

  init() {}

  init(_ fields: Fields) {
    name = fields["name"]
    role = fields["role"]
    subgroup = fields["subgroup"]
    schedule = fields["schedule"]
    isShared = fields.has("shared")
    who = fields["who"]
    what = fields["what"]
    how = fields["how"]
    unit = fields["unit"]
    kind = fields["kind"]
    better = fields["better"]
    chart = fields["chart"]
    rules = fields["rules"]
    target = fields["target"]
    baselineUntil = fields["baseline_until"]
    why = fields["why"]
    submission = fields["submission"]
    school = fields["school"]
    project = fields["project"]
  }

  init(_ measure: Measure) {
    let definition = measure.definition
    (name, role, subgroup, schedule) = (
      measure.name, measure.role.rawValue, measure.subgroup, measure.schedule.rawValue
    )
    isShared = measure.isShared
    (who, what, how, unit) = (definition.who, definition.what, definition.how, definition.unit)
    (kind, better) = (definition.kind.rawValue, definition.better.rawValue)
    (chart, rules) = (definition.chart.rawValue, definition.rules.rawValue)
    target = definition.target.map { MeasuredValue($0).typed(definition.kind) } ?? ""
    baselineUntil = definition.baselineUntil?.description ?? ""
  }

  /// - Throws: `Refusal.invalid`, naming each field and what to do about it.
  func checked(isAmendment: Bool = false) throws(Refusal) -> NewMeasure {
    var check = FormCheck()
    check.words("name", name, 3...Self.longestName, "Name what is measured: “On time to first class”.")
    check.words("who", who, 3...140, "Say who counts, as a group: “all ninth-graders”.")
    check.words("what", what, 3...140, "Say what counts: “in the room when the bell rings”.")
    check.words("how", how, 3...200, "Say when and how it is taken: “Fridays, from the door list”.")
    check.optionalWords("unit", unit, limit: 40)
    check.optionalWords("subgroup", subgroup, limit: 80)
    let kind = check.choice("kind", DataKind(rawValue: self.kind), "Say what kind of number it is.")
    let better = check.choice("better", MeasureDefinition.Better(rawValue: better), "Say which way is better.")
    let role = check.choice("role", Measure.Role(rawValue: role), "Choose what it is for.")
    let schedule = check.choice("schedule", Schedule(rawValue: schedule), "Choose how often.")
    let rules = check.choice("rules", RuleSet(rawValue: rules), "Choose whose rules read the chart.")
    let chart = kind.flatMap { self.chart(for: $0, &check) }
    var target: Double?
    if !self.target.isEmpty, let kind {
      do { target = try MeasuredValue(self.target, as: kind).value } catch Refusal.invalid(let problems) {
        check["target"] = problems["value"]
      } catch { throw error }
    }
    let until = baselineUntil.isEmpty ? nil : check.date("baseline_until", baselineUntil, "")
    if isAmendment { check.words("why", why, 10...500, "Say why it changes: it stays on the page.") }
    try check.finish()
    guard let kind, let better, let role, let schedule, let rules, let chart else { throw .invalid([:]) }
    return NewMeasure(
      name: name, role: role, subgroup: subgroup, schedule: schedule, isShared: isShared,
      definition: MeasureDefinition(
        who: who, what: what, how: how, unit: unit, kind: kind, better: better, chart: chart, rules: rules,
        target: target, baselineUntil: until))
  }

  private func chart(for kind: DataKind, _ check: inout FormCheck) -> ChartKind? {
    if chart.isEmpty { return ChartProposal(kind).kind }
    guard let chosen = ChartKind(rawValue: chart), ChartProposal.choices(kind).contains(chosen) else {
      let fitting = ChartProposal.choices(kind).map(\.title).joined(separator: ", ")
      check["chart"] = "That chart does not fit such data. These do: \(fitting)."
      return nil
    }
    return chosen
  }
}
