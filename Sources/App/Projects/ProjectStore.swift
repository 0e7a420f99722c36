import Storage

/// Every SQL statement about single projects and their teams; lists are in `ProjectListStore`.
struct ProjectStore {
  let db: any Transaction

  // MARK: reading

  /// What `viewer`, a member of the League, may see of projects called `p`: what is open to the League, what is open to
  /// the viewer's schools and their states' liaisons, and the projects on whose team they are. Who left a project's schools
  /// sees what others see.
  static func visible(to viewer: Viewer) -> SQL {
    guard let person = viewer.person, viewer.isMember else { return "1 = 0" }
    let own = ownSchool(viewer.schools)
    return """
      (p.visibility = 'league' OR (p.visibility = 'school' AND (\(own) OR \(inState(viewer.liaisonStates))))
        OR EXISTS (SELECT 1 FROM project_member m WHERE m.project_id = p.id AND m.person_id = \(person)
          AND m.until IS NULL AND (m.role IN ('coach', 'viewer') OR \(own))))
      """
  }

  private static func inState(_ states: [String]) -> SQL {
    guard !states.isEmpty else { return "1 = 0" }
    return "EXISTS (SELECT 1 FROM school z WHERE z.id = p.school_id AND z.state IN \(SQL.list(states)))"
  }

  private static func ownSchool(_ schools: [School.ID]) -> SQL {
    guard !schools.isEmpty else { return "1 = 0" }
    return """
      (p.school_id IN \(SQL.list(schools)) OR EXISTS (SELECT 1 FROM project_school o
        WHERE o.project_id = p.id AND o.school_id IN \(SQL.list(schools))))
      """
  }

  func find(_ id: Project.ID, for viewer: Viewer) throws -> Project? {
    let found: Project? = try db.first(
      """
      SELECT p.*, \(SchoolGlance.columns) FROM project p JOIN school s ON s.id = p.school_id
      WHERE p.id = \(id) AND \(Self.visible(to: viewer))
      """)
    guard var project = found else { return nil }
    project.team = try team(of: id)
    project.further = try db.all(
      """
      SELECT \(SchoolGlance.columns) FROM project_school o JOIN school s ON s.id = o.school_id
      WHERE o.project_id = \(id) AND s.id <> \(project.school.id) ORDER BY s.name, s.id LIMIT 50
      """)
    return project
  }

  func find(submission: String, by person: Person.ID) throws -> Project.ID? {
    try db.value("id", "SELECT id FROM project WHERE created_by = \(person) AND submission = \(submission)")
  }

  private func team(of id: Project.ID) throws -> [ProjectMember] {
    try db.all(
      """
      SELECT m.person_id, q.name AS person_name, m.role FROM project_member m JOIN person q ON q.id = m.person_id
      WHERE m.project_id = \(id) AND m.until IS NULL
      ORDER BY CASE m.role WHEN 'lead' THEN 1 WHEN 'member' THEN 2 WHEN 'coach' THEN 3 ELSE 4 END, q.name LIMIT 100
      """)
  }

  // MARK: writing

  /// What a new project needs beside its form.
  struct Origin: Sendable {
    let id: Project.ID
    let school: School.ID
    let person: Person.ID
    let submission: String
    let now: Instant
  }

  func add(_ form: ProjectForm, _ aim: Project.Aim, _ origin: Origin) throws {
    let state: Project.State = form.isPlanned ? .planned : .active
    try db.run(
      """
      INSERT INTO project (id, school_id, title, aim, population, aim_measure, aim_from, aim_to, aim_by, questions,
        visibility, state, created_at, created_by, changed_at, submission)
      VALUES (\(origin.id), \(origin.school), \(form.title), \(aim.words), \(aim.population), \(aim.measure),
        \(aim.from), \(aim.to), \(aim.by), \(form.questions), \(form.visibility.rawValue), \(state.rawValue), \(origin.now),
        \(origin.person), \(origin.now), \(origin.submission))
      """)
    let history = ProjectHistoryStore(db: db)
    try history.add(state, to: origin.id, by: origin.person, now: origin.now)
    try history.add(aim, why: "", to: origin.id, by: origin.person, now: origin.now)
    try put(origin.person, .lead, on: origin.id, now: origin.now)
    try SearchSources(db: db).refresh(project: origin.id)
  }

  /// The aim before stays in the project's history.
  ///
  /// - Throws: `Refusal.conflict` when somebody changed it meanwhile.
  func change(_ old: Project, _ form: ProjectForm, _ aim: Project.Aim, by person: Person.ID, now: Instant) throws {
    let id = old.id
    let changed = try db.run(
      """
      UPDATE project SET title = \(form.title), aim = \(aim.words), population = \(aim.population),
        aim_measure = \(aim.measure), aim_from = \(aim.from), aim_to = \(aim.to), aim_by = \(aim.by),
        questions = \(form.questions), visibility = \(form.visibility.rawValue), version = version + 1,
        changed_at = \(now)
      WHERE id = \(id) AND version = \(form.version)
      """)
    guard changed == 1 else {
      throw Refusal.conflict(
        "Somebody changed this project while you were writing. Go back, copy your words, open the project again and put them in."
      )
    }
    if aim != old.aim { try ProjectHistoryStore(db: db).add(aim, why: form.why, to: id, by: person, now: now) }
    try SearchSources(db: db).refresh(project: id)
  }

  func put(_ person: Person.ID, _ role: ProjectMember.Role, on id: Project.ID, now: Instant) throws {
    try db.run(
      """
      INSERT INTO project_member (project_id, person_id, role, since)
      VALUES (\(id), \(person), \(role.rawValue), \(now))
      ON CONFLICT (project_id, person_id) DO UPDATE SET role = \(role.rawValue), since = \(now), until = NULL
      """)
  }

  /// Ends somebody's place on the team; a project keeps one lead at least.
  ///
  /// - Throws: `Refusal.conflict` for the last lead.
  func end(_ person: Person.ID, on project: Project, now: Instant) throws {
    let leads = project.team.filter { $0.role == .lead }
    if leads.count == 1, leads.first?.person.id == person {
      throw Refusal.conflict("A project keeps one lead: make somebody else its lead first.")
    }
    try db.run(
      "UPDATE project_member SET until = \(now) WHERE project_id = \(project.id) AND person_id = \(person)")
  }

  /// Planned, active or paused; whoever reopens a project that is done takes its decision back, which stays in its history.
  ///
  /// - Throws: `Refusal.conflict` for a plan of what has begun.
  func set(_ state: Project.State, of id: Project.ID, by person: Person.ID, now: Instant) throws {
    let history = ProjectHistoryStore(db: db)
    if state == .planned, try history.hasBegun(id) {
      throw Refusal.conflict("This project has begun: a cycle runs, or was run. Pause it instead.")
    }
    try history.add(state, to: id, by: person, now: now)
    try db.run(
      """
      UPDATE project SET state = \(state.rawValue), decision = NULL, decision_reason = '', decided_at = NULL,
        decided_by = NULL, changed_at = \(now)
      WHERE id = \(id)
      """)
    try SearchSources(db: db).refresh(project: id)
  }

  func conclude(
    _ id: Project.ID, _ decision: Project.Decision, reason: String, by person: Person.ID, now: Instant
  ) throws {
    try db.run(
      """
      UPDATE project SET state = 'done', decision = \(decision.rawValue), decision_reason = \(reason),
        decided_at = \(now), decided_by = \(person), changed_at = \(now)
      WHERE id = \(id)
      """)
    try ProjectHistoryStore(db: db).add(.done, decision, reason: reason, to: id, by: person, now: now)
    try SearchSources(db: db).refresh(project: id)
  }
}

extension Project: RowReadable {
  package init(row: Row) throws {
    id = try row.read("id")
    school = try SchoolGlance(row: row)
    title = try row.read("title")
    aim = Aim(
      words: try row.read("aim"), population: try row.read("population"), measure: try row.read("aim_measure"),
      from: try row.read("aim_from"), to: try row.read("aim_to"), by: try row.read("aim_by"))
    questions = try row.read("questions")
    visibility = Visibility(rawValue: try row.read("visibility")) ?? .team
    state = State(rawValue: try row.read("state")) ?? .active
    conclusion = try Conclusion(row: row)
    contest = try Contest(row: row)
    createdAt = try row.read("created_at")
    changedAt = try row.read("changed_at")
    version = try row.read("version")
  }
}

extension Project.Conclusion {
  fileprivate init?(row: Row) throws {
    guard let name = try row.read("decision", as: String?.self), let decision = Project.Decision(rawValue: name)
    else { return nil }
    self.init(decision: decision, reason: try row.read("decision_reason"), at: try row.read("decided_at"))
  }
}

extension Project.Contest {
  fileprivate init?(row: Row) throws {
    guard let halves = try row.read("contest_score", as: Int?.self) else { return nil }
    self.init(words: try row.read("contest"), halves: halves)
  }
}

extension ProjectMember: RowReadable {
  init(row: Row) throws {
    person = Person(id: try row.read("person_id"), name: try row.read("person_name"))
    role = Role(rawValue: try row.read("role")) ?? .viewer
  }
}
