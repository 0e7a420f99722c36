import Foundation
import Storage

/// An engine that tests can run on. PostgreSQL takes part when `TEST_POSTGRES_URL` names a server; `script/test` starts
/// one.
public enum Engine: String, Sendable, CaseIterable {
  /// SQLite in memory, one connection.
  case sqlite = "SQLite"
  /// SQLite in a file, one that writes and four that read: as in use.
  case sqliteFile = "SQLite file"
  case postgres = "PostgreSQL"

  /// One of each engine, for tests of features.
  public static let available: [Engine] = postgresURL == nil ? [.sqlite] : [.sqlite, .postgres]

  /// Every way to keep data, for the contract of `Database` itself.
  public static let contract: [Engine] = postgresURL == nil ? [.sqlite, .sqliteFile] : allCases

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
    case .sqlite: try await migrated(SQLiteDatabase(limits: limits), migrations)
    case .sqliteFile: try await file(migrations, limits)
    case .postgres: try await postgres(migrations, connections, limits)
    }
  }

  private static func migrated(_ database: SQLiteDatabase, _ migrations: [Migration]) async throws -> any Database {
    if !migrations.isEmpty { try await MigratedSQLite.shared.template(migrations).copy(to: database) }
    return database
  }

  private static func file(_ migrations: [Migration], _ limits: DatabaseLimits) async throws -> any Database {
    let folder = try TemporaryFolder()
    let database = try SQLiteDatabase(path: folder.url.appending(path: "test.sqlite").path, limits: limits)
    if !migrations.isEmpty { try await database.migrate(migrations) }
    return FileDatabase(folder: folder, database: database)
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
public struct MissingServer: Error {
  public init() {}
}

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

/// A database in a file that is removed with it.
private struct FileDatabase: Database {
  let folder: TemporaryFolder
  let database: SQLiteDatabase
  var dialect: Dialect { database.dialect }

  func read<Value: Sendable>(_ work: @escaping @Sendable (any Transaction) throws -> Value) async throws -> Value {
    try await database.read(work)
  }

  func write<Value: Sendable>(_ work: @escaping @Sendable (any Transaction) throws -> Value) async throws -> Value {
    try await database.write(work)
  }

  func events() -> AsyncStream<DatabaseEvent> { database.events() }
}
