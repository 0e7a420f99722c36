import NIOPosix

/// Threads of a database's own, on which all its blocking calls run; work waits in one queue, first come first served.
///
/// As many threads as connections, so that the queue is the wait for a free connection.
final class Threads: Sendable {
  private let pool: NIOThreadPool

  init(count: Int) {
    pool = NIOThreadPool(numberOfThreads: count)
    pool.start()
  }

  deinit { pool.shutdownGracefully { _ in } }

  /// Runs blocking `work` on one of the threads.
  ///
  /// - Throws: what `work` throws; `CancellationError`, when its turn comes, for a task that was cancelled before.
  func run<Value: Sendable>(_ work: @escaping @Sendable (Errand) throws -> Value) async throws -> Value {
    let errand = Errand(meter: DatabaseMeter.current, announcement: Announcement.current)
    let asked = ContinuousClock.now
    return try await withTaskCancellationHandler {
      try await pool.runIfActive {
        let began = ContinuousClock.now
        errand.meter?.add(waiting: began - asked)
        defer { errand.meter?.add(busy: ContinuousClock.now - began) }
        return try work(errand)
      }
    } onCancel: {
      errand.interruption.cancel()
    }
  }
}

/// What a piece of work on a database thread knows of the task that asked for it.
struct Errand: Sendable {
  let interruption = Interruption()
  let meter: DatabaseMeter?
  let announcement: String?
}
