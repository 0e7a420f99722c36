import Markup
import Statistics
import Storage
import TestDatabase
import Testing

@testable import App

struct SearchTests {
  private func put(_ world: TestWorld, _ documents: [SearchDocument]) async throws {
    try await world.site.database.write { db in
      for document in documents { try SearchStore(db: db).put(document) }
    }
  }

  private func document(
    _ kind: SearchDocument.Kind, _ id: String, _ title: String, _ text: String,
    _ audience: SearchDocument.Audience = .everyone, state: String = ""
  ) -> SearchDocument {
    SearchDocument(
      kind: kind, id: id, title: title, text: text, path: "/\(kind.rawValue)s/\(id)", audience: audience, state: state,
      updatedAt: Instant(milliseconds: 1_795_000_000_000))
  }

  @Test(arguments: Engine.available) func stemsBeginningsAndMarksAreFound(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    try await put(world, [document(.idea, "i1", "Ten-minute conferences", "An adviser talks with each student.")])
    let browser = try await world.browser(as: .visitor)
    for query in ["conference", "conferen", "advisers+talk", "stud"] {
      let page = try await browser.get("/search?q=\(query)").text
      #expect(page.contains("/ideas/i1"), "\(query)")
    }
    #expect(try await browser.get("/search?q=conference").text.contains("<mark>conferences</mark>"))
    #expect(try await browser.get("/search?q=zebra").text.contains("Nothing found"))
  }

  @Test(arguments: Engine.available) func aTypingErrorIsMended(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    try await put(world, [document(.idea, "i1", "Ten-minute conferences", "An adviser talks with each student.")])
    let browser = try await world.browser(as: .visitor)
    for query in ["confrences", "conferences", "confernces", "conefrences", "confferences", "advisor"] {
      let page = try await browser.get("/search?q=\(query)").text
      #expect(page.contains("/ideas/i1"), "\(query)")
    }
    #expect(try await browser.get("/search?q=confrences").text.contains("found for “conferences”"))
  }

  @Test(arguments: Engine.available) func visitorsNeverSeeWhatMembersShare(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    try await put(
      world,
      [
        document(.person, "person-otherLead", "Quillon Hart", "Ask me about advisory", .members),
        document(.idea, "i1", "Advisory in nine", "Nine students"),
      ])
    for asker in [Asker.visitor, .outsider] {
      let browser = try await world.browser(as: asker)
      let page = try await browser.get("/search?q=advisory").text
      #expect(page.contains("/ideas/i1"))
      #expect(!page.contains("Quillon"))
      #expect(!(try await browser.get("/search?q=quilon").text.contains("Hart")))
    }
    let member = try await world.browser(as: .educator)
    #expect(try await member.get("/search?q=advisory").text.contains("<mark>advisory</mark>"))
    #expect(try await member.get("/search?q=advisory").text.contains("Quillon Hart"))
  }

  /// What members share is looked for once for all of them; whom each may see among people is not.
  /// A state that no such thing has is left behind by the search as by its address, under which others share it.
  @Test func aStateThatDoesNotFitNarrowsNothing() async throws {
    let world = try await TestWorld()
    try await put(world, [document(.idea, "i1", "Lantern idea", "Hang them")])
    let visitor = try await world.browser(as: .visitor)
    for path in ["/search?q=lantern&kind=idea&state=member", "/search?q=lantern&kind=idea"] {
      #expect(try await visitor.get(path).text.contains("/ideas/i1"), "\(path)")
    }
    #expect(SearchRequest(Fields(["q": "x", "kind": "person", "state": "worked"])).state == "")
  }

  @Test(arguments: Engine.available) func whoLooksFirstChangesNothingForOthers(engine: Engine) async throws {
    let documents = [
      document(.person, "person-outsider", "Quillon Hart", "Lanterns", .members),
      document(.discussion, "d1", "Lantern talk", "Where do they hang?", .members),
      document(.idea, "i1", "Lantern idea", "Hang them"),
    ]
    // The outsider's school is no member, so only the office and they themselves may see them.
    let seen: [(Asker, person: Bool, talk: Bool)] = [
      (.office, true, true), (.educator, false, true), (.outsider, false, false), (.visitor, false, false),
      (.lead, false, true),
    ]
    for order in [seen, seen.reversed()] {
      let world = try await TestWorld(engine)
      try await put(world, documents)
      for (asker, person, talk) in order {
        let page = try await world.browser(as: asker).get("/search?q=lantern").text
        #expect(page.contains("Quillon Hart") == person, "\(asker)")
        #expect(page.contains("/discussions/d1") == talk, "\(asker)")
        #expect(page.contains("/ideas/i1"), "\(asker)")
      }
    }
  }

  @Test(arguments: Engine.available) func kindAndStateNarrowASearch(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    try await put(
      world,
      [
        document(.trial, "t1", "Lights in hall", "It worked", state: "worked"),
        document(.trial, "t2", "Lights in gym", "It did not", state: "didNotWork"),
        document(.idea, "i1", "Lights", "Turn them on"),
      ])
    let browser = try await world.browser(as: .visitor)
    let trials = try await browser.get("/search?q=lights&kind=trial").text
    #expect(trials.contains("/trials/t1") && trials.contains("/trials/t2") && !trials.contains("/ideas/i1"))
    let worked = try await browser.get("/search?q=lights&state=worked").text
    #expect(worked.contains("/trials/t1") && !worked.contains("/trials/t2"))
    // The page offers what the address can hold, shows what is set, and keeps it where it fits.
    let both = try await browser.get("/search?q=lights&kind=trial&state=didNotWork").text
    #expect(both.contains("/trials/t2") && !both.contains("/trials/t1"))
    #expect(both.contains("<option value=\"didnotwork\" selected>did not work</option>"))
    #expect(both.contains("type=\"hidden\" name=\"kind\" value=\"trial\""))
    #expect(both.contains("href=\"/search?q=lights&amp;state=didnotwork\""), "all kinds, still narrowed")
    #expect(both.contains("href=\"/search?q=lights&amp;kind=idea\""), "no idea has that state")
    #expect(!both.contains("paused"), "projects are not for visitors, nor trials")
    #expect(try await browser.get("/search?q=lights").text.contains("<optgroup label=\"Trials\">"))
  }

  /// Every state that the page offers is one that a document of that kind can bear.
  @Test func everyStateOfferedIsOneThatCanBeKept() {
    func folded(_ states: [String]) -> Set<String> { Set(states.map { App.folded($0).filter { $0 != " " } }) }
    let verdicts = Verdict.allCases.map(\.rawValue) + ["running", "withdrawn"]
    #expect(Set(SearchDocument.Kind.trial.states.map(\.value)) == folded(verdicts))
    let project =
      Project.State.allCases.filter { $0 != .done }.map(\.rawValue) + Project.Decision.allCases.map(\.past)
    #expect(Set(SearchDocument.Kind.project.states.map(\.value)) == folded(project))
  }

  @Test(arguments: Engine.available) func aPostIsFoundUntilItIsDeleted(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let browser = try await world.browser(as: .educator)
    let begun = try await browser.post(
      "/discussions", ["title": "Where do lanterns hang?", "text": "In the hall?", "submission": "s"])
    let path = try #require(begun.location)
    let said = try await browser.post("\(path)/posts", ["text": "Under the rafters.", "submission": "t"])
    let post = String(try #require(said.location).split(separator: "#post-").last ?? "")
    #expect(try await browser.get("/search?q=lantern").text.contains("Where do"))
    #expect(try await browser.get("/search?q=rafters").text.contains("/posts/\(post)"))
    _ = try await browser.post("/posts/\(post)", ["text": "Under the beams."])
    #expect(!(try await browser.get("/search?q=rafters").text.contains("/posts/\(post)")))
    #expect(try await browser.get("/search?q=beams").text.contains("/posts/\(post)"))
    _ = try await browser.post("/posts/\(post)/deletion")
    #expect(!(try await browser.get("/search?q=beams").text.contains("/posts/\(post)")))
    _ = try await browser.post("/posts/\(post)/restoration")
    #expect(try await browser.get("/search?q=beams").text.contains("/posts/\(post)"))
  }

  @Test(arguments: Engine.available) func aRebuildFindsWhatIsThere(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let member = try await world.browser(as: .educator)
    _ = try await member.post("/discussions", ["title": "Old lanterns", "text": "Here.", "submission": "s"])
    try await put(world, [document(.idea, "gone", "Lantern of nothing", "No such idea")])
    try await world.site.rebuildSearch { _ in }
    let page = try await member.get("/search?q=lantern").text
    #expect(page.contains("Old <mark>lanterns</mark>"))
    #expect(!page.contains("/ideas/gone"))
    #expect(try await member.get("/search?q=ashuelot").text.contains("/schools/ashuelot"))
    #expect(try await member.get("/search?q=dana+lead").text.contains("/people/person-lead"))
  }

  @Test func hostileQueriesAreOnlyText() async throws {
    let world = try await TestWorld()
    let browser = try await world.browser(as: .visitor)
    for query in ["%22%20OR%20*", "%3Cscript%3Ealert(1)%3C/script%3E", "a:*%20%26%20(", "%00", "x%27--"] {
      let page = try await browser.get("/search?q=\(query)")
      #expect(page.status == 200)
      #expect(!page.text.contains("<script>alert"))
    }
  }

  @Test func theTextAroundAFoundWordIsShown() {
    let long =
      String(repeating: "Nothing here. ", count: 40) + "The lantern hangs." + String(repeating: " More.", count: 60)
    let shown = Marked("lantern").excerpt(long).string
    #expect(shown.hasPrefix("…"))
    #expect(shown.contains("<mark>lantern</mark>"))
    #expect(shown.count < 260)
  }

  @Test(arguments: [
    ("lantern", "A Lantern, lanterns; Lan-tern.", "A <mark>Lantern</mark>, <mark>lanterns</mark>; Lan-tern."),
    ("Écoles", "Les école’s & l’ÉCOLE", "Les <mark>école</mark>’s &amp; l’<mark>ÉCOLE</mark>"),
    ("ecole", "Les écoles, e\u{301}cole", "Les <mark>écoles</mark>, <mark>e\u{301}cole</mark>"),
    ("ninth gra", "Ninth-graders, grain, 9th", "<mark>Ninth</mark>-<mark>graders</mark>, <mark>grain</mark>, 9th"),
    ("", "Nothing <b>", "Nothing &lt;b&gt;"), ("x", "", ""),
  ]) func wordsAreMarked(query: String, text: String, marked: String) {
    #expect(Marked(query).html(text).string == marked)
  }
}
