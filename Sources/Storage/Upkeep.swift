extension Database {
  /// Counts tables anew, so that queries are planned for what is in them. SQLite looks at some thousand rows of each
  /// index; PostgreSQL does it by itself, and once more here does no harm.
  public func refreshStatistics() async throws {
    try await write { db in
      try db.liftTimeLimit()
      try db.analyze()
    }
  }
}

extension Transaction {
  /// Counts the tables anew. Only what is ours: the server's database may hold other schemas, and one transaction would lock their tables too.
  public func analyze() throws {
    guard dialect == .postgres else {
      try script("PRAGMA analysis_limit = 2000")
      return try script("ANALYZE")
    }
    let tables = try rows("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename")
      .map { try $0.read("tablename", as: String.self) }
    for table in tables { try script("ANALYZE \(SQL.name(table))") }
  }

  /// The database server's clock, milliseconds since 1970; nil for SQLite, which has none of its own.
  public func serverMilliseconds() throws -> Int64? {
    guard dialect == .postgres else { return nil }
    return try value("ms", "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT) AS ms")
  }
}
