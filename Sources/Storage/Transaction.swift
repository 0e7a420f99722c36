/// The statements of one transaction. Valid only inside the closure it was given to.
///
/// When a statement fails, the transaction is over on both engines: it keeps nothing and refuses further statements with
/// the same error, even where the closure catches it. What may fail and be mended goes into a `savepoint`.
public protocol Transaction {
  var dialect: Dialect { get }

  func rows(_ sql: SQL) throws -> [Row]

  /// - Returns: the number of rows that the statement itself changed, without triggers and cascades.
  @discardableResult func run(_ sql: SQL) throws -> Int

  /// Runs statements without values, separated by semicolons: for schema steps, which need no prepared statement.
  func script(_ sql: SQL) throws

  /// Keeps all of what `work` does, or nothing of it when it throws; in that case the transaction can go on.
  func savepoint<Value>(_ work: () throws -> Value) throws -> Value

  /// Tells everybody who listens to the database's events, in this process and in others, as soon as the transaction is
  /// committed, and never when it is not. The same words twice are told once.
  ///
  /// - Parameter words: fewer than 8,000 bytes; nothing secret, since everybody who may sign in to the database can listen.
  func notify(_ words: String)

  /// From here on the transaction's statements may take as long as they need: for imports, schema steps and ANALYZE.
  func liftTimeLimit() throws
}

extension Transaction {
  @inlinable public func all<Value: RowReadable>(_ sql: SQL, as: Value.Type = Value.self) throws -> [Value] {
    try rows(sql).map(Value.init(row:))
  }

  @inlinable public func first<Value: RowReadable>(_ sql: SQL, as: Value.Type = Value.self) throws -> Value? {
    try rows(sql).first.map(Value.init(row:))
  }

  /// The value of `column` in the first row; nil when there is no row.
  @inlinable public func value<Value: SQLReadable>(_ column: String, _ sql: SQL, as: Value.Type = Value.self) throws
    -> Value?
  {
    try rows(sql).first?.read(column)
  }
}
