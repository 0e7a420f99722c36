/// Token buckets in the memory of one process, one for each key: the limit on all requests, which must cost nothing.
/// What guesses, mails or costs is counted for all processes, see `RateLimitStore`.
package actor RateLimiter {
  /// `count` at once, refilled evenly within `span`.
  package struct Limit: Sendable {
    let count: Int
    let span: Span

    package init(_ count: Int, per span: Span) {
      self.count = count
      self.span = span
    }
  }

  private struct Bucket {
    var tokens: Double
    var at: Instant
  }

  private var buckets: [String: Bucket] = [:]
  private var nextSweep = Instant(milliseconds: 0)

  package init() {}

  /// - Throws: `Refusal.tooMany` with the whole seconds until one more is allowed.
  package func take(_ key: String, _ limit: Limit, now: Instant) throws(Refusal) {
    if now > nextSweep || nextSweep - Self.pause > now { sweep(now) }
    let rate = Double(limit.count) / Double(limit.span.milliseconds)
    var bucket = buckets[key] ?? Bucket(tokens: Double(limit.count), at: now)
    let waited = max(0, Double(now.milliseconds - bucket.at.milliseconds))
    bucket.tokens = min(Double(limit.count), bucket.tokens + waited * rate)
    bucket.at = now
    defer { buckets[key] = bucket }
    guard bucket.tokens >= 1 else {
      throw .tooMany(retryAfter: max(1, Int(((1 - bucket.tokens) / rate / 1000).rounded(.up))))
    }
    bucket.tokens -= 1
  }

  private static let pause = Span.minutes(5)

  /// Forgets what has been idle for an hour, so that memory stays small under a flood of addresses.
  private func sweep(_ now: Instant) {
    nextSweep = now + Self.pause
    buckets = buckets.filter { $0.value.at.isWithin(.hours(1), before: now) }
  }
}
