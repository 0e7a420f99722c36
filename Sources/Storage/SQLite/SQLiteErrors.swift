import GRDB
import GRDBSQLite

/// Runs `work` and says GRDB's errors in our words.
func translatingSQLiteErrors<Value>(_ work: () throws -> Value) throws -> Value {
  do { return try work() } catch let error as GRDB.DatabaseError {
    throw DatabaseError(sqlite: error.extendedResultCode.rawValue, message: error.message ?? "")
  }
}

extension DatabaseError {
  /// - Parameter code: an extended result code, <https://www.sqlite.org/rescode.html>.
  init(sqlite code: Int32, message: String) {
    self =
      switch code {
      case SQLITE_CONSTRAINT | 8 << 8, SQLITE_CONSTRAINT | 6 << 8: .unique(Violation(sqlite: message))
      case SQLITE_CONSTRAINT | 5 << 8: .notNull(Violation(sqlite: message))
      case SQLITE_CONSTRAINT | 3 << 8: .foreignKey(Violation())
      case SQLITE_CONSTRAINT | 1 << 8: .check(Violation(constraint: Violation.detail(of: message)))
      default: .init(sqlitePrimary: code, message: message)
      }
  }

  /// - Parameter code: its lowest eight bits are the kind, the rest the reason.
  private init(sqlitePrimary code: Int32, message: String) {
    self =
      switch code & 0xff {
      case SQLITE_READONLY: .readOnly
      case SQLITE_BUSY, SQLITE_LOCKED: .busy(message)
      case SQLITE_INTERRUPT: .timeout("a statement took too long")
      case SQLITE_CORRUPT, SQLITE_NOTADB: .damaged("\(message) (SQLite \(code))")
      case SQLITE_FULL, SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_PERM:
        .unavailable("\(message) (SQLite \(code))")
      default: .engine(code: "\(code)", message: message)
      }
  }
}

extension DatabaseError.Violation {
  /// From `UNIQUE constraint failed: person.email, person.school_id`, or `…: index 'name'` for one over expressions.
  fileprivate init(sqlite message: String) {
    let detail = Self.detail(of: message)
    guard !detail.hasPrefix("index '") else {
      self.init(constraint: String(detail.dropFirst("index '".count).dropLast()))
      return
    }
    let places = detail.split(separator: ",").map { $0.split(separator: ".").map { $0.filter { $0 != " " } } }
    self.init(table: places.first?.first, columns: places.compactMap(\.last))
  }

  fileprivate static func detail(of message: String) -> String {
    guard let colon = message.firstIndex(of: ":") else { return message }
    return String(message[colon...].dropFirst(2))
  }
}
