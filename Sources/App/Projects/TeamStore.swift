import Storage

/// Who may be put on a project's team.
struct TeamStore {
  let db: any Transaction

  /// Somebody who may be chosen, with the school that they belong to.
  struct Candidate: Sendable, Equatable {
    let person: Person
    let school: String
  }

  /// Member schools of people on the team that are not yet schools of the project: whoever is to work with a school puts
  /// one of its people on the team first.
  func schools(for project: Project, now: Instant) throws -> [Option] {
    try db.rows(
      """
      SELECT DISTINCT s.id, s.name FROM project_member m JOIN role r ON r.person_id = m.person_id
        JOIN school s ON s.id = r.school_id
      WHERE m.project_id = \(project.id) AND m.until IS NULL AND s.membership = 'active' AND r.starts_at <= \(now)
        AND (r.ends_at IS NULL OR r.ends_at > \(now)) AND s.id NOT IN \(SQL.list(project.schools.map(\.id)))
      ORDER BY s.name, s.id LIMIT 50
      """
    ).map { Option(try $0.read("id"), try $0.read("name")) }
  }

  func add(_ school: School.ID, to project: Project.ID, id: String) throws {
    try db.run(
      """
      INSERT INTO project_school (id, project_id, school_id) VALUES (\(id), \(project), \(school))
      ON CONFLICT (project_id, school_id) DO NOTHING
      """)
  }

  /// What it measured stays in the project's record; its people work on it no more.
  func remove(_ school: School.ID, from project: Project.ID) throws {
    try db.run("DELETE FROM project_school WHERE project_id = \(project) AND school_id = \(school)")
  }

  /// Educators of member schools, those of the project's own school first; liaisons and the office may be coaches.
  func candidates(for project: Project, now: Instant) throws -> [Candidate] {
    try db.rows(
      """
      SELECT p.id, p.name, MIN(COALESCE(s.name, 'League')) AS school,
        MIN(CASE WHEN r.school_id = \(project.school.id) THEN 0 ELSE 1 END) AS is_far
      FROM person p JOIN role r ON r.person_id = p.id LEFT JOIN school s ON s.id = r.school_id
      WHERE p.suspended_at IS NULL AND p.merged_into IS NULL AND r.starts_at <= \(now)
        AND (r.ends_at IS NULL OR r.ends_at > \(now)) AND (r.school_id IS NULL OR s.membership = 'active')
      GROUP BY p.id, p.name ORDER BY is_far, p.name, p.id LIMIT 2000
      """
    ).map {
      Candidate(
        person: Person(id: try $0.read("id"), name: try $0.read("name")), school: try $0.read("school"))
    }
  }
}
