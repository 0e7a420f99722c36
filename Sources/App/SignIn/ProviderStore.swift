import SignIn
import Storage

/// Every SQL statement about signing in through a provider.
struct ProviderStore {
  let db: any Transaction

  // MARK: a question on its way

  /// What was asked of a provider, to be held against what comes back.
  struct Question: Sendable, RowReadable {
    let provider: String
    let nonce: String
    let verifier: String
    let next: String

    init(row: Row) throws {
      provider = try row.read("provider")
      nonce = try row.read("nonce")
      verifier = try row.read("verifier")
      next = try row.read("next")
    }
  }

  static let questionLifetime = Span.minutes(10)
  static let offerLifetime = Span.minutes(30)

  func ask(
    _ provider: Provider, state: String, nonce: String, verifier: String, browser: String, next: String, now: Instant
  ) throws {
    try db.run(
      """
      INSERT INTO provider_request (state_hash, provider, nonce, verifier, browser_hash, next, created_at, expires_at)
      VALUES (\(sha256(state)), \(provider.id), \(nonce), \(verifier), \(sha256(browser)), \(next), \(now),
        \(now + Self.questionLifetime))
      """)
  }

  /// Good once, and only in the browser that asked; nil otherwise.
  func spend(state: String, browser: String, now: Instant) throws -> Question? {
    try db.first(
      """
      UPDATE provider_request SET spent_at = \(now)
      WHERE state_hash = \(sha256(state)) AND browser_hash = \(sha256(browser)) AND spent_at IS NULL
        AND expires_at > \(now)
      RETURNING provider, nonce, verifier, next
      """)
  }

  // MARK: whose account it is

  /// The person whom this account at a provider opens.
  func person(of identity: ProviderIdentity, now: Instant) throws -> Person.ID? {
    try db.run(
      "UPDATE sign_in_identity SET used_at = \(now) WHERE issuer = \(identity.issuer) AND subject = \(identity.subject)"
    )
    // Of two accounts that were made one, the one that stayed.
    return try db.value(
      "person",
      """
      SELECT coalesce(p.merged_into, p.id) AS person FROM sign_in_identity i JOIN person p ON p.id = i.person_id
      WHERE i.issuer = \(identity.issuer) AND i.subject = \(identity.subject)
      """)
  }

  /// - Returns: false when it opens somebody's account already.
  func link(issuer: String, subject: String, to person: Person.ID, now: Instant) throws -> Bool {
    try db.run(
      """
      INSERT INTO sign_in_identity (issuer, subject, person_id, linked_at, used_at)
      VALUES (\(issuer), \(subject), \(person), \(now), \(now)) ON CONFLICT (issuer, subject) DO NOTHING
      """) == 1
  }

  struct Link: Sendable, RowReadable {
    let issuer: String
    let subject: String
    let linkedAt: Instant
    let usedAt: Instant

    init(row: Row) throws {
      issuer = try row.read("issuer")
      subject = try row.read("subject")
      linkedAt = try row.read("linked_at")
      usedAt = try row.read("used_at")
    }

    init(issuer: String, subject: String, linkedAt: Instant, usedAt: Instant) {
      self.issuer = issuer
      self.subject = subject
      self.linkedAt = linkedAt
      self.usedAt = usedAt
    }
  }

  func links(of person: Person.ID) throws -> [Link] {
    try db.all(
      """
      SELECT issuer, subject, linked_at, used_at FROM sign_in_identity
      WHERE person_id = \(person) ORDER BY linked_at, issuer, subject LIMIT 20
      """)
  }

  func unlink(issuer: String, subject: String, of person: Person.ID) throws -> Bool {
    try db.run(
      "DELETE FROM sign_in_identity WHERE issuer = \(issuer) AND subject = \(subject) AND person_id = \(person)") == 1
  }

  // MARK: an account that nobody has linked yet

  /// What a provider told, kept until the person shows that a League account of that address is theirs.
  struct Offer: Sendable, RowReadable {
    let id: String
    let issuer: String
    let subject: String
    let email: String
    let name: String
    let next: String

    init(row: Row) throws {
      id = try row.read("id")
      issuer = try row.read("issuer")
      subject = try row.read("subject")
      email = try row.read("email")
      name = try row.read("name")
      next = try row.read("next")
    }

    init(id: String, issuer: String, subject: String, email: String, name: String, next: String) {
      self.id = id
      self.issuer = issuer
      self.subject = subject
      self.email = email
      self.name = name
      self.next = next
    }
  }

  func offer(_ identity: ProviderIdentity, id: String, browser: String, next: String, now: Instant) throws {
    try db.run(
      """
      INSERT INTO identity_offer (id, issuer, subject, email, name, browser_hash, next, expires_at)
      VALUES (\(id), \(identity.issuer), \(identity.subject), \(identity.email.description), \(identity.name),
        \(sha256(browser)), \(next), \(now + Self.offerLifetime))
      """)
  }

  func offer(_ id: String, browser: String, now: Instant) throws -> Offer? {
    try db.first(
      """
      SELECT id, issuer, subject, email, name, next FROM identity_offer
      WHERE id = \(id) AND browser_hash = \(sha256(browser)) AND spent_at IS NULL AND expires_at > \(now)
      """)
  }

  /// Links what this browser was offered for an address, now that the address has shown itself.
  ///
  /// - Returns: the offer that was taken; nil when there was none.
  func takeOffer(email: String, browser: String, by person: Person.ID, now: Instant) throws -> Offer? {
    let found: Offer? = try db.first(
      """
      SELECT id, issuer, subject, email, name, next FROM identity_offer
      WHERE browser_hash = \(sha256(browser)) AND email = \(email) AND spent_at IS NULL AND expires_at > \(now)
      ORDER BY expires_at DESC, id DESC LIMIT 1
      """)
    guard let found else { return nil }
    return try take(found, by: person, now: now) ? found : nil
  }

  /// - Returns: false when it was taken before, or opens somebody's account already.
  func take(_ offer: Offer, by person: Person.ID, now: Instant) throws -> Bool {
    let isFirst =
      try db.run("UPDATE identity_offer SET spent_at = \(now) WHERE id = \(offer.id) AND spent_at IS NULL") == 1
    return try isFirst && link(issuer: offer.issuer, subject: offer.subject, to: person, now: now)
  }

  /// Removes what nobody can use any more.
  func sweep(now: Instant) throws {
    try db.run("DELETE FROM provider_request WHERE expires_at < \(now - .days(1))")
    try db.run("DELETE FROM identity_offer WHERE expires_at < \(now - .days(1))")
  }
}
