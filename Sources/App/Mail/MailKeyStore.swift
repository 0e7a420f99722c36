import Storage

/// The key that signs the League's own addresses, made when it is first needed. It never leaves the database.
struct MailKeyStore {
  let db: any Transaction

  /// - Parameter fresh: taken when there is none yet.
  func key(fresh: String, now: Instant) throws -> String {
    if let key = try find() { return key }
    try db.run("INSERT INTO mail_key (name, secret, made_at) VALUES ('addresses', \(fresh), \(now))")
    return fresh
  }

  func find() throws -> String? {
    try db.value("secret", "SELECT secret FROM mail_key WHERE name = 'addresses'")
  }
}
