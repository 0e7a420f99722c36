import Synchronization

/// Who listens to a SQLite database, within its process.
final class Listeners: Sendable {
  private typealias Listener = AsyncStream<DatabaseEvent>.Continuation

  private let state = Mutex((next: 0, listeners: [Int: Listener]()))

  func add(_ listener: AsyncStream<DatabaseEvent>.Continuation) {
    let key = state.withLock { state in
      state.next += 1
      state.listeners[state.next] = listener
      return state.next
    }
    listener.onTermination = { [self] _ in state.withLock { _ = $0.listeners.removeValue(forKey: key) } }
    listener.yield(.listening)
  }

  func tell(_ notifications: Notifications) {
    guard notifications.count > 0 else { return }
    let listeners = state.withLock { Array($0.listeners.values) }
    for listener in listeners { for words in notifications.words { listener.yield(.notified(words)) } }
  }
}
