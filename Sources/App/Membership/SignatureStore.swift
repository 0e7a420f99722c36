import Storage

/// Every SQL statement about signatures.
struct SignatureStore {
  let db: any Transaction

  /// Those that count, in no order of their own; a replaced signer is left out.
  func all(of membership: Membership.ID) throws -> [Signature] {
    try db.all(
      """
      SELECT \(Signature.columns) FROM signature WHERE membership_id = \(membership) AND replaced_at IS NULL
      ORDER BY id
      """)
  }

  func find(_ id: Signature.ID) throws -> Signature? {
    try db.first("SELECT \(Signature.columns) FROM signature WHERE id = \(id)")
  }

  func add(_ signer: SignerNaming, to membership: Membership.ID, id: Signature.ID, now: Instant) throws {
    try db.run(
      """
      INSERT INTO signature (id, membership_id, role, name, email, asked_at)
      VALUES (\(id), \(membership), \(signer.role.key), \(signer.name), \(signer.email.description), \(now))
      """)
  }

  /// Takes a seat from somebody who has not signed.
  ///
  /// - Returns: false when the person signed meanwhile, or was replaced already.
  func replace(_ id: Signature.ID, now: Instant) throws -> Bool {
    try db.run(
      "UPDATE signature SET replaced_at = \(now) WHERE id = \(id) AND signed_at IS NULL AND replaced_at IS NULL") == 1
  }

  func markReminded(_ id: Signature.ID, now: Instant) throws {
    try db.run("UPDATE signature SET reminded_at = \(now), reminders = reminders + 1 WHERE id = \(id)")
  }

  /// - Returns: false when it is signed or replaced already.
  func sign(_ id: Signature.ID, how: Signature.How, hash: String, now: Instant) throws -> Bool {
    try db.run(
      """
      UPDATE signature SET signed_at = \(now), signed_how = \(how.rawValue), signed_hash = \(hash)
      WHERE id = \(id) AND signed_at IS NULL AND replaced_at IS NULL
      """) == 1
  }

  /// The office says that it holds a signed paper.
  func attest(
    _ id: Signature.ID, on date: CalendarDate, note: String, by office: Person.ID, hash: String, now: Instant
  ) throws -> Bool {
    try db.run(
      """
      UPDATE signature SET signed_at = \(now), signed_how = 'paper', signed_hash = \(hash), attested_by = \(office),
        paper_date = \(date), note = \(note)
      WHERE id = \(id) AND signed_at IS NULL AND replaced_at IS NULL
      """) == 1
  }

  /// Who has waited a week since the last letter and was reminded fewer than three times.
  func waiting(now: Instant, limit: Int = 50) throws -> [Signature] {
    try db.all(
      """
      SELECT \(Signature.columns) FROM signature
      WHERE signed_at IS NULL AND replaced_at IS NULL AND reminders < 3
        AND COALESCE(reminded_at, asked_at) <= \(now - .days(7))
        AND membership_id IN (SELECT id FROM membership WHERE state = 'signatures-pending')
      ORDER BY asked_at, id LIMIT \(limit)
      """)
  }
}

extension Signature: RowReadable {
  static let columns: SQL = """
    id, membership_id, role, name, email, asked_at, reminded_at, replaced_at, signed_at, signed_how, signed_hash,
    paper_date, note
    """

  init(row: Row) throws {
    id = try row.read("id")
    membership = try row.read("membership_id")
    role = SignerRole(try row.read("role"))
    name = try row.read("name")
    email = try row.read("email")
    askedAt = try row.read("asked_at")
    remindedAt = try row.read("reminded_at")
    replacedAt = try row.read("replaced_at")
    signedAt = try row.read("signed_at")
    how = try row.read("signed_how", as: String?.self).flatMap(How.init(rawValue:))
    signedHash = try row.read("signed_hash")
    paperDate = try row.read("paper_date")
    note = try row.read("note")
  }
}
