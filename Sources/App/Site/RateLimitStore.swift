import SignIn
import Storage

/// How often something may be done: `count` at once, refilled evenly within `span`.
struct RateLimit: Sendable {
  /// What is counted and for whom, such as `code:ana@school.org`.
  let key: String
  let count: Int
  let span: Span

  init(_ key: String, _ count: Int, per span: Span) {
    self.key = key
    self.count = count
    self.span = span
  }
}

/// Every SQL statement about limits that all processes count together. A token bucket is one number, the moment when it
/// is full again (the generic cell rate algorithm, ITU-T I.371); a row whose moment has passed says nothing.
struct RateLimitStore {
  let db: any Transaction

  /// Takes one of `limit`.
  ///
  /// - Returns: nil, or the whole seconds until one more is allowed.
  func take(_ limit: RateLimit, now: Instant) throws -> Int? {
    // Keys hold addresses, which nobody needs to read.
    let key = sha256(limit.key)
    let one = Span(milliseconds: limit.span.milliseconds / Int64(limit.count))
    let latest = now + limit.span - one
    // Further ahead lies only what was counted while the clock was: it says nothing.
    let ahead = now + limit.span + .drift
    let taken = try db.run(
      """
      INSERT INTO rate_limit (key, full_at) VALUES (\(key), \(now + one))
      ON CONFLICT (key) DO UPDATE
      SET full_at = \(one.milliseconds)
        + CASE WHEN rate_limit.full_at BETWEEN \(now) AND \(ahead) THEN rate_limit.full_at ELSE \(now) END
      WHERE rate_limit.full_at <= \(latest) OR rate_limit.full_at > \(ahead)
      """)
    if taken > 0 { return nil }
    let fullAt: Instant = try db.value("full_at", "SELECT full_at FROM rate_limit WHERE key = \(key)") ?? now
    return max(1, Int(((fullAt - latest).milliseconds + 999) / 1000))
  }

  /// Removes what says nothing any more.
  func sweep(now: Instant) throws { try db.run("DELETE FROM rate_limit WHERE full_at <= \(now)") }
}

extension Site {
  /// Counts for all processes what guesses, sends letters or costs much. It stays counted when what follows fails.
  ///
  /// - Parameter limits: asked in their order; the first that refuses leaves those behind it as they are.
  /// - Throws: `Refusal.tooMany` with the whole seconds until one more is allowed.
  func take(_ limits: RateLimit..., now: Instant) async throws {
    // Not what the form itself changes: kept pages may stay.
    let wait = try await Announcement.$current.withValue(nil) {
      try await database.write { db -> Int? in
        for limit in limits {
          if let wait = try RateLimitStore(db: db).take(limit, now: now) { return wait }
        }
        return nil
      }
    }
    if let wait { throw Refusal.tooMany(retryAfter: wait) }
  }
}
