import Storage

/// Every SQL statement about roles. A role holds from `starts_at` until `ends_at`; nothing else ends a right.
struct RoleStore {
  let db: any Transaction

  func inForce(for person: Person.ID, now: Instant) throws -> [Role] {
    try db.all(
      """
      SELECT r.kind, r.school_id, r.state, s.name AS school_name, s.membership
      FROM role r LEFT JOIN school s ON s.id = r.school_id
      WHERE r.person_id = \(person) AND r.starts_at <= \(now) AND (r.ends_at IS NULL OR r.ends_at > \(now))
      ORDER BY r.starts_at, r.id
      """)
  }

  /// - Parameter now: nil where the role begins at this moment.
  /// - Returns: the id of the role that now holds; the same role given twice stays one.
  @discardableResult func give(
    _ kind: Role.Kind, to person: Person.ID, school: School.ID? = nil, state: String? = nil, title: String = "",
    id: String, from start: Instant, until end: Instant? = nil, by giver: Person.ID?, now: Instant? = nil
  ) throws -> String {
    let held = try db.rows(
      """
      SELECT id FROM role WHERE person_id = \(person) AND kind = \(kind.rawValue)
        AND school_id IS NOT DISTINCT FROM \(school) AND state IS NOT DISTINCT FROM \(state)
        AND starts_at <= \(start) AND (ends_at IS NULL OR ends_at > \(start))
      """
    ).first
    if let held { return try held.read("id") }
    try db.run(
      """
      INSERT INTO role (id, person_id, kind, school_id, state, title, starts_at, ends_at, given_by)
      VALUES (\(id), \(person), \(kind.rawValue), \(school), \(state), \(title), \(start), \(end), \(giver))
      """)
    try SearchSources(db: db).refresh(person: person, now: now ?? start)
    return id
  }

  /// Ends a role at this moment; one that has not begun never will.
  func end(_ id: String, now: Instant, by ender: Person.ID?, reason: String) throws {
    try db.run(
      """
      UPDATE role SET ends_at = CASE WHEN starts_at > \(now) THEN starts_at ELSE \(now) END, ended_by = \(ender), end_reason = \(reason)
      WHERE id = \(id) AND (ends_at IS NULL OR ends_at > \(now))
      """)
    if let person = try db.value("person_id", "SELECT person_id FROM role WHERE id = \(id)", as: Person.ID.self) {
      try SearchSources(db: db).refresh(person: person, now: now)
      db.notify(ProcessWord.access(person).text)
    }
  }

  /// Those whose role began or ended by itself in the last days: nobody's act has told the search of it.
  func turned(since: Instant, until end: Instant) throws -> [Person.ID] {
    try db.rows(
      """
      SELECT person_id FROM role WHERE starts_at > \(since) AND starts_at <= \(end)
      UNION SELECT person_id FROM role WHERE ends_at > \(since) AND ends_at <= \(end) ORDER BY person_id
      """
    ).map { try $0.read("person_id") }
  }
}

extension Role: RowReadable {
  package init(row: Row) throws {
    let kind = try row.read("kind", as: String.self)
    self.init(
      Kind(rawValue: kind) ?? .educator, school: try row.read("school_id"),
      schoolName: try row.read("school_name", as: String?.self) ?? "",
      schoolIsMember: try row.read("membership", as: String?.self) == "active", state: try row.read("state"))
  }
}
