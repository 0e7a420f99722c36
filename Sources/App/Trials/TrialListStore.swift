import Storage

/// Lists of trials: of an idea, of a school, overdue, what was learned lately.
struct TrialListStore {
  let db: any Transaction

  private static let columns: SQL =
    """
    t.id, t.idea_id, i.title AS idea_title, t.person_id, p.name AS person_name, t.state, t.registered_at,
    t.reported_at, t.after_data, t.due_on, t.withdrawn_reason, t.verdict, t.finding, t.reason, t.would_change,
    t.effect, t.variance, t.students, t.base_share, t.design, t.rule, g.starts_on, g.participants, g.measure, g.better, g.comparison,
    g.predicted, g.predicted_words, g.probability, r.excerpt, r.changed, \(SchoolGlance.columns)
    """

  private static let sources: SQL =
    """
    trial t JOIN idea i ON i.id = t.idea_id JOIN school s ON s.id = t.school_id JOIN person p ON p.id = t.person_id
    JOIN trial_registration g ON g.trial_id = t.id AND g.number = t.registration
    LEFT JOIN trial_report r ON r.trial_id = t.id AND r.number = t.report
    """

  /// At most `limit` trials of an idea; reported ones first, the latest report first.
  func all(of idea: Idea.ID, limit: Int = 200) throws -> [TrialLine] {
    try db.all(
      """
      SELECT \(Self.columns) FROM \(Self.sources)
      WHERE t.idea_id = \(idea)
      ORDER BY CASE t.state WHEN 'reported' THEN 0 WHEN 'running' THEN 1 ELSE 2 END,
        t.reported_at DESC, t.registered_at DESC, t.id
      LIMIT \(limit)
      """)
  }

  /// Cycles of projects that predicted what an idea does, had to be studied four weeks ago and were never shared as a
  /// trial: what a team saw and did not tell counts like a trial that was never reported.
  func unshared(of idea: Idea.ID, on day: CalendarDate) throws -> Int {
    try db.value(
      "n",
      """
      SELECT COUNT(*) AS n FROM cycle c JOIN cycle_lock l ON l.cycle_id = c.id
      WHERE c.idea_id = \(idea) AND c.after_data = 0 AND c.study_on < \(day.adding(days: -28))
        AND NOT EXISTS (SELECT 1 FROM trial_origin o WHERE o.cycle_id = c.id)
      """) ?? 0
  }

  /// Trials by this school, for the school's page: the latest first, what failed like what worked.
  func trials(by school: School.ID, limit: Int = 20) throws -> [TrialLine] {
    try db.all(
      """
      SELECT \(Self.columns) FROM \(Self.sources)
      WHERE t.school_id = \(school) AND i.state = 'published'
      ORDER BY COALESCE(t.reported_at, t.registered_at) DESC, t.id LIMIT \(limit)
      """)
  }

  /// Trials whose report is owed, of a person (for Today) or of a school; the longest overdue first.
  func overdue(of person: Person.ID, on day: CalendarDate, limit: Int = 10) throws -> [TrialLine] {
    try overdue("t.person_id = \(person)", day, limit)
  }

  func overdue(of school: School.ID, on day: CalendarDate, limit: Int = 10) throws -> [TrialLine] {
    try overdue("t.school_id = \(school)", day, limit)
  }

  private func overdue(_ whose: SQL, _ day: CalendarDate, _ limit: Int) throws -> [TrialLine] {
    try db.all(
      """
      SELECT \(Self.columns) FROM \(Self.sources)
      WHERE \(whose) AND t.state = 'running' AND t.due_on < \(day) ORDER BY t.due_on, t.id LIMIT \(limit)
      """)
  }

  /// A person's running trials that are not yet due, the next one first; for Today.
  func running(of person: Person.ID, on day: CalendarDate, limit: Int = 10) throws -> [TrialLine] {
    try db.all(
      """
      SELECT \(Self.columns) FROM \(Self.sources)
      WHERE t.person_id = \(person) AND t.state = 'running' AND t.due_on >= \(day)
      ORDER BY t.due_on, t.id LIMIT \(limit)
      """)
  }

  /// The latest reported trials of published ideas, whatever they found: for the public front page.
  func whatWasLearned(limit: Int = 6) throws -> [TrialLine] {
    try db.all(
      """
      SELECT \(Self.columns) FROM \(Self.sources)
      WHERE t.state = 'reported' AND i.state = 'published'
      ORDER BY t.reported_at DESC, t.id DESC LIMIT \(limit)
      """)
  }

  /// The latest that a school learned, for its page.
  func whatWasLearned(by school: School.ID, limit: Int = 6) throws -> [TrialLine] {
    try db.all(
      """
      SELECT \(Self.columns) FROM \(Self.sources)
      WHERE t.school_id = \(school) AND t.state = 'reported' AND i.state = 'published'
      ORDER BY t.reported_at DESC, t.id DESC LIMIT \(limit)
      """)
  }
}

extension TrialLine: RowReadable {
  init(row: Row) throws {
    id = try row.read("id")
    idea = try row.read("idea_id")
    ideaTitle = try row.read("idea_title")
    school = try SchoolGlance(row: row)
    person = Person(id: try row.read("person_id"), name: try row.read("person_name"))
    state = Trial.State(rawValue: try row.read("state")) ?? .running
    registeredAt = try row.read("registered_at")
    reportedAt = try row.read("reported_at")
    isAfterData = try row.read("after_data")
    starts = try row.day("starts_on")
    due = try row.day("due_on")
    participants = try row.read("participants")
    measure = try row.read("measure")
    better = Registration.Better(rawValue: try row.read("better")) ?? .higher
    comparison = Registration.Comparison(rawValue: try row.read("comparison")) ?? .none
    prediction = try Registration.Prediction(ifMade: row)
    withdrawnReason = try row.read("withdrawn_reason")
    excerpt = try row.read("excerpt", as: String?.self) ?? ""
    changed = try row.read("changed", as: String?.self) ?? ""
    claim = try CompiledClaim(ifCompiled: row)
  }
}
