import Storage

/// Every SQL statement about what the office does with an account.
struct AccountCareStore {
  let db: any Transaction

  func find(_ id: Person.ID, now: Instant) throws -> AccountCare? {
    let row = try db.rows(
      """
      SELECT name, email, created_at, suspended_at, suspended_reason, erased_at,
        CASE WHEN totp_secret IS NULL THEN 0 ELSE 1 END AS has_factor
      FROM person WHERE id = \(id) AND merged_into IS NULL
      """
    ).first
    guard let row else { return nil }
    return AccountCare(
      id: id, name: try row.read("name"), email: try row.read("email"), createdAt: try row.read("created_at"),
      suspendedAt: try row.read("suspended_at"), suspendedReason: try row.read("suspended_reason"),
      erasedAt: try row.read("erased_at"), hasSecondFactor: try row.read("has_factor"),
      sessions: try SessionStore(db: db).all(of: id, now: now), roles: try RoleStore(db: db).inForce(for: id, now: now),
      hold: try LegalHoldStore(db: db).inForce(on: id), erasure: try ErasureStore(db: db).open(of: id),
      log: try AuditStore(db: db).concerning(id, limit: 20))
  }

  /// From this moment no request of theirs is theirs: sessions end, and the links by which others enter values for them.
  func suspend(_ id: Person.ID, by office: Person.ID, reason: String, now: Instant) throws {
    try db.run(
      """
      UPDATE person SET suspended_at = \(now), suspended_by = \(office), suspended_reason = \(reason)
      WHERE id = \(id) AND suspended_at IS NULL
      """)
    try endAccess(of: id, now: now)
  }

  func endAccess(of id: Person.ID, now: Instant) throws {
    try SessionStore(db: db).endAll(of: id)
    try db.run("UPDATE session SET acting_as = NULL, acting_until = NULL WHERE acting_as = \(id)")
    try db.run("UPDATE entry_link SET ended_at = \(now) WHERE by_id = \(id) AND ended_at IS NULL")
    try SearchSources(db: db).refresh(person: id, now: now)
  }

  func restore(_ id: Person.ID, now: Instant) throws {
    try db.run(
      """
      UPDATE person SET suspended_at = NULL, suspended_by = NULL, suspended_reason = ''
      WHERE id = \(id) AND erased_at IS NULL AND merged_into IS NULL
      """)
    try SearchSources(db: db).refresh(person: id, now: now)
  }

  // MARK: acting

  func act(as person: Person.ID, in session: Session.ID, until end: Instant) throws {
    try db.run("UPDATE session SET acting_as = \(person), acting_until = \(end) WHERE token_hash = \(session)")
  }

  func stopActing(in session: Session.ID) throws {
    try db.run("UPDATE session SET acting_as = NULL, acting_until = NULL WHERE token_hash = \(session)")
  }
}
