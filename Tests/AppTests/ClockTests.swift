import Foundation
import SignIn
import Storage
import TestDatabase
import Testing

@testable import App

/// A clock that jumps: a day ahead, and back again. Nothing is lost, and nothing waits until the clock is there again.
struct ClockTests {
  private static let back = Span(milliseconds: -Span.days(1).milliseconds)

  private func code(for email: String, in browser: Browser, _ world: TestWorld) async throws -> String {
    #expect(try await browser.post("/sign-in", ["email": email]).status == 303)
    let subject = try await world.site.database.read { db in
      try db.value("subject", "SELECT subject FROM mail ORDER BY id DESC LIMIT 1", as: String.self) ?? ""
    }
    return String(subject.prefix(6))
  }

  @Test(arguments: Engine.available) func codesAndLimits(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let browser = Browser(world.site)
    world.pass(.days(1))
    var ahead = ""
    for _ in 1...5 { ahead = try await code(for: "lead@league.test", in: browser, world) }
    #expect(try await browser.post("/sign-in", ["email": "lead@league.test"]).status == 429)
    world.pass(Self.back)
    let refused = try await browser.post("/sign-in/code", ["email": "lead@league.test", "code": ahead])
    #expect(refused.status == 422 && refused.text.contains("Ask for a new one"), "it would live for a day")
    let fresh = try await code(for: "lead@league.test", in: browser, world)
    #expect(try await browser.post("/sign-in/code", ["email": "lead@league.test", "code": fresh]).status == 303)
    #expect(try await browser.get("/account").status == 200)
    // Ahead once more: the session is younger than its end, and what was asked for long ago has ended.
    let old = try await code(for: "office@league.test", in: Browser(world.site), world)
    world.pass(.days(1))
    #expect(try await browser.get("/account").status == 200)
    #expect(
      try await Browser(world.site).post("/sign-in/code", ["email": "office@league.test", "code": old]).status == 422)
  }

  /// Of two codes of one browser the one asked for later is right, though the clock says that it is the older.
  @Test(arguments: Engine.available) func theCodeAskedForLastIsTheRightOne(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let browser = Browser(world.site)
    _ = try await code(for: "lead@league.test", in: browser, world)
    world.pass(Span(milliseconds: -Span.minutes(3).milliseconds))
    let last = try await code(for: "lead@league.test", in: browser, world)
    #expect(try await browser.post("/sign-in/code", ["email": "lead@league.test", "code": last]).status == 303)
  }

  @Test func theSecondStep() throws {
    let password = try #require(OneTimePassword(base32: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"))
    let (now, day): (Int64, Int64) = (1_795_521_600, 86_400)
    let step = OneTimePassword.step(at: now)
    #expect(password.match(password.code(step: step), at: now, after: step) == nil, "used")
    #expect(password.match(password.code(step: step), at: now, after: step + 10) == nil)
    #expect(password.match(password.code(step: step), at: now, after: OneTimePassword.step(at: now + day)) == step)
  }

  @Test(arguments: Engine.available) func lettersNoticesAndJobs(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let done = Tally()
    let house = Housekeeping(site: world.site, jobs: [Job("count", every: .hours(1)) { _ in done.raise() }])
    world.pass(.days(1))
    await house.round()
    let ahead = world.now
    try await world.site.database.write { [person = world.person(.lead)] db in
      for id in ["written", "claimed"] {
        let email = try #require(EmailAddress("a@b.test"))
        try MailStore(db: db).add(Letter(id: id, to: email, subject: id, body: "x"), now: ahead)
      }
      _ = try MailStore(db: db).claim(now: ahead, until: ahead + Outbox.claim)
      try NoticeStore(db: db).tell(
        person, kind: "reply", subject: "s", path: "/", words: "w", why: "", by: nil, id: "n", now: ahead)
      _ = try JobStore(db: db).claim("died", first: ahead, now: ahead, until: ahead + Job.claim)
    }
    world.pass(Self.back)
    await house.round()
    #expect(done.value == 2, "an hour's job is not a day late")
    let now = world.now
    let (letters, notices, isFree) = try await world.site.database.write { db in
      let letters = try (0..<3).compactMap { _ in try MailStore(db: db).claim(now: now, until: now + Outbox.claim)?.id }
      let due = try LetterQueue(db: db, zone: world.site.settings.zone).due(now: now)
      try JobStore(db: db).release("died", now: now)
      return (letters, due.count, try JobStore(db: db).claim("died", first: now, now: now, until: now + Job.claim))
    }
    #expect(Set(letters) == ["written", "claimed"])
    #expect(notices == 1 && isFree)
    #expect(try await world.site.database.read { db in try ClockStore(db: db).countAhead(now: now) } == 0)
    world.pass(.hours(1))
    await house.round()
    #expect(done.value == 3)
  }

  /// What is put off for good reason waits as before.
  @Test(arguments: Engine.available) func aClockThatIsRightChangesNothing(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let now = world.now
    try await world.site.database.write { [person = world.person(.lead)] db in
      let email = try #require(EmailAddress("a@b.test"))
      try MailStore(db: db).add(
        Letter(id: "quiet", to: email, subject: "x", body: "x"), now: now, due: now + .hours(23))
      try NoticeStore(db: db).tell(
        person, kind: "reply", subject: "s", path: "/", words: "w", why: "", by: nil, id: "n", now: now)
      _ = try JobStore(db: db).claim("running", first: now, now: now, until: now + Job.claim)
    }
    #expect(try await world.site.database.read { db in try ClockStore(db: db).countAhead(now: now) } == 0)
  }

  /// The nightly backup of a clock that was ahead does not make tonight's fail to come.
  @Test func whatIsDueEveryNightIsDueTonight() async throws {
    let world = try await TestWorld()
    let done = Tally()
    let zone = world.site.settings.zone
    let job = Job("night", at: { NightlyBackup.next(after: $0, minutes: 150, zone) }) { _ in done.raise() }
    let house = Housekeeping(site: world.site, jobs: [job])
    await house.round()
    world.pass(.days(1))
    await house.round()
    #expect(done.value == 1)
    world.pass(Self.back)
    await house.round()
    #expect(done.value == 1, "not at noon")
    world.pass(.minutes(19 * 60 + 30))
    await house.round()
    #expect(done.value == 2)
  }

  @Test func pagesThatAreKept() async throws {
    let world = try await TestWorld()
    let cache = PageCache()
    _ = cache.keep([1, 2, 3], at: "/", generation: cache.generation, now: world.now + .days(1))
    #expect(cache.find("/", now: world.now) == nil)
    #expect(cache.find("/", now: world.now + .days(1)) != nil)
    let values = SharedValues()
    _ = try await values.value("key", now: world.now + .days(1)) { 1 }
    #expect(try await values.value("key", now: world.now) { 2 } == 2)
  }

  @Test func aBackupFromTheFutureHidesNone() throws {
    let (place, now) = (try TemporaryFolder(), Instant(milliseconds: 1_795_521_600_000))
    let folder = BackupFolder(place.url.path)
    for moment in [now - .days(1), now + .days(400)] {
      let url = folder.place(at: moment)
      try Data().write(to: url)
      try JSONEncoder().encode(BackupProof(verifiedAt: moment.milliseconds, rows: 1)).write(
        to: BackupProof.url(of: url))
    }
    #expect(folder.lastVerified(now: now)?.url == folder.place(at: now - .days(1)))
  }
}
