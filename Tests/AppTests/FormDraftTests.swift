import Storage
import TestDatabase
import Testing

@testable import App

/// Long forms come back as they were left; what the script does is tried in Tests/BrowserTests.
struct FormDraftTests {
  private func keep(_ browser: Browser, _ context: String, _ generation: Int, _ text: String) async throws -> Answered {
    try await browser.post("/drafts", ["context": context, "generation": "\(generation)", "text": text])
  }

  /// Of every long form: its page, the context of its draft, a field and where it is sent.
  @Test(arguments: Engine.available) func everyLongFormComesBackUntilItIsSent(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (idea, trial) = try await TrialTests.begun(world)
    let (owner, trying) = (try await world.browser(as: .educator), try await world.browser(as: .otherEducator))
    let number = trial.dropFirst(8)
    let forms: [(Browser, page: String, field: String, to: String, fields: [(String, String)])] = [
      (owner, "/ideas/new", "practice", "/ideas", IdeaTests.fields(["submission": "new"])),
      (
        owner, "/ideas/new?from=\(idea.dropFirst(7))", "adaptation", "/ideas",
        IdeaTests.fields(["submission": "adapted"]) + [("from", String(idea.dropFirst(7)))]
      ),
      (owner, "\(idea)/edit", "note", idea, IdeaTests.fields() + [("basis", "1")]),
      (trying, "\(idea)/trials/new", "definition", "\(idea)/trials", TrialTests.registration(["submission": "t9"])),
      (
        trying, "\(trial)/amendment", "why", "\(trial)/amendment",
        TrialTests.registration() + [("basis", "1"), ("why", "The log begins later.")]
      ),
      (trying, "\(trial)/report", "happened", "\(trial)/report", TrialTests.counts()),
      (
        trying, "/account/profile", "about", "/account/profile",
        [
          ("name", "Dana Marsh"), ("email_shown", "nobody"), ("about_shown", "members"), ("asking_shown", "members"),
        ]
      ),
    ]
    for (browser, page, field, target, fields) in forms {
      let blank = try await browser.get(page).text
      let match = try #require(blank.firstMatch(of: /data-draft="([^"]+)" data-generation="(\d+)"/), "\(page)")
      let (context, generation) = (String(match.output.1), try #require(Int(match.output.2)))
      #expect(blank.contains("name=\"draft\" value=\"\(context)\"") && !blank.contains("did not send"), "\(page)")
      let words = "Half a <thought> about \(number)"
      #expect(try await keep(browser, context, generation, #"[["\#(field)","\#(words)"]]"#).status == 200, "\(page)")
      let back = try await browser.get(page).text
      #expect(
        back.contains("Half a &lt;thought&gt; about \(number)") && back.contains("did not send is back"), "\(page)")
      #expect(back.contains("data-generation=\"\(generation + 1)\"") && back.contains("data-kept"), "\(page)")
      let fresh = try #require(back.firstMatch(of: /href="([^"]*draft=no)">Begin anew/)).output.1
      #expect(
        try await !browser.get(String(fresh).replacing("&amp;", with: "&")).text.contains("&lt;thought&gt;"), "\(page)")

      let refused = try await browser.post(
        target, all: fields.filter { $0.0 == "from" } + [("draft", context), (field, "Typed <now>")])
      #expect(refused.status == 422 || refused.status == 409, "\(page)")
      if refused.status == 422 {
        #expect(refused.text.contains("Typed &lt;now&gt;") && !refused.text.contains("did not send"), "\(page)")
        #expect(refused.text.contains("data-generation=\"\(generation + 1)\""), "\(page)")
      }
      let sent = try await browser.post(target, all: fields + [("draft", context)])
      #expect(sent.status == 303, "\(page): \(sent.status)")
      #expect(
        try await keep(browser, context, generation + 1, "[]").status == 409, "\(page): an old window comes too late")
    }
    #expect(try await owner.get("/ideas/new").text.contains("data-generation=\"2\""))
    #expect(try await !owner.get("/ideas/new").text.contains("did not send is back"))
  }

  /// The button that keeps an idea works without a script, however little is written.
  @Test func anUnfinishedIdeaIsKeptByItsButton() async throws {
    let world = try await TestWorld()
    let browser = try await world.browser(as: .educator)
    _ = try await browser.get("/ideas/new")
    let kept = try await browser.post(
      "/ideas", ["title": "Half", "problem": "They are late", "unpublished": "1", "draft": "idea:new"])
    #expect(kept.status == 303 && kept.location == "/ideas/new")
    let again = try await browser.get("/ideas/new").text
    #expect(again.contains("value=\"Half\"") && again.contains("They are late"))
    let roster = "Carter, Emma 1023456\nOuellette, Marc 1023457\nPereira, Lia 1023458"
    let refused = try await browser.post("/ideas", ["title": "Half", "problem": roster, "unpublished": "1"])
    #expect(refused.status == 422 && refused.text.contains("list of students"))
  }

  @Test func aDraftIsItsWritersAlone() async throws {
    let world = try await TestWorld()
    let (one, other) = (try await world.browser(as: .educator), try await world.browser(as: .lead))
    _ = try await one.get("/ideas/new")
    #expect(try await keep(one, "idea:new", 0, #"[["title","Mine alone"]]"#).status == 200)
    #expect(try await one.get("/ideas/new").text.contains("Mine alone"))
    #expect(try await !other.get("/ideas/new").text.contains("Mine alone"))
    for text in ["[1]", "{", "[[\"a\"]]", "null", "[]"] {
      let generation = try #require(
        try await one.get("/ideas/new").text.firstMatch(of: /data-generation="(\d+)"/)?.output.1)
      _ = try await keep(one, "idea:new", try #require(Int(generation)), text)
      #expect(try await one.get("/ideas/new").status == 200, "what is no form is no draft of one")
    }
  }

  @Test func noListOfStudentsIsKeptOnItsWay() async throws {
    let world = try await TestWorld()
    let browser = try await world.browser(as: .educator)
    _ = try await browser.get("/ideas/new")
    let roster = #"Carter, Emma 1023456\nOuellette, Marc 1023457\nPereira, Lia 1023458"#
    #expect(try await keep(browser, "idea:new", 0, #"[["problem","\#(roster)"]]"#).status == 422)
    #expect(try await keep(browser, "reply:x", 0, roster.replacing(#"\n"#, with: "\n")).status == 422)
    let kept = try await world.site.database.read { db in try db.rows("SELECT text FROM draft").count }
    #expect(kept == 0)
  }
}
