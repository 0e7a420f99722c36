import Storage
import TestDatabase
import Testing

@testable import App

/// What is said about a thing, where that thing is shown.
struct TalkTests {
  static func begin(_ browser: Browser, about: String = "", title: String = "How long did it take?", _ text: String)
    async throws -> String
  {
    let parts = about.split(separator: ":").map(String.init)
    let answer = try await browser.post(
      "/discussions",
      [
        "title": title, "text": text, "asks": "on", "submission": "begin \(title)", "about": parts.first ?? "",
        "id": parts.last ?? "",
      ])
    #expect(answer.status == 303)
    return try #require(answer.location)
  }

  @Test(arguments: Engine.available) func whatIsSaidStandsOnThePageOfItsIdeaTrialAndSchool(engine: Engine) async throws
  {
    let world = try await TestWorld(engine)
    let (idea, trial) = try await TrialTests.begun(world)
    let (asker, other) = (try await world.browser(as: .otherEducator), try await world.browser(as: .educator))
    let visitor = try await world.browser(as: .visitor)
    let outsider = try await world.browser(as: .outsider)
    for path in [idea, trial, "/schools/\(TestWorld.ashuelot)"] {
      let parts = path.split(separator: "/").map(String.init)
      let about = "\(parts[0].dropLast()):\(parts[1])"
      #expect(try await asker.get(path).text.contains("Nobody has asked"), "\(path)")
      #expect(try await asker.get(path).text.contains("href=\"/discussions/new?about=\(about)\""), "\(path)")
      let thread = try await Self.begin(asker, about: about, title: "Is \(about) true?", "The first words.")
      _ = try await other.post("\(thread)/posts", ["text": "The **latest** words.", "submission": "r \(about)"])
      let page = try await asker.get(path).text
      #expect(page.contains("Is \(about) true?") && page.contains("last by Dana Educator"), "\(path)")
      #expect(page.contains("The latest words.") && !page.contains("The first words."), "\(path)")
      for stranger in [visitor, outsider] {
        let page = try await stranger.get(path)
        #expect(page.status == 200 && !page.text.contains("true?") && !page.text.contains("latest words"), "\(path)")
      }
      #expect(try await asker.get("/discussions/new?about=\(about)").text.contains("href=\"\(path)\""))
    }
  }

  @Test(arguments: Engine.available) func aSchoolsPageShowsItsIdeasTrialsAndPeople(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (idea, trial) = try await TrialTests.begun(world)
    let (suspended, now) = (world.person(.lead), world.now)
    let (sharing, trying) = ("/schools/\(TestWorld.ashuelot)", "/schools/\(TestWorld.kettleCove)")
    let member = try await world.browser(as: .otherEducator)
    let page = try await member.get(sharing).text
    #expect(page.contains("href=\"\(idea)\"") && !page.contains("href=\"\(trial)\""))
    #expect(try await member.get(trying).text.contains("href=\"\(trial)\""))
    #expect(page.contains("href=\"/people/person-educator\"") && page.contains("href=\"/people/person-lead\""))
    #expect(!page.contains("href=\"/people/person-otherLead\""), "people of other schools do not stand here")
    try await world.site.database.write { db in
      try db.run("UPDATE person SET suspended_at = \(now) WHERE id = \(suspended)")
    }
    // As every form does.
    world.site.cache.empty()
    #expect(try await !member.get(sharing).text.contains("/people/person-lead"))
    for asker in [Asker.visitor, .outsider] {
      let browser = try await world.browser(as: asker)
      #expect(try await browser.get(trying).text.contains("href=\"\(trial)\""), "what was tried is public")
      let page = try await browser.get(sharing).text
      #expect(page.contains("href=\"\(idea)\"") && !page.contains("Its people"), "\(asker)")
      #expect(!page.contains("/people/person-educator"), "\(asker)")
    }
  }

  @Test func aDraftIsNotShownOnTheSchoolsPage() async throws {
    let world = try await TestWorld()
    let idea = try #require(
      try await IdeaTests.share(try await world.browser(as: .educator), adding: [("unpublished", "1")]).location)
    #expect(try await !world.browser(as: .lead).get("/schools/\(TestWorld.ashuelot)").text.contains(idea))
  }
}
