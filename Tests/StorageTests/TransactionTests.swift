import Storage
import TestDatabase
import Testing

@Suite struct TransactionTests {
  @Test(arguments: Engine.contract) func failedWorkLeavesNothingBehind(engine: Engine) async throws {
    let db = try await openIdeas(engine)
    await #expect(throws: Refused.self) {
      try await db.write { db in
        try db.run("INSERT INTO idea (id, title) VALUES (\("a"), \("first"))")
        throw Refused()
      }
    }
    #expect(try await db.count() == 0)
  }

  @Test(arguments: Engine.contract) func aCaughtErrorStillEndsTheTransaction(engine: Engine) async throws {
    let db = try await openIdeas(engine)
    try await db.addIdea("a")
    let error = await databaseError {
      try await db.write { db in
        try db.run("INSERT INTO idea (id, title) VALUES (\("b"), \("kept?"))")
        _ = try? db.run("INSERT INTO idea (id, title) VALUES (\("a"), \("again"))")
      }
    }
    #expect(error?.isDuplicate(of: "idea", "id") == true)
    #expect(try await db.count() == 1)
  }

  @Test(arguments: Engine.contract) func afterASavepointTheTransactionGoesOn(engine: Engine) async throws {
    let db = try await openIdeas(engine)
    try await db.addIdea("a")
    try await db.write { db in
      try db.run("INSERT INTO idea (id, title) VALUES (\("b"), \("before"))")
      let caught = #expect(throws: DatabaseError.self) {
        try db.savepoint {
          try db.run("INSERT INTO idea (id, title) VALUES (\("c"), \("inside"))")
          try db.savepoint { _ = try db.run("INSERT INTO idea (id, title) VALUES (\("a"), \("again"))") }
        }
      }
      #expect(caught?.isDuplicate(of: "idea", "id") == true)
      #expect(throws: Refused.self) { try db.savepoint { throw Refused() } }
      let kept = try db.savepoint { try db.run("INSERT INTO idea (id, title) VALUES (\("d"), \("after"))") }
      #expect(kept == 1)
    }
    let ids = try await db.read {
      try $0.rows("SELECT id FROM idea ORDER BY id").map { try $0.read("id", as: String.self) }
    }
    #expect(ids == ["a", "b", "d"])
  }

  @Test(arguments: Engine.contract) func readsCannotWrite(engine: Engine) async throws {
    let db = try await openIdeas(engine)
    let error = await databaseError {
      try await db.read { _ = try $0.run("INSERT INTO idea (id, title) VALUES (\("a"), \("x"))") }
    }
    #expect(error == .readOnly)
    try await db.addIdea("a")
    #expect(try await db.count() == 1)
  }

  @Test(arguments: Engine.contract) func runTellsHowManyRowsChanged(engine: Engine) async throws {
    let db = try await openIdeas(engine)
    for n in 1...3 { try await db.addIdea("\(n)", votes: n) }
    let changed = try await db.write { db in
      [
        try db.run("UPDATE idea SET votes = votes + 1 WHERE votes >= \(2)"),
        try db.run("UPDATE idea SET votes = 0 WHERE id = \("nobody")"),
        try db.run("DELETE FROM idea"),
        try db.run("CREATE TABLE other (id TEXT PRIMARY KEY)"),
      ]
    }
    #expect(changed == [2, 0, 3, 0])
  }

  @Test(arguments: Engine.contract) func upsertAndReturning(engine: Engine) async throws {
    let db = try await openIdeas(engine)
    let votes = try await db.write { db in
      try (1...3).map { _ in
        try db.value(
          "votes",
          """
          INSERT INTO idea (id, title, votes) VALUES (\("a"), \("x"), \(1))
          ON CONFLICT (id) DO UPDATE SET votes = idea.votes + excluded.votes RETURNING votes
          """, as: Int.self)
      }
    }
    #expect(votes == [1, 2, 3])
  }

  @Test(arguments: Engine.contract) func manyRowsGoInTogether(engine: Engine) async throws {
    let db = try await openIdeas(engine)
    let rows = (0..<3000).map { n -> [(any SQLBindable & Sendable)?] in
      ["\(n)", "Idea \(n)", n % 2 == 0 ? 0.5 : nil, n]
    }
    let columns = ["id", "title", "effect", "votes"]
    let (first, again) = try await db.write { db in
      let first = try db.insertMany(into: "idea", columns: columns, rows: rows)
      return (
        first, try db.insertMany(into: "idea", columns: columns, rows: rows, conflict: "ON CONFLICT (id) DO NOTHING")
      )
    }
    #expect((first, again) == (3000, 0))
    let row = try #require(
      try await db.read { try $0.rows("SELECT count(*) AS n, sum(votes) AS votes, count(effect) AS known FROM idea") }
        .first)
    #expect(try row.read("n") == 3000)
    #expect(try row.read("votes") == 2999 * 3000 / 2)
    #expect(try row.read("known") == 1500)
  }

  @Test(arguments: Engine.contract) func theSchemaSaysWhatIsWrong(engine: Engine) async throws {
    let db = try await openIdeas(engine)
    try await db.write { try $0.run("INSERT INTO school (id, name, state) VALUES (\("s"), \("North"), \("ME"))") }
    func refused(_ sql: SQL) async -> DatabaseError? {
      await databaseError { try await db.write { _ = try $0.run(sql) } }
    }

    let twice = await refused("INSERT INTO school (id, name, state) VALUES (\("t"), \("North"), \("ME"))")
    #expect(twice?.isDuplicate(of: "school", "name", "state") == true)
    #expect(twice?.isDuplicate(of: "school", "id") == false)
    let key = await refused("INSERT INTO school (id, name) VALUES (\("s"), \("South"))")
    #expect(key?.isDuplicate(of: "school", "id") == true)

    guard case .check(let check) = await refused("INSERT INTO idea (id, title, votes) VALUES (\("a"), \("x"), \(-1))")
    else {
      Issue.record("a CHECK was not reported")
      return
    }
    #expect(check.constraint == "votes_count_up")
    guard case .notNull(let missing) = await refused("INSERT INTO idea (id) VALUES (\("a"))") else {
      Issue.record("a missing value was not reported")
      return
    }
    #expect(missing.table == "idea" && missing.columns == ["title"])
    guard case .foreignKey = await refused("INSERT INTO idea (id, title, school_id) VALUES (\("a"), \("x"), \("no"))")
    else {
      Issue.record("a reference to nothing was not reported")
      return
    }
    guard case .engine = await refused("SELECT FROM WHERE") else {
      Issue.record("nonsense was not reported")
      return
    }
  }

  @Test(arguments: Engine.contract) func errorsHoldNoValues(engine: Engine) async throws {
    let db = try await openIdeas(engine)
    try await db.addIdea("secret@example.org")
    let error = try #require(await databaseError { try await db.addIdea("secret@example.org") })
    #expect(!"\(error)".contains("secret"))
    #expect("\(error)" == "already there: idea.id")
  }

  @Test(arguments: Engine.contract) func aMeterCountsWhatATaskAsked(engine: Engine) async throws {
    let db = try await openIdeas(engine)
    let meter = DatabaseMeter()
    try await DatabaseMeter.$current.withValue(meter) {
      try await db.addIdea("a")
      _ = try await db.count()
    }
    _ = try await db.count()
    #expect(meter.statements == 2)
    #expect(meter.milliseconds > 0)
  }
}

private struct Refused: Error {}
