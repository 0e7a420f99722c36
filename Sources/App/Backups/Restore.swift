import Foundation
import Storage

/// Puts a backup in the place of a database. What was there is kept beside it.
package struct Restore: Sendable {
  let load: BackupLoad
  /// Whether data that is there may be put aside.
  let replaces: Bool
  let now: Instant
  let progress: @Sendable (String) -> Void

  package init(
    of url: URL, passphrase: String, replaces: Bool, now: Instant, progress: @escaping @Sendable (String) -> Void
  ) {
    load = BackupLoad(url: url, passphrase: passphrase)
    self.replaces = replaces
    self.now = now
    self.progress = progress
  }

  /// - Throws: `BackupError`, `DatabaseError`; then the place is as it was.
  @discardableResult package func run(to place: DatabasePlace) async throws -> BackupManifest {
    try await place.refuseWhenInUse()
    switch place {
    case .file(let path): return try await run(toFile: path)
    case .server: return try await run(to: try await place.open())
    }
  }

  // MARK: SQLite: a new file beside the old one, which then takes its name

  private func run(toFile path: String) async throws -> BackupManifest {
    let exists = FileManager.default.fileExists(atPath: path)
    if !replaces, try await !DatabasePlace.file(path).isEmpty() { throw BackupError.notEmpty(path) }
    try FileManager.default.makePrivateFolder(URL(filePath: path).deletingLastPathComponent())
    let scratch = path + ".restoring"
    Self.remove(scratch)
    let manifest = try await Self.fill(scratch, load, progress)
    if exists {
      // In use after all: somebody opened it meanwhile.
      if try await DatabasePlace.isInUse(path) { throw BackupError.inUse(path) }
      let kept = "\(path).before-\(now.milliseconds)"
      try FileManager.default.moveItem(atPath: path, toPath: kept)
      progress("What was there is kept as \(kept)")
    }
    try FileManager.default.moveItem(atPath: scratch, toPath: path)
    return manifest
  }

  /// A new file at `path` with the backup's data, brought to this program's schema and checked by SQLite itself.
  static func fill(_ path: String, _ load: BackupLoad, _ progress: @escaping @Sendable (String) -> Void) async throws
    -> BackupManifest
  {
    do {
      let database = try SQLiteDatabase(path: path, readers: 1)
      try await database.migrate(try load.migrations())
      let manifest = try await load.run(into: database, progress)
      try await database.migrate(Site.migrations)
      try await database.refreshStatistics()
      let damages = try await database.read { db in
        try db.liftTimeLimit()
        return try db.damages()
      }
      guard damages.isEmpty else { throw BackupError.differs(damages) }
      try await database.close()
      guard try await !SQLiteDatabase.isInUse(path: path) else { throw BackupError.inUse(path) }
      return manifest
    } catch {
      remove(path)
      throw error
    }
  }

  static func remove(_ path: String) {
    for ending in ["", "-wal", "-shm", "-journal"] { try? FileManager.default.removeItem(atPath: path + ending) }
  }

  // MARK: PostgreSQL: the old schema under another name, and a new one in its place

  @discardableResult func run(to server: any Database) async throws -> BackupManifest {
    let wasEmpty = try await server.read { db in try db.isEmpty(try db.tableShapes()) }
    guard wasEmpty || replaces else { throw BackupError.notEmpty(DatabasePlace.server("").words) }
    let (schema, now) = (try await server.read { db in try db.currentSchema() }, now)
    let kept = "\(schema)_before_\(now.milliseconds)"
    try await server.write { db in try db.setAside(schema: schema, as: kept) }
    do {
      try await server.migrate(try load.migrations())
      let manifest = try await load.run(into: server, progress)
      try await server.migrate(Site.migrations)
      try await server.refreshStatistics()
      if wasEmpty {
        try await server.write { db in try db.drop(schema: kept) }
      } else {
        progress("What was there is kept as the schema \(kept); DROP SCHEMA \(kept) CASCADE removes it")
      }
      return manifest
    } catch {
      try await server.write { db in try db.putBack(schema: schema, from: kept) }
      throw error
    }
  }
}
