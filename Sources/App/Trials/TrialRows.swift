import Statistics
import Storage

extension TrialStore {
  /// Of a registration called `g`.
  static let registrationColumns: SQL =
    """
    g.number AS registration_number, g.at AS registration_at, g.by_id AS registration_by, g.why AS registration_why,
    g.participants, g.starts_on, g.due_on AS registered_due, g.measure, g.definition, g.unit, g.better, g.comparison,
    g.comparison_words, g.by_lot, g.predicted, g.predicted_words, g.probability, g.smallest
    """

  /// Of a report called `r`, and of its series called `e`.
  static let reportColumns: SQL =
    """
    r.number AS report_number, r.at AS report_at, r.by_id AS report_by, r.why AS report_why, r.shape,
    r.same_students, r.before_n, r.after_n, r.other_before_n, r.other_after_n, r.before_x, r.after_x,
    r.other_before_x, r.other_after_x, r.before_mean, r.after_mean, r.other_before_mean, r.other_after_mean,
    r.before_sd, r.after_sd, r.other_before_sd, r.other_after_sd, r.correlation, r.baseline_points,
    r.already_improving, r.chosen_at_worst, r.balancing_worse, r.changed, r.changed_html, r.happened,
    r.happened_html, r.excerpt, r.again, r.again_html, e.data_kind AS series_kind, e.schedule AS series_schedule,
    e.changed_on, e.students AS series_students, e.counted_alike
    """
}

extension Trial: RowReadable {
  package init(row: Row) throws {
    let withdrawnAt: Instant? = try row.read("withdrawn_at")
    let reason = try row.read("withdrawn_reason", as: String.self)
    id = try row.read("id")
    idea = try row.read("idea_id")
    ideaTitle = try row.read("idea_title")
    ideaVersion = try row.read("idea_version")
    school = try SchoolGlance(row: row)
    person = Person(id: try row.read("person_id"), name: try row.read("person_name"))
    state = State(rawValue: try row.read("state")) ?? .running
    registeredAt = try row.read("registered_at")
    isAfterData = try row.read("after_data")
    registration = try Registration(row: row)
    withdrawal = withdrawnAt.map { Withdrawal(at: $0, reason: reason) }
    report = try row.read("report_number", as: Int?.self) == nil ? nil : TrialReport(row: row)
    claim = try CompiledClaim(ifCompiled: row)
    origin = try TrialOrigin(ifThere: row)
  }
}

extension TrialOrigin {
  /// Nil for a trial that comes from no project.
  fileprivate init?(ifThere row: Row) throws {
    guard let project = try row.read("project_id", as: Project.ID?.self) else { return nil }
    self.init(
      project: project, cycle: try row.read("cycle_id"), measure: try row.read("measure_id"),
      publishedAt: try row.read("published_at"))
  }
}

extension TrialSeries.Value: RowReadable {
  init(row: Row) throws {
    period = try row.read("period")
    value = MeasuredValue(
      try row.read("value"), count: try row.read("x", as: Double?.self), size: try row.read("n", as: Double?.self))
  }
}

extension Registration: RowReadable {
  init(row: Row) throws {
    self.init(
      participants: try row.read("participants"), starts: try row.day("starts_on"), due: try row.day("registered_due"),
      measure: try row.read("measure"), definition: try row.read("definition"), unit: try row.read("unit"),
      better: Better(rawValue: try row.read("better")) ?? .higher,
      comparison: Comparison(rawValue: try row.read("comparison")) ?? .none,
      comparisonWords: try row.read("comparison_words"), isByLot: try row.read("by_lot"),
      prediction: try Prediction(ifMade: row), smallest: try row.read("smallest"))
    number = try row.read("registration_number")
    at = try row.read("registration_at")
    by = Person(id: try row.read("registration_by"), name: try row.read("registration_by_name"))
    why = try row.read("registration_why")
  }
}

extension Registration.Prediction {
  /// Nil for a trial that was told after its data.
  init?(ifMade row: Row) throws {
    guard let direction = try row.read("predicted", as: String?.self).flatMap(Direction.init(rawValue:)),
      let probability = try row.read("probability", as: Int?.self)
    else { return nil }
    self.init(direction: direction, words: try row.read("predicted_words"), probability: probability)
  }
}

extension TrialReport: RowReadable {
  init(row: Row) throws {
    outcome = try Outcome(row: row)
    story = Story(
      changed: try row.read("changed"), happened: try row.read("happened"), again: try row.read("again"),
      changedHTML: try row.read("changed_html"), happenedHTML: try row.read("happened_html"),
      againHTML: try row.read("again_html"), excerpt: try row.read("excerpt"))
    number = try row.read("report_number")
    at = try row.read("report_at")
    by = Person(id: try row.read("report_by"), name: try row.read("report_by_name"))
    why = try row.read("report_why")
  }
}

extension Outcome {
  fileprivate init(row: Row) throws {
    if let series = try TrialSeries(ifThere: row) {
      self = .series(series, try Circumstances(row: row))
      return
    }
    switch Shape(rawValue: try row.read("shape")) ?? .experience {
    case .experience, .series: self = .experience
    case .counts:
      self = .counts(
        Groups(
          before: try Count(x: row.read("before_x"), n: row.read("before_n")),
          after: try Count(x: row.read("after_x"), n: row.read("after_n")),
          otherBefore: try Count(ifKnown: row, "other_before"), otherAfter: try Count(ifKnown: row, "other_after")),
        try Circumstances(row: row))
    case .means:
      self = .means(
        Groups(
          before: try Mean(n: row.read("before_n"), mean: row.read("before_mean"), sd: row.read("before_sd")),
          after: try Mean(n: row.read("after_n"), mean: row.read("after_mean"), sd: row.read("after_sd")),
          otherBefore: try Mean(ifKnown: row, "other_before"), otherAfter: try Mean(ifKnown: row, "other_after")),
        correlation: try row.read("correlation"), try Circumstances(row: row))
    }
  }
}

extension TrialSeries {
  /// Without its values, which are rows of their own.
  fileprivate init?(ifThere row: Row) throws {
    guard let kind = try row.read("series_kind", as: String?.self).flatMap(DataKind.init(rawValue:)) else { return nil }
    self.init(
      kind: kind, schedule: Schedule(rawValue: try row.read("series_schedule")) ?? .week,
      changedOn: try row.day("changed_on"), students: try row.read("series_students", as: Int?.self),
      isCountedAlike: try row.read("counted_alike"))
  }
}

extension Outcome.Circumstances {
  fileprivate init(row: Row) throws {
    sameStudents = try row.read("same_students", as: Bool?.self) ?? false
    baselinePoints = try row.read("baseline_points")
    alreadyImproving = try row.read("already_improving")
    chosenAtWorst = try row.read("chosen_at_worst")
    balancingWorse = try row.read("balancing_worse")
  }
}

extension Outcome.Count {
  fileprivate init?(ifKnown row: Row, _ group: String) throws {
    guard let x = try row.read("\(group)_x", as: Int?.self), let n = try row.read("\(group)_n", as: Int?.self) else {
      return nil
    }
    self.init(x: x, n: n)
  }
}

extension Outcome.Mean {
  fileprivate init?(ifKnown row: Row, _ group: String) throws {
    guard let n = try row.read("\(group)_n", as: Int?.self),
      let mean = try row.read("\(group)_mean", as: Double?.self),
      let sd = try row.read("\(group)_sd", as: Double?.self)
    else { return nil }
    self.init(n: n, mean: mean, sd: sd)
  }
}

extension CompiledClaim {
  /// Nil until there is a report.
  init?(ifCompiled row: Row) throws {
    guard let verdict = try row.read("verdict", as: String?.self).flatMap(Verdict.init(rawValue:)) else { return nil }
    var effect: EffectSize?
    if let estimate = try row.read("effect", as: Double?.self),
      let variance = try row.read("variance", as: Double?.self)
    {
      effect = EffectSize(estimate: estimate, variance: variance)
    }
    self.init(
      verdict: verdict, finding: try row.read("finding"), reason: try row.read("reason"),
      whatWouldChangeIt: try row.read("would_change"), effect: effect,
      students: try row.read("students", as: Int?.self) ?? 0,
      design: Design(rawValue: try row.read("design")) ?? .none, baseShare: try row.read("base_share"),
      rule: try row.read("rule"))
  }
}

extension Row {
  /// A calendar date of a column that holds one.
  func day(_ column: String) throws -> CalendarDate { try read(column) }
}
