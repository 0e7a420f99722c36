import Storage

/// Every SQL statement about letters on their way. A letter is written in the transaction of what it tells of.
struct MailStore {
  let db: any Transaction

  func add(_ letter: Letter, now: Instant, due: Instant? = nil) throws {
    let headers = letter.headers.sorted { $0.key < $1.key }.map { "\(oneLine($0.key)): \(oneLine($0.value))" }
    try db.run(
      """
      INSERT INTO mail (id, address, subject, body, headers, created_at, due_at)
      VALUES (\(letter.id), \(letter.to.description), \(oneLine(letter.subject)), \(letter.body),
              \(headers.joined(separator: "\n")), \(now), \(due ?? now))
      """)
  }

  /// The latest letters, newest first.
  func latest(before id: String?, limit: Int = 50) throws -> [SentLetter] {
    let before: SQL = if let id { "WHERE id < \(id)" } else { "" }
    return try db.all(
      "SELECT id, address, subject, body, headers, created_at, sent_at, trouble FROM mail \(before) ORDER BY id DESC LIMIT \(limit)"
    )
  }

  func find(_ id: String) throws -> SentLetter? {
    try db.first("SELECT id, address, subject, body, headers, created_at, sent_at, trouble FROM mail WHERE id = \(id)")
  }

  func waiting(now: Instant, limit: Int = 50) throws -> [SentLetter] {
    try db.all(
      """
      SELECT id, address, subject, body, headers, created_at, sent_at, trouble FROM mail
      WHERE sent_at IS NULL AND due_at <= \(now) ORDER BY due_at, id LIMIT \(limit)
      """)
  }

  func markSent(_ id: String, now: Instant) throws {
    try db.run("UPDATE mail SET sent_at = \(now), trouble = NULL WHERE id = \(id)")
  }

  /// Tries again later: after 1, 2, 4 … minutes, at most a day apart.
  func postpone(_ id: String, trouble: String, now: Instant) throws {
    let row = try db.rows("SELECT tries FROM mail WHERE id = \(id)").first
    let tries = try row?.read("tries", as: Int.self) ?? 0
    let wait = Span.minutes(min(1440, 1 << min(tries, 11)))
    try db.run(
      "UPDATE mail SET tries = tries + 1, trouble = \(trouble), due_at = \(now + wait) WHERE id = \(id)")
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
  let sentAt: Instant?
  let trouble: String?
}

extension SentLetter {
  /// The letter as somebody may see it to whom it was not written.
  var withoutCode: SentLetter {
    guard headers.contains("X-League-Holds: code") else { return self }
    return SentLetter(
      id: id, address: address, subject: "A code", body: "Codes are shown to nobody but the one who asked for them.",
      headers: headers, createdAt: createdAt, sentAt: sentAt, trouble: trouble)
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
    sentAt = try row.read("sent_at")
    trouble = try row.read("trouble")
  }
}

/// Nothing that a person typed may start a new header.
func oneLine(_ text: String) -> String {
  String(text.map { $0.isNewline || $0 == "\0" ? " " : $0 })
}
