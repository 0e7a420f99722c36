import Storage

/// A wish that a person be erased: after a wait in which it can be taken back, and never under a legal hold.
struct Erasure: Sendable, Equatable {
  /// Long enough to come back from a holiday, short enough for the month that privacy laws give.
  static let wait = Span.days(14)

  let id: String
  let person: Person.ID
  let askedAt: Instant
  let dueAt: Instant
  /// Why the last try failed; it is tried again.
  let trouble: String?
}

/// Every SQL statement about such wishes.
struct ErasureStore {
  let db: any Transaction

  /// The wish that waits.
  func open(of person: Person.ID) throws -> Erasure? {
    try db.first(
      """
      SELECT id, person_id, asked_at, due_at, trouble FROM erasure
      WHERE person_id = \(person) AND cancelled_at IS NULL AND done_at IS NULL
      """)
  }

  /// Asking twice is asking once.
  func ask(id: String, for person: Person.ID, by asker: Person.ID, reason: String, due: Instant, now: Instant) throws {
    guard try open(of: person) == nil else { return }
    try db.run(
      """
      INSERT INTO erasure (id, person_id, asked_at, asked_by, reason, due_at)
      VALUES (\(id), \(person), \(now), \(asker), \(reason), \(due))
      """)
  }

  func cancel(of person: Person.ID, now: Instant) throws {
    try db.run(
      """
      UPDATE erasure SET cancelled_at = \(now)
      WHERE person_id = \(person) AND cancelled_at IS NULL AND done_at IS NULL
      """)
  }

  /// Those whose wait is over and whom nothing holds.
  func due(now: Instant, limit: Int = 20) throws -> [Erasure] {
    try db.all(
      """
      SELECT e.id, e.person_id, e.asked_at, e.due_at, e.trouble FROM erasure e
      WHERE e.due_at <= \(now) AND e.cancelled_at IS NULL AND e.done_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM legal_hold h WHERE h.person_id = e.person_id AND h.lifted_at IS NULL)
      ORDER BY e.due_at, e.id LIMIT \(limit)
      """)
  }

  func markDone(_ id: String, now: Instant) throws {
    try db.run("UPDATE erasure SET done_at = \(now), trouble = NULL WHERE id = \(id)")
  }

  func markFailed(_ id: String, trouble: String) throws {
    try db.run("UPDATE erasure SET tries = tries + 1, trouble = \(trouble) WHERE id = \(id)")
  }
}

extension Erasure: RowReadable {
  init(row: Row) throws {
    id = try row.read("id")
    person = try row.read("person_id")
    askedAt = try row.read("asked_at")
    dueAt = try row.read("due_at")
    trouble = try row.read("trouble")
  }
}
