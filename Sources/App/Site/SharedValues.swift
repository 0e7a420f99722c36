import Synchronization

/// What says the same to every reader and costs much to make, such as the evidence of an idea with its charts: made once,
/// kept for half a minute, forgotten as soon as anything is posted. What only one reader may see never goes in here; the
/// key holds all that the value depends on.
///
/// Pages for visitors are kept whole, see `PageCache`; this is what signed-in readers share.
package final class SharedValues: Sendable {
  static let lifetime = PageCache.lifetime
  /// An idea with 200 trials takes about 300 KB, most values far less.
  static let most = 100

  private struct Kept: Sendable {
    let value: any Sendable
    let until: Instant
  }

  private struct State: Sendable {
    var values: [String: Kept] = [:]
    /// Raised by each `empty()`, so that a value made before a change is not kept after it.
    var generation = 0
    var isDeaf = false
  }

  private let state = Mutex(State())

  package init() {}

  var count: Int { state.withLock { $0.values.count } }

  /// The kept value of `key`, or else a new one.
  ///
  /// - Parameter keeps: whether the value is worth its room, where some are far larger than others.
  func value<Value: Sendable>(
    _ key: String, now: Instant, keeps: @Sendable (Value) -> Bool = { _ in true },
    make: @Sendable () async throws -> Value
  ) async throws -> Value {
    let (kept, generation) = state.withLock { ($0.values[key], $0.generation) }
    if let kept, kept.until > now, kept.until <= now + Self.lifetime + .drift, let value = kept.value as? Value {
      return value
    }
    let value = try await make()
    if keeps(value) { keep(value, as: key, generation: generation, now: now) }
    return value
  }

  /// Forgets everything: something has changed.
  func empty() {
    state.withLock { $0 = State(generation: $0.generation &+ 1, isDeaf: $0.isDeaf) }
  }

  /// Nothing is kept while nothing is heard of what others change; see `PageCache`.
  func setDeaf(_ isDeaf: Bool) { state.withLock { $0.isDeaf = isDeaf } }

  private func keep(_ value: any Sendable, as key: String, generation: Int, now: Instant) {
    guard key.utf8.count <= PageCache.longestAddress else { return }
    state.withLock { state in
      guard state.generation == generation, !state.isDeaf else { return }
      if state.values.count >= Self.most { state.values = state.values.filter { $0.value.until > now } }
      while state.values.count >= Self.most, let oldest = state.values.min(by: { $0.value.until < $1.value.until }) {
        state.values[oldest.key] = nil
      }
      state.values[key] = Kept(value: value, until: now + Self.lifetime)
    }
  }
}
