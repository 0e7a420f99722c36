import Foundation
import Storage

/// An engine that tests can run on. PostgreSQL takes part when `TEST_POSTGRES_URL` names a server; `script/test` starts
/// one.
public enum Engine: String, Sendable, CaseIterable {
  case sqlite = "SQLite"
  case postgres = "PostgreSQL"

  public static let available: [Engine] = postgresURL == nil ? [.sqlite] : [.sqlite, .postgres]

  public static let postgresURL = ProcessInfo.processInfo.environment["TEST_POSTGRES_URL"]
}

/// Fresh databases for tests. Each is its own, so tests run side by side and none depends on another.
public enum TestDatabase {
  /// An empty database, or one that `migrations` have been applied to.
  ///
  /// On PostgreSQL each is a schema of its own in one database. It stays behind when the test ends: the server that
  /// `script/test` starts is thrown away.
  public static func open(
    _ engine: Engine = .sqlite, migrations: [Migration] = [], connections: Int = 4,
    limits: DatabaseLimits = DatabaseLimits()
  ) async throws -> any Database {
    switch engine {
    case .sqlite: try await sqlite(migrations, limits)
    case .postgres: try await postgres(migrations, connections, limits)
    }
  }

  private static func sqlite(_ migrations: [Migration], _ limits: DatabaseLimits) async throws -> any Database {
    let database = try SQLiteDatabase(limits: limits)
    guard !migrations.isEmpty else { return database }
    try await MigratedSQLite.shared.template(migrations).copy(to: database)
    return database
  }

  private static func postgres(
    _ migrations: [Migration], _ connections: Int, _ limits: DatabaseLimits
  ) async throws -> any Database {
    guard let url = Engine.postgresURL else { throw MissingServer() }
    let schema = "test_" + UUID().uuidString.lowercased().filter { $0 != "-" }
    let database = try await PostgresDatabase(url: url, connections: connections, schema: schema, limits: limits)
    try await database.write { try $0.script("CREATE SCHEMA \(SQL.name(schema))") }
    if !migrations.isEmpty { try await database.migrate(migrations) }
    return database
  }
}

/// PostgreSQL was asked for without `TEST_POSTGRES_URL`.
public struct MissingServer: Error {}

/// Migrated databases in memory, one for each list of migrations, to be copied: a copy is far quicker than the steps.
private actor MigratedSQLite {
  static let shared = MigratedSQLite()
  private var templates: [[String]: SQLiteDatabase] = [:]

  func template(_ migrations: [Migration]) async throws -> SQLiteDatabase {
    let names = migrations.map(\.name)
    if let template = templates[names] { return template }
    let template = try SQLiteDatabase()
    try await template.migrate(migrations)
    templates[names] = template
    return template
  }
}
