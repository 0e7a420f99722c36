/// How long a database may take, and who hears of slow statements.
public struct DatabaseLimits: Sendable {
  /// The longest time of one statement.
  public var statement: Duration
  /// The longest wait for others who write.
  public var lock: Duration
  /// The longest time to reach a database server.
  public var connect: Duration
  /// From here on a statement counts as slow.
  public var slow: Duration
  /// Hears of each slow statement, on the database's thread: be quick, as a line in the log is.
  public var onSlow: (@Sendable (SlowStatement) -> Void)?

  public init(
    statement: Duration = .seconds(30), lock: Duration = .seconds(5), connect: Duration = .seconds(5),
    slow: Duration = .milliseconds(200), onSlow: (@Sendable (SlowStatement) -> Void)? = nil
  ) {
    self.statement = statement
    self.lock = lock
    self.connect = connect
    self.slow = slow
    self.onSlow = onSlow
  }
}

/// A statement that took longer than `DatabaseLimits.slow`. It has no values, so it can be logged.
public struct SlowStatement: Sendable {
  public let text: String
  public let duration: Duration
}

extension Duration {
  /// Whole milliseconds, at least 0.
  var milliseconds: Int64 {
    max(0, components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000)
  }
}
