import Statistics
import Storage

/// Every SQL statement that makes a trial of a project's cycle.
struct ProjectTrialStore {
  let db: any Transaction

  // MARK: reading

  /// What a cycle amounts to as a trial; nil when the project has no such cycle.
  func find(_ id: Cycle.ID, of project: Project, for viewer: Viewer) throws -> ProjectTrial? {
    guard let cycle = try CycleStore(db: db).all(of: project.id).first(where: { $0.id == id }) else { return nil }
    let measure = try cycle.measure.flatMap { try MeasureStore(db: db).findAny(Measure.ID($0)) }
    let time = cycle.starts...cycle.study
    return ProjectTrial(
      project: project, cycle: cycle, measure: measure,
      registrations: try measure.map { try registrations(of: cycle, $0) } ?? [],
      series: try measure.flatMap { try series(of: $0.id, time) }, ideas: try ideas(of: cycle, project, for: viewer),
      undecided: try measure.map { try undecided(of: $0.id, until: cycle.study) } ?? [])
  }

  /// The trial that a cycle has become.
  func trial(of cycle: Cycle.ID) throws -> Trial.ID? {
    try db.value("trial_id", "SELECT trial_id FROM trial_origin WHERE cycle_id = \(cycle)")
  }

  private func registrations(of cycle: Cycle, _ measure: Measure) throws -> [Registration] {
    let rows = try db.rows(
      """
      SELECT q.number, q.at, q.by_id, p.name AS by_name FROM cycle_prediction q JOIN person p ON p.id = q.by_id
      WHERE q.cycle_id = \(cycle.id) ORDER BY q.number LIMIT 50
      """)
    return try rows.compactMap { row in
      let number: Int = try row.read("number")
      guard let said = cycle.predictions.first(where: { $0.number == number }),
        var registration = Registration(said, of: cycle, measure, isAfterData: cycle.isAfterData)
      else { return nil }
      registration.at = try row.read("at")
      registration.by = Person(id: try row.read("by_id"), name: try row.read("by_name"))
      return registration
    }
  }

  /// All values of a measure up to the last day, before and after the first: nobody chooses among them.
  func series(of id: Measure.ID, _ time: ClosedRange<CalendarDate>) throws -> TrialSeries? {
    guard let measure = try MeasureStore(db: db).findAny(id) else { return nil }
    let rows = try db.rows(
      """
      SELECT period, value, x, n, definition FROM measure_value
      WHERE measure_id = \(id) AND state = 'current' AND period <= \(time.upperBound) ORDER BY period DESC LIMIT 1000
      """)
    let numbers = Set(try rows.map { try $0.read("definition", as: Int.self) })
    let definitions = try MeasureStore(db: db).definitions(of: id).filter { numbers.contains($0.number) }
    return TrialSeries(
      // What is counted in so much of something is no bare count.
      kind: measure.definition.chart == .rate ? .number : measure.definition.kind,
      schedule: measure.schedule, changedOn: time.lowerBound, students: nil,
      isCountedAlike: definitions.allSatisfy { $0.countsAlike(definitions[0]) },
      values: try rows.reversed().map(TrialSeries.Value.init))
  }

  private func undecided(of id: Measure.ID, until day: CalendarDate) throws -> [CalendarDate] {
    try db.rows(
      """
      SELECT DISTINCT period FROM measure_value
      WHERE measure_id = \(id) AND state = 'beside' AND period <= \(day) ORDER BY period LIMIT 20
      """
    ).map { try $0.read("period") }
  }

  private func ideas(of cycle: Cycle, _ project: Project, for viewer: Viewer) throws -> [IdeaGlance] {
    let which: SQL =
      cycle.idea.map { "i.id = \($0)" }
      ?? "i.id IN (SELECT idea_id FROM project_idea WHERE project_id = \(project.id))"
    return try db.all(
      """
      SELECT i.id, i.title, i.adaptation, \(SchoolGlance.columns) FROM idea i JOIN school s ON s.id = i.school_id
      WHERE \(which) AND i.state = 'published' AND \(IdeaStore.visible(to: viewer)) ORDER BY i.title, i.id LIMIT 80
      """)
  }

  // MARK: publishing

  /// What a published trial needs beside its proposal.
  struct Publication: Sendable {
    let id: Trial.ID
    let idea: Idea.ID
    let person: Person.ID
    let report: TrialReport
    let claim: CompiledClaim
    let now: Instant
    let today: CalendarDate
  }

  /// Registers the trial as of its prediction, with every amendment, reports it, and says where it comes from.
  ///
  /// - Throws: `DatabaseError.unique` on `trial_origin.cycle_id` when somebody published it meanwhile.
  func publish(_ proposal: ProjectTrial, _ publication: Publication) throws {
    let (trials, cycle) = (TrialStore(db: db), proposal.cycle)
    guard let measure = proposal.measure, let first = proposal.registrations.first, let predictor = first.by else {
      throw Refusal.notFound
    }
    try CycleStore(db: db).lock(cycle.id, now: publication.now)
    try trials.register(
      first,
      TrialStore.Start(
        id: publication.id, idea: publication.idea, ideaVersion: try version(of: publication.idea, at: first.at),
        school: measure.school, person: publication.person, submission: "cycle:\(cycle.id)",
        isAfterData: cycle.isAfterData, now: first.at))
    for later in proposal.registrations.dropFirst() {
      guard let trial = try trials.findAny(publication.id) else { throw Refusal.notFound }
      try trials.amend(trial, with: later, why: later.why, by: later.by?.id ?? predictor.id, now: later.at)
    }
    try db.run(
      """
      INSERT INTO trial_origin (trial_id, cycle_id, measure_id, published_at, published_by)
      VALUES (\(publication.id), \(cycle.id), \(measure.id), \(publication.now), \(publication.person))
      """)
    guard let trial = try trials.findAny(publication.id) else { throw Refusal.notFound }
    try trials.report(publication.report, publication.claim, of: trial, by: publication.person, now: publication.now)
    try EvidenceStore(db: db).compile(publication.idea, today: publication.today)
  }

  /// The version of an idea that stood at a moment.
  private func version(of idea: Idea.ID, at moment: Instant) throws -> Int {
    try db.value(
      "n", "SELECT COALESCE(MAX(number), 1) AS n FROM idea_version WHERE idea_id = \(idea) AND at <= \(moment)") ?? 1
  }
}

extension MeasureDefinition {
  /// Whether values by the one can stand in a series with values by the other: chart, rules, target and baseline do not
  /// matter to that.
  func countsAlike(_ other: MeasureDefinition) -> Bool {
    (who, what, how, unit) == (other.who, other.what, other.how, other.unit) && kind == other.kind
      && better == other.better
  }
}
