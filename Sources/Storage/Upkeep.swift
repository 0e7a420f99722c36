extension Database {
  /// Counts tables anew, so that queries are planned for what is in them. SQLite looks at some thousand rows of each
  /// index; PostgreSQL does it by itself, and once more here does no harm.
  public func refreshStatistics() async throws {
    try await write { db in
      try db.liftTimeLimit()
      try db.script(.either(sqlite: "PRAGMA analysis_limit = 2000", postgres: "SELECT 1"))
      try db.script("ANALYZE")
    }
  }
}

extension Transaction {
  /// The database server's clock, milliseconds since 1970; nil for SQLite, which has none of its own.
  public func serverMilliseconds() throws -> Int64? {
    guard dialect == .postgres else { return nil }
    return try value("ms", "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT) AS ms")
  }
}
