import Storage

/// The log of what was done, and what hidden things were seen, with a right that others do not have. It only grows: the
/// engine refuses to change a row, and to remove one that is younger than a year.
struct AuditStore {
  let db: any Transaction

  /// - Parameter asPerson: on whose account it was done, while the office acts as somebody.
  func add(
    id: String, by person: Person.ID?, _ action: String, _ noun: String, _ nounID: String, detail: String = "",
    kind: AuditEntry.Kind = .act, asPerson: Person.ID? = nil, now: Instant
  ) throws {
    try db.run(
      """
      INSERT INTO audit (id, at, person_id, action, noun, noun_id, detail, kind, as_person)
      VALUES (\(id), \(now), \(person), \(action), \(noun), \(nounID), \(detail), \(kind.rawValue), \(asPerson))
      """)
  }

  /// The latest first.
  ///
  /// - Parameter before: the last line that was shown.
  func list(_ filter: AuditFilter, zone: LeagueZone, before: (at: Instant, id: String)? = nil, limit: Int) throws
    -> [AuditEntry]
  {
    var conditions: [SQL] = []
    if !filter.who.isEmpty {
      let people = try self.people(filter.who)
      conditions.append(
        """
        a.person_id IN \(SQL.list(people)) OR a.as_person IN \(SQL.list(people))
          OR (a.noun = 'person' AND a.noun_id IN \(SQL.list(people)))
        """)
    }
    if !filter.action.isEmpty { conditions.append("a.action = \(filter.action)") }
    if let kind = filter.kind { conditions.append("a.kind = \(kind.rawValue)") }
    if !filter.noun.isEmpty { conditions.append("a.noun = \(filter.noun)") }
    if !filter.nounID.isEmpty { conditions.append("a.noun_id = \(filter.nounID)") }
    if let from = filter.from { conditions.append("a.at >= \(zone.start(of: from))") }
    if let to = filter.to { conditions.append("a.at < \(zone.start(of: to.adding(days: 1)))") }
    if let before { conditions.append("a.at < \(before.at) OR (a.at = \(before.at) AND a.id < \(before.id))") }
    return try db.all("\(Self.select) WHERE \(SQL.all(conditions)) ORDER BY a.at DESC, a.id DESC LIMIT \(limit)")
  }

  /// What was done on a person's account, or to it, by others: what they themselves may read.
  func concerning(_ person: Person.ID, limit: Int) throws -> [AuditEntry] {
    try db.all(
      """
      \(Self.select) WHERE (a.as_person = \(person) OR (a.noun = 'person' AND a.noun_id = \(person)))
      ORDER BY a.at DESC, a.id DESC LIMIT \(limit)
      """)
  }

  /// Every kind of act that the log holds, for the filter.
  func actions() throws -> [String] {
    // From one kind to the next through the index: DISTINCT would read the whole log.
    try db.rows(
      """
      WITH RECURSIVE kinds (action) AS (
        SELECT min(action) FROM audit
        UNION ALL
        SELECT (SELECT min(a.action) FROM audit a WHERE a.action > k.action) FROM kinds k WHERE k.action IS NOT NULL)
      SELECT action FROM kinds WHERE action IS NOT NULL LIMIT 200
      """
    ).map { try $0.read("action") }
  }

  /// Removes what is older than `keep`; never what is younger than the engine's own year.
  func sweep(before old: Instant) throws -> Int { try db.run("DELETE FROM audit WHERE at < \(old)") }

  private func people(_ typed: String) throws -> [String] {
    let (name, email) = (folded(typed), typed.lowercased())
    return try db.rows(
      """
      SELECT id FROM person
      WHERE email = \(email) OR id = \(typed) OR (folded_name >= \(name) AND folded_name < \(name + "\u{10FFFD}"))
      ORDER BY id LIMIT 200
      """
    ).map { try $0.read("id") }
  }

  private static let select: SQL = """
    SELECT a.id, a.at, a.kind, a.person_id, a.as_person, a.action, a.noun, a.noun_id, a.detail, p.name AS name,
      q.name AS as_name,
      CASE WHEN a.noun = 'person' THEN (SELECT n.name FROM person n WHERE n.id = a.noun_id)
        WHEN a.noun = 'school' THEN (SELECT s.name FROM school s WHERE s.id = a.noun_id) END AS noun_name
    FROM audit a LEFT JOIN person p ON p.id = a.person_id LEFT JOIN person q ON q.id = a.as_person
    """
}

extension AuditEntry: RowReadable {
  init(row: Row) throws {
    id = try row.read("id")
    at = try row.read("at")
    kind = Kind(rawValue: try row.read("kind")) ?? .act
    person = try row.read("person_id")
    name = try row.read("name", as: String?.self) ?? "Command line"
    asPerson = try row.read("as_person")
    asName = try row.read("as_name", as: String?.self) ?? ""
    action = try row.read("action")
    noun = try row.read("noun")
    nounID = try row.read("noun_id")
    nounName = try row.read("noun_name", as: String?.self) ?? ""
    detail = try row.read("detail")
  }
}

extension Site {
  /// Says in the log that somebody looked at what is hidden from others. When it cannot be said, the page is not shown.
  func recordView(_ what: String, _ noun: String, _ nounID: String, detail: String = "", _ visit: Visit) async throws {
    let (id, person, now) = (newID(), try visit.signedIn(), visit.viewer.now)
    try await database.write { db in
      try AuditStore(db: db).add(id: id, by: person, what, noun, nounID, detail: detail, kind: .view, now: now)
    }
  }

  /// Says what the office does on another's account, before it is done.
  func recordActing(_ visit: Visit, _ path: String) async throws {
    guard let acting = visit.viewer.acting, let person = visit.viewer.person else { return }
    let (id, now) = (newID(), visit.viewer.now)
    try await database.write { db in
      try AuditStore(db: db).add(
        id: id, by: acting.by, "did it as a person", "person", "\(person)", detail: path, asPerson: person, now: now)
    }
  }
}
