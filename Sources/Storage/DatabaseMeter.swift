import Synchronization

/// Adds up what a task asked of its databases, for the log line of a request and for tests that count statements.
///
///     let meter = DatabaseMeter()
///     try await DatabaseMeter.$current.withValue(meter) { try await next(request) }
///     log(meter.milliseconds, meter.statements)
public final class DatabaseMeter: Sendable {
  /// The meter of the running task and its children, if any.
  @TaskLocal public static var current: DatabaseMeter?

  private let busy = Atomic<Int64>(0)
  private let waiting = Atomic<Int64>(0)
  private let count = Atomic<Int>(0)

  public init() {}

  /// Time inside transactions, milliseconds.
  public var milliseconds: Double { Double(busy.load(ordering: .relaxed)) / 1e6 }

  /// Time spent waiting for a free thread of the database, milliseconds.
  public var waitedMilliseconds: Double { Double(waiting.load(ordering: .relaxed)) / 1e6 }

  /// The number of statements, without BEGIN and COMMIT.
  public var statements: Int { count.load(ordering: .relaxed) }

  func add(busy: Duration) { self.busy.add(busy.nanoseconds, ordering: .relaxed) }
  func add(waiting: Duration) { self.waiting.add(waiting.nanoseconds, ordering: .relaxed) }
  func countStatement() { count.add(1, ordering: .relaxed) }
}

extension Duration {
  fileprivate var nanoseconds: Int64 { components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000 }
}
