import Storage
import Synchronization
import TestDatabase
import Testing

@Suite struct ConcurrencyTests {
  @Test(arguments: Engine.contract) func sixtyFourWritersAllLand(engine: Engine) async throws {
    let db = try await openIdeas(engine)
    try await db.addIdea("a")
    try await together(64) { _ in
      try await db.write { try $0.run("UPDATE idea SET votes = votes + 1 WHERE id = \("a")") }
    }
    #expect(try await db.votes(of: "a") == 64)
  }

  @Test(arguments: Engine.contract) func readingThenWritingLosesNothing(engine: Engine) async throws {
    let db = try await openIdeas(engine)
    try await db.addIdea("a")
    try await together(64) { _ in
      try await db.write { db in
        let votes: Int = try db.value("votes", "SELECT votes FROM idea WHERE id = \("a")") ?? 0
        try db.run("UPDATE idea SET votes = \(votes + 1) WHERE id = \("a")")
      }
    }
    #expect(try await db.votes(of: "a") == 64)
  }

  @Test(arguments: Engine.contract) func onlyOneOfManyTakesTheName(engine: Engine) async throws {
    let db = try await openIdeas(engine)
    let errors = try await together(32) { number in
      await databaseError {
        try await db.write { db in
          let id = "\(number)"
          try db.run("INSERT INTO school (id, name, state) VALUES (\(id), \("North"), \("ME"))")
        }
      }
    }
    #expect(errors.count { $0 == nil } == 1)
    #expect(errors.count { $0?.isDuplicate(of: "school", "name", "state") ?? false } == 31)
  }

  /// Each looks which name is free and takes it. PostgreSQL may find out that two took the same by the key alone.
  @Test(arguments: Engine.contract) func whatIsFoundFreeIsNotFoundTaken(engine: Engine) async throws {
    let db = try await openIdeas(engine)
    try await together(12) { number in
      try await db.write { db in
        let count: Int = try db.value("n", "SELECT count(*) AS n FROM school") ?? 0
        let (id, name) = ("\(number)", "School \(count)")
        try db.run("INSERT INTO school (id, name, state) VALUES (\(id), \(name), \("ME"))")
      }
    }
    let names = try await db.read {
      try $0.rows("SELECT name FROM school").map { try $0.read("name", as: String.self) }
    }
    #expect(Set(names) == Set((0..<12).map { "School \($0)" }))
  }

  /// Write skew: each looks at both rows and changes one. One after the other, only the first may do so.
  @Test(arguments: Engine.contract) func decisionsOnWhatOthersChangeAreRefused(engine: Engine) async throws {
    let db = try await openIdeas(engine)
    try await db.addIdea("a", votes: 1)
    try await db.addIdea("b", votes: 1)
    try await together(2) { number in
      try await db.write { db in
        let total: Int = try db.value("n", "SELECT sum(votes) AS n FROM idea") ?? 0
        guard total == 2 else { return }
        let id = number == 0 ? "a" : "b"
        try db.run("UPDATE idea SET votes = 0 WHERE id = \(id)")
      }
    }
    #expect(try await db.read { try $0.value("n", "SELECT sum(votes) AS n FROM idea") } == 1)
  }

  @Test(arguments: Engine.contract) func aReadSeesOneStateThroughout(engine: Engine) async throws {
    let db = try await openIdeas(engine)
    try await db.addIdea("a", votes: 5)
    try await db.addIdea("b", votes: 5)
    try await together(32) { number in
      if number % 2 == 0 {
        try await db.write { db in
          try db.run("UPDATE idea SET votes = votes + 1 WHERE id = \("a")")
          try db.run("UPDATE idea SET votes = votes - 1 WHERE id = \("b") AND votes > 0")
          try db.run(
            "UPDATE idea SET votes = 10 - (SELECT votes FROM idea WHERE id = \("a")) WHERE id = \("b") AND 10 >= (SELECT votes FROM idea WHERE id = \("a"))"
          )
        }
      } else {
        let (before, after) = try await db.read { db in
          (try votes(db), try (0..<20).map { _ in try votes(db) })
        }
        #expect(after.allSatisfy { $0 == before })
      }
    }
  }

  @Test(arguments: Engine.contract) func readersAndWritersShareFewThreads(engine: Engine) async throws {
    let db = try await openIdeas(engine, connections: 2)
    try await db.addIdea("a")
    try await together(128) { number in
      if number % 2 == 0 {
        try await db.write { try $0.run("UPDATE idea SET votes = votes + 1 WHERE id = \("a")") }
      } else {
        for _ in 0..<5 { _ = try await db.votes(of: "a") }
      }
    }
    #expect(try await db.votes(of: "a") == 64)
  }

  @Test(arguments: Engine.contract) func aSlowStatementEndsAtItsLimit(engine: Engine) async throws {
    let slow = Atomic(0)
    let limits = DatabaseLimits(statement: .seconds(2), slow: .seconds(1)) { statement in
      if statement.text.contains("RECURSIVE") { slow.add(1, ordering: .relaxed) }
    }
    let db = try await openIdeas(engine, limits: limits)
    let error = await databaseError { _ = try await db.read { try $0.rows(endless) } }
    guard case .timeout = error else {
      Issue.record("expected a timeout, got \(String(describing: error))")
      return
    }
    #expect(slow.load(ordering: .relaxed) == 1)
    #expect(try await db.count() == 0)
  }

  @Test(arguments: Engine.contract) func aCancelledTaskStopsItsStatement(engine: Engine) async throws {
    let db = try await openIdeas(engine)
    let task = Task {
      try await db.write { db in
        try db.run("INSERT INTO idea (id, title) VALUES (\("a"), \("never kept"))")
        _ = try db.rows(endless)
      }
    }
    try await Task.sleep(for: .milliseconds(100))
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(try await db.count() == 0)
  }

  @Test(arguments: Engine.contract) func aTaskCancelledBeforeItsTurnDoesNothing(engine: Engine) async throws {
    let db = try await openIdeas(engine, connections: 1)
    try await db.addIdea("a")
    let holder = Task { try await db.write { _ = try $0.rows(endless) } }
    try await Task.sleep(for: .milliseconds(50))
    let waiting = Task { try await db.write { try $0.run("DELETE FROM idea") } }
    waiting.cancel()
    holder.cancel()
    await #expect(throws: CancellationError.self) { try await waiting.value }
    await #expect(throws: CancellationError.self) { try await holder.value }
    #expect(try await db.count() == 1)
  }

  private func votes(_ db: any Transaction) throws -> [Int] {
    try db.rows("SELECT votes FROM idea ORDER BY id").map { try $0.read("votes") }
  }

  @discardableResult
  private func together<Value: Sendable>(
    _ count: Int, _ work: @escaping @Sendable (Int) async throws -> Value
  ) async throws -> [Value] {
    try await withThrowingTaskGroup(of: Value.self) { group in
      for number in 0..<count { group.addTask { try await work(number) } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
  }
}

/// A statement that does not end by itself within any test's patience.
private let endless: SQL = """
  WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000) SELECT count(*) AS n FROM n
  """
