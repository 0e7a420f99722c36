import SignIn
import Storage

/// A signed-in browser. The cookie holds the secret token; the database only its hash, which is the session's id.
package struct Session: Sendable, Identifiable, Equatable {
  package let id: Identifier<Session>
  package let person: Person.ID
  package let createdAt: Instant
  package let seenAt: Instant
  package let expiresAt: Instant
  package let agent: String
  package let address: String
  /// When this session showed the second factor; nil when it has not.
  package let secondFactorAt: Instant?
  /// When this session last showed, by whatever it was asked for, that its person is there.
  package let provedAt: Instant

  /// The browser and system that an agent text names, in plain words.
  static func device(_ agent: String) -> String {
    let browser =
      ["Firefox", "Edg", "Chrome", "Safari"].first { agent.contains($0) }.map { $0 == "Edg" ? "Edge" : $0 }
      ?? "A browser"
    let system = ["CrOS", "Windows", "Android", "iPhone", "iPad", "Mac OS X", "Linux"].first { agent.contains($0) }
    return system.map { "\(browser) on \($0 == "CrOS" ? "a Chromebook" : $0)" } ?? browser
  }

  static func key(of token: String) -> Identifier<Session> { Identifier(sha256(token)) }

  /// What each form of the session carries: derived from the secret, so it needs no storage and tells nothing of it.
  static func formToken(for token: String) -> String { String(sha256("form:" + token).prefix(32)) }
}

extension Session: RowReadable {
  package init(row: Row) throws {
    id = try row.read("token_hash")
    person = try row.read("person_id")
    createdAt = try row.read("created_at")
    seenAt = try row.read("seen_at")
    expiresAt = try row.read("expires_at")
    agent = try row.read("agent")
    address = try row.read("address")
    secondFactorAt = try row.read("second_factor_at")
    provedAt = try row.read("proved_at")
  }
}
