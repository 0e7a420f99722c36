import Foundation
import GRDB

extension SQLiteDatabase {
  /// Whether anybody has the file open, this process or another. A file that nobody has open is whole in itself
  /// afterwards: its log is written into it and removed. One that is not there is not in use.
  ///
  /// - Throws: `DatabaseError.damaged` when it is no SQLite file.
  public static func isInUse(path: String) async throws -> Bool {
    guard FileManager.default.fileExists(atPath: path) else { return false }
    return try await Threads(count: 1).run { _ in
      try translatingSQLiteErrors {
        var configuration = Configuration()
        configuration.busyMode = .immediateError
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        defer { try? queue.close() }
        do {
          // Leaving the write-ahead log takes the whole file for one's own, which SQLite refuses while others have it.
          let mode = try queue.writeWithoutTransaction { db in
            try String.fetchOne(db, sql: "PRAGMA journal_mode = DELETE")
          }
          return mode != "delete"
        } catch let error as GRDB.DatabaseError
          where error.resultCode == .SQLITE_BUSY || error.resultCode == .SQLITE_LOCKED
        {
          return true
        }
      }
    }
  }
}

/// Makes an empty file that only its owner can read, before SQLite makes one that others can: its log gets the same rights.
/// One that is there stays as it is; one that cannot be made is SQLite's to explain.
func makePrivateFile(_ path: String) {
  let file = open(path, O_CREAT | O_EXCL | O_RDWR, 0o600)
  if file >= 0 { _ = close(file) }
}
