import Storage

/// Every SQL statement about notices.
struct NoticeStore {
  let db: any Transaction

  /// Tells a person, in the transaction of what it tells of; nothing is said of one's own acts.
  ///
  /// - Parameters:
  ///   - subject: what it belongs to; see `Notice.subject`.
  ///   - words: one line that says what happened.
  ///   - event: names what happened; the same event is told to a person once, whatever the kind. Nil is never the same.
  ///   - isWritten: whether a letter of its own tells them of it, so that the notice needs none.
  func tell(
    _ person: Person.ID, kind: String, subject: String, path: String, words: String, why: String, by: Person.ID?,
    id: String, now: Instant, event: String? = nil, isWritten: Bool = false
  ) throws {
    guard person != by else { return }
    try db.run(
      """
      INSERT INTO notice (id, person_id, kind, subject, path, words, why, by_id, created_at, event, mailed_at, due_at)
      VALUES (\(id), \(person), \(kind), \(subject), \(path), \(words), \(why), \(by), \(now), \(event),
        \(isWritten ? now : nil), \(now + LetterQueue.window))
      ON CONFLICT (person_id, event) DO NOTHING
      """)
  }

  /// Those of them who may still read what members share.
  func stillMembers(among people: [Person.ID], now: Instant) throws -> [Person.ID] {
    guard !people.isEmpty else { return [] }
    return try db.rows(
      """
      SELECT DISTINCT p.id FROM person p JOIN role r ON r.person_id = p.id
        LEFT JOIN school s ON s.id = r.school_id
      WHERE p.id IN \(SQL.list(people)) AND p.suspended_at IS NULL AND r.starts_at <= \(now)
        AND (r.ends_at IS NULL OR r.ends_at > \(now)) AND (r.school_id IS NULL OR s.membership = 'active')
      ORDER BY p.id
      """
    ).map { try $0.read("id") }
  }

  // MARK: reading

  func unread(of person: Person.ID, limit: Int = 100) throws -> [Notice] {
    try db.all(
      """
      SELECT \(Self.columns) FROM notice WHERE person_id = \(person) AND read_at IS NULL
      ORDER BY created_at DESC LIMIT \(limit)
      """)
  }

  /// Those of one kind, the newest first.
  func unread(of person: Person.ID, kind: String, limit: Int) throws -> [Notice] {
    try db.all(
      """
      SELECT \(Self.columns) FROM notice WHERE person_id = \(person) AND read_at IS NULL AND kind = \(kind)
      ORDER BY created_at DESC LIMIT \(limit)
      """)
  }

  /// Read ones, the last read first.
  func read(of person: Person.ID, limit: Int = 50) throws -> [Notice] {
    try db.all(
      """
      SELECT \(Self.columns) FROM notice WHERE person_id = \(person) AND read_at IS NOT NULL
      ORDER BY read_at DESC, created_at DESC LIMIT \(limit)
      """)
  }

  private static let columns: SQL = "id, kind, subject, path, words, why, created_at, read_at"

  /// Whether a notice that the person has not read belongs to `subject`.
  func tells(_ person: Person.ID, of subject: String) throws -> Bool {
    try !db.rows(
      "SELECT id FROM notice WHERE person_id = \(person) AND read_at IS NULL AND subject = \(subject) LIMIT 1"
    ).isEmpty
  }

  func markRead(subject: String, of person: Person.ID, now: Instant) throws {
    try db.run(
      """
      UPDATE notice SET read_at = \(now) WHERE person_id = \(person) AND read_at IS NULL AND subject = \(subject)
      """)
  }

  func markRead(event: String, of person: Person.ID, now: Instant) throws {
    try db.run(
      "UPDATE notice SET read_at = \(now) WHERE person_id = \(person) AND event = \(event) AND read_at IS NULL")
  }

  func markRead(_ id: Notice.ID, of person: Person.ID, now: Instant) throws {
    try db.run("UPDATE notice SET read_at = \(now) WHERE id = \(id) AND person_id = \(person) AND read_at IS NULL")
  }

  /// All that were there when the page was made.
  func markAllRead(of person: Person.ID, until shown: Instant, now: Instant) throws {
    try db.run(
      """
      UPDATE notice SET read_at = \(now) WHERE person_id = \(person) AND read_at IS NULL AND created_at <= \(shown)
      """)
  }
}

extension Notice: RowReadable {
  package init(row: Row) throws {
    id = try row.read("id")
    kind = try row.read("kind")
    subject = try row.read("subject")
    path = try row.read("path")
    words = try row.read("words")
    why = try row.read("why")
    createdAt = try row.read("created_at")
    readAt = try row.read("read_at")
  }
}
