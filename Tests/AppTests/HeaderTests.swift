import Foundation
import HTTPTypes
import Storage
import Testing

@testable import App

/// What every answer says to the browser, so that it trusts nothing but this site.
struct HeaderTests {
  /// Served as people have it: over https.
  private func world() async throws -> TestWorld { try await TestWorld(settings: ["origin=https://league.test"]) }

  private func path(_ row: RouteTable.Entry) -> String {
    row.path.split(separator: "/", omittingEmptySubsequences: false).map { $0.hasPrefix(":") ? "none" : String($0) }
      .joined(separator: "/")
  }

  private func check(_ answer: Answered, _ place: Comment) {
    let headers = answer.headers
    let policy = headers[.contentSecurityPolicy] ?? ""
    for rule in ["default-src 'none'", "script-src 'self'", "base-uri 'none'", "frame-ancestors 'none'"] {
      #expect(policy.contains(rule), place)
    }
    #expect(!policy.contains("unsafe"), place)
    #expect(headers[.strictTransportSecurity] == "max-age=63072000; includeSubDomains", place)
    #expect(headers[.xContentTypeOptions] == "nosniff", place)
    for (name, value) in [
      ("referrer-policy", "same-origin"), ("cross-origin-opener-policy", "same-origin"),
      ("cross-origin-resource-policy", "same-origin"),
    ] {
      #expect(headers.first { $0.name.canonicalName == name }?.value == value, place)
    }
    #expect(!headers.contains { $0.name.canonicalName == "access-control-allow-origin" }, place)
    if !answer.text.isEmpty {
      let type = headers[.contentType] ?? ""
      #expect(!type.isEmpty && (!type.hasPrefix("text/") || type.contains("charset=utf-8")), place)
    }
  }

  @Test func everyAnswerCarriesThem() async throws {
    let world = try await world()
    for asker in [Asker.visitor, .office] {
      let browser = try await world.browser(as: asker)
      for row in AuthorizationTable.rows {
        let path = self.path(row)
        let answer = try await row.method == "GET" ? browser.get(path) : browser.post(path, ["token": "forged"])
        check(answer, "\(row.method) \(row.path) as \(asker.rawValue)")
      }
      check(try await browser.get("/no/such/page"), "missing")
      for asset in world.site.files.files.keys { check(try await browser.get("/assets/\(asset)"), "\(asset)") }
    }
  }

  @Test func whatHoldsSecretsIsKeptNowhere() async throws {
    let world = try await world()
    let office = try await world.browser(as: .office)
    for path in [
      "/sign-in", "/sign-in/code", "/sign-in/second-factor", "/account/second-step", "/account/data",
      "/account/data.json", "/account/record", "/account/sessions", "/account/ways-in", "/office/audit",
      "/office/audit.csv", "/office/mail", "/office/people", "/office/people/\(world.person(.lead))",
    ] {
      let answer = try await office.get(path)
      #expect(answer.status == 200 && answer.headers[.cacheControl] == "no-store", "\(path): \(answer.status)")
    }
    // Long forms give their typed words again when somebody goes back.
    #expect(try await office.get("/account/profile").headers[.cacheControl] == "private, no-cache")
  }

  @Test func cookiesStayWithThisHostAndOutOfScripts() async throws {
    let world = try await world()
    let browser = Browser(world.site)
    let sent = try await browser.post("/sign-in", ["email": "lead@league.test"])
    let subject = try await world.site.database.read { db in
      try db.rows("SELECT subject FROM mail ORDER BY id DESC LIMIT 1")[0].read("subject", as: String.self)
    }
    let entered = try await browser.post("/sign-in/code", ["code": String(subject.prefix(6))])
    let lines = sent.headers[values: .setCookie] + entered.headers[values: .setCookie]
    #expect(lines.count == 2)
    for line in lines {
      #expect(line.hasPrefix("__Host-league"))
      for word in ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"] { #expect(line.contains(word), "\(line)") }
      #expect(!line.contains("Domain"))
    }
  }

  @Test func signingOutForgetsThePagesThatWereKept() async throws {
    let world = try await world()
    for path in ["/sign-out", "/account/sessions/end-all"] {
      let answer = try await (try await world.browser(as: .lead)).post(path)
      #expect(answer.headers.first { $0.name.canonicalName == "clear-site-data" }?.value == "\"cache\"", "\(path)")
    }
  }

  @Test(arguments: ["TRACE", "PUT", "PATCH", "DELETE", "OPTIONS"]) func otherMethodsDoNothing(method: String)
    async throws
  {
    let world = try await world()
    let browser = try await world.browser(as: .office)
    let name = try #require(HTTPRequest.Method(method))
    for path in ["/", "/ideas", "/account/profile"] {
      let answer = try await browser.send(name, path, body: "", ["x-mine": "echo-me"])
      #expect(answer.status == 404 && !answer.text.contains("echo-me"), "\(path): \(answer.status)")
    }
  }
}
