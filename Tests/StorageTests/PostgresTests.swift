import Foundation
import Storage
import TestDatabase
import Testing

/// What can happen to a server that is not part of the program.
@Suite(.enabled(if: Engine.postgresURL != nil, "TEST_POSTGRES_URL names no server"))
struct PostgresTests {
  @Test func aConnectionKilledInUseIsReportedAndReplaced() async throws {
    let db = try await openIdeas(.postgres, connections: 1)
    let error = await databaseError {
      try await db.write { db in
        try db.run("INSERT INTO idea (id, title) VALUES (\("a"), \("lost"))")
        _ = try db.rows("SELECT pg_terminate_backend(pg_backend_pid())")
      }
    }
    guard case .unavailable = error else {
      Issue.record("expected a lost connection, got \(String(describing: error))")
      return
    }
    #expect(try await db.count() == 0)
  }

  @Test func connectionsKilledWhileIdleAreReplacedUnseen() async throws {
    let db = try await openIdeas(.postgres, connections: 2)
    try await db.addIdea("a")
    let (kill, killer) = (try await pid(db), try await openIdeas(.postgres, connections: 1))
    for _ in 0..<3 {
      _ = try await killer.read { db in
        try db.rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = \(kill)")
      }
      for _ in 0..<4 { #expect(try await db.count() == 1) }
    }
  }

  @Test(.enabled(if: PostgresServer.isAvailable, "no script/postgres server"))
  func aRestartedServerIsFoundAgain() async throws {
    let server = try await PostgresServer()
    let db = try await PostgresDatabase(url: server.url, connections: 2)
    try await db.migrate(ideas)
    try await db.addIdea("a")
    for end in ["stop", "kill"] {
      try await server.control(end)
      guard case .unavailable = await databaseError(from: { _ = try await db.count() }) else {
        Issue.record("a server after \(end) still answers")
        return
      }
      try await server.control("start")
      #expect(try await db.count() == 1)
    }
  }

  @Test(.enabled(if: PostgresServer.isAvailable, "no script/postgres server"))
  func writersWhileTheServerDiesKeepWhatWasAcknowledged() async throws {
    let server = try await PostgresServer()
    let db = try await PostgresDatabase(url: server.url, connections: 4)
    try await db.migrate(ideas)
    let acknowledged = try await withThrowingTaskGroup(of: [String].self) { group in
      for writer in 0..<8 { group.addTask { await addUntilRefused(db, writer) } }
      try await Task.sleep(for: .milliseconds(300))
      try await server.control("stop")
      return try await group.reduce([], +)
    }
    try await server.control("start")
    let kept = try await db.read { try $0.rows("SELECT id FROM idea").map { try $0.read("id", as: String.self) } }
    #expect(acknowledged.count > 8)
    #expect(Set(acknowledged).isSubset(of: kept))
  }

  @Test func aFullSessionOfStatementsStartsAfresh() async throws {
    let db = try await openIdeas(.postgres, connections: 1)
    try await db.addIdea("a", votes: 1)
    let last = try await db.read { db in
      try (1...1200).map { number in
        try db.value("v\(number)", "SELECT votes AS \(SQL.name("v\(number)")) FROM idea", as: Int.self)
      }
    }
    #expect(last.allSatisfy { $0 == 1 })
    #expect(try await db.count() == 1)
  }

  @Test func aDatabaseThatKeepsTextOtherwiseIsRefused() async throws {
    let url = try #require(Engine.postgresURL)
    let name = "league_ascii_\(UUID().uuidString.lowercased().prefix(8))"
    try await finished(
      "/usr/bin/env", "psql", "--quiet", url, "--command",
      "CREATE DATABASE \(name) TEMPLATE template0 ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'")
    let error = await databaseError { _ = try await PostgresDatabase(url: swap(url, name), connections: 1) }
    guard case .unsuitable(let advice) = error else {
      Issue.record("it was taken: \(String(describing: error))")
      return
    }
    #expect(advice.contains("SQL_ASCII") && advice.contains("CREATE DATABASE"))
  }

  private func pid(_ db: any Database) async throws -> Int {
    try #require(try await db.read { try $0.value("pid", "SELECT pg_backend_pid() AS pid", as: Int.self) })
  }

  private func swap(_ url: String, _ database: String) -> String {
    String(url[..<(url.lastIndex(of: "/") ?? url.endIndex)]) + "/" + database
  }
}

/// What an address says of itself, and what errors say of it.
@Suite struct PostgresAddressTests {
  @Test(arguments: [
    "postgres://me:hunter2@localhost:notaport/league", "postgres://me:hunter2%zz@localhost/league",
    "postgres://me:hunter2@localhost/league?nonsense=1", "host=localhost password=hunter2 nonsense",
  ])
  func aUrlThatCannotBeReadIsNotRepeated(url: String) async throws {
    let error = await databaseError { _ = try await PostgresDatabase(url: url, connections: 1) }
    #expect(error != nil)
    #expect(!"\(String(reflecting: error))".contains("hunter2"))
  }

  @Test func aServerThatIsNotThereIsUnavailable() async throws {
    let error = await databaseError {
      _ = try await PostgresDatabase(url: "postgres://me:hunter2@127.0.0.1:1/league", connections: 1)
    }
    guard case .unavailable(let why) = error else {
      Issue.record("expected unavailable, got \(String(describing: error))")
      return
    }
    #expect(why.contains("127.0.0.1") && !why.contains("hunter2"))
  }
}

/// Adds ideas one after the other until the database refuses one.
///
/// - Returns: the ids that it said it has.
private func addUntilRefused(_ db: any Database, _ writer: Int) async -> [String] {
  var done: [String] = []
  for number in 0..<1_000_000 {
    do { try await db.addIdea("\(writer)-\(number)") } catch { break }
    done.append("\(writer)-\(number)")
  }
  return done
}
