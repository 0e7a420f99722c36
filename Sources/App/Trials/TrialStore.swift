import Statistics
import Storage

/// Every SQL statement that reads or changes one trial; lists are in `TrialListStore`.
struct TrialStore {
  let db: any Transaction

  // MARK: reading

  /// Trials of published ideas are open to all; those of a draft only to its author.
  func find(_ id: Trial.ID, for viewer: Viewer) throws -> Trial? {
    try find(id, where: IdeaStore.visible(to: viewer))
  }

  /// For the program's own work on a trial, whoever may see it.
  func findAny(_ id: Trial.ID) throws -> Trial? { try find(id, where: "1 = 1") }

  private func find(_ id: Trial.ID, where visible: SQL) throws -> Trial? {
    let found: Trial? = try db.first(
      """
      SELECT t.*, i.title AS idea_title, p.name AS person_name, \(SchoolGlance.columns), \(Self.registrationColumns),
        w.name AS registration_by_name, \(Self.reportColumns), q.name AS report_by_name, o.cycle_id, o.measure_id,
        o.published_at, c.project_id
      FROM trial t JOIN idea i ON i.id = t.idea_id JOIN school s ON s.id = t.school_id
        JOIN person p ON p.id = t.person_id
        JOIN trial_registration g ON g.trial_id = t.id AND g.number = t.registration
        JOIN person w ON w.id = g.by_id
        LEFT JOIN trial_report r ON r.trial_id = t.id AND r.number = t.report
        LEFT JOIN trial_series e ON e.trial_id = r.trial_id AND e.report = r.number
        LEFT JOIN person q ON q.id = r.by_id
        LEFT JOIN trial_origin o ON o.trial_id = t.id LEFT JOIN cycle c ON c.id = o.cycle_id
      WHERE t.id = \(id) AND \(visible)
      """)
    guard var trial = found else { return nil }
    trial.report = try trial.report.map { try whole($0, of: id) }
    return trial
  }

  /// A report with the values of its series, if it has one.
  private func whole(_ report: TrialReport, of id: Trial.ID) throws -> TrialReport {
    guard case .series(var series, let known) = report.outcome else { return report }
    series.values = try db.all(
      """
      SELECT period, value, x, n FROM trial_series_value
      WHERE trial_id = \(id) AND report = \(report.number) ORDER BY period
      """)
    var whole = report
    whole.outcome = .series(series, known)
    return whole
  }

  func find(submission: String, by person: Person.ID) throws -> Trial.ID? {
    try db.value("id", "SELECT id FROM trial WHERE person_id = \(person) AND submission = \(submission)")
  }

  /// Every registration of a trial, the first one first.
  func registrations(of id: Trial.ID) throws -> [Registration] {
    try db.all(
      """
      SELECT \(Self.registrationColumns), w.name AS registration_by_name
      FROM trial_registration g JOIN person w ON w.id = g.by_id
      WHERE g.trial_id = \(id) ORDER BY g.number LIMIT 50
      """)
  }

  /// Every report of a trial, the first one first.
  func reports(of id: Trial.ID) throws -> [TrialReport] {
    let reports: [TrialReport] = try db.all(
      """
      SELECT \(Self.reportColumns), q.name AS report_by_name
      FROM trial_report r JOIN person q ON q.id = r.by_id
        LEFT JOIN trial_series e ON e.trial_id = r.trial_id AND e.report = r.number
      WHERE r.trial_id = \(id) ORDER BY r.number LIMIT 50
      """)
    return try reports.map { try whole($0, of: id) }
  }

  // MARK: registering

  struct Start: Sendable {
    let id: Trial.ID
    let idea: Idea.ID
    let ideaVersion: Int
    let school: School.ID
    let person: Person.ID
    let submission: String
    /// Told when the results were known already.
    let isAfterData: Bool
    let now: Instant
  }

  func register(_ registration: Registration, _ start: Start) throws {
    try db.run(
      """
      INSERT INTO trial (id, idea_id, idea_version, school_id, person_id, state, registered_at, after_data,
        registration, due_on, submission)
      VALUES (\(start.id), \(start.idea), \(start.ideaVersion), \(start.school), \(start.person), 'running',
        \(start.now), \(start.isAfterData), 1, \(registration.due), \(start.submission))
      """)
    try add(registration, number: 1, why: "", to: start.id, by: start.person, now: start.now)
    try db.run("UPDATE idea SET trials_started = trials_started + 1 WHERE id = \(start.idea)")
    try SearchSources(db: db).refresh(trial: start.id)
  }

  /// A new registration in place of the one in force, which stays as a row.
  ///
  /// - Throws: `Refusal.conflict` once there is an outcome, or when somebody else amended it meanwhile.
  func amend(
    _ trial: Trial, with registration: Registration, why: String, by person: Person.ID, now: Instant
  ) throws {
    let next = trial.registration.number + 1
    try add(registration, number: next, why: why, to: trial.id, by: person, now: now)
    let changed = try db.run(
      """
      UPDATE trial SET registration = \(next), due_on = \(registration.due)
      WHERE id = \(trial.id) AND registration = \(next - 1) AND report = 0 AND state = 'running'
      """)
    guard changed == 1 else { throw Self.locked }
    try SearchSources(db: db).refresh(trial: trial.id)
  }

  private static let locked = Refusal.conflict(
    "The registration is locked: an outcome stands, the trial was withdrawn, or somebody amended it meanwhile. Open the trial again."
  )

  private func add(
    _ registration: Registration, number: Int, why: String, to trial: Trial.ID, by person: Person.ID, now: Instant
  ) throws {
    try db.run(
      """
      INSERT INTO trial_registration (trial_id, number, at, by_id, why, participants, starts_on, due_on, measure,
        definition, unit, better, comparison, comparison_words, by_lot, predicted, predicted_words, probability,
        smallest)
      VALUES (\(trial), \(number), \(now), \(person), \(why), \(registration.participants), \(registration.starts),
        \(registration.due), \(registration.measure), \(registration.definition), \(registration.unit),
        \(registration.better.rawValue), \(registration.comparison.rawValue), \(registration.comparisonWords),
        \(registration.isByLot), \(registration.prediction?.direction.rawValue),
        \(registration.prediction?.words ?? ""), \(registration.prediction?.probability), \(registration.smallest))
      """)
  }

  // MARK: reporting

  /// A first report, or a correction with its reason; the registration is locked from here on.
  ///
  /// - Parameter trial: as it was when the report was written.
  /// - Throws: `Refusal.conflict` when the trial has another report by now, or was withdrawn.
  func report(
    _ report: TrialReport, _ claim: CompiledClaim, of trial: Trial, by person: Person.ID, now: Instant
  ) throws {
    let number = (trial.report?.number ?? 0) + 1
    let changed = try db.run(
      """
      UPDATE trial SET state = 'reported', report = \(number), reported_at = COALESCE(reported_at, \(now)),
        \(assignments(claim, now))
      WHERE id = \(trial.id) AND report = \(number - 1) AND registration = \(trial.registration.number)
        AND state <> 'withdrawn'
      """)
    guard changed == 1 else {
      throw Refusal.conflict(
        "This trial has changed since you opened the form: somebody reported, amended or withdrew it. Open it again; copy your words first."
      )
    }
    try add(report, number: number, to: trial, by: person, now: now)
    if case .series(let series, _) = report.outcome { try add(series, number: number, to: trial.id) }
    try SearchSources(db: db).refresh(trial: trial.id)
  }

  /// Keeps a claim that was compiled again.
  func keep(_ claim: CompiledClaim, of id: Trial.ID, now: Instant) throws {
    try db.run("UPDATE trial SET \(assignments(claim, now)) WHERE id = \(id) AND state = 'reported'")
    try SearchSources(db: db).refresh(trial: id)
  }

  private func assignments(_ claim: CompiledClaim, _ now: Instant) -> SQL {
    """
    verdict = \(claim.verdict.rawValue), finding = \(claim.finding), reason = \(claim.reason),
    would_change = \(claim.whatWouldChangeIt), effect = \(claim.effect?.estimate),
    variance = \(claim.effect?.variance), students = \(claim.students), base_share = \(claim.baseShare), design = \(claim.design.rawValue),
    rule = \(claim.rule), compiled_at = \(now)
    """
  }

  private func add(_ report: TrialReport, number: Int, to trial: Trial, by person: Person.ID, now: Instant) throws {
    let cells = OutcomeCells(report.outcome)
    let (known, story) = (report.outcome.circumstances, report.story)
    try db.run(
      """
      INSERT INTO trial_report (trial_id, number, registration, at, by_id, why, shape, same_students,
        before_n, after_n, other_before_n, other_after_n, before_x, after_x, other_before_x, other_after_x,
        before_mean, after_mean, other_before_mean, other_after_mean, before_sd, after_sd, other_before_sd,
        other_after_sd, correlation, baseline_points, already_improving, chosen_at_worst, balancing_worse,
        changed, changed_html, happened, happened_html, excerpt, again, again_html)
      VALUES (\(trial.id), \(number), \(trial.registration.number), \(now), \(person), \(report.why),
        \(report.outcome.shape == .series ? "experience" : report.outcome.shape.rawValue), \(known.sameStudents), \(cells.n[0]), \(cells.n[1]), \(cells.n[2]),
        \(cells.n[3]), \(cells.x[0]), \(cells.x[1]), \(cells.x[2]), \(cells.x[3]), \(cells.mean[0]), \(cells.mean[1]),
        \(cells.mean[2]), \(cells.mean[3]), \(cells.sd[0]), \(cells.sd[1]), \(cells.sd[2]), \(cells.sd[3]),
        \(cells.correlation), \(known.baselinePoints), \(known.alreadyImproving), \(known.chosenAtWorst),
        \(known.balancingWorse), \(story.changed), \(renderedMarkdown(story.changed)), \(story.happened),
        \(renderedMarkdown(story.happened)), \(Extract.plain(story.happened, limit: Trial.excerptLimit)), \(story.again),
        \(renderedMarkdown(story.again)))
      """)
  }

  private func add(_ series: TrialSeries, number: Int, to trial: Trial.ID) throws {
    try db.run(
      """
      INSERT INTO trial_series (trial_id, report, data_kind, schedule, changed_on, students, counted_alike)
      VALUES (\(trial), \(number), \(series.kind.rawValue), \(series.schedule.rawValue), \(series.changedOn),
        \(series.students), \(series.isCountedAlike))
      """)
    try db.insertMany(
      into: "trial_series_value", columns: ["trial_id", "report", "period", "value", "x", "n"],
      rows: series.values.map { each in
        [trial, number, each.period, each.value.value, each.value.count, each.value.size]
      })
  }

  // MARK: withdrawing

  func withdraw(_ id: Trial.ID, reason: String, by person: Person.ID, now: Instant) throws {
    let changed = try db.run(
      """
      UPDATE trial SET state = 'withdrawn', withdrawn_at = \(now), withdrawn_by = \(person),
        withdrawn_reason = \(reason)
      WHERE id = \(id) AND state = 'running'
      """)
    guard changed == 1 else {
      throw Refusal.conflict(
        "Only a trial that is running can be withdrawn; a reported one stays, and may be corrected.")
    }
    try SearchSources(db: db).refresh(trial: id)
  }

  /// Takes a withdrawal back.
  func resume(_ id: Trial.ID) throws {
    try db.run(
      """
      UPDATE trial SET state = 'running', withdrawn_at = NULL, withdrawn_by = NULL, withdrawn_reason = ''
      WHERE id = \(id) AND state = 'withdrawn'
      """)
    try SearchSources(db: db).refresh(trial: id)
  }
}

/// The numbers of an outcome as the columns hold them: before, after, the others before, the others after.
private struct OutcomeCells {
  var n: [Int?] = [nil, nil, nil, nil]
  var x: [Int?] = [nil, nil, nil, nil]
  var mean: [Double?] = [nil, nil, nil, nil]
  var sd: [Double?] = [nil, nil, nil, nil]
  var correlation: Double?

  init(_ outcome: Outcome) {
    switch outcome {
    case .experience, .series: break
    case .counts(let groups, _):
      let cells = [groups.before, groups.after, groups.otherBefore, groups.otherAfter]
      n = cells.map { $0?.n }
      x = cells.map { $0?.x }
    case .means(let groups, let correlation, _):
      let cells = [groups.before, groups.after, groups.otherBefore, groups.otherAfter]
      n = cells.map { $0?.n }
      mean = cells.map { $0?.mean }
      sd = cells.map { $0?.sd }
      self.correlation = correlation
    }
  }
}
