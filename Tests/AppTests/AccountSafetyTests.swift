import HTTPTypes
import SignIn
import Storage
import TestDatabase
import Testing

@testable import App

/// The second step, browsers, suspension, acting as a person: what keeps an account its owner's.
struct AccountSafetyTests {
  private static let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

  private func digits(_ world: TestWorld) throws -> String {
    let password = try #require(OneTimePassword(base32: Self.secret))
    return password.code(step: OneTimePassword.step(at: world.now.milliseconds / 1000))
  }

  /// Sets the second step up, as the page does; gives the recovery codes that are shown.
  private func enrol(_ browser: Browser, _ world: TestWorld) async throws -> [String] {
    let answer = try await browser.post(
      "/sign-in/second-factor/setup", ["secret": Self.secret, "digits": try digits(world), "next": "/account"])
    #expect(answer.status == 200)
    return answer.text.matches(of: /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){5}/).map { String($0.output) }
  }

  /// Signs in by the emailed code, in a browser of its own.
  private func signIn(_ email: String, _ world: TestWorld, in browser: Browser? = nil) async throws -> Browser {
    let browser = browser ?? Browser(world.site)
    _ = try await browser.post("/sign-in", ["email": email])
    let subject = try await world.site.database.read { db in
      try db.rows(
        "SELECT subject FROM mail WHERE address = \(email) AND headers LIKE '%Holds: code%' ORDER BY id DESC LIMIT 1")[
          0
        ]
        .read("subject", as: String.self)
    }
    #expect(try await browser.post("/sign-in/code", ["code": String(subject.prefix(6))]).status == 303)
    _ = try await browser.get("/account/sessions")
    return browser
  }

  private func letters(to email: String, _ world: TestWorld) async throws -> [String] {
    try await world.site.database.read { db in
      try db.rows("SELECT subject FROM mail WHERE address = \(email) ORDER BY id").map { try $0.read("subject") }
    }
  }

  // MARK: the second step

  @Test(arguments: Engine.available) func theOfficeHasNoRightUntilTheSecondStep(engine: Engine) async throws {
    let world = try await TestWorld(engine, settings: ["second_factor=yes"])
    let browser = try await signIn("office@league.test", world)
    #expect(try await browser.get("/office").location == "/sign-in/second-factor?next=%2Foffice")
    #expect(try await enrol(browser, world).count == 10)
    #expect(try await browser.get("/office").status == 200)
    // The next sign-in owes it again.
    let other = try await signIn("office@league.test", world)
    #expect(try await other.get("/office").status == 303)
    #expect(try await other.get("/account/second-step").location?.hasPrefix("/sign-in/second-factor") == true)
    world.pass(.minutes(1))
    #expect(
      try await other.post("/sign-in/second-factor", ["digits": try digits(world), "next": "/office"]).location
        == "/office")
    #expect(try await other.get("/office").status == 200)
  }

  @Test(arguments: Engine.available) func aRecoveryCodeOpensTheDoorOnce(engine: Engine) async throws {
    let world = try await TestWorld(engine, settings: ["second_factor=yes"])
    let codes = try await enrol(try await signIn("office@league.test", world), world)
    let browser = try await signIn("office@league.test", world)
    #expect(try await browser.post("/sign-in/second-factor", ["recovery": "AAAA-BBBB-CCCC-DDDD"]).status == 422)
    let typed = codes[3].lowercased().filter { $0 != "-" }
    #expect(
      try await browser.post("/sign-in/second-factor", ["recovery": typed, "next": "/office"]).location == "/office")
    #expect(try await browser.get("/office").status == 200)
    let again = try await signIn("office@league.test", world)
    #expect(try await again.post("/sign-in/second-factor", ["recovery": codes[3]]).status == 422)
    #expect(try await letters(to: "office@league.test", world).contains { $0.contains("9 are left") })
    let kept = try await world.site.database.read { db in
      try db.rows("SELECT code_hash FROM recovery_code").map { try $0.read("code_hash", as: String.self) }
    }
    #expect(kept.allSatisfy { $0.count == 64 })
  }

  @Test func newRecoveryCodesEndTheOldAndNeedTheApp() async throws {
    let world = try await TestWorld()
    let browser = try await signIn("lead@league.test", world)
    let old = try await enrol(browser, world)
    #expect(try await browser.post("/account/recovery-codes", ["digits": "000000"]).status == 422)
    world.pass(.minutes(1))
    let answer = try await browser.post("/account/recovery-codes", ["digits": try digits(world)])
    let new = answer.text.matches(of: /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){5}/).map { String($0.output) }
    #expect(new.count == 10 && Set(new).isDisjoint(with: old))
    let other = try await signIn("lead@league.test", world)
    #expect(try await other.post("/sign-in/second-factor", ["recovery": old[0]]).status == 422)
    #expect(try await other.post("/sign-in/second-factor", ["recovery": new[0]]).status == 303)
  }

  /// Whoever has chosen a second step is protected by it: an emailed code alone holds no right and opens no account page.
  @Test func aChosenSecondStepIsOwedToo() async throws {
    let world = try await TestWorld()
    _ = try await enrol(try await signIn("lead@league.test", world), world)
    let thief = try await signIn("lead@league.test", world)
    #expect(try await thief.get("/discussions").location?.hasPrefix("/sign-in/second-factor") == true)
    #expect(try await thief.get("/account/second-step").status == 303)
    #expect(try await thief.post("/account/second-step/off", ["off": try digits(world)]).status == 303)
    #expect(try await thief.get("/discussions").status == 303)
  }

  // MARK: browsers

  @Test(arguments: Engine.available) func aNewBrowserIsToldOfAndAKnownOneIsNot(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let first = try await signIn("lead@league.test", world)
    _ = try await signIn("lead@league.test", world, in: first)
    let told = { (subjects: [String]) in subjects.filter { $0.contains("new sign-in") }.count }
    #expect(told(try await letters(to: "lead@league.test", world)) == 0)
    _ = try await signIn("lead@league.test", world)
    #expect(told(try await letters(to: "lead@league.test", world)) == 1)
  }

  @Test(arguments: Engine.available) func signingOutEverywhereEndsEverySession(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (here, there) = (try await world.browser(as: .lead), try await world.browser(as: .lead))
    #expect(try await here.post("/account/sessions/end-all").status == 303)
    for browser in [here, there] { #expect(try await browser.get("/account").location?.hasPrefix("/sign-in") == true) }
  }

  // MARK: suspension

  @Test(arguments: Engine.available) func aSuspendedPersonIsOutWithTheNextRequest(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (office, educator) = (try await world.browser(as: .office), try await world.browser(as: .educator))
    let id = world.person(.educator)
    #expect(try await educator.get("/discussions").status == 200)
    #expect(try await office.post("/office/people/\(id)/suspension").status == 422)
    #expect(try await educator.get("/discussions").status == 200)
    #expect(
      try await office.post("/office/people/\(id)/suspension", ["suspension": "Posted a list of students"]).status
        == 303)
    #expect(try await educator.get("/discussions").location?.hasPrefix("/sign-in") == true)
    #expect(try await letters(to: "educator@league.test", world).contains { $0.contains("suspended") })
    // The code still comes (nothing tells strangers who has an account), and its owner reads why it opens nothing.
    let browser = Browser(world.site)
    _ = try await browser.post("/sign-in", ["email": "educator@league.test"])
    let code = try await letters(to: "educator@league.test", world).last ?? ""
    let answer = try await browser.post("/sign-in/code", ["code": String(code.prefix(6))])
    #expect(answer.status == 403 && answer.text.contains("Posted a list of students"))
    #expect(try await office.post("/office/people/\(id)/restoration").status == 303)
    _ = try await signIn("educator@league.test", world)
  }

  @Test(arguments: Engine.available) func aTermThatEndedEndsTheRightThatMinute(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let liaison = try await world.browser(as: .liaison)
    #expect(try await liaison.get("/office").status == 200)
    let now = world.now
    try await world.site.database.write { db in
      try RoleStore(db: db).end("role-liaison", now: now, by: nil, reason: "Term over")
    }
    #expect(try await liaison.get("/office").status == 403)
  }

  @Test func nobodyOfTheOfficeSuspendsThemselves() async throws {
    let world = try await TestWorld()
    let office = try await world.browser(as: .office)
    #expect(
      try await office.post("/office/people/\(world.person(.office))/suspension", ["suspension": "Oops"]).status == 403)
    #expect(try await office.get("/office").status == 200)
  }

  // MARK: acting

  @Test(arguments: Engine.available) func actingIsSeenLimitedAndLent(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (office, educator) = (try await world.browser(as: .office), try await world.browser(as: .educator))
    let id = world.person(.educator)
    #expect(
      try await office.post("/office/people/\(id)/acting", ["acting": "She cannot see her school"]).location == "/today"
    )
    let page = try await office.get("/account/profile")
    #expect(page.text.contains("You look at the League as Dana Educator"))
    #expect(try await office.get("/office").status == 403)
    // Deciding, speaking and the account's own safety are refused; so is what is for the person alone to read.
    for path in ["/discussions", "/ideas", "/account/sessions/end-all", "/account/recovery-codes", "/sign/none"] {
      #expect(try await office.post(path, ["title": "In her name", "text": "I say so"]).status == 403, "\(path)")
    }
    #expect(try await office.get("/account/second-step").status == 403)
    #expect(try await office.post("/account/letters", ["letter": "none"]).status == 303)
    // The person reads of it, in their notices and in their account's record.
    #expect(try await educator.get("/notices").text.contains("She cannot see her school"))
    let record = try await educator.get("/account/record").text
    #expect(record.contains("acted as a person") && record.contains("/account/letters"))
    world.pass(.minutes(31))
    #expect(try await office.get("/office").status == 200)
  }

  @Test func actingStopsWhenAskedAndNeverReachesTheOfficeOrLiaisons() async throws {
    let world = try await TestWorld()
    let office = try await world.browser(as: .office)
    #expect(
      try await office.post("/office/people/\(world.person(.liaison))/acting", ["acting": "Because"]).status == 403)
    _ = try await office.post("/office/people/\(world.person(.lead))/acting", ["acting": "Because"])
    #expect(try await office.get("/office").status == 403)
    #expect(try await office.post("/acting/end").location == "/office/people/person-lead")
    #expect(try await office.get("/office").status == 200)
  }

  // MARK: the log

  @Test(arguments: Engine.available) func theLogCannotBeChanged(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (now, person) = (world.now, world.person(.office))
    try await world.site.database.write { db in
      try AuditStore(db: db).add(id: "a-1", by: person, "looked", "person", "x", now: now)
      try AuditStore(db: db).add(id: "a-0", by: person, "looked", "person", "x", now: now - .days(800))
    }
    for statement: SQL in ["UPDATE audit SET detail = 'nothing'", "DELETE FROM audit WHERE id = 'a-1'"] {
      await #expect(throws: DatabaseError.self) {
        try await world.site.database.write { db in _ = try db.run(statement) }
      }
    }
    let gone = try await world.site.database.write { db in try AuditStore(db: db).sweep(before: now - .days(700)) }
    #expect(gone == 1)
  }

  @Test(arguments: Engine.available) func theOfficeFindsWhoSawWhat(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let office = try await world.browser(as: .office)
    _ = try await office.get("/office/people/\(world.person(.lead))")
    _ = try await office.get("/people/\(world.person(.educator))")
    let views = try await office.get("/office/audit?kind=view&who=Dana%20Lead").text
    #expect(views.contains("account looked at") && !views.contains("<td>hidden parts"))
    let all = try await office.get("/office/audit?from=2026-11-24&to=2026-11-24").text
    #expect(all.contains("hidden parts of a profile seen"))
    #expect(try await office.get("/office/audit?to=2026-11-23").text.contains("Nothing is found"))
    let csv = try await office.get("/office/audit.csv?kind=view")
    #expect(csv.headers[.contentDisposition]?.contains("audit-2026-11-24.csv") == true)
    #expect(csv.text.contains("account looked at,person,person-lead,Dana Lead"))
    #expect(try await office.get("/office/audit.csv").text.contains("audit log taken out"))
  }

  /// Else whoever has the office's rights could sign in as anybody without one.
  @Test func codesOfOthersAreNotOnTheOutboxPage() async throws {
    let world = try await TestWorld(settings: ["demo=no", "development=no"])
    let browser = Browser(world.site)
    _ = try await browser.post("/sign-in", ["email": "lead@league.test"])
    let code = try await letters(to: "lead@league.test", world)[0].prefix(6)
    let office = try await world.browser(as: .office)
    #expect(!(try await office.get("/office/mail").text.contains(code)))
    let id = try await world.site.database.read { db in
      try db.rows("SELECT id FROM mail LIMIT 1")[0].read("id", as: String.self)
    }
    let letter = try await office.get("/office/mail/\(id)").text
    #expect(!letter.contains(code) && letter.contains("Codes are shown to nobody"))
    #expect(try await office.get("/office/audit?kind=view").text.contains("letter read"))
  }
}
