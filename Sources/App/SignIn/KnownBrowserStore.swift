import SignIn
import Storage

/// Which browsers a person has signed in with, by the hash of the secret in the browser's own cookie.
struct KnownBrowserStore {
  let db: any Transaction

  /// - Returns: whether it is new to somebody who is known by others: the first browser of an account surprises nobody.
  func note(_ browser: String, of person: Person.ID, now: Instant) throws -> Bool {
    let hash = sha256(browser)
    let isKnown =
      try db.run("UPDATE known_browser SET last_at = \(now) WHERE person_id = \(person) AND browser_hash = \(hash)")
      == 1
    if isKnown { return false }
    let hasOthers = try !db.rows("SELECT browser_hash FROM known_browser WHERE person_id = \(person) LIMIT 1").isEmpty
    try db.run(
      """
      INSERT INTO known_browser (person_id, browser_hash, first_at, last_at)
      VALUES (\(person), \(hash), \(now), \(now))
      """)
    return hasOthers
  }
}
