import Foundation
import SignIn
import Storage
import TestDatabase
import Testing

@testable import App

struct SignInTests {
  /// Asks for a code and reads it from the letter.
  private func code(for email: String, in browser: Browser, _ world: TestWorld) async throws -> String {
    let sent = try await browser.post("/sign-in", ["email": email])
    #expect(sent.status == 303)
    let subject = try await world.site.database.read { db in
      try db.rows("SELECT subject FROM mail WHERE address = \(email) ORDER BY id DESC LIMIT 1")[0].read(
        "subject", as: String.self)
    }
    return String(subject.prefix(6))
  }

  @Test(arguments: Engine.available) func aCodeOpensASessionOnce(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let browser = Browser(world.site)
    let code = try await code(for: "lead@league.test", in: browser, world)
    let entered = try await browser.post(
      "/sign-in/code", ["code": " \(code.lowercased()) ", "next": "/account/sessions"])
    #expect(entered.status == 303)
    #expect(entered.location == "/account/sessions")
    #expect(try await browser.get("/account/sessions").status == 200)
    let again = try await browser.post("/sign-in/code", ["code": code])
    #expect(again.status == 422)
  }

  @Test func aGETNeverSpendsTheCode() async throws {
    let world = try await TestWorld()
    let browser = Browser(world.site)
    let code = try await code(for: "lead@league.test", in: browser, world)
    for _ in 0..<3 { #expect(try await browser.get("/sign-in/code?code=\(code)").status == 200) }
    #expect(try await browser.post("/sign-in/code", ["code": code]).status == 303)
  }

  @Test func anotherBrowserCannotSpendIt() async throws {
    let world = try await TestWorld()
    let code = try await code(for: "lead@league.test", in: Browser(world.site), world)
    let thief = Browser(world.site)
    thief.setCookie(world.site.settings.browserCookie, "another")
    #expect(try await thief.post("/sign-in/code", ["code": code]).status == 422)
  }

  @Test func aCodeEndsAfterFifteenMinutes() async throws {
    let world = try await TestWorld()
    let browser = Browser(world.site)
    let code = try await code(for: "lead@league.test", in: browser, world)
    world.pass(.minutes(15))
    #expect(try await browser.post("/sign-in/code", ["code": code]).status == 422)
  }

  @Test func tenWrongTriesEndIt() async throws {
    let world = try await TestWorld()
    let browser = Browser(world.site)
    let code = try await code(for: "lead@league.test", in: browser, world)
    for _ in 0..<10 { #expect(try await browser.post("/sign-in/code", ["code": "WRONG2"]).status == 422) }
    #expect(try await browser.post("/sign-in/code", ["code": code]).status == 422)
  }

  @Test func aFreshAddressMakesAnAccountWithoutRights() async throws {
    let world = try await TestWorld()
    let browser = Browser(world.site)
    let code = try await code(for: "new.teacher@school.example", in: browser, world)
    let entered = try await browser.post("/sign-in/code", ["code": code, "next": "/ideas"])
    #expect(entered.location == "/account?next=%2Fideas")
    #expect(try await browser.get("/office/mail").status == 403)
  }

  @Test func nobodyIsLedToAnotherSite() async throws {
    let world = try await TestWorld()
    for next in ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/a\nb"] {
      let browser = Browser(world.site)
      let code = try await code(for: "lead@league.test", in: browser, world)
      #expect(try await browser.post("/sign-in/code", ["code": code, "next": next]).location == "/")
    }
  }

  @Test func aFormWithoutTheTokenIsKeptAndNotDone() async throws {
    let world = try await TestWorld()
    let browser = try await world.browser(as: .lead)
    let answer = try await browser.post("/account/sessions/end-others", ["token": "forged", "words": "a long story"])
    #expect(answer.status == 303)
    let kept = try await browser.get(answer.location ?? "")
    #expect(kept.text.contains("a long story"))
  }

  @Test func aFormFromAnotherSiteIsRefused() async throws {
    let world = try await TestWorld()
    let browser = try await world.browser(as: .lead)
    let answer = try await browser.post("/account/sessions/end-others", headers: ["origin": "https://evil.example"])
    #expect(answer.status == 403)
  }

  @Test func anEndedSessionKeepsTheWords() async throws {
    let world = try await TestWorld()
    let browser = try await world.browser(as: .lead)
    world.pass(.days(61))
    let answer = try await browser.post("/account/sessions/end-others", ["words": "what I typed for an hour"])
    #expect(answer.location?.hasPrefix("/sign-in?next=%2Fkept%2F") == true)
    let code = try await code(for: "lead@league.test", in: browser, world)
    let next = try #require(answer.location?.split(separator: "next=").last)
    let entered = try await browser.post("/sign-in/code", ["code": code, "next": next.removingPercentEncoding ?? ""])
    #expect(try await browser.get(entered.location ?? "").text.contains("what I typed for an hour"))
  }

  @Test func theOfficeOwesASecondFactor() async throws {
    let world = try await TestWorld(settings: ["second_factor=yes"])
    let browser = Browser(world.site)
    let code = try await code(for: "office@league.test", in: browser, world)
    _ = try await browser.post("/sign-in/code", ["code": code])
    let asked = try await browser.get("/office/mail")
    #expect(asked.location == "/sign-in/second-factor?next=%2Foffice%2Fmail")
    let page = try await browser.get(asked.location ?? "")
    let secret = try #require(page.text.firstMatch(of: /name="secret" value="([A-Z2-7]{32})"/)?.1)
    let password = try #require(OneTimePassword(base32: String(secret)))
    let digits = password.code(step: OneTimePassword.step(at: world.now.milliseconds / 1000))
    let on = try await browser.post("/sign-in/second-factor/setup", ["secret": String(secret), "digits": digits])
    #expect(on.status == 200)
    #expect(try await browser.get("/office/mail").status == 200)
  }

  @Test func aRoleThatEndsEndsItsRightsThatMinute() async throws {
    let world = try await TestWorld()
    let browser = try await world.browser(as: .office)
    #expect(try await browser.get("/office/mail").status == 200)
    let now = world.now
    try await world.site.database.write { db in
      try RoleStore(db: db).end("role-office", now: now, by: nil, reason: "term over")
    }
    #expect(try await browser.get("/office/mail").status == 403)
  }

  /// RFC 6238, appendix B: the SHA-1 rows, last six digits.
  @Test(arguments: [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (20_000_000_000, "353130")])
  func oneTimePasswordsAgreeWithTheStandard(seconds: Int64, digits: String) {
    let password = OneTimePassword(secret: Array("12345678901234567890".utf8))
    #expect(password.code(step: OneTimePassword.step(at: seconds)) == digits)
    #expect(OneTimePassword(base32: password.base32)?.code(step: OneTimePassword.step(at: seconds)) == digits)
  }
}
