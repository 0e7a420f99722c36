import Storage

/// An address from which letters came back.
struct AddressTrouble: Sendable, Equatable {
  let address: String
  /// Each within `AddressTrouble.memory` of the one before, since the address was last proven.
  let failures: Int
  let lastAt: Instant
  /// RFC 3463, such as "5.1.1".
  let status: String
  /// What the last server said.
  let words: String
  /// Since when no letter goes there; nil while it is only counted.
  let endedAt: Instant?

  /// So many failures in a row that may pass, or speak of one letter only, end an address as well.
  static let tolerated = 5
  /// A failure that comes later than this begins a new row: letters have arrived in between.
  static let memory = Span.days(14)
}

/// An address to which nothing goes any more, and whose it is; nil where nobody has an account with it.
struct EndedAddress: Sendable, Equatable {
  let trouble: AddressTrouble
  let person: Person.ID?
  let name: String?
}

/// Every SQL statement about addresses from which letters come back.
struct AddressTroubleStore {
  let db: any Transaction

  private static let columns: SQL = "address, failures, last_at, status, words, ended_at"

  func find(_ address: String) throws -> AddressTrouble? {
    try db.first("SELECT \(Self.columns) FROM address_trouble WHERE address = \(address)")
  }

  func hasEnded(_ address: String) throws -> Bool { try find(address)?.endedAt != nil }

  /// Addresses to which nothing is sent any more, the latest first.
  func ended(limit: Int = 100) throws -> [AddressTrouble] {
    try db.all(
      """
      SELECT \(Self.columns) FROM address_trouble WHERE ended_at IS NOT NULL
      ORDER BY ended_at DESC, address LIMIT \(limit)
      """)
  }

  func endedWithNames() throws -> [EndedAddress] {
    try ended().map { trouble in
      let row = try db.rows(
        "SELECT id, name FROM person WHERE email = \(trouble.address) AND merged_into IS NULL"
      ).first
      return EndedAddress(trouble: trouble, person: try row?.read("id"), name: try row?.read("name"))
    }
  }

  /// Counts a failure. An address that is none, or failed too often, gets no more letters; those on their way there fail.
  func note(_ address: String, _ status: DeliveryStatus, words: String, now: Instant) throws {
    let known = try find(address)
    let failures = known.map { now < $0.lastAt + AddressTrouble.memory ? $0.failures + 1 : 1 } ?? 1
    let ends = known?.endedAt != nil || status.isOfAddress || failures >= AddressTrouble.tolerated
    try db.run(
      """
      INSERT INTO address_trouble (address, failures, last_at, status, words, ended_at)
      VALUES (\(address), \(failures), \(now), \(status.description), \(oneLine(String(words.prefix(300)))),
        \(ends ? known?.endedAt ?? now : nil))
      ON CONFLICT (address) DO UPDATE SET failures = excluded.failures, last_at = excluded.last_at,
        status = excluded.status, words = excluded.words, ended_at = excluded.ended_at
      """)
    if ends { try MailStore(db: db).failWaiting(for: address, trouble: Self.trouble(status.description), now: now) }
  }

  static func trouble(_ status: String) -> String { "Letters to this address come back (\(status))" }

  /// Somebody has shown that letters arrive there, or says so.
  func clear(_ address: String) throws { try db.run("DELETE FROM address_trouble WHERE address = \(address)") }
}

extension AddressTrouble: RowReadable {
  init(row: Row) throws {
    address = try row.read("address")
    failures = try row.read("failures")
    lastAt = try row.read("last_at")
    status = try row.read("status")
    words = try row.read("words")
    endedAt = try row.read("ended_at")
  }
}
