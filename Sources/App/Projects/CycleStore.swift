import Storage

/// Every SQL statement about cycles and their predictions.
struct CycleStore {
  let db: any Transaction

  // MARK: reading

  /// In the order of their numbers, each with its predictions.
  func all(of project: Project.ID) throws -> [Cycle] {
    let cycles: [Cycle] = try db.all(
      """
      SELECT c.*, CASE WHEN l.cycle_id IS NULL THEN 0 ELSE 1 END AS is_locked, o.trial_id
      FROM cycle c LEFT JOIN cycle_lock l ON l.cycle_id = c.id LEFT JOIN trial_origin o ON o.cycle_id = c.id
      WHERE c.project_id = \(project) ORDER BY c.number LIMIT 200
      """)
    guard !cycles.isEmpty else { return [] }
    let predictions = try db.rows(
      """
      SELECT q.* FROM cycle_prediction q JOIN cycle c ON c.id = q.cycle_id
      WHERE c.project_id = \(project) ORDER BY q.cycle_id, q.number
      """
    ).map { (cycle: try $0.read("cycle_id", as: Cycle.ID.self), said: try Cycle.Prediction(row: $0)) }
    let grouped = Dictionary(grouping: predictions) { $0.cycle }
    let values = try values(of: project)
    return cycles.map { cycle in
      var whole = cycle
      whole.predictions = grouped[cycle.id]?.map(\.said) ?? []
      whole.result = values[cycle.id].flatMap { whole.result(of: $0) }
      return whole
    }
  }

  /// The values of each cycle's measure as people say them, shares in 100, in the order of their periods. Which way is
  /// better says the definition in force when the prediction locked: a later one must not turn a result round.
  private func values(of project: Project.ID) throws -> [Cycle.ID: [DatedValue]] {
    let rows = try db.rows(
      """
      SELECT c.id, v.period, CASE WHEN d.data_kind = 'share' THEN v.value * 100 ELSE v.value END AS value, d.better
      FROM cycle c JOIN measure m ON m.id = c.measure_id LEFT JOIN cycle_lock l ON l.cycle_id = c.id
        JOIN measure_definition d ON d.measure_id = m.id AND d.number = (
          SELECT MAX(f.number) FROM measure_definition f
          WHERE f.measure_id = m.id AND (f.number = 1 OR f.at < COALESCE(l.at, c.studied_at, c.closed_at)))
        JOIN measure_value v ON v.measure_id = m.id AND v.state = 'current'
      WHERE c.project_id = \(project) AND c.stage IN ('act', 'closed') ORDER BY c.id, v.period LIMIT 20000
      """)
    var found: [Cycle.ID: [DatedValue]] = [:]
    for row in rows { found[try row.read("id"), default: []].append(try DatedValue(row: row)) }
    return found
  }

  /// Measures that a cycle may name: those of the project, then those of its schools that belong to no project.
  func measures(for project: Project) throws -> [(id: String, name: String)] {
    try db.rows(
      """
      SELECT id, name, CASE WHEN project_id = \(project.id) THEN 0 ELSE 1 END AS is_far FROM measure
      WHERE school_id IN \(SQL.list(project.schools.map(\.id))) AND (project_id = \(project.id) OR project_id IS NULL)
        AND rests_since IS NULL
      ORDER BY is_far, name, id LIMIT 100
      """
    ).map { (id: try $0.read("id"), name: try $0.read("name")) }
  }

  /// Published ideas that stand in a project's driver diagram.
  func ideas(of project: Project.ID) throws -> [(id: String, title: String)] {
    try db.rows(
      """
      SELECT i.id, i.title FROM project_idea l JOIN idea i ON i.id = l.idea_id
      WHERE l.project_id = \(project) AND i.state = 'published' ORDER BY i.title, i.id LIMIT 80
      """
    ).map { (id: try $0.read("id"), title: try $0.read("title")) }
  }

  // MARK: planning

  /// What a new cycle needs beside its plan.
  struct Origin: Sendable {
    let id: Cycle.ID
    let project: Project.ID
    let person: Person.ID
    let now: Instant
  }

  func add(_ form: CycleForm, _ plan: CycleForm.Plan, _ origin: Origin) throws {
    let last = try db.value(
      "n", "SELECT COALESCE(MAX(number), 0) AS n FROM cycle WHERE project_id = \(origin.project)", as: Int.self)
    let follows = try known(form.follows, of: origin.project)
    let isAfterData = try hasValues(form.measure, since: plan.starts)
    try db.run(
      """
      INSERT INTO cycle (id, project_id, number, follows_id, measure_id, question, plan, who, starts_on, study_on,
        prediction, stage, created_at, created_by, after_data, submission, idea_id)
      VALUES (\(origin.id), \(origin.project), \((last ?? 0) + 1), \(follows),
        \(form.measure.isEmpty ? nil : form.measure), \(form.question), \(form.plan), \(form.who), \(plan.starts),
        \(plan.study), 1, 'plan', \(origin.now), \(origin.person), \(isAfterData), \(form.submission),
        \(form.idea.isEmpty ? nil : form.idea))
      """)
    try add(plan.prediction, number: 1, to: origin.id, by: origin.person, now: origin.now)
    if isAfterData { try lock(origin.id, now: origin.now) }
  }

  /// Another plan in place of the one that nothing rests on yet. Where values since the new beginning stand already, the
  /// prediction is none, as if it had been written now.
  ///
  /// - Throws: `Refusal.conflict` once the prediction is locked, or when somebody changed the plan meanwhile.
  func change(
    _ id: Cycle.ID, _ form: CycleForm, _ days: (starts: CalendarDate, study: CalendarDate), stamp: String,
    of project: Project.ID, now: Instant
  ) throws {
    guard let cycle = try all(of: project).first(where: { $0.id == id }) else { throw Refusal.notFound }
    guard !cycle.isLocked, cycle.mayBePlanned else { throw Self.held }
    guard CycleForm(cycle).stamp == stamp else {
      throw Refusal.conflict(
        "Somebody changed this plan while you were writing. Go back, copy your words, and open the plan again.")
    }
    let follows = try known(form.follows, of: project)
    guard follows != id else { throw Refusal.invalid(["follows": "A cycle cannot follow itself."]) }
    let isAfterData = try hasValues(form.measure, since: days.starts)
    try db.run(
      """
      UPDATE cycle SET question = \(form.question), plan = \(form.plan), who = \(form.who), starts_on = \(days.starts),
        study_on = \(days.study), follows_id = \(follows), measure_id = \(form.measure.isEmpty ? nil : form.measure),
        idea_id = \(form.idea.isEmpty ? nil : form.idea), after_data = \(isAfterData)
      WHERE id = \(id)
      """)
    if isAfterData { try lock(id, now: now) }
  }

  static let held = Refusal.conflict(
    "The plan is held: a value or the study stands since this cycle began. What was planned stays as it was.")

  /// Every value ever entered counts: whoever withdraws one has seen it all the same.
  private func hasValues(_ measure: String, since day: CalendarDate) throws -> Bool {
    try !db.rows("SELECT id FROM measure_value WHERE measure_id = \(measure) AND period >= \(day) LIMIT 1").isEmpty
  }

  func isKnown(submission: String, by person: Person.ID) throws -> Bool {
    try db.value(
      "id", "SELECT id FROM cycle WHERE created_by = \(person) AND submission = \(submission)", as: String.self)
      != nil
  }

  private func known(_ id: String, of project: Project.ID) throws -> Cycle.ID? {
    id.isEmpty ? nil : try db.value("id", "SELECT id FROM cycle WHERE id = \(id) AND project_id = \(project)")
  }

  private func add(_ said: Cycle.Prediction, number: Int, to cycle: Cycle.ID, by person: Person.ID, now: Instant) throws
  {
    try db.run(
      """
      INSERT INTO cycle_prediction (cycle_id, number, at, by_id, why, direction, size, probability, words)
      VALUES (\(cycle), \(number), \(now), \(person), \(said.why), \(said.direction.rawValue), \(said.size),
        \(said.probability), \(said.words))
      """)
  }

  /// Another prediction in place of the one in force, which stays to be seen.
  ///
  /// - Throws: `Refusal.conflict` once a datum stands.
  func amend(_ cycle: Cycle, with said: Cycle.Prediction, by person: Person.ID, now: Instant) throws {
    guard !cycle.isLocked else { throw Self.locked }
    let next = cycle.predictions.count + 1
    try add(said, number: next, to: cycle.id, by: person, now: now)
    try db.run("UPDATE cycle SET prediction = \(next) WHERE id = \(cycle.id) AND prediction = \(next - 1)")
  }

  static let locked = Refusal.conflict(
    "The prediction is locked: a value has been entered since this cycle began. What was predicted stays as it was.")

  // MARK: locking

  /// Locks the predictions of a measure's cycles that had begun by `day`: called in the transaction that keeps a value
  /// of that day.
  func lock(measure: String, on day: CalendarDate, now: Instant) throws {
    try lock("c.measure_id = \(measure) AND c.starts_on <= \(day)", now: now)
  }

  /// A study is a datum, too.
  func lock(_ id: Cycle.ID, now: Instant) throws { try lock("c.id = \(id)", now: now) }

  private func lock(_ condition: SQL, now: Instant) throws {
    try db.run(
      """
      INSERT INTO cycle_lock (cycle_id, number, direction, size, probability, words, at)
      SELECT c.id, q.number, q.direction, q.size, q.probability, q.words, \(now)
      FROM cycle c JOIN cycle_prediction q ON q.cycle_id = c.id AND q.number = c.prediction
      WHERE \(condition) AND NOT EXISTS (SELECT 1 FROM cycle_lock l WHERE l.cycle_id = c.id)
      """)
    try db.run(
      """
      INSERT INTO cycle_plan_lock (cycle_id, starts_on, study_on, after_data, created_at, measure_id)
      SELECT c.id, c.starts_on, c.study_on, c.after_data, c.created_at, c.measure_id FROM cycle c
      WHERE \(condition) AND NOT EXISTS (SELECT 1 FROM cycle_plan_lock k WHERE k.cycle_id = c.id)
      """)
  }

  // MARK: doing, studying, deciding

  /// A planned project begins with its first cycle.
  func begin(_ id: Cycle.ID, now: Instant) throws {
    let row = try db.rows("SELECT project_id, number FROM cycle WHERE id = \(id)").first.orRefuse(.notFound)
    try ProjectHistoryStore(db: db).begin(
      try row.read("project_id"), why: "Cycle \(try row.read("number", as: Int.self)) began.", now: now)
    try db.run("UPDATE cycle SET stage = 'do' WHERE id = \(id) AND stage = 'plan'")
  }

  func study(_ id: Cycle.ID, did: String, studied: String, now: Instant) throws {
    try lock(id, now: now)
    try db.run(
      """
      UPDATE cycle SET stage = 'act', did = \(did), studied = \(studied), studied_at = \(now)
      WHERE id = \(id) AND stage <> 'closed'
      """)
  }

  func close(_ id: Cycle.ID, _ decision: Project.Decision, reason: String, now: Instant) throws {
    try db.run(
      """
      UPDATE cycle SET stage = 'closed', act = \(decision.rawValue), act_reason = \(reason), closed_at = \(now)
      WHERE id = \(id) AND stage = 'act'
      """)
  }
}

extension Cycle: RowReadable {
  package init(row: Row) throws {
    id = try row.read("id")
    number = try row.read("number")
    follows = try row.read("follows_id")
    measure = try row.read("measure_id")
    idea = try row.read("idea_id")
    trial = try row.read("trial_id")
    inForce = try row.read("prediction")
    question = try row.read("question")
    plan = try row.read("plan")
    who = try row.read("who")
    starts = try row.read("starts_on")
    study = try row.read("study_on")
    stage = Stage(rawValue: try row.read("stage")) ?? .plan
    did = try row.read("did")
    studied = try row.read("studied")
    act = try row.read("act", as: String?.self).flatMap(Project.Decision.init)
    actReason = try row.read("act_reason")
    createdAt = try row.read("created_at")
    isLocked = try row.read("is_locked", as: Int.self) == 1
    isAfterData = try row.read("after_data")
  }
}

extension Cycle.Prediction: RowReadable {
  init(row: Row) throws {
    number = try row.read("number")
    direction = Registration.Prediction.Direction(rawValue: try row.read("direction")) ?? .noChange
    size = try row.read("size")
    probability = try row.read("probability")
    words = try row.read("words")
    why = try row.read("why")
  }
}

/// A value of a measure on the first day of its period.
struct DatedValue: Sendable, Equatable {
  let period: CalendarDate
  let value: Double
  /// +1 when higher is better, −1 when lower is, 0 when neither.
  let better: Double
}

extension DatedValue: RowReadable {
  init(row: Row) throws {
    period = try row.read("period")
    value = try row.read("value")
    let way = try row.read("better", as: String.self)
    better = way == "higher" ? 1 : way == "lower" ? -1 : 0
  }
}

extension Cycle {
  /// What the values did between the cycle's beginning and its study; nil when they are too few or neither way is better.
  fileprivate func result(of values: [DatedValue]) -> CycleResult? {
    guard let better = values.first?.better, better != 0, let size = prediction?.size else { return nil }
    let since = values.filter { $0.period >= starts }
    return CycleResult(
      before: values.filter { $0.period < starts }.map(\.value),
      after: since.filter { $0.period <= study }.map(\.value), since: since.map(\.value), better: better, size: size)
  }
}
