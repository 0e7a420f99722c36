import Foundation
import Storage

/// Where a database lies, as a setting or an argument names it.
package enum DatabasePlace: Sendable, Equatable {
  /// A SQLite file.
  case file(String)
  /// The URL of a PostgreSQL database; it may hold a password.
  case server(String)

  package init(_ text: String) {
    let isServer = text.hasPrefix("postgres://") || text.hasPrefix("postgresql://")
    self = isServer ? .server(text) : .file(text)
  }

  /// For people; never the URL.
  package var words: String {
    switch self {
    case .file(let path): path
    case .server: "The PostgreSQL database"
    }
  }

  /// Opens it as it is, without changing its schema.
  ///
  /// - Throws: `DatabaseError`; `CocoaError` for a file that is not there.
  package func open(limits: DatabaseLimits = DatabaseLimits()) async throws -> any Database {
    switch self {
    case .file(let path):
      guard FileManager.default.fileExists(atPath: path) else {
        throw CocoaError(.fileReadNoSuchFile, userInfo: [NSFilePathErrorKey: path])
      }
      return try SQLiteDatabase(path: path, readers: 1, limits: limits)
    case .server(let url): return try await PostgresDatabase(url: url, connections: 1, limits: limits)
    }
  }

  /// Opens it, reads once and closes it: who only looks must not keep a file in use for whoever comes next.
  func read<Value: Sendable>(_ work: @escaping @Sendable (any Transaction) throws -> Value) async throws -> Value {
    let database = try await open()
    let found: Result<Value, any Error>
    do { found = .success(try await database.read(work)) } catch { found = .failure(error) }
    try await (database as? SQLiteDatabase)?.close()
    return try found.get()
  }

  /// True when there is nothing, or no table holds a row.
  package func isEmpty() async throws -> Bool {
    if case .file(let path) = self, !FileManager.default.fileExists(atPath: path) { return true }
    return try await read { db in try db.isEmpty(try db.tableShapes()) }
  }

  /// Whether anybody has the file open; nobody has one that is no database.
  static func isInUse(_ path: String) async throws -> Bool {
    do { return try await SQLiteDatabase.isInUse(path: path) } catch DatabaseError.damaged { return false }
  }

  /// - Throws: `BackupError.inUse`.
  func refuseWhenInUse() async throws {
    switch self {
    case .file(let path):
      if try await Self.isInUse(path) { throw BackupError.inUse(words) }
    case .server:
      let others = try await read { db in try db.otherSessions() }
      if others > 0 { throw BackupError.inUse(words) }
    }
  }
}
