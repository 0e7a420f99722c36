import Synchronization

/// Says to work on a database thread that the task which asked for it was cancelled.
final class Interruption: Sendable {
  private let cancelled = Atomic<Bool>(false)

  var isCancelled: Bool { cancelled.load(ordering: .relaxed) }
  func cancel() { cancelled.store(true, ordering: .relaxed) }

  func check() throws {
    if isCancelled { throw CancellationError() }
  }
}
