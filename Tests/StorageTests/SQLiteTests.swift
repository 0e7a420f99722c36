import Foundation
import Storage
import TestDatabase
import Testing

/// What holds for a database in a file.
@Suite struct SQLiteTests {
  @Test func everyCommitIsOnDiskAndReferencesAreKept() async throws {
    let folder = try TemporaryFolder()
    let db = try open(folder)
    func setting(_ sql: SQL, _ name: String) async throws -> String? {
      try await db.write { db in
        let value = try db.rows(sql).first?.values.first
        return value.map { "\(name) \($0)" }
      }
    }
    #expect(try await setting("PRAGMA journal_mode", "journal") == "journal text(\"wal\")")
    #expect(try await setting("PRAGMA synchronous", "synchronous") == "synchronous integer(2)")
    #expect(try await setting("PRAGMA foreign_keys", "references") == "references integer(1)")
  }

  @Test func whatWasWrittenIsThereWhenOpenedAgain() async throws {
    let folder = try TemporaryFolder()
    try await filled(folder)
    let again = try open(folder)
    #expect(try await again.migrate(ideas) == [])
    #expect(try await again.votes(of: "a") == 3)
  }

  @Test func twoProgramsMayUseOneFile() async throws {
    let folder = try TemporaryFolder()
    let programs = [try open(folder), try open(folder)]
    let applied = try await withThrowingTaskGroup(of: [String].self) { group in
      for program in programs { group.addTask { try await program.migrate(ideas) } }
      return try await group.reduce([], +)
    }
    #expect(applied == ["0001_idea"])
    try await programs[0].addIdea("a")
    try await withThrowingTaskGroup { group in
      for number in 0..<40 {
        group.addTask { try await programs[number % 2].write { try $0.run("UPDATE idea SET votes = votes + 1") } }
      }
      try await group.waitForAll()
    }
    #expect(try await programs[0].votes(of: "a") == 40)
    #expect(try await programs[1].votes(of: "a") == 40)
  }

  /// A limit on the file's pages gives the same error as a disk that is full.
  @Test func aFullDiskIsReportedAndHarmsNothing() async throws {
    let folder = try TemporaryFolder()
    let db = try open(folder)
    try await db.migrate(ideas)
    try await db.addIdea("a")
    _ = try await db.write { try $0.rows("PRAGMA max_page_count = 20") }
    let error = await databaseError {
      try await db.write { db in
        for number in 0..<1000 {
          let text = String(repeating: "long ", count: 200)
          try db.run("INSERT INTO idea (id, title) VALUES (\("\(number)"), \(text))")
        }
      }
    }
    guard case .unavailable = error else {
      Issue.record("expected a full disk, got \(String(describing: error))")
      return
    }
    _ = try await db.write { try $0.rows("PRAGMA max_page_count = 100000") }
    #expect(try await db.count() == 1)
    let check = try await db.read { try $0.value("integrity_check", "PRAGMA integrity_check", as: String.self) }
    #expect(check == "ok")
    try await db.addIdea("b")
  }

  @Test func aFileThatIsNoDatabaseIsRefused() async throws {
    let folder = try TemporaryFolder()
    try Data("this is a letter, not a database, and it is long enough to be looked at".utf8)
      .write(to: folder.url.appending(path: "league.sqlite"))
    guard case .damaged = await databaseError(from: { _ = try open(folder) }) else {
      Issue.record("a letter was opened as a database")
      return
    }
    let error = await databaseError { _ = try SQLiteDatabase(path: folder.url.path + "/no/folder/league.sqlite") }
    guard case .unavailable = error else {
      Issue.record("a missing folder gave \(String(describing: error))")
      return
    }
  }

  @Test func aCopyIsTheWholeDatabase() async throws {
    let (folder, copy) = (try TemporaryFolder(), try SQLiteDatabase())
    try await filled(folder)
    try await open(folder).copy(to: copy)
    #expect(try await copy.votes(of: "a") == 3)
    #expect(try await copy.schema() == open(folder).schema())
  }

  private func open(_ folder: TemporaryFolder) throws -> SQLiteDatabase {
    try SQLiteDatabase(path: folder.url.appending(path: "league.sqlite").path)
  }

  private func filled(_ folder: TemporaryFolder) async throws {
    let db = try open(folder)
    try await db.migrate(ideas)
    try await db.addIdea("a", votes: 3)
  }
}
