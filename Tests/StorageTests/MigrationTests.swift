import Storage
import TestDatabase
import Testing

@Suite struct MigrationTests {
  let first = Migration("0001_tag", "CREATE TABLE tag (name TEXT PRIMARY KEY)")
  let second = Migration(
    "0002_colour", "ALTER TABLE tag ADD COLUMN colour TEXT", "INSERT INTO tag (name) VALUES (\("new"))")
  let broken = Migration(
    "0003_broken", "INSERT INTO tag (name) VALUES ('half'); CREATE TABLE half (id TEXT PRIMARY KEY);",
    "SELECT nonsense FROM nowhere")

  @Test(arguments: Engine.contract) func eachStepIsAppliedOnce(engine: Engine) async throws {
    let db = try await TestDatabase.open(engine)
    #expect(try await db.migrate([first]) == ["0001_tag"])
    #expect(try await db.migrate([first, second]) == ["0002_colour"])
    #expect(try await db.migrate([first, second]) == [])
    #expect(try await names(db) == ["new"])
  }

  @Test(arguments: Engine.contract) func aStepThatFailsHalfWayLeavesNothing(engine: Engine) async throws {
    let db = try await TestDatabase.open(engine)
    let error = try #require(await databaseError { try await db.migrate([first, broken, second]) })
    guard case .migration("0003_broken", let cause) = error else {
      Issue.record("expected the step's name, got \(error)")
      return
    }
    #expect(cause.contains("nowhere"))
    #expect(try await names(db) == [])
    #expect(try await db.migrate([first, second]) == ["0002_colour"])
    try await db.write { _ = try $0.script("CREATE TABLE half (id TEXT PRIMARY KEY)") }
  }

  @Test(arguments: Engine.contract) func aNewerDatabaseIsRefused(engine: Engine) async throws {
    let db = try await TestDatabase.open(engine)
    try await db.migrate([first, second])
    let error = await databaseError { try await db.migrate([first]) }
    #expect(error == .newerSchema(["0002_colour"]))
  }

  @Test(arguments: Engine.contract) func aStepThatChangedAfterwardsIsRefused(engine: Engine) async throws {
    let db = try await TestDatabase.open(engine)
    try await db.migrate([first])
    let edited = Migration("0001_tag", "CREATE TABLE tag (name TEXT PRIMARY KEY, colour TEXT)")
    guard case .migration("0001_tag", _) = await databaseError(from: { try await db.migrate([edited]) }) else {
      Issue.record("an edited step was taken")
      return
    }
  }

  @Test(arguments: Engine.contract) func severalMayStartAtOnce(engine: Engine) async throws {
    let db = try await TestDatabase.open(engine)
    let applied = try await withThrowingTaskGroup(of: [String].self) { group in
      for _ in 0..<8 { group.addTask { try await db.migrate([first, second]) } }
      return try await group.reduce([], +)
    }
    #expect(applied.sorted() == ["0001_tag", "0002_colour"])
    #expect(try await names(db) == ["new"])
  }

  @Test(arguments: Engine.contract) func cachedStatementsSurviveAChangedSchema(engine: Engine) async throws {
    let db = try await TestDatabase.open(engine)
    try await db.migrate([first])
    #expect(try await db.read { try $0.rows("SELECT * FROM tag") }.isEmpty)
    try await db.migrate([first, second])
    for _ in 0..<8 {
      let columns = try await db.read { try $0.rows("SELECT * FROM tag").first?.columns }
      #expect(columns == ["name", "colour"])
    }
    let written = try await db.write {
      try $0.rows("INSERT INTO tag (name, colour) VALUES (\("x"), \("red")) RETURNING *").first?.columns
    }
    #expect(written == ["name", "colour"])
  }

  private func names(_ db: any Database) async throws -> [String] {
    try await db.read { try $0.rows("SELECT name FROM tag ORDER BY name").map { try $0.read("name") } }
  }
}
