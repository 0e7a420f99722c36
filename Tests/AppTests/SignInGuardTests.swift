import HTTPTypes
import Hummingbird
import NIOCore
import SignIn
import Storage
import TestDatabase
import Testing

@testable import App

/// What stands around signing in: limits on guessing, fresh tokens, and what the log says of it.
struct SignInGuardTests {
  private static let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

  private func digits(_ world: TestWorld) throws -> String {
    let password = try #require(OneTimePassword(base32: Self.secret))
    return password.code(step: OneTimePassword.step(at: world.now.milliseconds / 1000))
  }

  private func code(_ world: TestWorld) async throws -> String {
    try await world.site.database.read { db in
      String(
        try db.rows("SELECT subject FROM mail ORDER BY id DESC LIMIT 1")[0].read("subject", as: String.self).prefix(6))
    }
  }

  // MARK: limits

  @Test func fewCodesGoToOneAddress() async throws {
    let world = try await TestWorld()
    var statuses: [Int] = []
    for _ in 0..<6 { statuses.append(try await Browser(world.site).post("/sign-in", ["email": "a@b.test"]).status) }
    #expect(statuses == [303, 303, 303, 303, 303, 429])
    #expect(try await Browser(world.site).post("/sign-in", ["email": "c@b.test"]).status == 303)
    world.pass(.minutes(3))
    #expect(try await Browser(world.site).post("/sign-in", ["email": "a@b.test"]).status == 303)
  }

  @Test func digitsOfTheAppCannotBeGuessedThrough() async throws {
    let world = try await TestWorld()
    let browser = try await world.browser(as: .lead)
    _ = try await browser.post("/sign-in/second-factor/setup", ["secret": Self.secret, "digits": try digits(world)])
    var statuses: [Int] = []
    for _ in 0..<10 {
      statuses.append(try await browser.post("/account/recovery-codes", ["digits": "000000"]).status)
    }
    #expect(statuses == Array(repeating: 422, count: 9) + [429])
  }

  @Test func onlyATrustedProxySaysWhoAsks() throws {
    var head = HTTPRequest(method: .get, scheme: "http", authority: "league.test", path: "/")
    let name = try #require(HTTPField.Name("x-forwarded-for"))
    head.headerFields[name] = "6.6.6.6, 198.51.100.7, 10.0.0.2"
    let request = Request(head: head, body: RequestBody(buffer: ByteBuffer()))
    let proxies = TrustedProxies(["10.0.0.1", "10.0.0.2"])
    #expect(proxies.client(of: request, peer: "10.0.0.1") == "198.51.100.7")
    #expect(proxies.client(of: request, peer: "203.0.113.9") == "203.0.113.9")
    #expect(TrustedProxies([]).client(of: request, peer: "10.0.0.1") == "10.0.0.1")
  }

  // MARK: tokens

  @Test(arguments: Engine.available) func theSecondStepGivesTheSessionANewToken(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let name = world.site.settings.sessionCookie
    let browser = try await world.browser(as: .lead)
    let first = try #require(browser.cookies[name])
    let shown = try await browser.post(
      "/sign-in/second-factor/setup", ["secret": Self.secret, "digits": try digits(world)])
    let second = try #require(browser.cookies[name])
    #expect(shown.status == 200 && second != first)
    // The page's own forms are the new session's.
    #expect(shown.text.contains(Session.formToken(for: second)) && !shown.text.contains(Session.formToken(for: first)))
    world.pass(.minutes(1))
    #expect(try await browser.post("/sign-in/second-factor", ["digits": try digits(world)]).status == 303)
    #expect(browser.cookies[name] != second)
    #expect(try await browser.get("/account/sessions").status == 200)
    for old in [first, second] {
      let thief = Browser(world.site)
      thief.setCookie(name, old)
      #expect(try await thief.get("/account/sessions").status == 303)
    }
    let sessions = try await world.site.database.read { db in
      try SessionStore(db: db).all(of: world.person(.lead), now: world.now).count
    }
    #expect(sessions == 1)
  }

  @Test(arguments: Engine.available) func aSessionEndsUnusedAndAfterSixtyDays(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (idle, busy) = (try await world.browser(as: .educator), try await world.browser(as: .lead))
    for _ in 0..<4 {
      world.pass(.days(13))
      #expect(try await busy.get("/account").status == 200)
    }
    #expect(try await idle.get("/account").location?.hasPrefix("/sign-in") == true)
    world.pass(.days(7))
    #expect(try await busy.get("/account").status == 200)
    world.pass(.days(1))
    #expect(try await busy.get("/account").location?.hasPrefix("/sign-in") == true)
  }

  // MARK: the log

  @Test func comingInAndBeingRefusedAreLogged() async throws {
    let book = LogBook()
    let world = try await TestWorld(log: book.logger)
    let browser = Browser(world.site)
    _ = try await browser.post("/sign-in", ["email": "lead@league.test"])
    let code = try await code(world)
    _ = try await browser.post("/sign-in/code", ["code": "WRONG2"])
    _ = try await browser.post("/sign-in/code", ["code": code])
    _ = try await browser.get("/account/sessions")
    #expect(try await browser.get("/office").status == 403)
    let key = try digits(world)
    _ = try await browser.post("/sign-in/second-factor/setup", ["secret": Self.secret, "digits": key])
    _ = try await browser.post("/sign-in/second-factor", ["digits": "000000"])
    _ = try await browser.post("/sign-out")
    let lines = book.lines
    for beginning in [
      "notice sign-in refused", "info signed in", "info second step shown", "notice second step refused",
      "info signed out",
    ] {
      #expect(lines.filter { $0.hasPrefix(beginning + " ") }.count == 1, "\(beginning)")
    }
    let person = "person=\(world.person(.lead))"
    #expect(lines.contains { $0.hasPrefix("info signed in") && $0.contains(person) && $0.contains("way=code") })
    #expect(lines.contains { $0.hasPrefix("notice request") && $0.contains("status=403") && $0.contains(person) })
    for secret in [code, "WRONG2", Self.secret, key, "lead@league.test"] + browser.cookies.values {
      #expect(!lines.contains { $0.contains(secret) }, "\(secret)")
    }
  }

  @Test func anErrorOfOursIsLoggedWholeAndShownInAFewWords() async throws {
    let book = LogBook()
    let world = try await TestWorld(log: book.logger)
    try await world.site.database.write { db in try db.run("ALTER TABLE measure RENAME TO measure_away") }
    let answer = try await (try await world.browser(as: .educator)).get("/measures")
    #expect(answer.status == 500 && answer.text.contains("Something went wrong on our side"))
    #expect(!answer.text.contains("measure_away") && !answer.text.contains("SELECT"))
    let line = try #require(book.lines.first { $0.hasPrefix("error request") })
    #expect(line.contains("no such table") && line.contains("status=500"))
  }
}
