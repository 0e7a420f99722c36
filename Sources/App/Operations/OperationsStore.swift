import Storage

/// What an operator watches, as the database tells it.
struct OperationsState: Sendable, Equatable {
  /// Letters that are due and have not left.
  let waitingLetters: Int
  /// When the oldest letter was written that is due, or that could not leave; nil when there is none.
  let oldestLetter: Instant?
  let failedLetters: Int
  let jobs: [JobRecord]
}

/// What the database tells of letters that come in.
struct InboxState: Sendable, Equatable {
  /// Whether there is a key that signs the League's own addresses.
  let hasKey: Bool
  /// When the mail server last handed a letter over; nil when it never did.
  let receivedAt: Instant?
}

/// Every SQL statement that only operators need.
struct OperationsStore {
  let db: any Transaction

  /// When the newest letter was written.
  func newest() throws -> Instant? { try db.value("at", "SELECT created_at AS at FROM mail ORDER BY id DESC LIMIT 1") }

  func inbox() throws -> InboxState {
    InboxState(
      hasKey: try MailKeyStore(db: db).find() != nil,
      receivedAt: try JobStore(db: db).find(JobStore.received)?.succeededAt)
  }

  func state(now: Instant) throws -> OperationsState {
    let waiting = try db.rows(
      """
      SELECT count(*) AS n, min(created_at) AS oldest FROM mail
      WHERE sent_at IS NULL AND failed_at IS NULL AND due_at <= \(now)
      """
    ).first
    // A letter that the server did not take is due later and later; its age counts from when it was written.
    let postponed: Instant? = try db.value(
      "oldest",
      """
      SELECT min(created_at) AS oldest FROM mail
      WHERE sent_at IS NULL AND failed_at IS NULL AND due_at > \(now) AND tries > 0
      """)
    let oldest = [try waiting?.read("oldest", as: Instant?.self), postponed].compactMap { $0 }.min()
    return OperationsState(
      waitingLetters: try waiting?.read("n") ?? 0, oldestLetter: oldest,
      failedLetters: try MailStore(db: db).failures(),
      jobs: try JobStore(db: db).all().filter { ![JobStore.proof, JobStore.received].contains($0.name) })
  }
}
