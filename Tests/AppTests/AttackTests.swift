import Foundation
import HTTPTypes
import SignIn
import Storage
import TestDatabase
import Testing

@testable import App

/// What strangers and members try against every route: forged forms, fixed sessions, replayed codes, guessed accounts,
/// broken headers, bombs, and paths out of the house.
struct AttackTests {
  /// The route's address with `value` wherever an id stands.
  private func path(_ row: RouteTable.Entry, _ value: String) -> String {
    row.path.split(separator: "/", omittingEmptySubsequences: false).map { $0.hasPrefix(":") ? value : String($0) }
      .joined(separator: "/")
  }

  private func subject(of email: String, _ world: TestWorld) async throws -> String {
    try await world.site.database.read { db in
      try db.rows("SELECT subject FROM mail WHERE address = \(email) ORDER BY id DESC LIMIT 1")[0].read("subject")
    }
  }

  private func signIn(_ email: String, _ world: TestWorld, in browser: Browser) async throws {
    _ = try await browser.post("/sign-in", ["email": email])
    let code = try await subject(of: email, world).prefix(6)
    #expect(try await browser.post("/sign-in/code", ["code": String(code)]).status == 303)
  }

  // MARK: forged forms

  @Test func noFormOfAnotherSiteDoesAnything() async throws {
    let world = try await TestWorld()
    for asker in [Asker.visitor, .office] {
      let browser = try await world.browser(as: asker)
      for row in AuthorizationTable.rows where row.method == "POST" {
        let place: Comment = "\(row.path) as \(asker.rawValue)"
        for headers in [
          ["origin": "https://evil.example"], ["origin": "null"], ["sec-fetch-site": "cross-site"],
          ["sec-fetch-site": "same-site"],
        ] {
          #expect(try await browser.post(path(row, "none"), headers: headers).status == 403, place)
        }
      }
    }
  }

  @Test(arguments: Engine.available) func noFormWithoutTheSessionsTokenDoesAnything(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let browser = try await world.browser(as: .office)
    for row in AuthorizationTable.rows where row.method == "POST" && !row.path.hasPrefix("/letters/stop/") {
      for token in ["", "0", String(repeating: "0", count: 64)] {
        let answer = try await browser.post(path(row, "none"), ["token": token, "title": "forged"])
        #expect(answer.location?.hasPrefix("/kept/") == true, "\(row.path): \(answer.status)")
      }
    }
    #expect(try await browser.get("/office").status == 200)
  }

  /// What was typed is shown in the words of the form, and nothing that the form brought along.
  @Test func aFormWhoseSessionEndedShowsWhatWasTyped() async throws {
    let world = try await TestWorld()
    let browser = try await world.browser(as: .educator)
    let kept = try await browser.post(
      "/ideas/x/trials",
      [
        "token": "0", "submission": "01technical", "draft": "trial:new:x", "participants": "All of <grade> 9",
        "probability": "70", "by_lot": "on", "definition": "One line\nand another",
      ])
    let page = try await browser.get(try #require(kept.location)).text
    for shown in [
      "Who takes part", "All of &lt;grade&gt; 9", "How sure, in percent", "70", "Chosen by lot", "and another",
    ] {
      #expect(page.contains(shown), "\(shown)")
    }
    let facts = try #require(page.firstMatch(of: /(?s)<dl class="facts">.*?<\/dl>/)?.output)
    #expect(!facts.contains("01technical") && !facts.contains("trial:new:x"))
  }

  // MARK: sessions

  @Test(arguments: Engine.available) func aSessionCannotBeFixedBeforehand(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let browser = Browser(world.site)
    let name = world.site.settings.sessionCookie
    browser.setCookie(name, "chosen-by-the-attacker")
    try await signIn("lead@league.test", world, in: browser)
    let first = try #require(browser.cookies[name])
    #expect(first != "chosen-by-the-attacker" && first.utf8.count == 52)
    let attacker = Browser(world.site)
    attacker.setCookie(name, "chosen-by-the-attacker")
    #expect(try await attacker.get("/account").status == 303)
    // Signing in again ends the session that was there.
    _ = try await browser.get("/account")
    try await signIn("lead@league.test", world, in: browser)
    #expect(browser.cookies[name] != first)
    attacker.setCookie(name, first)
    #expect(try await attacker.get("/account").status == 303)
  }

  @Test(arguments: Engine.available) func digitsOfTheAppAreTakenOnce(engine: Engine) async throws {
    let world = try await TestWorld(engine, settings: ["second_factor=yes"])
    let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    let password = try #require(OneTimePassword(base32: secret))
    let (first, second) = (Browser(world.site), Browser(world.site))
    try await signIn("office@league.test", world, in: first)
    _ = try await first.get("/account/sessions")
    let digits = password.code(step: OneTimePassword.step(at: world.now.milliseconds / 1000))
    _ = try await first.post("/sign-in/second-factor/setup", ["secret": secret, "digits": digits])
    try await signIn("office@league.test", world, in: second)
    _ = try await second.get("/account/sessions")
    #expect(try await second.post("/sign-in/second-factor", ["digits": digits]).status == 422)
    #expect(try await second.get("/office").status == 303)
  }

  // MARK: guessing who has an account

  @Test(arguments: Engine.available) func noWordTellsWhoHasAnAccount(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let office = try await world.browser(as: .office)
    _ = try await office.post("/office/people/\(world.person(.educator))/suspension", ["suspension": "Because"])
    var seen: Set<String> = []
    for email in ["lead@league.test", "educator@league.test", "nobody@league.test"] {
      let browser = Browser(world.site)
      let sent = try await browser.post("/sign-in", ["email": email])
      let page = try await browser.get(sent.location ?? "")
      let wrong = try await browser.post("/sign-in/code", ["code": "WRONG2", "email": email])
      let name = percentEncoded(email)
      seen.insert(
        [
          "\(sent.status)", sent.location?.replacing(name, with: "X") ?? "", "\(page.status)",
          page.text.replacing(email, with: "X").replacing(name, with: "X"), "\(wrong.status)",
          wrong.text.replacing(email, with: "X").replacing(name, with: "X"),
        ].joined(separator: "\n"))
    }
    #expect(seen.count == 1)
  }

  // MARK: headers

  @Test func noTextStartsAHeader() async throws {
    let world = try await TestWorld()
    let evil = "Dana\r\nBcc: all@league.test\r\nSet-Cookie: league=stolen"
    let lead = try await world.browser(as: .lead)
    _ = try await lead.post("/account/profile", ["name": evil, "title": evil])
    for row in AuthorizationTable.rows where row.method == "GET" {
      let answer = try await lead.get(
        path(row, percentEncoded(evil)) + "?next=\(percentEncoded("/a" + evil))&kind=\(percentEncoded(evil))")
      #expect(answer.headers[values: .setCookie].allSatisfy { !$0.contains("stolen") }, "\(row.path)")
      #expect(answer.headers.allSatisfy { !$0.value.contains("\n") && !$0.value.contains("\r") }, "\(row.path)")
    }
    let visitor = Browser(world.site)
    for email in ["a@b.example\r\nBcc: all@league.test", "a@b.example\nX: y", "a@b.example, all@league.test"] {
      #expect(try await visitor.post("/sign-in", ["email": email]).status == 422, "\(email)")
    }
    let letter = SentLetter(
      id: "m-1", address: "a@b.example\r\nBcc: all@league.test", subject: evil, body: ".\r\nBcc: x",
      headers: "X-League: \(oneLine(evil))", createdAt: world.now, dueAt: world.now, sentAt: nil,
      failedAt: nil, tries: 0, trouble: nil)
    let text = EmailFile.text(letter, settings: world.site.settings)
    let head = text.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false)
      .prefix { !$0.isEmpty }
    #expect(head.contains { $0.hasPrefix("X-League:") })
    #expect(!head.contains { $0.lowercased().hasPrefix("bcc:") || $0.hasPrefix("Set-Cookie") })
  }

  // MARK: bombs

  @Test func bombsAreRefusedOrHarmless() async throws {
    let world = try await TestWorld()
    let lead = try await world.browser(as: .lead)
    let token = lead.token
    let many = (0..<2100).map { "a\($0)=1" }.joined(separator: "&")
    #expect(try await lead.send(.post, "/account/letters", body: "token=\(token)&\(many)").status == 422)
    let long = "token=\(token)&text=" + String(repeating: "a", count: 300_000)
    #expect(try await lead.send(.post, "/discussions", body: long).status == 413)
    let json = String(repeating: "[", count: 100_000)
    let answer = try await lead.send(
      .post, "/account/letters", body: json, ["content-type": "application/json"])
    #expect(answer.status < 500)
    for deep in ["> ", "- ", "[", "*_", "<b>", "![", "`"] {
      let text = String(repeating: deep, count: 9000 / deep.utf8.count)
      let answer = try await lead.post(
        "/discussions", ["title": "Deep", "text": text, "submission": "bomb-\(deep.utf8.count)\(deep.first ?? "x")"])
      #expect(answer.status < 500, "\(deep)")
    }
  }

  // MARK: paths

  private static let paths = [
    "..%2F..%2F..%2Fetc%2Fpasswd", "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "..%5C..%5Cwindows%5Cwin.ini", "....%2F%2Fetc",
    "%2Fetc%2Fpasswd", "..%252f..%252fetc%252fpasswd", "%00", "league.sqlite", "..%c0%af..%c0%afetc",
    "file%3A%2F%2F%2Fetc",
  ]

  @Test func noPathLeadsOutOfTheHouse() async throws {
    let world = try await TestWorld()
    let browser = try await world.browser(as: .office)
    for row in AuthorizationTable.rows where row.method == "GET" && row.path.contains(":") {
      for attack in Self.paths {
        let answer = try await browser.get(path(row, attack))
        #expect(answer.status < 500 && !answer.text.contains("root:x:0"), "\(row.path) \(attack): \(answer.status)")
      }
    }
    for attack in [
      "/assets/../Package.swift", "/../../etc/passwd", "/assets/%2e%2e/league.conf", "//etc/passwd", "/.git/config",
    ] {
      #expect(try await browser.get(attack).status == 404, "\(attack)")
    }
  }
}
