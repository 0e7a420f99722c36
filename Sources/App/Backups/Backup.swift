import Foundation
import SignIn
import Storage

/// Takes a copy of everything that the database holds at one moment, while others go on reading and writing.
///
/// It is read through one snapshot: on SQLite a reader beside the writer (the write-ahead log grows meanwhile), on
/// PostgreSQL a REPEATABLE READ transaction. The copy names no engine: it can be restored to either.
package struct Backup: Sendable {
  let database: any Database
  let url: URL
  /// Empty: not encrypted.
  let passphrase: String
  /// scrypt's N.
  var cost = 32_768

  package init(of database: any Database, to url: URL, passphrase: String = "", cost: Int = 32_768) {
    self.database = database
    self.url = url
    self.passphrase = passphrase
    self.cost = cost
  }

  /// - Throws: `DatabaseError`; what the file system says. A backup that failed leaves a `.partial` file, or nothing.
  package func run(now: Instant, _ progress: @escaping @Sendable (String) -> Void = { _ in }) async throws
    -> BackupManifest
  {
    let (url, passphrase, cost) = (url, passphrase, cost)
    return try await database.read { db in
      try db.liftTimeLimit()
      let migrations = try db.appliedMigrations()
      let header = BackupHeader(
        program: Program.version, takenAt: now.milliseconds, migrations: migrations,
        seal: passphrase.isEmpty ? nil : .new(n: cost))
      let writer = try BackupWriter(url: url, header: header, passphrase: passphrase)
      let tables = try TableScan(db: db, progress: progress).tables(
        begin: { try writer.begin(BackupFile.TableStart(name: $0.name, columns: $0.columns)) },
        each: { try writer.add(rows: $0) })
      let manifest = BackupManifest(
        program: header.program, engine: db.dialect.rawValue, takenAt: now.milliseconds, migrations: migrations,
        tables: tables)
      try writer.finish(manifest)
      return manifest
    }
  }
}
