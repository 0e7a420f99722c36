import Storage

/// What the office's front page counts, beyond memberships.
struct OfficeStore {
  let db: any Transaction

  /// Something that was done with a right that others do not have.
  struct Deed: Sendable, Equatable {
    let at: Instant
    let by: String
    let action: String
    let detail: String
  }

  func waitingLetters() throws -> Int {
    try db.value("n", "SELECT count(*) AS n FROM mail WHERE sent_at IS NULL AND failed_at IS NULL AND due_at > 0") ?? 0
  }

  /// Pairs of schools that look like one.
  func openDuplicates() throws -> Int {
    try db.value("n", "SELECT count(*) AS n FROM school_duplicate WHERE verdict IS NULL") ?? 0
  }

  /// The latest first.
  func acts(limit: Int) throws -> [Deed] {
    try db.rows(
      """
      SELECT a.at, a.action, a.detail, p.name FROM audit a LEFT JOIN person p ON p.id = a.person_id
      ORDER BY a.at DESC, a.id DESC LIMIT \(limit)
      """
    ).map { row in
      Deed(
        at: try row.read("at"), by: try row.read("name", as: String?.self) ?? "Command line",
        action: try row.read("action"), detail: try row.read("detail"))
    }
  }
}
