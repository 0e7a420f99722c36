import Foundation
import HTTPTypes
import Storage
import TestDatabase
import Testing

@testable import App

/// What people take along, how they leave, and what the office must keep.
struct PersonDataTests {
  private func words(_ browser: Browser, _ path: String) async throws -> String { try await browser.get(path).text }

  private func write(_ browser: Browser) async throws -> String {
    _ = try await browser.get("/discussions/new")
    let answer = try await browser.post(
      "/discussions", ["title": "Late buses", "text": "They come at nine.", "submission": "s-1"])
    return try #require(answer.location)
  }

  @Test(arguments: Engine.available) func aCopyHoldsWhatIsTheirsAndNoSecret(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (lead, educator) = (try await world.browser(as: .lead), try await world.browser(as: .educator))
    _ = try await write(educator)
    let answer = try await educator.get("/account/data.json")
    #expect(answer.headers[.contentDisposition] == "attachment; filename=\"my-data-2026-11-24.json\"")
    let copy = try #require(try JSONSerialization.jsonObject(with: Data(answer.text.utf8)) as? [String: Any])
    let tables = try #require(copy["tables"] as? [String: [[String: Any]]])
    #expect(tables["post"]?.first?["text"] as? String == "They come at nine.")
    #expect(tables["person"]?.first?["email"] as? String == "educator@league.test")
    #expect(tables["session"]?.count == 1)
    for secret in ["token_hash", "totp_secret", "recovery_code", "browser_hash", "lead@league.test"] {
      #expect(!answer.text.contains(secret), "\(secret)")
    }
    #expect(try await words(lead, "/account/data.json").contains("They come at nine.") == false)
    #expect(try await words(educator, "/account/record").contains("copy of own data taken"))
  }

  @Test(arguments: Engine.available) func whoLeavesIsAFormerMember(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (lead, educator) = (try await world.browser(as: .lead), try await world.browser(as: .educator))
    let discussion = try await write(educator)
    #expect(try await educator.post("/account/erasure", ["sure": "yes"]).status == 422)
    #expect(try await educator.post("/account/erasure", ["sure": "erase"]).location == "/account/data")
    #expect(try await words(educator, "/account/data").contains("Keep my account"))
    world.pass(.days(13))
    try await Eraser(site: world.site).run()
    #expect(try await words(lead, discussion).contains("Dana Educator"))
    world.pass(.days(1))
    try await Eraser(site: world.site).run()
    let later = try await world.browser(as: .lead)
    let page = try await words(later, discussion)
    #expect(page.contains("They come at nine.") && page.contains("Former member") && !page.contains("Dana Educator"))
    #expect(try await educator.get("/account").status == 303)
    #expect(try await later.get("/people/\(world.person(.educator))").status == 404)
    let left = try await world.site.database.read { db in
      try db.rows(
        """
        SELECT email, name FROM person WHERE email = 'educator@league.test' OR folded_name = 'dana educator'
        """
      ).count + db.rows("SELECT token_hash FROM session WHERE person_id = 'person-educator'").count
    }
    #expect(left == 0)
    let letters = try await world.site.database.read { db in
      try db.rows("SELECT subject FROM mail WHERE address = 'educator@league.test'").map {
        try $0.read("subject", as: String.self)
      }
    }
    #expect(letters.count == 1 && letters[0].contains("was erased"))
    // The address is free again: whoever signs in with it begins anew.
    let anew = Browser(world.site)
    _ = try await anew.post("/sign-in", ["email": "educator@league.test"])
    let code = try await world.site.database.read { db in
      try db.rows("SELECT subject FROM mail WHERE address = 'educator@league.test' ORDER BY id DESC LIMIT 1")[0]
        .read("subject", as: String.self)
    }
    #expect(
      try await anew.post("/sign-in/code", ["code": String(code.prefix(6))]).location?.hasPrefix("/account") == true)
    #expect(try await words(anew, "/discussions").contains("This is for educators"))
  }

  /// What others wrote to them: the text, its earlier versions and what search finds.
  @Test(arguments: Engine.available) func theirHandleLeavesWhatOthersWrote(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let lead = try await world.browser(as: .lead)
    let handle = try await world.site.database.read { db in
      try db.rows("SELECT handle FROM person WHERE id = 'person-educator'")[0].read("handle", as: String.self)
    }
    _ = try await lead.get("/discussions/new")
    let begun = try await lead.post(
      "/discussions", ["title": "Late buses", "text": "Ask @\(handle) first.", "submission": "s-2"])
    let path = try #require(begun.location)
    let post = try await world.site.database.read { db in
      try db.rows("SELECT id FROM post")[0].read("id", as: String.self)
    }
    world.pass(.hours(1))
    _ = try await lead.get(path)
    #expect(try await lead.post("/posts/\(post)", ["text": "Better ask @\(handle) at noon."]).status == 303)
    let leaving = try await world.browser(as: .educator)
    #expect(try await leaving.post("/account/erasure", ["sure": "ERASE"]).location == "/account/data")
    world.pass(.days(15))
    try await Eraser(site: world.site).run()
    let kept = try await world.site.database.read { db in
      try db.rows(
        """
        SELECT text AS words FROM post UNION ALL SELECT text FROM post_revision
        UNION ALL SELECT shown_text FROM search_document WHERE kind = 'discussion'
        """
      ).map { try $0.read("words", as: String.self) }
    }
    #expect(kept.count >= 3)
    for words in kept { #expect(!words.contains("@\(handle)"), "\(words)") }
    #expect(kept.filter { $0.contains("@former-member-") }.count >= 2)
  }

  @Test(arguments: Engine.available) func aLegalHoldBlocksErasure(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (office, educator) = (try await world.browser(as: .office), try await world.browser(as: .educator))
    let path = "/office/people/\(world.person(.educator))"
    _ = try await educator.post("/account/erasure", ["sure": "ERASE"])
    #expect(try await office.post("\(path)/hold", ["hold": "A court asked"]).status == 303)
    #expect(try await words(educator, "/account/data").contains("must keep it for now"))
    world.pass(.days(20))
    try await Eraser(site: world.site).run()
    let isErased: @Sendable () async throws -> Bool = {
      try await world.site.database.read { db in try PersonStore(db: db).standing(of: world.person(.educator)).isErased
      }
    }
    #expect(try await isErased() == false)
    let again = try await world.browser(as: .office)
    #expect(try await again.post("\(path)/hold/end").status == 303)
    try await Eraser(site: world.site).run()
    #expect(try await isErased())
  }

  @Test func theWishIsTakenBack() async throws {
    let world = try await TestWorld()
    let educator = try await world.browser(as: .educator)
    _ = try await educator.post("/account/erasure", ["sure": "ERASE"])
    _ = try await educator.post("/account/erasure/end")
    world.pass(.days(13))
    try await Eraser(site: world.site).run()
    #expect(try await educator.get("/account/data").text.contains("Type ERASE"))
  }

  @Test func theLastOfTheOfficeStays() async throws {
    let world = try await TestWorld()
    let office = try await world.browser(as: .office)
    #expect(try await office.post("/account/erasure", ["sure": "ERASE"]).status == 409)
  }

  /// Neither an emailed code alone nor the office acting as somebody opens a copy of everything.
  @Test func aCopyIsForThePersonAlone() async throws {
    let world = try await TestWorld()
    let office = try await world.browser(as: .office)
    _ = try await office.post("/office/people/\(world.person(.educator))/acting", ["acting": "She asked"])
    for path in ["/account/data", "/account/data.json"] {
      #expect(try await office.get(path).status == 403, "\(path)")
    }
    #expect(try await office.post("/account/erasure", ["sure": "ERASE"]).status == 403)
  }

  @Test func onlyTheMentionItselfIsRenamed() {
    let text = PersonDataStore.renamed("@dana", "@gone", in: "@dana, ask @dana-marsh; @dana2 and (@dana). @dana")
    #expect(text == "@gone, ask @dana-marsh; @dana2 and (@gone). @gone")
  }
}
