import Storage
import TestDatabase
import Testing

/// What processes that share a database hear of each other.
@Suite struct EventTests {
  @Test(arguments: Engine.contract) func whatIsCommittedIsHeardInItsOrder(engine: Engine) async throws {
    let db = try await openIdeas(engine)
    var heard = await Heard(db)
    try await db.write { db in
      try db.run("INSERT INTO idea (id, title) VALUES (\("a"), \("An idea"))")
      db.notify("first")
      db.notify("second, with 'marks' and ü")
      db.notify("first")
    }
    try await db.write { $0.notify("third") }
    #expect(await heard.next(3) == ["first", "second, with 'marks' and ü", "third"])
  }

  @Test(arguments: Engine.contract) func whatIsNotKeptIsNotTold(engine: Engine) async throws {
    let db = try await openIdeas(engine)
    var heard = await Heard(db)
    struct Stop: Error {}
    await #expect(throws: Stop.self) {
      try await db.write { db in
        db.notify("never")
        throw Stop()
      }
    }
    try await db.write { db in
      db.notify("before")
      try? db.savepoint {
        db.notify("rolled back")
        throw Stop()
      }
      try db.savepoint { db.notify("inside") }
    }
    #expect(await heard.next(2) == ["before", "inside"])
  }

  @Test(arguments: Engine.contract) func itIsHeardOnlyOnceItCanBeRead(engine: Engine) async throws {
    let db = try await openIdeas(engine)
    var heard = await Heard(db)
    for number in 1...20 {
      async let adding: Void = db.write { db in
        db.notify("\(number)")
        try db.run("INSERT INTO idea (id, title) VALUES (\("\(number)"), \("An idea"))")
      }
      #expect(await heard.next(1) == ["\(number)"])
      #expect(try await db.count() == number)
      try await adding
    }
  }

  @Test(arguments: Engine.contract) func anAnnouncementGoesWithEveryWriteOfItsTask(engine: Engine) async throws {
    let db = try await openIdeas(engine)
    var heard = await Heard(db)
    try await Announcement.$current.withValue("ideas") {
      try await db.addIdea("a")
      _ = try await db.count()
      try await Announcement.$current.withValue(nil) { try await db.addIdea("b") }
      try await db.addIdea("c")
    }
    try await db.write { $0.notify("end") }
    #expect(await heard.next(3) == ["ideas", "ideas", "end"])
  }

  @Test(arguments: Engine.contract) func everybodyWhoListensHearsIt(engine: Engine) async throws {
    let db = try await openIdeas(engine)
    var (one, two) = (await Heard(db), await Heard(db))
    try await db.write { $0.notify("all") }
    #expect(await one.next(1) == ["all"])
    #expect(await two.next(1) == ["all"])
  }

  /// 32 writers who must be run again tell each of their acts once.
  @Test(arguments: Engine.contract) func whatIsRunAgainIsToldOnce(engine: Engine) async throws {
    let db = try await openIdeas(engine)
    try await db.addIdea("a")
    var heard = await Heard(db)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<32 {
        group.addTask {
          try await db.write { db in
            let votes: Int = try db.value("votes", "SELECT votes FROM idea WHERE id = \("a")") ?? 0
            try db.run("UPDATE idea SET votes = \(votes + 1) WHERE id = \("a")")
            db.notify("\(number)")
          }
        }
      }
      try await group.waitForAll()
    }
    try await db.write { $0.notify("end") }
    let words = await heard.next(33)
    #expect(Set(words).count == 33 && words.last == "end")
  }

  @Test(.enabled(if: PostgresServer.isAvailable, "no script/postgres server"))
  func aLostServerIsToldAndFoundAgain() async throws {
    let server = try await PostgresServer()
    let db = try await PostgresDatabase(url: server.url, connections: 2)
    try await db.migrate(ideas)
    var heard = await Heard(db)
    for end in ["stop", "kill"] {
      try await server.control(end)
      #expect(await heard.event() == .interrupted)
      try await server.control("start")
      while let event = await heard.event(), event == .interrupted {}
      try await db.write { $0.notify("after \(end)") }
      #expect(await heard.next(1) == ["after \(end)"])
    }
  }

  @Test(.enabled(if: Engine.postgresURL != nil, "TEST_POSTGRES_URL names no server"))
  func schemasDoNotHearEachOther() async throws {
    let (one, other) = (try await openIdeas(.postgres), try await openIdeas(.postgres))
    var heard = await Heard(one)
    try await other.write { $0.notify("other") }
    try await one.write { $0.notify("one") }
    #expect(await heard.next(1) == ["one"])
  }
}

/// Somebody who listens.
private struct Heard {
  private var iterator: AsyncStream<DatabaseEvent>.Iterator

  init(_ db: any Database) async {
    iterator = db.events().makeAsyncIterator()
    #expect(await iterator.next() == .listening)
  }

  mutating func event() async -> DatabaseEvent? { await iterator.next() }

  /// The next words, waiting for them.
  mutating func next(_ count: Int) async -> [String] {
    var words: [String] = []
    while words.count < count, let event = await iterator.next() {
      if case .notified(let each) = event { words.append(each) }
    }
    return words
  }
}
