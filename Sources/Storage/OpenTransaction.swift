/// What a connection of either engine can do; `OpenTransaction` adds all that is the same on both.
protocol EngineConnection: AnyObject {
  var dialect: Dialect { get }

  /// Runs one statement.
  ///
  /// - Throws: `DatabaseError`, or `CancellationError` when `interruption` says so.
  func execute(_ statement: RenderedSQL, _ interruption: Interruption) throws -> Answer

  /// Runs statements without values.
  func script(_ text: String, _ interruption: Interruption) throws

  /// Lets the rest of the open transaction's statements take as long as they need.
  func liftTimeLimit() throws
}

/// What one statement gave.
struct Answer {
  var rows: [Row] = []
  var changed = 0
}

/// A transaction that has begun on a connection; the engine's database begins and ends it.
final class OpenTransaction: Transaction {
  private let connection: any EngineConnection
  private let errand: Errand
  private let limits: DatabaseLimits
  private var depth = 0

  private(set) var notifications = Notifications()

  /// The error that ended the transaction, if one did.
  private(set) var failure: (any Error)?

  init(_ connection: any EngineConnection, errand: Errand, limits: DatabaseLimits) {
    self.connection = connection
    self.errand = errand
    self.limits = limits
    if let announcement = errand.announcement { notify(announcement) }
  }

  func notify(_ words: String) { notifications.add(words) }

  var dialect: Dialect { connection.dialect }

  func rows(_ sql: SQL) throws -> [Row] { try execute(sql).rows }

  @discardableResult func run(_ sql: SQL) throws -> Int { try execute(sql).changed }

  func script(_ sql: SQL) throws {
    let statement = sql.rendered(for: dialect)
    guard statement.values.isEmpty else { throw DatabaseError.value("values in a script") }
    try measured(statement.text) { try connection.script(statement.text, errand.interruption) }
  }

  func liftTimeLimit() throws { try connection.liftTimeLimit() }

  func savepoint<Value>(_ work: () throws -> Value) throws -> Value {
    depth += 1
    defer { depth -= 1 }
    let (name, told) = (SQL.name("savepoint_\(depth)"), notifications.count)
    try script("SAVEPOINT \(name)")
    do {
      let value = try work()
      try finish()
      try script("RELEASE SAVEPOINT \(name)")
      return value
    } catch {
      guard mayGoOn else { throw failure ?? error }
      failure = nil
      notifications.shorten(to: told)
      try script("ROLLBACK TO SAVEPOINT \(name)")
      try script("RELEASE SAVEPOINT \(name)")
      throw error
    }
  }

  /// - Throws: the error that ended the transaction, so that nothing is kept where the closure has caught it.
  func finish() throws {
    if let failure { throw failure }
    try errand.interruption.check()
  }

  private var mayGoOn: Bool {
    guard let failure else { return true }
    return (failure as? DatabaseError)?.sparesTransaction ?? false
  }

  private func execute(_ sql: SQL) throws -> Answer {
    let statement = sql.rendered(for: dialect)
    return try measured(statement.text) {
      for value in statement.values { try value.checkPortable() }
      return try connection.execute(statement, errand.interruption)
    }
  }

  private func measured<Value>(_ text: String, _ work: () throws -> Value) throws -> Value {
    try finish()
    errand.meter?.countStatement()
    let began = ContinuousClock.now
    defer {
      let duration = ContinuousClock.now - began
      if duration >= limits.slow { limits.onSlow?(SlowStatement(text: text, duration: duration)) }
    }
    do { return try work() } catch {
      failure = error
      throw error
    }
  }
}
