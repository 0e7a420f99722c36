import SignIn
import Storage

/// Every SQL statement about the keys of authenticator apps. They are sealed, each for its person, under a secret that
/// is neither in the database nor in its backups; open ones are of a server that has no secret.
struct AuthenticatorKeyStore {
  let db: any Transaction
  let seal: KeySeal?

  struct Factor {
    let email: String
    let key: Key
    /// The last step whose code was used; none at or before it is taken again.
    let spentStep: Int64
  }

  enum Key {
    case none
    case open(OneTimePassword)
    /// There is one, and nobody can check digits against it: the server's secret is another one, or none.
    case closed
  }

  func factor(of person: Person.ID) throws -> Factor {
    let row = try db.rows("SELECT email, totp_secret, totp_step FROM person WHERE id = \(person)").first.orRefuse(
      .notFound)
    return Factor(
      email: try row.read("email"), key: open(try row.read("totp_secret"), of: person),
      spentStep: Int64(try row.read("totp_step", as: Int.self)))
  }

  private func open(_ kept: String?, of person: Person.ID) -> Key {
    guard let kept else { return .none }
    let text = KeySeal.isSealed(kept) ? try? seal?.open(kept, for: owner(person)) : kept
    return text.flatMap { OneTimePassword(base32: $0) }.map { .open($0) } ?? .closed
  }

  func set(_ secret: String, of person: Person.ID, step: Int64) throws {
    let kept = try seal?.close(secret, for: owner(person)) ?? secret
    try db.run("UPDATE person SET totp_secret = \(kept), totp_step = \(Int(step)) WHERE id = \(person)")
  }

  func spend(step: Int64, of person: Person.ID) throws {
    try db.run("UPDATE person SET totp_step = \(Int(step)) WHERE id = \(person)")
  }

  private func owner(_ person: Person.ID) -> String { "authenticator of \(person)" }

  // MARK: all of them

  /// Seals those that are open. Servers that start at once do it once.
  ///
  /// - Returns: how many.
  func sealOpen() throws -> Int {
    guard let seal else { return 0 }
    var count = 0
    for (person, kept) in try all() where !KeySeal.isSealed(kept) {
      let sealed = try seal.close(kept, for: owner(person))
      count += try db.run(
        "UPDATE person SET totp_secret = \(sealed) WHERE id = \(person) AND totp_secret = \(kept)")
    }
    return count
  }

  struct Count: Equatable, Sendable {
    /// Kept as they are.
    var bare = 0
    var sealed = 0
    /// Sealed, and this server's secret does not open them.
    var closed = 0
  }

  func count() throws -> Count {
    var count = Count()
    for (person, kept) in try all() {
      if !KeySeal.isSealed(kept) {
        count.bare += 1
      } else if case .open = open(kept, of: person) {
        count.sealed += 1
      } else {
        count.closed += 1
      }
    }
    return count
  }

  private func all() throws -> [(Person.ID, String)] {
    try db.rows("SELECT id, totp_secret FROM person WHERE totp_secret IS NOT NULL ORDER BY id").map {
      (try $0.read("id"), try $0.read("totp_secret"))
    }
  }
}
