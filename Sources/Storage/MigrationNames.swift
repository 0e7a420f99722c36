extension Database {
  /// The names of the steps that the schema has, in order; empty for a database that was never migrated.
  public func appliedMigrations() async throws -> [String] {
    try await read { db in try db.appliedMigrations() }
  }
}

extension Transaction {
  /// See `Database.appliedMigrations`.
  public func appliedMigrations() throws -> [String] {
    guard try !rows(.migrationTable).isEmpty else { return [] }
    return try rows("SELECT name FROM migration ORDER BY name").map { try $0.read("name") }
  }
}

extension SQL {
  fileprivate static var migrationTable: SQL {
    .either(
      sqlite: "SELECT 1 AS one FROM sqlite_schema WHERE type = 'table' AND name = 'migration'",
      postgres: "SELECT 1 AS one FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'migration'")
  }
}

extension Transaction {
  /// How many other sessions of this program a PostgreSQL database has; always 0 on SQLite.
  public func otherSessions() throws -> Int {
    guard dialect == .postgres else { return 0 }
    return try value(
      "n",
      """
      SELECT count(*) AS n FROM pg_stat_activity
      WHERE datname = current_database() AND application_name = 'league' AND pid <> pg_backend_pid()
      """) ?? 0
  }
}
