import CPostgres
import Foundation

/// One session with a PostgreSQL server, with its prepared statements. Used by one thread.
final class PostgresConnection: EngineConnection {
  let dialect = Dialect.postgres
  private var session: OpaquePointer?
  private let limits: DatabaseLimits
  private let address: PostgresAddress
  private var prepared: [StatementKey: PreparedStatement] = [:]
  private var timed = true

  /// True when the open transaction was refused for its order, or for a statement prepared before the schema changed.
  private(set) var mustRepeat = false

  /// - Throws: `DatabaseError.unavailable`.
  init(to address: PostgresAddress, limits: DatabaseLimits) throws {
    self.limits = limits
    self.address = address
    session = address.connect()
    guard PQstatus(session) == CONNECTION_OK else {
      let reason = address.withoutSecret(String(cString: PQerrorMessage(session)))
      close()
      throw DatabaseError.unavailable(reason)
    }
    PQsetNoticeProcessor(session, { _, _ in }, nil)
  }

  deinit { PQfinish(session) }

  /// False when the session is over; a new one must be opened.
  var isUsable: Bool { session != nil && PQstatus(session) == CONNECTION_OK }

  func close() {
    PQfinish(session)
    session = nil
    prepared = [:]
  }

  func execute(_ statement: RenderedSQL, _ interruption: Interruption) throws -> Answer {
    let key = StatementKey(text: statement.text, types: statement.types)
    let (ready, parameters) = (try prepare(key, interruption), PostgresParameters(statement.values))
    let result = try exchange(interruption) { session in
      parameters.withPointers { values, lengths, formats in
        PQsendQueryPrepared(session, ready.name, Int32(statement.values.count), values, lengths, formats, 0)
      }
    }
    defer { PQclear(result) }
    return ready.answer(from: result)
  }

  func script(_ text: String, _ interruption: Interruption) throws {
    if text.hasPrefix("BEGIN") { (mustRepeat, timed) = (false, true) }
    PQclear(try exchange(interruption) { PQsendQuery($0, text) })
  }

  func liftTimeLimit() throws {
    try script("SET LOCAL statement_timeout = 0", Interruption())
    timed = false
  }

  /// What others have notified since the last call, waiting for it at most `time`.
  ///
  /// - Throws: `DatabaseError.unavailable` when the session is lost.
  func notifications(waiting time: Duration) throws -> [String] {
    let known = pending()
    guard known.isEmpty, let session else { return known }
    var descriptor = pollfd(fd: PQsocket(session), events: Int16(POLLIN), revents: 0)
    guard poll(&descriptor, 1, Int32(clamping: time.milliseconds)) != 0 else { return [] }
    guard PQconsumeInput(session) == 1, isUsable else { throw lost() }
    return pending()
  }

  private func pending() -> [String] {
    var words: [String] = []
    while let notification = PQnotifies(session) {
      words.append(String(cString: notification.pointee.extra))
      PQfreemem(notification)
    }
    return words
  }

  private func prepare(_ key: StatementKey, _ interruption: Interruption) throws -> PreparedStatement {
    if let known = prepared[key] { return known }
    if prepared.count >= 500 { try forgetPrepared() }
    let new = PreparedStatement(name: "s\(prepared.count)")
    let types = key.types.map(\.oid)
    PQclear(try exchange(interruption) { PQsendPrepare($0, new.name, key.text, Int32(types.count), types) })
    prepared[key] = new
    return new
  }

  private func forgetPrepared() throws {
    try script("DEALLOCATE ALL", Interruption())
    prepared = [:]
  }
}

/// A statement is prepared once for each way its values are typed.
private struct StatementKey: Hashable {
  let text: String
  let types: [SQLType]
}

extension PostgresConnection {
  /// Sends something and waits for its result; the wait ends when the task is cancelled or the server is silent.
  private func exchange(_ interruption: Interruption, _ send: (OpaquePointer) -> Int32) throws -> OpaquePointer? {
    guard let session else { throw DatabaseError.unavailable("the connection is closed") }
    try interruption.check()
    guard send(session) == 1 else { throw lost() }
    var last: OpaquePointer?
    do {
      try waitForAnswer(session, interruption)
      while let result = PQgetResult(session) {
        PQclear(last)
        last = result
        try waitForAnswer(session, interruption)
      }
      try check(last, interruption)
      return last
    } catch {
      PQclear(last)
      throw error
    }
  }

  private func waitForAnswer(_ session: OpaquePointer, _ interruption: Interruption) throws {
    let deadline = timed ? ContinuousClock.now + limits.statement + .seconds(5) : nil
    var cancelled = false
    while PQisBusy(session) == 1 {
      var descriptor = pollfd(fd: PQsocket(session), events: Int16(POLLIN), revents: 0)
      if poll(&descriptor, 1, 50) == 0 {
        if interruption.isCancelled, !cancelled {
          cancelled = true
          cancel(session)
        }
        guard let deadline, ContinuousClock.now > deadline else { continue }
        close()
        throw DatabaseError.unavailable("the database server does not answer")
      }
      guard PQconsumeInput(session) == 1 else { throw lost() }
    }
  }

  private func cancel(_ session: OpaquePointer) {
    let request = PQgetCancel(session)
    var reason = [CChar](repeating: 0, count: 256)
    _ = PQcancel(request, &reason, Int32(reason.count))
    PQfreeCancel(request)
  }

  private func lost() -> DatabaseError {
    let reason = String(cString: PQerrorMessage(session))
    close()
    return .unavailable(reason.isEmpty ? "the connection was lost" : address.withoutSecret(reason))
  }

  private func check(_ result: OpaquePointer?, _ interruption: Interruption) throws {
    switch PQresultStatus(result) {
    case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY: return
    default: break
    }
    if interruption.isCancelled { throw CancellationError() }
    guard isUsable, let report = PostgresReport(result) else { throw lost() }
    if report.asksToRepeat { mustRepeat = true }
    if report.preparedIsStale { close() }
    throw report.error
  }
}
