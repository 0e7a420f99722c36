import Storage
import TestDatabase
import Testing

@testable import App

/// Limits on what guesses and mails: one count for all processes.
struct RateLimitTests {
  @Test(arguments: Engine.available) func aBucketIsEmptyAfterItsCountAndRefillsEvenly(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let limit = RateLimit("code:a@b.test", 5, per: .minutes(15))
    for _ in 1...5 { try await world.site.take(limit, now: world.now) }
    await #expect(throws: Refusal.tooMany(retryAfter: 180)) { try await world.site.take(limit, now: world.now) }
    world.pass(.seconds(179))
    await #expect(throws: Refusal.tooMany(retryAfter: 1)) { try await world.site.take(limit, now: world.now) }
    world.pass(.seconds(1))
    try await world.site.take(limit, now: world.now)
    await #expect(throws: Refusal.tooMany(retryAfter: 180)) { try await world.site.take(limit, now: world.now) }
    world.pass(.hours(2))
    for _ in 1...5 { try await world.site.take(limit, now: world.now) }
    await #expect(throws: Refusal.self) { try await world.site.take(limit, now: world.now) }
    try await world.site.take(RateLimit("code:c@b.test", 5, per: .minutes(15)), now: world.now)
  }

  @Test(arguments: Engine.available) func triesSpreadOverTwoServersAreCountedTogether(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let servers = [world.site, world.otherServer()]
    var statuses: [Int] = []
    for number in 0..<6 {
      statuses.append(try await Browser(servers[number % 2]).post("/sign-in", ["email": "a@b.test"]).status)
    }
    #expect(statuses == [303, 303, 303, 303, 303, 429])
    #expect(
      try await Browser(world.otherServer()).post("/sign-in", ["email": "a@b.test"]).status == 429, "a new process")
  }

  @Test(arguments: Engine.available) func manyAtOnceGetNoMoreThanTheLimit(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let servers = [world.site, world.otherServer()]
    let taken = await withTaskGroup(of: Bool.self) { group in
      for number in 0..<24 {
        group.addTask {
          do {
            try await servers[number % 2].take(RateLimit("try:1", 7, per: .hours(1)), now: servers[0].now())
            return true
          } catch { return false }
        }
      }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(taken == 7)
  }

  @Test func theFirstThatRefusesLeavesTheOthersAlone() async throws {
    let world = try await TestWorld()
    let (one, two) = (RateLimit("one", 1, per: .hours(1)), RateLimit("two", 2, per: .hours(1)))
    try await world.site.take(one, two, now: world.now)
    for _ in 1...3 { await #expect(throws: Refusal.self) { try await world.site.take(one, two, now: world.now) } }
    try await world.site.take(two, now: world.now)
  }

  @Test func noAddressIsKeptAndWhatSaysNothingIsSwept() async throws {
    let world = try await TestWorld()
    _ = try await Browser(world.site).post("/sign-in", ["email": "ana@b.test"])
    let keys = try await world.site.database.read { db in
      try db.rows("SELECT key FROM rate_limit").map { try $0.read("key", as: String.self) }
    }
    #expect(keys.count == 2 && keys.allSatisfy { $0.wholeMatch(of: /[0-9a-f]{64}/) != nil })
    world.pass(.hours(1))
    try await world.site.database.write { [now = world.now] db in try RateLimitStore(db: db).sweep(now: now) }
    #expect(try await world.site.database.read { try $0.rows("SELECT key FROM rate_limit").isEmpty })
  }
}
