import SignIn
import Storage

/// The way in while no office account exists: a link that the server prints, good once and only until there is one.
package struct FirstOffice {
  let site: Site

  package init(site: Site) { self.site = site }

  /// Nil when somebody holds the office already. Each call makes the older links worthless.
  package func link() async throws -> String? {
    let (token, id, now) = (site.newSecret(), site.newID(), site.now())
    let isNeeded = try await site.database.write { db in
      guard try Self.isNeeded(db, now: now) else { return false }
      try db.run("DELETE FROM sign_in_code WHERE purpose = 'first-office'")
      try db.run(
        """
        INSERT INTO sign_in_code (id, email, purpose, code_hash, browser_hash, created_at, expires_at)
        VALUES (\(id), '', 'first-office', \(sha256(token)), '', \(now), \(now + .days(7)))
        """)
      return true
    }
    return isNeeded ? "\(site.settings.origin)/first-office/\(token)" : nil
  }

  static func isNeeded(_ db: any Transaction, now: Instant) throws -> Bool {
    // `state IS NULL` holds for every office role, and lets the index on states find them.
    try db.rows(
      """
      SELECT id FROM role
      WHERE state IS NULL AND kind = 'office' AND (ends_at IS NULL OR ends_at > \(now)) LIMIT 1
      """
    ).isEmpty
  }

  static func isValid(_ token: String, _ db: any Transaction, now: Instant) throws -> Bool {
    try isNeeded(db, now: now)
      && !db.rows(
        """
        SELECT id FROM sign_in_code
        WHERE purpose = 'first-office' AND code_hash = \(sha256(token)) AND spent_at IS NULL AND expires_at > \(now)
        """
      ).isEmpty
  }
}
