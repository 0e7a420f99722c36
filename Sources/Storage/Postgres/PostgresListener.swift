import Foundation

/// Hears what transactions notify (LISTEN), on a connection and a thread of its own. A connection that is lost is opened
/// again, the pauses between attempts growing to five seconds.
final class PostgresListener: Sendable {
  private let address: PostgresAddress
  private let limits: DatabaseLimits
  private let listener: AsyncStream<DatabaseEvent>.Continuation
  private let interruption = Interruption()

  /// How often a silent connection is asked whether it still lives.
  private static let proof = Duration.seconds(20)

  init(_ address: PostgresAddress, _ limits: DatabaseLimits, _ listener: AsyncStream<DatabaseEvent>.Continuation) {
    self.address = address
    // A server that does not answer at once is taken as gone: whoever listens must know soon.
    var own = limits
    own.statement = min(limits.statement, .seconds(5))
    self.limits = own
    self.listener = listener
  }

  /// Runs until nobody listens any more.
  func start() {
    listener.onTermination = { [interruption] _ in interruption.cancel() }
    Thread.detachNewThread { [self] in
      var pause = Duration.milliseconds(100)
      while !interruption.isCancelled {
        if listen() { pause = .milliseconds(100) }
        rest(pause)
        pause = min(pause * 2, .seconds(5))
      }
    }
  }

  /// - Returns: once the connection is lost, whether there was one.
  private func listen() -> Bool {
    var wasListening = false
    do {
      let connection = try PostgresConnection(to: address, limits: limits)
      try connection.listen()
      listener.yield(.listening)
      wasListening = true
      var heardAt = ContinuousClock.now
      while !interruption.isCancelled {
        for words in try connection.notifications(waiting: .seconds(1)) {
          listener.yield(.notified(words))
          heardAt = .now
        }
        guard ContinuousClock.now - heardAt > Self.proof else { continue }
        try connection.script("SELECT 1", Interruption())
        heardAt = .now
      }
    } catch {
      listener.yield(.interrupted)
    }
    return wasListening
  }

  private func rest(_ pause: Duration) {
    guard !interruption.isCancelled else { return }
    Thread.sleep(forTimeInterval: Double(pause.milliseconds) / 1000)
  }
}

extension PostgresConnection {
  /// Each schema has a channel, so that several sites in one database do not hear each other.
  func listen() throws {
    let answer = try execute(
      SQL("SELECT 'league_' || left(current_schema(), 50) AS channel").rendered(for: .postgres), Interruption())
    guard let channel: String = try answer.rows.first?.read("channel") else {
      throw DatabaseError.unsuitable("the database has no schema")
    }
    try script("LISTEN \(dialect.quoted(channel))", Interruption())
  }

  func notify(_ notifications: Notifications) throws {
    for words in notifications.words {
      // What the function gives is nothing, which has no type of ours.
      let statement: SQL = "SELECT 1 AS told FROM pg_notify('league_' || left(current_schema(), 50), \(words))"
      _ = try execute(statement.rendered(for: .postgres), Interruption())
    }
  }
}
