import Storage

/// Every SQL statement about letters on their way. A letter is written in the transaction of what it tells of.
struct MailStore {
  let db: any Transaction

  /// To an address from which letters come back nothing goes but codes, whose use proves it; the others stand as failed.
  func add(_ letter: Letter, now: Instant, due: Instant? = nil) throws {
    let (address, isCode) = (
      letter.to.description, letter.headers.keys.contains(where: Letter.secretMark.keys.contains)
    )
    let trouble = isCode ? nil : try AddressTroubleStore(db: db).find(address).flatMap { $0.endedAt == nil ? nil : $0 }
    let headers = letter.headers.sorted { $0.key < $1.key }.map { "\(oneLine($0.key)): \(oneLine($0.value))" }
    try db.run(
      """
      INSERT INTO mail (id, address, subject, body, headers, created_at, due_at, failed_at, trouble)
      VALUES (\(letter.id), \(address), \(oneLine(letter.subject)), \(letter.body), \(headers.joined(separator: "\n")),
              \(now), \(due ?? now), \(trouble == nil ? nil : now),
              \(trouble.map { AddressTroubleStore.trouble($0.status) }))
      """)
  }

  /// Letters that wait for an address to which nothing goes any more; codes go on.
  func failWaiting(for address: String, trouble: String, now: Instant) throws {
    try db.run(
      """
      UPDATE mail SET failed_at = \(now), trouble = \(trouble)
      WHERE address = \(address) AND sent_at IS NULL AND failed_at IS NULL AND headers NOT LIKE '%X-League-Holds: code%'
      """)
  }

  /// Answers of the League to letters that were not posted.
  func countAnswers(to email: EmailAddress, since: Instant) throws -> Int {
    try db.value(
      "n",
      """
      SELECT count(*) AS n FROM mail
      WHERE address = \(email.description) AND created_at > \(since) AND headers LIKE '%Auto-Submitted: auto-replied%'
      """) ?? 0
  }

  /// The latest letters, newest first.
  func latest(before id: String?, failed: Bool = false, limit: Int = 50) throws -> [SentLetter] {
    var conditions: [SQL] = []
    if let id { conditions.append("id < \(id)") }
    if failed { conditions.append(Self.hasFailed) }
    let which: SQL = conditions.isEmpty ? "" : "WHERE \(SQL.all(conditions))"
    return try db.all("SELECT \(Self.columns) FROM mail \(which) ORDER BY id DESC LIMIT \(limit)")
  }

  func find(_ id: String) throws -> SentLetter? { try db.first("SELECT \(Self.columns) FROM mail WHERE id = \(id)") }

  func failures() throws -> Int { try db.value("n", "SELECT count(*) AS n FROM mail WHERE \(Self.hasFailed)") ?? 0 }

  /// Every id is above the empty text: so the index of the failed ones is searched, which both engines would else read.
  private static let hasFailed: SQL = "failed_at IS NOT NULL AND id > ''"

  private static let columns: SQL = """
    id, address, subject, body, headers, created_at, due_at, sent_at, failed_at, tries, trouble
    """

  // MARK: on their way

  /// The letter that has been due longest and that nobody carries; until the claim ends it is nobody else's.
  func claim(now: Instant, until end: Instant) throws -> SentLetter? {
    let letter: SentLetter? = try db.first(
      """
      SELECT \(Self.columns) FROM mail
      WHERE sent_at IS NULL AND failed_at IS NULL AND due_at <= \(now) AND claimed_until <= \(now)
      ORDER BY due_at, id LIMIT 1 \(SQL.skippingClaimed)
      """)
    if let letter { try db.run("UPDATE mail SET claimed_until = \(end) WHERE id = \(letter.id)") }
    return letter
  }

  func markSent(_ id: String, now: Instant) throws {
    try db.run("UPDATE mail SET sent_at = \(now), failed_at = NULL, trouble = NULL, claimed_until = 0 WHERE id = \(id)")
  }

  /// It is not tried again unless the office says so.
  func markFailed(_ id: String, trouble: String, now: Instant) throws {
    try db.run(
      """
      UPDATE mail SET failed_at = \(now), tries = tries + 1, trouble = \(oneLine(trouble)), claimed_until = 0
      WHERE id = \(id) AND sent_at IS NULL
      """)
  }

  /// The longest time from one attempt to the next.
  private static let longestWait = Span.hours(6)
  /// For longer neither attempts nor quiet hours put a letter off.
  static let longestDelay = Span.days(1)
  /// So often a letter is tried in any case: a machine that slept, or whose clock was set forward, has not tried for days.
  static let fewestTries = 9

  /// Tries again after 1, 2, 4 … minutes, at most six hours apart, and gives up five days after it was written.
  func postpone(_ letter: SentLetter, trouble: String, now: Instant) throws {
    let wait = min(Self.longestWait, .minutes(1 << min(letter.tries, 9)))
    guard now - letter.createdAt < .days(5) || letter.tries + 1 < Self.fewestTries else {
      return try markFailed(letter.id, trouble: "Given up after \(letter.tries + 1) attempts: \(trouble)", now: now)
    }
    try db.run(
      """
      UPDATE mail SET tries = tries + 1, trouble = \(oneLine(trouble)), due_at = \(now + wait), claimed_until = 0
      WHERE id = \(letter.id) AND sent_at IS NULL
      """)
  }

  /// Tries a letter at once that waits or failed.
  func tryAgain(_ id: String, now: Instant) throws {
    try db.run("UPDATE mail SET failed_at = NULL, due_at = \(now) WHERE id = \(id) AND sent_at IS NULL")
  }
}

/// A letter with what became of it.
struct SentLetter: Sendable, Equatable {
  let id: String
  let address: String
  let subject: String
  let body: String
  let headers: String
  let createdAt: Instant
  /// When it is tried next.
  let dueAt: Instant
  let sentAt: Instant?
  let failedAt: Instant?
  /// How often it could not be handed over.
  let tries: Int
  /// What the mail server said the last time.
  let trouble: String?
}

extension SentLetter {
  /// The letter as somebody may see it to whom it was not written.
  var withoutCode: SentLetter {
    guard headers.contains("X-League-Holds: code") else { return self }
    return SentLetter(
      id: id, address: address, subject: "A code", body: "Codes are shown to nobody but the one who asked for them.",
      headers: headers, createdAt: createdAt, dueAt: dueAt, sentAt: sentAt, failedAt: failedAt, tries: tries,
      trouble: trouble)
  }
}

extension SentLetter: RowReadable {
  init(row: Row) throws {
    id = try row.read("id")
    address = try row.read("address")
    subject = try row.read("subject")
    body = try row.read("body")
    headers = try row.read("headers")
    createdAt = try row.read("created_at")
    dueAt = try row.read("due_at")
    sentAt = try row.read("sent_at")
    failedAt = try row.read("failed_at")
    tries = try row.read("tries")
    trouble = try row.read("trouble")
  }
}

/// Nothing that a person typed may start a new header.
func oneLine(_ text: String) -> String {
  String(text.map { $0.isNewline || $0 == "\0" ? " " : $0 })
}
