import HTTPTypes
import SignIn
import Storage
import TestDatabase
import Testing

@testable import App

/// Signing in through a provider, and every way in which that must not work.
struct ProviderTests {
  /// Seconds of the test's clock when it stands.
  private static let noon: Int64 = 1_795_521_600

  private let provider: SampleProvider

  init() throws { provider = try SampleProvider { Self.noon } }

  private func world(_ engine: Engine = .sqlite, more: [String] = []) async throws -> TestWorld {
    try await TestWorld(
      engine,
      settings: ["providers=Example \(SampleProvider.issuer) league", "provider_secrets=Example s3cret"] + more,
      fetch: provider.answer)
  }

  /// Away to the provider and back.
  private func walk(_ browser: Browser, next: String = "/today") async throws -> Answered {
    let away = try await browser.post("/sign-in/with/example", ["next": next])
    #expect(away.status == 200)
    return try await browser.get(try agree(away))
  }

  /// The path by which the browser comes back that was led away so.
  private func agree(_ away: Answered) throws -> String {
    let refresh = try #require(away.headers.first { $0.name.canonicalName == "refresh" }?.value)
    return provider.agree(at: String(refresh.dropFirst("0;url=".count)))
  }

  private func code(_ world: TestWorld) async throws -> String {
    try await world.site.database.read { db in
      String(
        try db.rows("SELECT subject FROM mail ORDER BY id DESC LIMIT 1")[0].read("subject", as: String.self).prefix(6))
    }
  }

  private func link(_ world: TestWorld, _ browser: Browser) async throws {
    let offered = try #require(try await walk(browser).location)
    #expect(offered.hasPrefix("/sign-in/offer/"))
    #expect(try await browser.get(offered).text.contains("educator@league.test"))
    #expect(try await browser.post("/sign-in", ["email": "educator@league.test", "next": "/today"]).status == 303)
    #expect(try await browser.post("/sign-in/code", ["code": code(world), "next": "/today"]).location == "/today")
  }

  @Test(arguments: Engine.available) func anAddressShowsItselfOnceThenTheProviderIsEnough(engine: Engine) async throws {
    let world = try await world(engine)
    let first = Browser(world.site)
    #expect(try await first.get("/sign-in").text.contains("Continue with Example"))
    try await link(world, first)
    let second = Browser(world.site)
    let back = try await walk(second)
    #expect(back.location == "/today" && second.cookies["league"] != nil)
    #expect(try await second.get("/today").status == 200)
    #expect(try await second.get("/account/ways-in").text.contains("Example"))
    // The subject is who it is; the address may change.
    provider.says { $0.email = "other@elsewhere.test" }
    #expect(try await walk(Browser(world.site)).location == "/today")
  }

  /// An address that the provider merely names opens nothing.
  @Test func anAddressAloneOpensNothing() async throws {
    let world = try await world()
    let browser = Browser(world.site)
    #expect(try await walk(browser).location?.hasPrefix("/sign-in/offer/") == true)
    #expect(browser.cookies["league"] == nil)
    // A code for another address does not take the offer.
    _ = try await browser.post("/sign-in", ["email": "other@league.test"])
    _ = try await browser.post("/sign-in/code", ["code": code(world)])
    let links = try await world.site.database.read { db in try db.rows("SELECT subject FROM sign_in_identity").count }
    #expect(links == 0)
  }

  @Test(arguments: [
    "issuer", "audience", "nonce", "expired", "forged", "none", "HS256", "unsigned", "no address",
  ]) func aTokenThatIsNotRightOpensNothing(fault: String) async throws {
    let world = try await world()
    try await link(world, Browser(world.site))
    provider.says { claims in
      switch fault {
      case "issuer": claims.issuer = "https://id.example.evil.test"
      case "audience": claims.audience = "another-client"
      case "nonce": claims.nonce = "of another sign-in"
      case "expired": claims.lifetime = -600
      case "forged": claims.isForged = true
      case "none": (claims.algorithm, claims.signature) = ("none", "")
      case "HS256": claims.algorithm = "HS256"
      case "unsigned": claims.signature = ""
      default: claims.email = nil
      }
    }
    let browser = Browser(world.site)
    let back = try await walk(browser)
    #expect(back.status == 422 && back.text.contains("could not be believed") && browser.cookies["league"] == nil)
  }

  /// RFC 9207: an answer that another provider made takes no code to this one.
  @Test(arguments: [
    (SampleProvider.issuer, true, true), (SampleProvider.issuer, false, true), (nil, false, true), (nil, true, false),
    ("https://other.example", true, false), ("https://other.example", false, false),
  ])
  func anAnswerComesFromWhoWasAsked(_ named: String?, _ promises: Bool, _ isRight: Bool) async throws {
    let world = try await world()
    provider.namesIssuer(named, promises: promises)
    let back = try await walk(Browser(world.site))
    #expect((back.location?.hasPrefix("/sign-in/offer/") == true) == isRight)
    #expect(isRight || back.status == 422)
    #expect(provider.asked.contains("/token") == isRight, "no code is sent after an answer that is not believed")
  }

  @Test func aStateIsGoodOnceAndInItsBrowserOnly() async throws {
    let world = try await world()
    try await link(world, Browser(world.site))
    let (browser, other) = (Browser(world.site), Browser(world.site))
    let away = try await browser.post("/sign-in/with/example", [:])
    let path = try agree(away)
    _ = try await other.post("/sign-in/with/example", [:])
    #expect(try await other.get(path).status == 422)
    #expect(try await Browser(world.site).get(path).status == 422)
    #expect(try await browser.get(path).status == 303)
    #expect(try await browser.get(path).status == 422)
    let late = Browser(world.site)
    let again = try await late.post("/sign-in/with/example", [:])
    let old = try agree(again)
    world.pass(.minutes(11))
    #expect(try await late.get(old).status == 422)
  }

  @Test func theProviderSaysNoOrIsAway() async throws {
    let world = try await world()
    let browser = Browser(world.site)
    let away = try await browser.post("/sign-in/with/example", ["next": "/ideas"])
    let path = try agree(away)
    let refused = try await browser.get(path.replacing("code=", with: "error=access_denied&was="))
    #expect(refused.status == 422 && refused.text.contains("Example did not let you in"))
    #expect(try await browser.get("/sign-in/provider?error=access_denied").text.contains("did not let you in"))
    provider.goesDown()
    let fresh = try await TestWorld(
      settings: ["providers=Example \(SampleProvider.issuer) league", "provider_secrets=Example s3cret"],
      fetch: provider.answer)
    let answer = try await Browser(fresh.site).post("/sign-in/with/example", [:])
    #expect(answer.status == 422 && answer.text.contains("could not be asked"))
    #expect(try await browser.post("/sign-in/with/nobody", [:]).status == 404)
  }

  @Test func aProviderThatHangsIsAskedOnceAndComesBack() async throws {
    let (tally, back, provider) = (Tally(), Tally(), provider)
    let world = try await TestWorld(
      settings: ["providers=Example \(SampleProvider.issuer) league", "provider_secrets=Example s3cret"],
      fetch: { request in
        tally.raise()
        guard back.value == 0 else { return try await provider.answer(request) }
        try await Task.sleep(for: .milliseconds(200))
        throw WebFailure(description: "Timeout was reached")
      })
    // Many who come at once wait together; whoever comes then is told at once, and the code by mail works.
    let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<12 {
        group.addTask { try await Browser(world.site).post("/sign-in/with/example", [:]).status }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(statuses == Array(repeating: 422, count: 12) && tally.value == 1)
    let told = try await Browser(world.site).post("/sign-in/with/example", [:])
    #expect(told.status == 422 && told.text.contains("could not be asked") && tally.value == 1)
    #expect(try await Browser(world.site).post("/sign-in", ["email": "lead@league.test"]).status == 303)
    // It is there again: so is the way in, without a restart.
    back.raise()
    world.pass(ProviderClient.absence)
    let browser = Browser(world.site)
    let away = try await browser.post("/sign-in/with/example", ["next": "/today"])
    #expect(away.status == 200)
    #expect(try await browser.get(try agree(away)).location?.hasPrefix("/sign-in/offer/") == true)
  }

  @Test func keysThatChangeAreReadAgain() async throws {
    let world = try await world()
    try await link(world, Browser(world.site))
    try provider.changesKeys()
    // Not at once: a stream of unknown keys must not become a stream of questions.
    #expect(try await walk(Browser(world.site)).status == 422)
    world.pass(.minutes(2))
    #expect(try await walk(Browser(world.site)).location == "/today")
    #expect(provider.asked.filter { $0 == "/keys" }.count == 2)
  }

  @Test(arguments: Engine.available) func aSchoolsServiceOpensItsAddressesWithoutACode(engine: Engine) async throws {
    let world = try await world(engine)
    let office = try await world.browser(as: .office)
    let rule: KeyValuePairs = ["domain": "@League.test", "school": "/schools/ashuelot", "provider": "example"]
    #expect(try await office.post("/office/domains", rule).location == "/office/domains?set=yes")
    #expect(try await office.get("/office/domains").text.contains("Ashuelot Valley Regional"))
    // The provider does not vouch for the address: a code it is.
    provider.says { $0.isVerified = false }
    #expect(try await walk(Browser(world.site)).location?.hasPrefix("/sign-in/offer/") == true)
    provider.says { $0.isVerified = true }
    let educator = Browser(world.site)
    #expect(try await walk(educator).location == "/today")
    #expect(try await educator.get("/today").text.contains("Dana"))
    // Somebody new comes to the page of the school, to ask for a place on its roster.
    provider.says { ($0.subject, $0.email, $0.name) = ("subject-2", "new@league.test", "Noor New") }
    let start = try await walk(Browser(world.site), next: "/").location
    #expect(start == "/account?next=%2Fschools%2Fashuelot")
    // An address elsewhere is not covered.
    provider.says { ($0.subject, $0.email) = ("subject-3", "x@notleague.test") }
    #expect(try await walk(Browser(world.site)).location?.hasPrefix("/sign-in/offer/") == true)
    #expect(try await office.post("/office/domains/league.test/end").status == 303)
    #expect(try await office.get("/office/domains").text.contains("No rule yet"))
  }

  @Test func onlyTheServiceOpensWhereTheSchoolSaidSo() async throws {
    let world = try await world()
    let office = try await world.browser(as: .office)
    let mistakes: [(KeyValuePairs<String, String>, String)] = [
      (["domain": "gmail.com", "school": "ashuelot", "provider": "example"], "Anybody gets an address"),
      (["domain": "no domain", "school": "ashuelot", "provider": "example"], "behind the @"),
      (["domain": "north.test", "school": "nowhere", "provider": "example"], "no school with this address"),
      (["domain": "north.test", "school": "ashuelot", "provider": "other"], "Choose one of the services"),
      (["domain": "league.test", "school": "ashuelot", "provider": "example", "required": "on"], "locked out"),
    ]
    for (fields, words) in mistakes {
      let answer = try await office.post("/office/domains", fields)
      #expect(answer.status == 422 && answer.text.contains(words), "\(words)")
    }
    _ = try await office.post(
      "/office/domains", ["domain": "north.test", "school": "ashuelot", "provider": "example", "required": "on"])
    let asked = try await Browser(world.site).post("/sign-in", ["email": "teacher@north.test"])
    #expect(asked.status == 422 && asked.text.contains("Example alone"))
    let letters = try await world.site.database.read { db in try db.rows("SELECT id FROM mail").count }
    #expect(letters == 0)
    // Without the service in the settings, the rule locks nobody out.
    let without = Site(
      database: world.site.database, settings: try Settings(flags: ["demo=yes"]), files: world.site.files,
      texts: world.site.texts, log: world.site.log, now: world.site.now, newID: world.site.newID)
    #expect(try await Browser(without).post("/sign-in", ["email": "teacher@north.test"]).status == 303)
  }

  @Test func anAccountElsewhereIsConnectedAndDisconnected() async throws {
    let world = try await world()
    let lead = try await world.browser(as: .lead)
    let offered = try #require(try await walk(lead, next: "/account/ways-in").location)
    #expect(offered.hasPrefix("/account/ways-in?offer="))
    #expect(try await lead.get(offered).text.contains("Connect Example (educator@league.test)"))
    let id = offered.replacing("/account/ways-in?offer=", with: "")
    // Another browser does not hold the offer.
    let educator = try await world.browser(as: .educator)
    #expect(try await educator.post("/account/ways-in/offers/\(id)").status == 404)
    #expect(try await lead.post("/account/ways-in/offers/\(id)").status == 303)
    let fresh = Browser(world.site)
    #expect(try await walk(fresh).location == "/today")
    #expect(try await fresh.get("/account/profile").text.contains("Dana Lead"))
    // Nobody disconnects what is another's.
    let ending: KeyValuePairs = ["issuer": SampleProvider.issuer, "subject": "subject-1"]
    _ = try await educator.post("/account/ways-in/end", ending)
    #expect(try await walk(Browser(world.site)).location == "/today")
    _ = try await lead.post("/account/ways-in/end", ending)
    #expect(try await walk(Browser(world.site)).location?.hasPrefix("/sign-in/offer/") == true)
  }

  @Test func aSuspendedAccountStaysClosed() async throws {
    let world = try await world()
    try await link(world, Browser(world.site))
    let now = world.now
    try await world.site.database.write { db in
      try db.run("UPDATE person SET suspended_at = \(now) WHERE id = 'person-educator'")
    }
    let browser = Browser(world.site)
    #expect(try await walk(browser).status == 403 && browser.cookies["league"] == nil)
  }

  @Test func settingsOfProvidersAreChecked() {
    for (providers, secrets, words) in [
      ("Example http://id.example league", "Example x", "https"), ("Example https://id.example", "Example x", "client"),
      ("Example https://id.example league", "", "says nothing of Example"),
      ("A https://a.example l, A https://b.example l", "A x", "same name"),
    ] {
      #expect {
        try Settings(flags: ["providers=\(providers)", "provider_secrets=\(secrets)"])
      } throws: { "\($0)".contains(words) }
    }
  }
}

/// What a token must be to be believed, piece by piece.
struct IDTokenTests {
  private static let now: Int64 = 1_795_521_600
  private let provider: SampleProvider

  init() throws { provider = try SampleProvider { Self.now } }

  private func read(_ token: String, issuer: String = SampleProvider.issuer, now: Int64 = now) async throws -> IDToken {
    try IDToken(token, keys: await provider.keys, issuer: issuer, client: "league", nonce: "", now: now)
  }

  @Test func oneThatIsRightIsRead() async throws {
    let token = try await read(provider.signed())
    #expect(token.subject == "subject-1" && token.email == "educator@league.test" && token.isEmailVerified)
  }

  @Test func oneLetterChangedIsRefused() async throws {
    let token = try provider.signed()
    let parts = token.split(separator: ".").map(String.init)
    for place in [0, parts[1].count / 2, parts[1].count - 2] {
      var letters = Array(parts[1])
      letters[place] = letters[place] == "A" ? "B" : "A"
      let changed = "\(parts[0]).\(String(letters)).\(parts[2])"
      await #expect(throws: IDToken.Fault.signature) { _ = try await read(changed) }
    }
  }

  @Test(arguments: ["", ".", "..", "a.b", "a.b.c.d", "%.%.%", String(repeating: "A", count: 20_000)])
  func whatIsNoTokenIsMalformed(text: String) async {
    await #expect(throws: IDToken.Fault.malformed) { _ = try await read(text) }
  }

  @Test func timesAreHeldTo() async throws {
    let token = try provider.signed()
    await #expect(throws: IDToken.Fault.expired) { _ = try await read(token, now: Self.now + 421) }
    _ = try await read(token, now: Self.now + 419)
    await #expect(throws: IDToken.Fault.notYet) { _ = try await read(token, now: Self.now - 121) }
    _ = try await read(token, now: Self.now - 119)
  }

  /// The example of RFC 7636, appendix B.
  @Test func theProofOfTheCodeIsThatOfTheStandard() {
    #expect(
      CodeProof.challenge(of: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
        == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
  }

  @Test func baseSixtyFourRefusesWhatIsNot() {
    #expect(Base64URL.decode("_-8") == Base64URL.decode("_-8") && Base64URL.decode("+/8=") == nil)
    #expect(Base64URL.decode("A") == nil && Base64URL.decode("")?.isEmpty == true)
    #expect(Base64URL.decode(Base64URL.encode([251, 255, 254])).map(Array.init) == [251, 255, 254])
  }
}
