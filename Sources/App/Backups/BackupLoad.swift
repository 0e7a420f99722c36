import Foundation
import Storage

/// Fills an empty database with what a backup holds, and keeps it only when it is the same, to the last byte.
struct BackupLoad: Sendable {
  let url: URL
  let passphrase: String

  /// The steps of the schema that the backup's data has.
  ///
  /// - Throws: `BackupError`; `DatabaseError.newerSchema` when this program does not know them all.
  func migrations() throws -> [Migration] {
    let names = try BackupReader.header(of: url).migrations
    let unknown = Set(names).subtracting(Site.migrations.map(\.name))
    guard unknown.isEmpty else { throw DatabaseError.newerSchema(unknown.sorted()) }
    return Site.migrations.filter { names.contains($0.name) }
  }

  /// In one transaction: load, read all of it back, compare counts and sums with the manifest.
  ///
  /// - Throws: `BackupError`; then nothing of it is kept.
  func run(into database: any Database, _ progress: @escaping @Sendable (String) -> Void) async throws -> BackupManifest
  {
    try await database.write { db in
      try db.liftTimeLimit()
      // Made in here, since the closure may run again.
      let reader = try BackupReader(url, passphrase: passphrase)
      let manifest = try db.loading { try load(reader, into: db, progress) }
      progress("Reading it back")
      let found = try db.manifest(takenAt: Instant(milliseconds: manifest.takenAt), progress)
      let differences = found.differences(to: manifest)
      guard differences.isEmpty else { throw BackupError.differs(differences) }
      let broken = try db.brokenReferences()
      guard broken.isEmpty else {
        throw BackupError.differs(broken.map { "a row refers to one that is missing: \($0)" })
      }
      return manifest
    }
  }

  private func load(_ reader: BackupReader, into db: any Transaction, _ progress: @Sendable (String) -> Void) throws
    -> BackupManifest
  {
    let shapes = Dictionary(uniqueKeysWithValues: try db.tableShapes().map { ($0.name, $0) })
    guard try db.isEmpty(Array(shapes.values)) else { throw BackupError.notEmpty("The database") }
    var (table, count) = (TableShape?.none, 0)
    while true {
      switch try reader.next() {
      case .table(let start):
        guard let shape = shapes[start.name], shape.columns == start.columns else {
          throw BackupError.differs(["\(start.name): this program's table has other columns"])
        }
        (table, count) = (shape, 0)
      case .rows(let bytes):
        guard let table, let rows = RowBytes.rows(bytes, width: table.columns.count) else {
          throw BackupError.differs(["\(table?.name ?? "?"): its rows cannot be read"])
        }
        try db.insert(rows, into: table)
        if count / 100_000 < (count + rows.count) / 100_000 { progress("\(table.name): \(count + rows.count) rows") }
        count += rows.count
      case .manifest(let manifest): return manifest
      }
    }
  }
}
