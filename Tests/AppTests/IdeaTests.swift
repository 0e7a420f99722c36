import Foundation
import HTTPTypes
import Testing
import TestDatabase

@testable import App

/// Ideas, as people meet them: through the browser, on both engines.
struct IdeaTests {
  /// A form that passes, to be changed field by field.
  static func fields(_ changed: [String: String] = [:], without: Set<String> = []) -> [(String, String)] {
    let whole: [(String, String)] = [
      ("title", "A ten-minute conference with every ninth-grader"),
      ("summary", "Each student sits down with one adult for ten minutes a week."),
      ("problem", "Most ninth-graders who drift do it **quietly**."),
      ("practice", "1. Give each adviser nine students.\n2. Ask three questions.\n3. Write one line."),
      ("core", "The same adult all year\n- A fixed slot"), ("effort", "high"), ("effort_words", "High for a month"),
      ("cost_low", "0"), ("cost_high", "2,000"), ("grade_low", "9"), ("grade_high", "9"), ("topic", "advisory"),
      ("subject", "english"), ("submission", "s1"),
    ]
    return whole.filter { !without.contains($0.0) }.map { ($0.0, changed[$0.0] ?? $0.1) }
  }

  static func share(_ browser: Browser, _ changed: [String: String] = [:], adding: [(String, String)] = []) async throws
    -> Answered
  {
    _ = try await browser.get("/ideas/new")
    return try await browser.post("/ideas", all: fields(changed) + adding)
  }

  @Test(arguments: Engine.available) func anEducatorSharesAnIdeaAndEverybodyReadsIt(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let answer = try await Self.share(try await world.browser(as: .educator))
    let path = try #require(answer.location)
    let seen = try await world.browser(as: .visitor).get(path)
    #expect(seen.status == 200)
    #expect(seen.text.contains("A ten-minute conference with every ninth-grader"))
    #expect(seen.text.contains("<strong>quietly</strong>"))
    #expect(seen.text.contains("up to $2,000 a year"))
    #expect(seen.text.contains("Ashuelot Valley Regional"))
    #expect(!seen.text.contains("Dana Educator"), "visitors see the school, not the person")
    let asMember = try await world.browser(as: .otherLead).get(path)
    #expect(asMember.text.contains("Dana Educator"))
    let list = try await world.browser(as: .visitor).get("/ideas")
    #expect(list.text.contains("href=\"\(path)\""))
  }

  @Test(arguments: Engine.available) func aFormSentTwiceMakesOneIdea(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let browser = try await world.browser(as: .educator)
    let first = try await Self.share(browser)
    let second = try await Self.share(browser)
    #expect(first.location != nil && first.location == second.location)
  }

  @Test func whatIsMissingIsNamedBesideTheFieldAndTheWordsStay() async throws {
    let world = try await TestWorld()
    let browser = try await world.browser(as: .educator)
    let answer = try await Self.share(browser, ["title": "", "grade_high": "8", "cost_low": "3000"])
    #expect(answer.status == 422)
    #expect(answer.text.contains("Give the idea a title"))
    #expect(answer.text.contains("grade 9 or above"))
    #expect(answer.text.contains("cannot be less than the least (3,000)"))
    #expect(answer.text.contains("Most ninth-graders who drift do it **quietly**."))
  }

  @Test func aListOfStudentsIsRefusedAndKeptInTheField() async throws {
    let world = try await TestWorld()
    let roster = "We gave it to:\nCarter, Emma 1023456\nOuellette, Marc 1023457\nPereira, Lia 1023458"
    let answer = try await Self.share(try await world.browser(as: .educator), ["problem": roster])
    #expect(answer.status == 422)
    #expect(answer.text.contains("keeps no student records"))
    #expect(answer.text.contains("Ouellette, Marc"))
  }

  @Test(arguments: Engine.available) func aDraftIsSeenByItsAuthorOnly(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let author = try await world.browser(as: .educator)
    let path = try #require(try await Self.share(author, adding: [("unpublished", "1")]).location)
    #expect(try await author.get(path).status == 200)
    for other in [Asker.visitor, .lead, .otherLead, .office] {
      #expect(try await world.browser(as: other).get(path).status == 404)
    }
    #expect(try await author.post("\(path)/publication").status == 303)
    #expect(try await world.browser(as: .visitor).get(path).status == 200)
  }

  @Test func othersCannotChangeItAndAreToldNothing() async throws {
    let world = try await TestWorld()
    let path = try #require(try await Self.share(try await world.browser(as: .educator)).location)
    for other in [Asker.otherEducator, .otherLead] {
      let browser = try await world.browser(as: other)
      #expect(try await browser.get("\(path)/edit").status == 404)
      #expect(try await browser.post(path, all: Self.fields()).status == 404)
      #expect(try await browser.post("\(path)/verification").status == 404)
      #expect(try await browser.post("\(path)/outdated", ["reason": "It is simply not so any more."]).status == 404)
    }
    let lead = try await world.browser(as: .lead)
    #expect(try await lead.get("\(path)/edit").status == 200)
  }

  @Test(arguments: Engine.available) func aChangeShowsWhatWasBefore(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let author = try await world.browser(as: .educator)
    let path = try #require(try await Self.share(author).location)
    _ = try await author.get("\(path)/edit")
    let changed = try await author.post(
      path,
      all: Self.fields(["summary": "Each student sits down with one adult for eight minutes a week."])
        + [("basis", "1"), ("note", "Eight minutes are enough.")])
    #expect(changed.status == 303)
    let versions = try await author.get("\(path)/versions")
    #expect(versions.text.contains("<del>ten </del><ins>eight </ins>"))
    #expect(versions.text.contains("Eight minutes are enough."))
    let late = try await author.post(
      path, all: Self.fields(["title": "Another title for the same idea"]) + [("basis", "1")])
    #expect(late.status == 422, "a change on an old version would undo the newer one")
    #expect(late.text.contains("Another title for the same idea"))
  }

  @Test(arguments: Engine.available) func anOutdatedIdeaSaysWhyAndGoesToTheEnd(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let author = try await world.browser(as: .educator)
    let old = try #require(
      try await Self.share(author, ["title": "The older of the two ideas", "submission": "a"]).location)
    world.pass(.minutes(1))
    let new = try #require(
      try await Self.share(author, ["title": "The newer of the two ideas", "submission": "b"]).location)
    _ = try await author.post("\(new)/outdated", ["reason": "The state dropped the test it prepared for."])
    let list = try await author.get("/ideas?sort=newest").text
    let places = [old, new].compactMap { list.range(of: "href=\"\($0)\"")?.lowerBound }
    #expect(places.count == 2 && places[0] < places[1])
    #expect(try await author.get(new).text.contains("The state dropped the test it prepared for."))
    _ = try await author.post("\(new)/verification")
    #expect(!(try await author.get(new).text.contains("Marked as outdated on")))
  }

  @Test func anIdeaThatNobodyCheckedForAYearSaysSo() async throws {
    let world = try await TestWorld()
    let path = try #require(try await Self.share(try await world.browser(as: .educator)).location)
    world.pass(.days(370))
    #expect(try await world.browser(as: .visitor).get(path).text.contains("Nobody has checked this since"))
    #expect(try await world.browser(as: .visitor).get("/ideas").text.contains("not checked lately"))
  }

  @Test(arguments: Engine.available) func anAdaptationIsSeenFromBothSides(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let parent = try #require(try await Self.share(try await world.browser(as: .educator)).location)
    let id = try #require(parent.split(separator: "/").last)
    let other = try await world.browser(as: .otherEducator)
    #expect(try await other.get("/ideas/new?from=\(id)").text.contains("Made from “A ten-minute conference"))
    let child = try #require(
      try await Self.share(
        other, ["title": "The conference, held over the work in the shop"],
        adding: [("from", String(id)), ("adaptation", "No chairs.")]
      ).location)
    #expect(try await other.get(child).text.contains("No chairs."))
    #expect(try await other.get(parent).text.contains("The conference, held over the work in the shop"))
  }

  @Test(arguments: Engine.available) func theListIsNarrowedByWhatItsAddressSays(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let author = try await world.browser(as: .educator)
    let path = try #require(try await Self.share(author).location)
    let link = "href=\"\(path)\""
    for query in [
      "topic=advisory", "subject=english", "grade=9", "effort=high", "evidence=untried", "sort=tried", "after=nonsense",
      "topic=advisory&grade=9&effort=high&sort=newest",
    ] { #expect(try await author.get("/ideas?\(query)").text.contains(link), "\(query)") }
    for query in [
      "topic=algebra", "subject=arts", "grade=10", "effort=low", "evidence=worked", "evidence=did-not-work",
      "like=mine",
    ] { #expect(!(try await author.get("/ideas?\(query)").text.contains(link)), "\(query)") }
  }

  @Test(arguments: Engine.available) func aLongListGoesOnWithoutGapOrRepetition(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    for number in 1...45 {
      let author = try await world.browser(as: .educator)
      _ = try await Self.share(author, ["title": "Idea number \(number) of many", "submission": "n\(number)"])
      if number % 3 == 0 { world.pass(.days(11)) }
    }
    world.pass(.days(250))
    let reader = try await world.browser(as: .visitor)
    var next: String? = "/ideas?sort=newest"
    var seen: [String] = []
    while let path = next {
      let text = try await reader.get(path).text
      seen += text.matches(of: /<h2><a href="(\/ideas\/[^"]+)"/).map { String($0.output.1) }
      next = text.firstMatch(of: /class="older" href="([^"]+)"/).map {
        String($0.output.1).replacing("&amp;", with: "&")
      }
    }
    #expect(seen.count == 45 && Set(seen).count == 45)
  }
}

extension Browser {
  func post(_ path: String, all fields: [(String, String)]) async throws -> Answered {
    var form = Fields()
    for (name, value) in fields { form.add(name, value) }
    if !token.isEmpty { form.add("token", token) }
    return try await send(.post, path, body: form.encoded)
  }
}
