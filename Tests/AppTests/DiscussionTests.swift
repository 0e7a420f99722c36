import Storage
import TestDatabase
import Testing

@testable import App

struct DiscussionTests {
  /// Begins a discussion as `asker` and gives its path.
  private func begin(
    _ browser: Browser, title: String = "How do you begin?", text: String = "With *whom*?", submission: String = "first"
  ) async throws -> String {
    let answer = try await browser.post(
      "/discussions", ["title": title, "text": text, "asks": "on", "submission": submission])
    #expect(answer.status == 303)
    return try #require(answer.location)
  }

  private func reply(_ browser: Browser, _ path: String, _ text: String, submission: String, to post: String = "")
    async throws -> String
  {
    let answer = try await browser.post(
      "\(path)/posts", ["text": text, "submission": submission, "reply_to": post])
    #expect(answer.status == 303)
    return String(try #require(answer.location).split(separator: "#post-").last ?? "")
  }

  @Test(arguments: Engine.available) func aDiscussionIsBegunAnsweredAndListed(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (asker, other) = (try await world.browser(as: .educator), try await world.browser(as: .otherLead))
    let path = try await begin(asker)
    let answer = try await reply(other, path, "With the **ninth** grade.", submission: "r1")
    let page = try await asker.get(path)
    #expect(page.status == 200)
    #expect(page.text.contains("<em>whom</em>"))
    #expect(page.text.contains("<strong>ninth</strong>"))
    #expect(page.text.contains("Kettle Cove Regional"))
    let list = try await asker.get("/discussions")
    #expect(list.text.contains("How do you begin?"))
    #expect(list.text.contains("1 reply"))
    #expect(try await other.get("/posts/\(answer)").location == "\(path)#post-\(answer)")
  }

  @Test(arguments: Engine.available) func theSameFormTwiceIsOnePost(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let browser = try await world.browser(as: .educator)
    let path = try await begin(browser)
    #expect(try await begin(browser) == path)
    _ = try await reply(browser, path, "Once.", submission: "same")
    let again = try await browser.post("\(path)/posts", ["text": "Once.", "submission": "same"])
    #expect(again.status == 303)
    let count = try await world.site.database.read { db in
      try db.value("n", "SELECT count(*) AS n FROM post", as: Int.self)
    }
    #expect(count == 2)
  }

  @Test func anEmptyReplyComesBackWithItsAdvice() async throws {
    let world = try await TestWorld()
    let browser = try await world.browser(as: .educator)
    let path = try await begin(browser)
    let answer = try await browser.post("\(path)/posts", ["text": " ", "submission": "x"])
    #expect(answer.status == 422)
    #expect(answer.text.contains("Write something first."))
    let long = try await browser.post(
      "/discussions", ["title": "", "text": "kept words", "submission": "y"])
    #expect(long.status == 422)
    #expect(long.text.contains("kept words"))
  }

  @Test func whoStandsInCodeIsNotCalled() async throws {
    let world = try await TestWorld()
    for text in ["`@dana-lead` is a handle", "```\n@dana-lead\n```", "~~~\n@dana-lead", "> @dana-lead"] {
      let mentions = try await world.site.database.read { db in try Mentions.find(in: text, db) }
      #expect(mentions.called.isEmpty, "\(text)")
    }
    let after = "```\ncode\n```\n@dana-lead, see above"
    #expect(try await world.site.database.read { db in try Mentions.find(in: after, db).called.count } == 1)
  }

  @Test(arguments: Engine.available) func aMentionIsALinkAndANoticeOnce(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (asker, called) = (try await world.browser(as: .educator), try await world.browser(as: .lead))
    let path = try await begin(asker, text: "Ask @dana-lead, not `@dana-lead` nor a@dana-lead.org.")
    let page = try await asker.get(path)
    #expect(page.text.matches(of: /class="mention" href="\/people\/person-lead"/).count == 1)
    #expect(page.text.contains("<code>@dana-lead</code>"))
    let notices = try await called.get("/notices")
    #expect(notices.text.matches(of: /called you: How/).count == 1)
    _ = try await called.get(path)
    #expect(try await called.get("/notices").text.contains("Nothing new"))
  }

  @Test func nobodyIsToldOfTheirOwnPostAndMutedMeansSilence() async throws {
    let world = try await TestWorld()
    let (asker, other) = (try await world.browser(as: .educator), try await world.browser(as: .otherLead))
    let path = try await begin(asker)
    _ = try await reply(asker, path, "More.", submission: "a")
    #expect(try await asker.get("/notices").text.contains("Nothing new"))
    _ = try await reply(other, path, "An answer.", submission: "b")
    #expect(try await asker.get("/notices").text.contains("wrote"))
    _ = try await asker.post("\(path)/level", ["level": "muted"])
    _ = try await asker.get(path)
    _ = try await reply(other, path, "Hey @dana-educator!", submission: "c")
    #expect(try await asker.get("/notices").text.contains("Nothing new"))
  }

  @Test(arguments: Engine.available) func aLaterEditLeavesTheEarlierText(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let browser = try await world.browser(as: .educator)
    let path = try await begin(browser, text: "nine students")
    let post = try await reply(browser, path, "We have nine students", submission: "e")
    _ = try await browser.post("/posts/\(post)", ["text": "We had nine students"])
    #expect(!(try await browser.get(path).text.contains("/posts/\(post)/history")))
    world.pass(.minutes(6))
    _ = try await browser.post("/posts/\(post)", ["text": "We had ten students"])
    #expect(try await browser.get(path).text.contains("/posts/\(post)/history"))
    let history = try await browser.get("/posts/\(post)/history").text
    #expect(history.contains("<del>nine </del>"))
    #expect(history.contains("<ins>ten </ins>"))
    let stranger = try await world.browser(as: .lead)
    #expect(try await stranger.post("/posts/\(post)", ["text": "Mine now"]).status == 403)
  }

  @Test func aDeletedPostLeavesItsPlaceAndComesBack() async throws {
    let world = try await TestWorld()
    let browser = try await world.browser(as: .educator)
    let path = try await begin(browser)
    let post = try await reply(browser, path, "Regrettable words", submission: "d")
    let gone = try await browser.post("/posts/\(post)/deletion")
    let after = try await browser.get(try #require(gone.location))
    #expect(after.text.contains("/posts/\(post)/restoration"))
    #expect(after.text.contains("deleted this post"))
    #expect(!after.text.contains("Regrettable words"))
    _ = try await browser.post("/posts/\(post)/restoration")
    #expect(try await browser.get(path).text.contains("Regrettable words"))
  }

  @Test(arguments: Engine.available) func onlyWhoAskedAcceptsAnAnswer(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (asker, other) = (try await world.browser(as: .educator), try await world.browser(as: .otherLead))
    let path = try await begin(asker)
    let post = try await reply(other, path, "Like this.", submission: "acc")
    #expect(try await other.post("\(path)/answer", ["post": post]).status == 403)
    #expect(try await asker.get("/discussions?show=unanswered").text.contains("How do you begin?"))
    #expect(try await asker.post("\(path)/answer", ["post": post]).status == 303)
    #expect(try await asker.get(path).text.contains("Accepted answer"))
    #expect(!(try await asker.get("/discussions?show=unanswered").text.contains("How do you begin?")))
    #expect(try await other.get("/notices").text.contains("accepted your answer"))
  }

  @Test(arguments: Engine.available) func aLongDiscussionHasPagesAndRemembersThePlace(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (writer, reader) = (try await world.browser(as: .educator), try await world.browser(as: .lead))
    let path = try await begin(writer)
    for number in 2...60 { _ = try await reply(writer, path, "Post \(number).", submission: "n\(number)") }
    let first = try await reader.get(path).text
    #expect(first.contains("Post 50."))
    #expect(!first.contains("Post 51."))
    #expect(first.contains("\(path)?page=2"))
    let second = try await reader.get("\(path)?page=2").text
    #expect(second.contains("id=\"new\""))
    #expect(second.contains("Post 60."))
    #expect(!(try await reader.get("\(path)?page=2").text.contains("id=\"new\"")))
  }

  @Test(arguments: Engine.available) func twoWindowsNeverOverwriteEachOthersDrafts(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let browser = try await world.browser(as: .educator)
    func keep(_ text: String, _ generation: Int) async throws -> Answered {
      try await browser.post("/drafts", ["context": "reply:x", "generation": "\(generation)", "text": text])
    }
    let first = try await keep("mine", 0)
    #expect(first.status == 200)
    #expect(first.text.contains("\"generation\":1"))
    let second = try await keep("other", 0)
    #expect(second.status == 409)
    #expect(second.text.contains("mine"))
    #expect(try await keep("mine, longer", 1).text.contains("\"generation\":2"))
  }

  @Test func aPostClearsItsDraftAndRaisesTheGeneration() async throws {
    let world = try await TestWorld()
    let browser = try await world.browser(as: .educator)
    let path = try await begin(browser)
    let context = "reply:\(path.split(separator: "/").last ?? "")"
    _ = try await browser.post("/drafts", ["context": context, "generation": "0", "text": "half a thought"])
    #expect(try await browser.get(path).text.contains("half a thought"))
    _ = try await browser.post("\(path)/posts", ["text": "A whole one.", "submission": "w", "draft": context])
    let page = try await browser.get(path).text
    #expect(!page.contains("half a thought"))
    #expect(page.contains("data-generation=\"2\""))
  }

  @Test func thePreviewIsWhatThePostWillBe() async throws {
    let world = try await TestWorld()
    let browser = try await world.browser(as: .educator)
    let shown = try await browser.post("/preview", ["text": "**Bold** @dana-lead <script>alert(1)</script>"]).text
    #expect(shown.contains("<strong>Bold</strong>"))
    #expect(shown.contains("href=\"/people/person-lead\""))
    #expect(!shown.contains("<script"))
  }

  @Test func aDiscussionAboutASchoolNamesIt() async throws {
    let world = try await TestWorld()
    let browser = try await world.browser(as: .educator)
    #expect(try await browser.get("/discussions/new?about=school&id=quaboag").text.contains("Quaboag Technical"))
    #expect(try await browser.get("/discussions/new?about=school&id=nowhere").status == 404)
    let made = try await browser.post(
      "/discussions",
      ["title": "Who knows them?", "text": "Anybody?", "about": "school", "id": "quaboag", "submission": "s"])
    #expect(try await browser.get(try #require(made.location)).text.contains("Quaboag Technical"))
    #expect(try await browser.get("/schools/quaboag").text.contains("Who knows them?"))
  }
}
