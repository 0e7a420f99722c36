import GRDB
import GRDBSQLite

/// GRDB's connection during one transaction. Values go to and from SQLite directly: one copy each way.
final class SQLiteConnection: EngineConnection {
  let dialect = Dialect.sqlite
  private let db: GRDB.Database
  private let handle: OpaquePointer?
  private let watch: StatementWatch
  private let reads: Bool

  init(_ db: GRDB.Database, _ interruption: Interruption, limit: Duration, reads: Bool) {
    self.db = db
    self.reads = reads
    handle = db.sqliteConnection
    watch = StatementWatch(interruption, limit: limit)
    watch.start(on: handle)
  }

  func stopWatching() { watch.stop(on: handle) }

  func liftTimeLimit() throws { watch.limit = nil }

  func execute(_ statement: RenderedSQL, _ interruption: Interruption) throws -> Answer {
    try watched {
      let prepared = try db.cachedStatement(sql: statement.text)
      let pointer = prepared.sqliteStatement
      guard sqlite3_bind_parameter_count(pointer) == statement.values.count else {
        throw DatabaseError.engine(code: "bind", message: "a placeholder was written by hand")
      }
      defer {
        sqlite3_reset(pointer)
        sqlite3_clear_bindings(pointer)
      }
      for (index, value) in statement.values.enumerated() { try bind(value, at: Int32(index + 1), of: pointer) }
      return try step(prepared)
    }
  }

  func script(_ text: String, _ interruption: Interruption) throws {
    try watched { try db.execute(sql: text) }
  }

  private func step(_ prepared: Statement) throws -> Answer {
    let pointer = prepared.sqliteStatement
    let before = sqlite3_total_changes(handle)
    var values: [SQLValue] = []
    var code = sqlite3_step(pointer)
    let width = sqlite3_column_count(pointer)
    while code == SQLITE_ROW {
      for column in 0..<width { values.append(SQLValue(pointer, column)) }
      code = sqlite3_step(pointer)
    }
    guard code == SQLITE_DONE else { throw failure() }
    let changed = sqlite3_total_changes(handle) == before ? 0 : Int(sqlite3_changes(handle))
    return Answer(rows: ResultRows(columns: columns(of: prepared), values: values).rows, changed: changed)
  }

  /// SQLite prepares a statement anew at its first step after the schema has changed; GRDB keeps the old names.
  private func columns(of prepared: Statement) -> [String] {
    let pointer = prepared.sqliteStatement
    guard sqlite3_stmt_status(pointer, SQLITE_STMTSTATUS_REPREPARE, 0) > 0 else { return prepared.columnNames }
    return (0..<sqlite3_column_count(pointer)).map { String(cString: sqlite3_column_name(pointer, $0)) }
  }

  private func bind(_ value: SQLValue, at index: Int32, of pointer: OpaquePointer) throws {
    let code =
      switch value {
      case .null: sqlite3_bind_null(pointer, index)
      case .integer(let n): sqlite3_bind_int64(pointer, index, n)
      case .real(let x): sqlite3_bind_double(pointer, index, x)
      case .text(let text): sqlite3_bind_text(pointer, index, text, -1, copied)
      case .blob(let bytes): sqlite3_bind_blob(pointer, index, bytes, Int32(clamping: bytes.count), copied)
      }
    guard code == SQLITE_OK else { throw failure() }
  }

  private func watched<Value>(_ work: () throws -> Value) throws -> Value {
    watch.begin()
    do { return try translatingSQLiteErrors(work) } catch DatabaseError.timeout where watch.interruption.isCancelled {
      throw CancellationError()
    } catch DatabaseError.readOnly where !reads {
      throw DatabaseError.unavailable("the database file cannot be written")
    }
  }

  private func failure() -> DatabaseError {
    DatabaseError(sqlite: sqlite3_extended_errcode(handle), message: String(cString: sqlite3_errmsg(handle)))
  }
}

/// SQLite's word for "copy the bytes now", which its header says as a cast that Swift cannot import.
private let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

extension SQLValue {
  fileprivate init(_ statement: OpaquePointer, _ column: Int32) {
    switch sqlite3_column_type(statement, column) {
    case SQLITE_INTEGER: self = .integer(sqlite3_column_int64(statement, column))
    case SQLITE_FLOAT: self = .real(sqlite3_column_double(statement, column))
    case SQLITE_TEXT: self = sqlite3_column_text(statement, column).map { .text(String(cString: $0)) } ?? .null
    case SQLITE_BLOB:
      let bytes = sqlite3_column_blob(statement, column)
      let count = Int(sqlite3_column_bytes(statement, column))
      self = .blob([UInt8](UnsafeRawBufferPointer(start: bytes, count: count)))
    default: self = .null
    }
  }
}
