import SignIn
import Storage

/// A link by which somebody without an account enters values of one measure, and nothing else.
struct EntryLink: Sendable, Equatable {
  let id: String
  let measure: Measure.ID
  let holder: String
  let madeAt: Instant
  let expiresAt: Instant
  let endedAt: Instant?
  /// It stands in a reminder letter to who keeps the measure.
  var isOfLetter = false

  static let lifetime = Span.days(120)

  func isOpen(at now: Instant) -> Bool { endedAt == nil && expiresAt > now }
}

/// Every SQL statement about such links; of their secret only the digest is stored.
struct EntryLinkStore {
  let db: any Transaction

  private static let columns: SQL = """
    id, measure_id, holder, made_at, expires_at, ended_at,
    CASE WHEN holder = (SELECT p.name FROM person p WHERE p.id = entry_link.by_id) THEN 1 ELSE 0 END AS is_of_letter
    """

  func add(_ secret: String, for holder: String, to measure: Measure.ID, by person: Person.ID, id: String, now: Instant)
    throws
  {
    try db.run(
      """
      INSERT INTO entry_link (id, measure_id, digest, holder, by_id, made_at, expires_at)
      VALUES (\(id), \(measure), \(sha256(secret)), \(holder), \(person), \(now), \(now + EntryLink.lifetime))
      """)
  }

  /// The link of a secret, be it open, ended or expired; nil for a secret that never was one.
  func find(secret: String) throws -> EntryLink? {
    try db.first("SELECT \(Self.columns) FROM entry_link WHERE digest = \(sha256(secret))")
  }

  /// Whether who made the link could still enter values themselves: a link outlives no account, no place at the school and
  /// no membership.
  func isVouched(_ id: String, now: Instant) throws -> Bool {
    try db.rows(
      """
      SELECT l.id FROM entry_link l JOIN measure m ON m.id = l.measure_id JOIN school s ON s.id = m.school_id
      JOIN person p ON p.id = l.by_id JOIN role r ON r.person_id = p.id AND r.school_id = m.school_id
      WHERE l.id = \(id) AND p.suspended_at IS NULL AND s.membership = 'active' AND r.starts_at <= \(now)
        AND (r.ends_at IS NULL OR r.ends_at > \(now))
      LIMIT 1
      """
    ).isEmpty == false
  }

  func all(of measure: Measure.ID) throws -> [EntryLink] {
    try db.all("SELECT \(Self.columns) FROM entry_link WHERE measure_id = \(measure) ORDER BY id DESC LIMIT 50")
  }

  func end(_ id: String, of measure: Measure.ID, now: Instant) throws {
    try db.run(
      "UPDATE entry_link SET ended_at = \(now) WHERE id = \(id) AND measure_id = \(measure) AND ended_at IS NULL")
  }

  func markUsed(_ id: String, now: Instant) throws {
    try db.run("UPDATE entry_link SET used_at = \(now) WHERE id = \(id)")
  }
}

extension EntryLink: RowReadable {
  init(row: Row) throws {
    id = try row.read("id")
    measure = try row.read("measure_id")
    holder = try row.read("holder")
    madeAt = try row.read("made_at")
    expiresAt = try row.read("expires_at")
    endedAt = try row.read("ended_at")
    isOfLetter = try row.read("is_of_letter", as: Int.self) == 1
  }
}
