import GRDBSQLite

/// Ends a statement of SQLite that takes too long, or that nobody waits for any more.
final class StatementWatch {
  let interruption: Interruption
  /// The longest time of a statement; nil for no limit.
  var limit: Duration?
  private var deadline: ContinuousClock.Instant?

  init(_ interruption: Interruption, limit: Duration) {
    self.interruption = interruption
    self.limit = limit
  }

  /// A statement begins now.
  func begin() { deadline = limit.map { ContinuousClock.now + $0 } }

  /// SQLite asks every 4,000 of its steps, which is about every 100 µs.
  func start(on handle: OpaquePointer?) {
    sqlite3_progress_handler(
      handle, 4000,
      { context in
        guard let context else { return 0 }
        return Unmanaged<StatementWatch>.fromOpaque(context).takeUnretainedValue().isOver ? 1 : 0
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  func stop(on handle: OpaquePointer?) { sqlite3_progress_handler(handle, 0, nil, nil) }

  private var isOver: Bool {
    interruption.isCancelled || deadline.map { ContinuousClock.now > $0 } ?? false
  }
}
