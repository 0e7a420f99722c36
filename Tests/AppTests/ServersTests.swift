import Storage
import TestDatabase
import Testing

@testable import App

/// Two processes on one database.
struct ServersTests {
  /// A world with a second server, each of which hears what the other changes.
  private static func together(
    _ engine: Engine, _ work: @Sendable (TestWorld, Site) async throws -> Void
  ) async throws {
    let world = try await TestWorld(engine)
    let other = world.otherServer()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for site in [world.site, other] { group.addTask { try await Live(site: site).run() } }
      // Until both have said that they listen, their caches are emptied by it.
      for site in [world.site, other] { try await until { site.cache.generation > 0 } }
      try await work(world, other)
      group.cancelAll()
    }
  }

  @Test(arguments: Engine.available) func whatOneChangesTheOthersForget(engine: Engine) async throws {
    try await Self.together(engine) { world, other in
      let (visitor, lead) = (Browser(other), try await world.browser(as: .lead))
      _ = try await visitor.get("/about")
      _ = try await other.shared.value("a value", now: world.now) { 1 }
      #expect(other.cache.count == 1 && other.shared.count == 1)
      _ = try await lead.post("/theme", ["theme": "dark"])
      try await until { other.cache.count == 0 && other.shared.count == 0 }
    }
  }

  @Test(arguments: Engine.available) func whatChangesNoPageLeavesThem(engine: Engine) async throws {
    try await Self.together(engine) { world, other in
      _ = try await Browser(other).get("/about")
      _ = try await Browser(world.site).get("/about")
      _ = try await Browser(world.site).post("/sign-in", ["email": "a@b.test"])
      let lead = try await world.browser(as: .lead)
      _ = try await lead.post("/drafts", ["context": "reply:1", "generation": "0", "text": "Words"])
      let heard = other.cache.generation
      try await world.site.database.write { $0.notify(ProcessWord.changed(by: "a third").text) }
      try await until { other.cache.generation > heard }
      #expect(other.cache.generation == heard + 1, "nothing but the third has emptied it")
    }
  }

  @Test func whoIsCutOffKeepsNothing() async throws {
    let world = try await TestWorld()
    let (live, visitor) = (Live(site: world.site), Browser(world.site))
    _ = try await visitor.get("/about")
    live.take(.interrupted)
    #expect(world.site.cache.count == 0)
    _ = try await visitor.get("/about")
    _ = try await world.site.shared.value("a value", now: world.now) { 1 }
    #expect(world.site.cache.count == 0 && world.site.shared.count == 0)
    live.take(.listening)
    _ = try await visitor.get("/about")
    #expect(world.site.cache.count == 1)
    live.take(.notified("a word of a newer program"))
    live.take(.notified(ProcessWord.changed(by: world.site.cache.name).text))
    #expect(world.site.cache.count == 1)
  }

  @Test(arguments: Engine.available) func aCodeAskedOfOneIsGoodAtTheOtherOnce(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (browser, other) = (Browser(world.site), Browser(world.otherServer()))
    _ = try await browser.post("/sign-in", ["email": "educator@league.test"])
    let code = try await world.site.database.read { db in
      String(try db.rows("SELECT subject FROM mail")[0].read("subject", as: String.self).prefix(6))
    }
    for (name, value) in browser.cookies { other.setCookie(name, value) }
    #expect(try await other.post("/sign-in/code", ["code": code, "email": "educator@league.test"]).status == 303)
    #expect(try await browser.post("/sign-in/code", ["code": code, "email": "educator@league.test"]).status == 422)
    for (name, value) in other.cookies { browser.setCookie(name, value) }
    #expect(try await browser.get("/account/sessions").status == 200, "the session is good everywhere")
  }

  @Test(arguments: Engine.available) func aJobIsDoneByOneOfThem(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let done = Tally()
    let job = Job("probe", every: .hours(1)) { _ in done.raise() }
    await withTaskGroup { group in
      for site in [world.site, world.otherServer(), world.otherServer()] {
        group.addTask { await Housekeeping(site: site, jobs: [job]).round() }
      }
    }
    #expect(done.value == 1)
  }

  @Test(arguments: Engine.available) func aLetterIsClaimedByOneOfThem(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let now = world.now
    try await world.site.database.write { db in
      for number in 0..<8 {
        try MailStore(db: db).add(
          Letter(id: "l\(number)", to: try #require(EmailAddress("a@b.test")), subject: "S", body: "B"), now: now)
      }
    }
    let claimed = try await withThrowingTaskGroup(of: String?.self) { group in
      for _ in 0..<12 {
        group.addTask {
          try await world.site.database.write { db in
            try MailStore(db: db).claim(now: now, until: now + .minutes(5))?.id
          }
        }
      }
      return try await group.reduce(into: [String?]()) { $0.append($1) }.compactMap { $0 }
    }
    #expect(claimed.count == 8 && Set(claimed).count == 8, "\(claimed)")
  }
}
