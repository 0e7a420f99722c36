import Storage

/// Who may be put on a project's team.
struct TeamStore {
  let db: any Transaction

  /// Somebody who may be chosen, with the school that they belong to.
  struct Candidate: Sendable, Equatable {
    let person: Person
    let school: String
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
