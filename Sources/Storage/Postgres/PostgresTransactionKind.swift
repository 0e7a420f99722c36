/// How a transaction begins and ends on PostgreSQL.
enum PostgresTransactionKind {
  case read
  case write
  /// A write that takes its turn among those that were refused before. The lock is taken before the transaction begins,
  /// since a transaction's snapshot is older than its first wait.
  case writeInTurn

  var beginning: String {
    switch self {
    case .read: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    case .write, .writeInTurn: "BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE"
    }
  }
}

extension PostgresConnection {
  /// The key of the advisory lock of refused writes: the letters "league" as a number.
  private static var turn: String { "119182890886501" }

  func begin(_ kind: PostgresTransactionKind) throws {
    let nobody = Interruption()
    if kind == .writeInTurn { try script("SELECT pg_advisory_lock(\(Self.turn))", nobody) }
    try script(kind.beginning, nobody)
  }

  /// Runs `work` in the transaction that has begun, and ends it.
  ///
  /// - Returns: `.again` when PostgreSQL refused it for its order, whatever the closure made of that error.
  func finish<Value: Sendable>(
    _ kind: PostgresTransactionKind, _ errand: Errand, _ limits: DatabaseLimits,
    _ work: @Sendable (any Transaction) throws -> Value
  ) throws -> Outcome<Value> {
    defer { endTurn(kind) }
    let transaction = OpenTransaction(self, errand: errand, limits: limits)
    do {
      let value = try work(transaction)
      try transaction.finish()
      if kind != .read { try notify(transaction.notifications) }
      try script("COMMIT", Interruption())
      return .done(value)
    } catch {
      rollBack(after: error)
      if mustRepeat { return .again }
      throw error
    }
  }

  private func rollBack(after error: any Error) {
    if error is CancellationError { return close() }
    do { try script("ROLLBACK", Interruption()) } catch { close() }
  }

  private func endTurn(_ kind: PostgresTransactionKind) {
    guard kind == .writeInTurn, isUsable else { return }
    do { try script("SELECT pg_advisory_unlock(\(Self.turn))", Interruption()) } catch { close() }
  }
}
