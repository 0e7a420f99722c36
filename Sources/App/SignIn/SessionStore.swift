import Storage

/// Every SQL statement about sessions.
struct SessionStore {
  let db: any Transaction

  /// A session with what the viewer is made of.
  struct Found {
    let session: Session
    let name: String
    let theme: Theme
    let hasKeys: Bool
    /// Whether an authenticator app is set up.
    let hasSecondFactor: Bool
    let unread: Int
    let roles: [Role]
    /// Whose account the office looks at in this session; nil where it does not.
    var acting: ActedAccount?
  }

  /// The account that the office acts on.
  struct ActedAccount {
    let person: Person.ID
    let name: String
    let theme: Theme
    let hasKeys: Bool
    let unread: Int
    let roles: [Role]
    let until: Instant
  }

  /// The living session of `token`: not expired, not idle for longer than `idle`, its person not suspended.
  func find(token: String, now: Instant, idle: Span) throws -> Found? {
    try find(Session.key(of: token), now: now, idle: idle)
  }

  func find(_ id: Session.ID, now: Instant, idle: Span) throws -> Found? {
    let row = try db.rows(
      """
      SELECT s.token_hash, s.person_id, s.created_at, s.seen_at, s.expires_at, s.agent, s.address, s.second_factor_at,
             s.proved_at,
             s.acting_as, s.acting_until, p.name, p.theme, p.keys, CASE WHEN p.totp_secret IS NULL THEN 0 ELSE 1 END AS has_factor,
             (SELECT count(*) FROM notice n WHERE n.person_id = p.id AND n.read_at IS NULL) AS unread
      FROM session s JOIN person p ON p.id = s.person_id
      WHERE s.token_hash = \(id) AND s.expires_at > \(now) AND s.seen_at > \(now - idle)
        AND p.suspended_at IS NULL
      """
    ).first
    guard let row else { return nil }
    let session = try Session(row: row)
    var found = Found(
      session: session, name: try row.read("name"), theme: Theme(rawValue: try row.read("theme")) ?? .system,
      hasKeys: try row.read("keys"), hasSecondFactor: try row.read("has_factor"), unread: try row.read("unread"),
      roles: try RoleStore(db: db).inForce(for: session.person, now: now))
    if let person = try row.read("acting_as", as: Person.ID?.self),
      let until = try row.read("acting_until", as: Instant?.self), until > now,
      until <= now + Acting.lifetime + .drift
    {
      found.acting = try acted(person, until: until, now: now)
    }
    return found
  }

  private func acted(_ person: Person.ID, until: Instant, now: Instant) throws -> ActedAccount? {
    let row = try db.rows(
      """
      SELECT p.name, p.theme, p.keys,
        (SELECT count(*) FROM notice n WHERE n.person_id = p.id AND n.read_at IS NULL) AS unread
      FROM person p WHERE p.id = \(person) AND p.suspended_at IS NULL
      """
    ).first
    guard let row else { return nil }
    return ActedAccount(
      person: person, name: try row.read("name"), theme: Theme(rawValue: try row.read("theme")) ?? .system,
      hasKeys: try row.read("keys"), unread: try row.read("unread"),
      roles: try RoleStore(db: db).inForce(for: person, now: now), until: until)
  }

  func add(
    token: String, person: Person.ID, now: Instant, lifetime: Span, agent: String, address: String,
    secondFactorAt: Instant? = nil
  ) throws {
    try db.run(
      """
      INSERT INTO session (token_hash, person_id, created_at, seen_at, expires_at, agent, address, second_factor_at, proved_at)
      VALUES (\(Session.key(of: token)), \(person), \(now), \(now), \(now + lifetime), \(String(agent.prefix(200))),
              \(address), \(secondFactorAt), \(now))
      """)
  }

  func touch(_ id: Session.ID, now: Instant) throws {
    try db.run("UPDATE session SET seen_at = \(now) WHERE token_hash = \(id)")
  }

  /// Says that the second factor was shown, and gives the session a new token: one that was read before opens nothing.
  func markSecondFactor(_ id: Session.ID, token: String, now: Instant) throws {
    try db.run(
      """
      UPDATE session SET token_hash = \(Session.key(of: token)), second_factor_at = \(now), proved_at = \(now)
      WHERE token_hash = \(id)
      """)
  }

  /// Says that its person is there, and gives the session a new token, as `markSecondFactor` does.
  func markProof(_ id: Session.ID, token: String, now: Instant) throws {
    try db.run(
      "UPDATE session SET token_hash = \(Session.key(of: token)), proved_at = \(now) WHERE token_hash = \(id)")
  }

  /// A person's living sessions, the latest used first.
  func all(of person: Person.ID, now: Instant) throws -> [Session] {
    try db.all(
      """
      SELECT token_hash, person_id, created_at, seen_at, expires_at, agent, address, second_factor_at, proved_at
      FROM session WHERE person_id = \(person) AND expires_at > \(now) ORDER BY seen_at DESC, token_hash LIMIT 100
      """)
  }

  func end(_ id: Session.ID, of person: Person.ID) throws {
    try db.run("DELETE FROM session WHERE token_hash = \(id) AND person_id = \(person)")
    db.notify(ProcessWord.access(person).text)
  }

  func endAll(of person: Person.ID, except kept: Session.ID? = nil) throws {
    try db.run("DELETE FROM session WHERE person_id = \(person) AND token_hash IS DISTINCT FROM \(kept)")
    db.notify(ProcessWord.access(person).text)
  }

  /// Removes what nobody can use any more.
  func sweep(now: Instant) throws {
    try db.run("DELETE FROM session WHERE expires_at < \(now)")
    try db.run("DELETE FROM sign_in_code WHERE expires_at < \(now - .days(1))")
    try db.run("DELETE FROM kept_form WHERE created_at < \(now - .days(1))")
  }
}
