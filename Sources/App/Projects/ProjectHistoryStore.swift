import Storage

/// Every SQL statement about what became of a project.
struct ProjectHistoryStore {
  let db: any Transaction

  func find(_ id: Project.ID) throws -> ProjectHistory {
    let steps = try db.rows(
      """
      SELECT t.at, t.state, t.decision, t.reason, p.name FROM project_step t LEFT JOIN person p ON p.id = t.by_id
      WHERE t.project_id = \(id) ORDER BY t.number LIMIT 200
      """
    ).map { row in
      ProjectHistory.Step(
        at: try row.read("at"), by: try row.read("name"),
        state: Project.State(rawValue: try row.read("state")) ?? .active,
        decision: try row.read("decision", as: String?.self).flatMap(Project.Decision.init),
        reason: try row.read("reason"))
    }
    let aims = try db.rows(
      """
      SELECT a.*, p.name FROM project_aim a JOIN person p ON p.id = a.by_id
      WHERE a.project_id = \(id) ORDER BY a.number LIMIT 200
      """
    ).map { row in
      ProjectHistory.Aimed(
        at: try row.read("at"), by: try row.read("name"), why: try row.read("why"),
        aim: Project.Aim(
          words: try row.read("words"), population: try row.read("population"), measure: try row.read("measure"),
          from: try row.read("starts_at"), to: try row.read("goes_to"), by: try row.read("by_day")))
    }
    return ProjectHistory(steps: steps, aims: aims)
  }

  /// Whether a cycle has begun: what is counted beforehand is where the project stands, not what it does.
  func hasBegun(_ id: Project.ID) throws -> Bool {
    try !db.rows("SELECT id FROM cycle WHERE project_id = \(id) AND stage <> 'plan' LIMIT 1").isEmpty
  }

  /// From the first value on an aim changes only with a reason.
  func hasValues(_ id: Project.ID) throws -> Bool {
    try !db.rows(
      """
      SELECT v.id FROM measure_value v JOIN measure m ON m.id = v.measure_id WHERE m.project_id = \(id) LIMIT 1
      """
    ).isEmpty
  }

  func add(
    _ state: Project.State, _ decision: Project.Decision? = nil, reason: String = "", to id: Project.ID,
    by person: Person.ID?, now: Instant
  ) throws {
    try db.run(
      """
      INSERT INTO project_step (project_id, number, at, by_id, state, decision, reason)
      SELECT \(id), COALESCE(MAX(number), 0) + 1, \(now), \(person), \(state.rawValue), \(decision?.rawValue), \(reason)
      FROM project_step WHERE project_id = \(id)
      """)
  }

  func add(_ aim: Project.Aim, why: String, to id: Project.ID, by person: Person.ID, now: Instant) throws {
    try db.run(
      """
      INSERT INTO project_aim (project_id, number, at, by_id, why, words, population, measure, starts_at, goes_to, by_day)
      SELECT \(id), COALESCE(MAX(number), 0) + 1, \(now), \(person), \(why), \(aim.words), \(aim.population),
        \(aim.measure), \(aim.from), \(aim.to), \(aim.by)
      FROM project_aim WHERE project_id = \(id)
      """)
  }

  /// What has begun is not planned any more.
  func begin(_ id: Project.ID, why: String, now: Instant) throws {
    let begun = try db.run(
      "UPDATE project SET state = 'active', changed_at = \(now) WHERE id = \(id) AND state = 'planned'")
    guard begun == 1 else { return }
    try add(.active, reason: why, to: id, by: nil, now: now)
    try SearchSources(db: db).refresh(project: id)
  }
}
