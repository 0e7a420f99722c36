import Foundation
import Storage
import TestDatabase
import Testing

@testable import App

/// The benchmark world, made small.
struct LargeWorldTests {
  /// A site whose database holds the benchmark world and nothing else.
  static func site(_ engine: Engine = .sqlite, size: LargeWorldSize = small) async throws -> Site {
    let site = try await TestWorld(engine, isEmpty: true).site
    try await LargeWorld(site: site, root: Repository.root, size: size).load { _ in }
    return site
  }

  static let small: LargeWorldSize = {
    var size = LargeWorldSize()
    (size.schools, size.people, size.ideas, size.trials, size.posts) = (40, 600, 30, 200, 400)
    return size
  }()

  @Test(arguments: Engine.available) func itHoldsAsMuchAsWasAskedFor(engine: Engine) async throws {
    let counts = try await Self.site(engine).database.read { db in
      try ["school", "person", "role", "idea", "trial", "post"].map {
        try db.value("n", "SELECT count(*) AS n FROM \(SQL.name($0))", as: Int.self)
      }
    }
    #expect(counts == [40, 600, 600, 30, 200, 400])
  }

  @Test func everyRunMakesTheSame() async throws {
    func world() async throws -> [[String]] {
      try await Self.site().database.read { db in
        try [
          db.rows("SELECT name, city, state, latitude, membership FROM school ORDER BY id").map { "\($0)" },
          db.rows("SELECT id, name, title, ask_me FROM person ORDER BY id").map { "\($0)" },
          db.rows("SELECT id, title, headline FROM idea ORDER BY id").map { "\($0)" },
          db.rows("SELECT id, state, verdict, effect FROM trial ORDER BY id").map { "\($0)" },
          db.rows("SELECT id, author_id, html FROM post ORDER BY id").map { "\($0)" },
        ]
      }
    }
    let first = try await world()
    #expect(first[0].count == 40)
    #expect(try await world() == first)
  }

  @Test func everybodyInItIsInvented() async throws {
    let real = try await Self.site().database.read { db in
      try db.rows("SELECT id FROM person WHERE fictional = 0 OR email NOT LIKE '%.example'").count
        + db.rows("SELECT id FROM school WHERE fictional = 0 OR domain NOT LIKE '%.example'").count
    }
    #expect(real == 0)
  }

  @Test func theFirstIdeaHasFiftyTrialsAndVerdictsAreCompiled() async throws {
    let (trials, verdicts) = try await Self.site().database.read { db in
      (
        try db.value("n", "SELECT count(*) AS n FROM trial WHERE idea_id = 'idea-00000'", as: Int.self),
        try db.value("n", "SELECT count(DISTINCT verdict) AS n FROM trial WHERE state = 'reported'", as: Int.self) ?? 0
      )
    }
    #expect(trials == 50)
    #expect(verdicts >= 4)
  }

  @Test func whatListsSayOfDiscussionsIsTrue() async throws {
    let wrong = try await Self.site().database.read { db in
      try db.rows(
        """
        SELECT d.id FROM discussion d JOIN post p ON p.discussion_id = d.id
        GROUP BY d.id, d.post_count, d.last_post_at
        HAVING count(*) <> d.post_count OR max(p.created_at) <> d.last_post_at OR max(p.number) <> d.post_count
        """
      ).count
    }
    #expect(wrong == 0)
  }

  @Test func everythingInItCanBeFound() async throws {
    let documents = try await Self.site().database.read { db in
      try db.value("n", "SELECT count(*) AS n FROM search_document", as: Int.self) ?? 0
    }
    #expect(documents >= 40 + 600 + 30 + 200)
  }

  @Test func oneStepsIntoARoleAsInTheDemonstration() async throws {
    let browser = Browser(try await Self.site())
    #expect(try await browser.post("/demo/kofi-mensah").status == 303)
    #expect(try await browser.get("/account/sessions").status == 200)
  }

  @Test func aDatabaseWithPeopleIsLeftAlone() async throws {
    let site = try await Self.site()
    await #expect(throws: SettingsError.self) {
      try await LargeWorld(site: site, root: Repository.root, size: Self.small).load { _ in }
    }
  }
}
