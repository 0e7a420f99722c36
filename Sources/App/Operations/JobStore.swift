import Storage

/// Every SQL statement about work that is due again and again.
struct JobStore {
  let db: any Transaction

  func all() throws -> [JobRecord] { try db.all("SELECT \(Self.columns) FROM job ORDER BY name") }

  func find(_ name: String) throws -> JobRecord? {
    try db.first("SELECT \(Self.columns) FROM job WHERE name = \(name)")
  }

  private static let columns: SQL = "name, due_at, claimed_until, began_at, succeeded_at, failed_at, trouble"

  /// Takes the job for this process until `end`, when it is due and nobody has it.
  ///
  /// - Parameter first: when a job is due that the database has not met before.
  func claim(_ name: String, first: Instant, now: Instant, until end: Instant) throws -> Bool {
    try db.run("INSERT INTO job (name, due_at) VALUES (\(name), \(first)) ON CONFLICT (name) DO NOTHING")
    let taken = try db.run(
      """
      UPDATE job SET claimed_until = \(end), began_at = \(now)
      WHERE name IN (
        SELECT name FROM job WHERE name = \(name) AND due_at <= \(now) AND claimed_until <= \(now)
        \(SQL.skippingClaimed))
      """)
    return taken > 0
  }

  /// Makes the job due at `first`, when what is known of it lies further ahead than `next`: then the clock was.
  func correct(_ name: String, first: Instant, next: Instant) throws {
    try db.run("UPDATE job SET due_at = \(first) WHERE name = \(name) AND due_at > \(next + .drift)")
  }

  func succeed(_ name: String, now: Instant, due: Instant) throws {
    try db.run(
      """
      UPDATE job SET claimed_until = 0, succeeded_at = \(now), due_at = \(due), trouble = NULL WHERE name = \(name)
      """)
  }

  func fail(_ name: String, trouble: String, now: Instant, due: Instant) throws {
    try db.run(
      """
      UPDATE job SET claimed_until = 0, failed_at = \(now), due_at = \(due), trouble = \(oneLine(trouble))
      WHERE name = \(name)
      """)
  }

  /// Makes the job due now, and nobody's: for one whose process died.
  func release(_ name: String, now: Instant) throws {
    try db.run("UPDATE job SET claimed_until = 0, due_at = \(now) WHERE name = \(name)")
  }

  /// Remembers of what is no job that it was done now.
  func note(_ name: String, now: Instant) throws {
    try db.run(
      """
      INSERT INTO job (name, due_at, succeeded_at) VALUES (\(name), \(now), \(now))
      ON CONFLICT (name) DO UPDATE SET due_at = \(now), succeeded_at = \(now)
      """)
  }

  /// Not a job; the row by which the readiness check proves that the database takes writes.
  static let proof = "readiness"
  /// Not a job; when the mail server last handed a letter over.
  static let received = "mail-receive"
}

extension JobRecord: RowReadable {
  init(row: Row) throws {
    name = try row.read("name")
    dueAt = try row.read("due_at")
    claimedUntil = try row.read("claimed_until")
    beganAt = try row.read("began_at")
    succeededAt = try row.read("succeeded_at")
    failedAt = try row.read("failed_at")
    trouble = try row.read("trouble")
  }
}
