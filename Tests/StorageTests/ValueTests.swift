import Storage
import TestDatabase
import Testing

@Suite struct ValueTests {
  @Test(arguments: Engine.contract) func everyTypeComesBackAsItWent(engine: Engine) async throws {
    let db = try await openIdeas(engine)
    let bytes: [UInt8] = Array(0...255)
    let row = try await db.write { db in
      try db.run(
        """
        INSERT INTO idea (id, title, effect, votes, published, picture)
        VALUES (\("a"), \("Später, 学校 👩🏽‍🏫"), \(0.30000000000000004), \(Int.max), \(true), \(bytes))
        """)
      return try #require(try db.rows("SELECT * FROM idea").first)
    }
    #expect(try row.read("title") == "Später, 学校 👩🏽‍🏫")
    #expect(try row.read("effect") == 0.30000000000000004)
    #expect(try row.read("votes") == Int.max)
    #expect(try row.read("votes") == Int64.max)
    #expect(try row.read("published", as: Bool.self))
    #expect(try row.read("picture") == bytes)
  }

  @Test(arguments: Engine.contract) func missingValuesComeBackAsNil(engine: Engine) async throws {
    let db = try await openIdeas(engine)
    let (effect, school, picture): (Double?, String?, [UInt8]?) = (nil, nil, nil)
    let row = try await db.write { db in
      try db.run(
        """
        INSERT INTO idea (id, title, effect, school_id, picture) VALUES (\("a"), \("x"), \(effect), \(school), \(picture))
        """)
      return try #require(try db.rows("SELECT * FROM idea").first)
    }
    #expect(try row.read("effect", as: Double?.self) == nil)
    #expect(try row.read("school_id", as: String?.self) == nil)
    #expect(try row.read("picture", as: [UInt8]?.self) == nil)
    #expect(throws: DatabaseError.column("effect", expected: "Double", found: "null")) {
      try row.read("effect", as: Double.self)
    }
    #expect(throws: DatabaseError.column("nothing", expected: "Int", found: nil)) {
      try row.read("nothing", as: Int.self)
    }
  }

  @Test(arguments: Engine.contract) func extremesKeepTheirValue(engine: Engine) async throws {
    let db = try await openIdeas(engine)
    let numbers: [Double] = [0.1, 1e300, Double.leastNonzeroMagnitude, -1.7976931348623157e308, 1 / 3, 123456789.125]
    try await db.write { db in
      for (index, x) in numbers.enumerated() {
        try db.run("INSERT INTO idea (id, title, effect) VALUES (\("\(index)"), \("x"), \(x))")
      }
    }
    let kept = try await db.read { try $0.rows("SELECT effect FROM idea ORDER BY id") }
    #expect(try kept.map { try $0.read("effect", as: Double.self) } == numbers)
  }

  @Test(arguments: Engine.contract) func whatOneEngineWouldLoseIsRefused(engine: Engine) async throws {
    let db = try await openIdeas(engine)
    for value: any SQLBindable & Sendable in ["a\0b", Double.nan, -Double.infinity] {
      let error = await databaseError {
        try await db.write { _ = try $0.insertMany(into: "idea", columns: ["id"], rows: [[value]]) }
      }
      guard case .value = error else {
        Issue.record("\(value) gave \(String(describing: error))")
        continue
      }
    }
    #expect(try await db.count() == 0)
  }

  @Test(
    arguments: Engine.contract,
    [
      "'; DROP TABLE idea; --", "\" OR 1=1 --", "\\'; SELECT 1", "$1 ? :a @b", "%s%n", "/* */", "'||(SELECT 1)||'",
      "\u{202e}\u{feff}", String(repeating: "'", count: 10_000),
    ])
  func hostileTextIsText(engine: Engine, text: String) async throws {
    let db = try await openIdeas(engine)
    try await db.addIdea("a", title: text)
    let found = try await db.read { db in
      try db.rows("SELECT title FROM idea WHERE title = \(text) AND title IN \(SQL.list([text, "other"]))")
    }
    #expect(try found.map { try $0.read("title", as: String.self) } == [text])
    #expect(try await db.count() == 1)
  }

  @Test(arguments: Engine.contract) func aNameCannotBeMoreThanAName(engine: Engine) async throws {
    let db = try await openIdeas(engine)
    let error = await databaseError {
      try await db.write { _ = try $0.run("DELETE FROM \(SQL.name("idea\" WHERE 1 = 1 --"))") }
    }
    guard case .engine = error else {
      Issue.record("expected an unknown table, got \(String(describing: error))")
      return
    }
  }

  @Test(arguments: Engine.contract) func listsOfAnyLengthFilter(engine: Engine) async throws {
    let db = try await openIdeas(engine)
    for n in 1...5 { try await db.addIdea("\(n)", votes: n) }
    for wanted in [[], [3], [1, 2, 5], [1, 2, 3, 4, 5]] {
      let found = try await db.read {
        try $0.rows("SELECT votes FROM idea WHERE votes IN \(SQL.list(wanted)) ORDER BY votes")
      }
      #expect(try found.map { try $0.read("votes", as: Int.self) } == wanted)
    }
    let others = try await db.read {
      try $0.rows("SELECT id FROM idea WHERE votes NOT IN \(SQL.list([Int]())) AND id NOT IN \(SQL.list(["1", "2"]))")
    }
    #expect(others.count == 3)
  }

  @Test(arguments: Engine.contract) func aMissingFilterLetsEverythingThrough(engine: Engine) async throws {
    let db = try await openIdeas(engine)
    for n in 1...3 { try await db.addIdea("\(n)", votes: n) }
    for (votes, expected) in [(nil, 3), (2, 1)] as [(Int?, Int)] {
      let found = try await db.read { db in
        try db.rows("SELECT id FROM idea WHERE \(votes) IS NULL OR votes = \(votes) LIMIT \(10) OFFSET \(0)")
      }
      #expect(found.count == expected)
    }
  }

  @Test(arguments: Engine.contract) func conditionsJoin(engine: Engine) async throws {
    let db = try await openIdeas(engine)
    for n in 1...4 { try await db.addIdea("\(n)", votes: n) }
    func ids(_ condition: SQL) async throws -> [String] {
      try await db.read { try $0.rows("SELECT id FROM idea WHERE \(condition) ORDER BY id").map { try $0.read("id") } }
    }
    #expect(try await ids(.all(["votes > \(1)", "votes < \(3) OR votes = \(4)"])) == ["2", "4"])
    #expect(try await ids(.any(["votes = \(1)", "votes = \(3)"]) + " AND votes > \(1)") == ["3"])
    #expect(try await ids(.all([])).count == 4)
    #expect(try await ids(.any([])).isEmpty)
  }

  @Test(arguments: Engine.contract) func textSortsByItsBytes(engine: Engine) async throws {
    let db = try await openIdeas(engine)
    let titles = ["é", "z", "Z", "a", "A", "_", "10", "9", "🎒", "ﬀ"]
    for title in titles { try await db.addIdea(title, title: title) }
    let sorted = try await db.read {
      try $0.rows("SELECT title FROM idea ORDER BY title").map { try $0.read("title", as: String.self) }
    }
    #expect(sorted == titles.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) })
  }

  @Test(arguments: Engine.contract) func missingValuesSortWhereTheyAreTold(engine: Engine) async throws {
    let db = try await openIdeas(engine)
    let effects: [(String, Double?)] = [("a", 1), ("b", nil), ("c", -1)]
    try await db.write { db in
      for (id, effect) in effects {
        try db.run("INSERT INTO idea (id, title, effect) VALUES (\(id), \("x"), \(effect))")
      }
    }
    func ids(_ order: SQL) async throws -> [String] {
      try await db.read { try $0.rows("SELECT id FROM idea ORDER BY \(order)").map { try $0.read("id") } }
    }
    #expect(try await ids("effect NULLS LAST") == ["c", "a", "b"])
    #expect(try await ids("effect DESC NULLS LAST") == ["a", "c", "b"])
    #expect(try await ids("effect NULLS FIRST") == ["b", "c", "a"])
    #expect(try await ids("effect IS NOT DISTINCT FROM NULL DESC, id") == ["b", "a", "c"])
  }

  @Test(arguments: Engine.contract) func aggregatesComeBackAsNumbers(engine: Engine) async throws {
    let db = try await openIdeas(engine)
    for n in 1...4 { try await db.addIdea("\(n)", votes: n) }
    let row = try #require(
      try await db.read { db in
        try db.rows(
          """
          SELECT sum(votes) AS total, avg(CAST(votes AS DOUBLE PRECISION)) AS mean, count(*) FILTER (WHERE votes > \(2)) AS high
          FROM idea
          """)
      }.first)
    #expect(try row.read("total") == 10)
    #expect(try row.read("mean") == 2.5)
    #expect(try row.read("high") == 2)
  }
}
