import Foundation
import HTTPTypes
import SignIn
import Storage
import TestDatabase
import Testing

@testable import App

/// What even a browser left open must not do wants a proof of the last minutes.
struct FreshProofTests {
  private static let address = "lead@league.test"

  /// The code of the latest letter.
  private func code(_ world: TestWorld, of address: String = address) async throws -> String {
    let subject = try await world.site.database.read { db in
      try db.rows("SELECT subject FROM mail WHERE address = \(address) ORDER BY id DESC LIMIT 1")
        .first?.read("subject", as: String.self)
    }
    return String(try #require(subject).prefix(6))
  }

  /// A browser in which the lead signed in an hour ago.
  private func leftOpen(_ world: TestWorld) async throws -> Browser {
    let browser = Browser(world.site)
    _ = try await browser.post("/sign-in", ["email": Self.address])
    #expect(try await browser.post("/sign-in/code", ["code": try await code(world)]).status == 303)
    world.pass(.hours(1))
    _ = try await browser.get("/account/sessions")
    return browser
  }

  @Test(arguments: Engine.available) func aCodeShowsThatItsPersonIsThere(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let browser = try await leftOpen(world)
    let asked = try await browser.get("/account/ways-in")
    #expect(asked.location == "/account/proof?next=%2Faccount%2Fways-in")
    let before = browser.cookies["league"]
    #expect(try await browser.get(asked.location ?? "").text.contains("We send a code to \(Self.address)"))
    let sent = try await browser.post("/account/proof/code", ["next": "/account/ways-in"])
    let page = try await browser.get(sent.location ?? "")
    #expect(page.text.contains("six characters to \(Self.address)"))
    let wrong = try await browser.post("/account/proof", ["typed": "WRONG2", "next": "/account/ways-in"])
    #expect(wrong.status == 422)
    #expect(wrong.text.contains("9 tries are left") && wrong.text.contains("value=\"/account/ways-in\""))
    #expect(try await browser.get("/account/ways-in").status == 303)
    let right = try await browser.post(
      "/account/proof", ["typed": try await code(world), "next": "/account/ways-in"])
    #expect(right.location == "/account/ways-in")
    #expect(browser.cookies["league"] != before, "what was read before opens nothing")
    #expect(try await browser.get("/account/ways-in").status == 200)
    world.pass(.minutes(16))
    #expect(try await browser.get("/account/ways-in").status == 303)
  }

  @Test(arguments: [
    ("GET", "/account/data.json"), ("GET", "/account/ways-in"), ("GET", "/sign-in/second-factor"),
    ("POST", "/account/erasure"), ("POST", "/account/ways-in/end"), ("POST", "/account/ways-in/offers/o-1"),
    ("POST", "/sign-in/second-factor/setup"),
  ])
  func aBrowserLeftOpenDoesNot(_ method: String, _ path: String) async throws {
    let world = try await TestWorld()
    let browser = try await leftOpen(world)
    let answer = try await method == "GET" ? browser.get(path) : browser.post(path, ["sure": "ERASE"])
    #expect(answer.status == 303)
    #expect(answer.location?.hasPrefix("/account/proof?next=") == true, "\(answer.location ?? "no place")")
  }

  @Test func aFormIsKeptUntilTheProof() async throws {
    let world = try await TestWorld()
    let browser = try await leftOpen(world)
    let answer = try await browser.post("/account/erasure", ["sure": "ERASE"])
    let next = try #require(answer.location?.split(separator: "next=").last?.removingPercentEncoding)
    _ = try await browser.post("/account/proof/code", ["next": next])
    let right = try await browser.post("/account/proof", ["typed": try await code(world), "next": next])
    let kept = try await browser.get(try #require(right.location))
    #expect(kept.text.contains("action=\"/account/erasure\"") && kept.text.contains("value=\"ERASE\""))
    #expect(try await browser.post("/account/erasure", ["sure": "ERASE"]).location == "/account/data")
  }

  /// Codes are good for what they were sent for, and in the browser that asked.
  @Test func noOtherCodeIsAProof() async throws {
    let world = try await TestWorld()
    let browser = try await leftOpen(world)
    _ = try await browser.post("/sign-in", ["email": Self.address])
    let signIn = try await code(world)
    #expect(try await browser.post("/account/proof", ["typed": signIn]).status == 422)
    _ = try await browser.post("/account/proof/code")
    let proof = try await code(world)
    #expect(try await browser.post("/sign-in/code", ["code": proof]).status == 422)
    let other = try await world.browser(as: .educator)
    _ = try await other.post("/account/proof/code")
    #expect(try await other.post("/account/proof", ["typed": proof]).status == 422)
    #expect(try await browser.post("/account/proof", ["typed": proof]).status == 303)
    _ = try await browser.get("/account/proof")
    #expect(try await browser.post("/account/proof", ["typed": proof]).status == 422, "once")
  }

  /// Who must have an app and has none yet is led to it, however long ago they signed in.
  @Test func theFirstAppIsSetUpAfterAProof() async throws {
    let world = try await TestWorld(settings: ["second_factor=yes"])
    let browser = Browser(world.site)
    _ = try await browser.post("/sign-in", ["email": "office@league.test"])
    _ = try await browser.post("/sign-in/code", ["code": try await code(world, of: "office@league.test")])
    world.pass(.hours(1))
    let owed = try #require(try await browser.get("/office").location)
    let asked = try #require(try await browser.get(owed).location)
    #expect(asked.hasPrefix("/account/proof?next=%2Fsign-in%2Fsecond-factor"))
    #expect(try await browser.get(asked).text.contains("We send a code to office@league.test"))
    _ = try await browser.post("/account/proof/code", ["next": owed])
    let shown = try await browser.post(
      "/account/proof", ["typed": try await code(world, of: "office@league.test"), "next": owed])
    #expect(shown.location == owed)
    #expect(try await browser.get(owed).text.contains("name=\"secret\""))
  }

  @Test func whoHasAnAppShowsItsDigits() async throws {
    let world = try await TestWorld()
    let browser = try await world.browser(as: .lead)
    let key = try #require(OneTimePassword(base32: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"))
    let digits = { key.code(step: OneTimePassword.step(at: world.now.milliseconds / 1000)) }
    _ = try await browser.post("/sign-in/second-factor/setup", ["secret": key.base32, "digits": digits()])
    world.pass(.hours(1))
    let asked = try await browser.get("/account/ways-in")
    #expect(asked.location == "/account/proof?next=%2Faccount%2Fways-in")
    let page = try await browser.get(asked.location ?? "").text
    #expect(page.contains("name=\"digits\"") && page.contains("value=\"/account/ways-in\""))
    #expect(try await browser.post("/account/proof/code").status == 403, "mail is not enough")
    #expect(try await browser.post("/account/proof", ["typed": "ABC234"]).status == 403)
    let shown = try await browser.post(
      "/sign-in/second-factor", ["digits": digits(), "next": "/account/ways-in"])
    #expect(shown.location == "/account/ways-in")
    #expect(try await browser.get("/account/ways-in").status == 200)
    // Turned off, it is not asked for again by the session in which it was shown.
    world.pass(.minutes(1))
    _ = try await browser.get("/account/second-step")
    #expect(try await browser.post("/account/second-step/off", ["off": digits()]).status == 303)
    world.pass(.hours(1))
    #expect(try await browser.get("/account/ways-in").location == "/account/proof?next=%2Faccount%2Fways-in")
    #expect(try await browser.get("/account/proof?next=/").text.contains("We send a code to \(Self.address)"))
    #expect(try await browser.get("/sign-in/second-factor").location?.hasPrefix("/account/proof?next=") == true)
  }
}
