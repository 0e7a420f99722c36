import Storage
import TestDatabase
import Testing

@Suite struct FullTextTests {
  private static let text = FullText(table: "search_document")
  private static let steps = [
    Migration(
      "0001_search",
      [
        """
        CREATE TABLE search_document (\(SQL.rowNumber), id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, body TEXT NOT NULL,
          marks TEXT NOT NULL DEFAULT '')
        """
      ] + text.creation)
  ]

  @Test(arguments: Engine.contract) func wordsAreFoundByTheirStem(engine: Engine) async throws {
    let db = try await open(engine)
    #expect(try await found("reading", db) == ["weekly", "pairs"])
    #expect(try await found("readers", db) == [])
    #expect(try await found("read aloud", db) == ["pairs"])
    #expect(try await found("conference", db) == ["talks"])
    #expect(try await found("the", db) == ["weekly"])
  }

  @Test(arguments: Engine.contract) func theLastWordMayBeOnlyBegun(engine: Engine) async throws {
    let db = try await open(engine)
    #expect(try await found("atten", db) == ["talks"])
    #expect(try await found("attend fam", db) == ["talks"])
    #expect(try await found("fam attend", db) == [])
    #expect(try await found("école", db) == ["weekly"])
  }

  @Test(arguments: Engine.contract) func aWordInTheTitleComesFirst(engine: Engine) async throws {
    let db = try await open(engine)
    #expect(try await found("circle", db) == ["weekly", "pairs"])
  }

  @Test(arguments: Engine.contract) func marksNarrowASearch(engine: Engine) async throws {
    let db = try await open(engine)
    #expect(try await found("read", db, marks: [["kindtrial"]]) == ["pairs"])
    #expect(try await found("read", db, marks: [["kindtrial", "kindidea"]]) == ["weekly", "pairs"])
    #expect(try await found("read", db, marks: [["kindtrial"], ["forall"]]) == [])
    #expect(try await found("kindtrial", db) == [])
  }

  @Test(arguments: Engine.contract) func oneMarkMayBeAColumn(engine: Engine) async throws {
    let db = try await open(engine)
    let query = try #require(FullTextQuery("read", marks: [["forall", "forschool12"]]))
    for (mark, id) in [("kindtrial", "pairs"), ("kindidea", "weekly"), ("kindperson", nil)] {
      let matches = Self.text.matches(query, only: (mark: mark, condition: "marks LIKE \(mark + " %")"))
      let found = try await db.read { db in
        try db.value(
          "id", "SELECT d.id FROM (\(matches)) m JOIN search_document d ON d.number = m.number", as: String.self)
      }
      #expect(found == id, "\(mark)")
    }
  }

  @Test(arguments: Engine.contract) func theIndexFollowsTheDocuments(engine: Engine) async throws {
    let db = try await open(engine)
    try await db.write { db in
      try db.run("UPDATE search_document SET title = \("quiet rooms"), body = \("nothing more") WHERE id = \("weekly")")
      try db.run("DELETE FROM search_document WHERE id = \("pairs")")
    }
    #expect(try await found("reading", db) == [])
    #expect(try await found("rooms", db) == ["weekly"])
  }

  @Test(arguments: Engine.contract) func aCommonWordCostsNoMoreThanItsLimit(engine: Engine) async throws {
    let db = try await open(engine)
    let rows = (0..<2000).map { n -> [(any SQLBindable)?] in
      ["n\(n)", n == 7 ? "common in the title" : "other", "common words", ""]
    }
    try await db.write {
      _ = try $0.insertMany(into: "search_document", columns: ["id", "title", "body", "marks"], rows: rows)
    }
    let all = try await found("common", db, limit: 50)
    #expect(all.count == 51)
    #expect(all.prefix(2) == ["n7", "n1999"])
  }

  @Test(
    arguments: Engine.contract,
    ["\" OR *", "' | !x", "a:* & (", "NEAR(a b)", "title : x", "--", "{body}: x", "\\", "^a", "𝒜 é ٣ ½", "a\u{301}b"])
  func operatorsAreOnlyText(engine: Engine, typed: String) async throws {
    let db = try await open(engine)
    _ = try await found(typed, db)
  }

  @Test func textWithoutWordsIsNoQuery() {
    #expect(FullTextQuery("  -- !") == nil)
    #expect(FullTextQuery("A b-C")?.words == ["a", "b", "c"])
  }

  private func open(_ engine: Engine) async throws -> any Database {
    let db = try await TestDatabase.open(engine, migrations: Self.steps)
    let documents = [
      ("pairs", "pairs", "two who read aloud in a circle", "kindtrial forschool12"),
      ("weekly", "a reading circle", "every week the école reads", "kindidea forall"),
      ("talks", "family conferences", "families attend", "kindidea forall"),
    ]
    try await db.write { db in
      for (id, title, body, marks) in documents {
        try db.run("INSERT INTO search_document (id, title, body, marks) VALUES (\(id), \(title), \(body), \(marks))")
      }
    }
    return db
  }

  private func found(
    _ typed: String, _ db: any Database, marks: [[String]] = [], limit: Int = 400
  ) async throws -> [String] {
    guard let query = FullTextQuery(typed, marks: marks) else { return [] }
    return try await db.read { db in
      try db.rows(
        """
        SELECT d.id FROM (\(Self.text.matches(query, limit: limit))) m JOIN search_document d ON d.number = m.number
        ORDER BY m.in_title DESC, d.number DESC
        """
      ).map { try $0.read("id") }
    }
  }
}
