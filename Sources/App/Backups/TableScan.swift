import SignIn
import Storage

/// Reads whole tables, in order of their keys and a few rows at a time, so that memory stays small.
struct TableScan {
  let db: any Transaction
  let progress: @Sendable (String) -> Void

  /// At once from the database.
  private static let batch = 500
  /// Rows after which a long table says how far it is.
  private static let step = 100_000

  /// Every table with its count and sum.
  ///
  /// - Parameters:
  ///   - begin: called before a table's rows.
  ///   - each: gets the rows as `RowBytes` has them, whole rows each time.
  func tables(
    begin: (TableShape) throws -> Void = { _ in }, each: ([UInt8]) throws -> Void = { _ in }
  ) throws -> [BackupManifest.Table] {
    try db.tableShapes().map { table in
      try begin(table)
      return try scan(table, each)
    }
  }

  private func scan(_ table: TableShape, _ each: ([UInt8]) throws -> Void) throws -> BackupManifest.Table {
    let key = table.key.compactMap { table.columns.firstIndex(of: $0) }
    var (sum, count, bytes, last) = (Checksum(), 0, [UInt8](), [SQLValue]?.none)
    func flush() throws {
      sum.add(bytes)
      try each(bytes)
      bytes.removeAll(keepingCapacity: true)
    }
    while true {
      let rows = try db.rows(of: table, after: last, limit: Self.batch)
      for row in rows {
        RowBytes.append(row.values, to: &bytes)
        if bytes.count >= BackupFile.pieceSize { try flush() }
      }
      if count / Self.step < (count + rows.count) / Self.step { progress("\(table.name): \(count + rows.count) rows") }
      count += rows.count
      guard rows.count == Self.batch, let end = rows.last else { break }
      last = key.map { end.values[end.values.startIndex + $0] }
    }
    if !bytes.isEmpty { try flush() }
    return BackupManifest.Table(name: table.name, columns: table.columns, rows: count, sum: sum.text)
  }
}

extension Transaction {
  /// What the database holds now, table by table.
  func manifest(takenAt now: Instant, _ progress: @escaping @Sendable (String) -> Void = { _ in }) throws
    -> BackupManifest
  {
    BackupManifest(
      program: Program.version, engine: dialect.rawValue, takenAt: now.milliseconds,
      migrations: try appliedMigrations(), tables: try TableScan(db: self, progress: progress).tables())
  }
}
