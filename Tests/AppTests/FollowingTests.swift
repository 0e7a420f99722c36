import Foundation
import Storage
import TestDatabase
import Testing

@testable import App

/// Who hears of what, and what of it stands on Today.
struct FollowingTests {
  /// What a person was told, the first first, each with its reason.
  private func told(_ asker: Asker, _ world: TestWorld) async throws -> [String] {
    let person = world.person(asker)
    return try await world.site.database.read { db in
      try db.rows("SELECT words, why FROM notice WHERE person_id = \(person) ORDER BY created_at, id").map { row in
        "\(try row.read("words", as: String.self)) (\(try row.read("why", as: String.self)))"
      }
    }
  }

  private func letters(_ world: TestWorld) async throws -> [SentLetter] {
    world.pass(.minutes(16))
    await NoticeLetters(site: world.site).compose()
    return try await world.site.database.read { db in try MailStore(db: db).latest(before: nil) }
  }

  // MARK: discussions about what is somebody's own

  @Test(arguments: Engine.available) func aNewDiscussionReachesThoseWhoseThingItIs(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (idea, trial) = try await TrialTests.begun(world)
    let lead = try await world.browser(as: .lead)
    let thread = try await TalkTests.begin(
      lead, about: "idea:\(idea.dropFirst(7))", title: "How long?", "A *whole* year?")
    let words = "Dana Lead asks about “A ten-minute conference with every ninth-grader”: How long?"
    #expect(try await told(.educator, world) == ["\(words) (the idea is yours)"])
    #expect(try await told(.otherEducator, world) == ["\(words) (you have a trial of this idea)"])
    for asker in [Asker.lead, .otherLead, .office] { #expect(try await told(asker, world) == [], "\(asker)") }

    _ = try await TalkTests.begin(lead, about: "trial:\(trial.dropFirst(8))", title: "With whom?", "Say.")
    #expect(try await told(.otherEducator, world).last?.hasSuffix("With whom? (the trial is yours)") == true)
    #expect(try await told(.educator, world).count == 1)
    _ = try await TalkTests.begin(lead, about: "school:kettle-cove", title: "May we come?", "In May?")
    #expect(try await told(.otherLead, world).count == 1)
    #expect(
      try await told(.otherLead, world)[0]
        == "Dana Lead asks about “Kettle Cove Regional”: May we come? (you lead the school)")

    let sent = try await letters(world).filter { $0.address == "educator@league.test" }
    #expect(sent.map(\.subject) == ["How long?"] && sent.first?.body.contains("A *whole* year?") == true)
    #expect(sent.first?.body.contains("because the idea is yours") == true)
    // A reply is told to those who watch, not to everybody whose thing it is.
    _ = try await lead.post("\(thread)/posts", ["text": "Or half?", "submission": "r"])
    #expect(try await told(.educator, world).count == 1)
  }

  @Test(arguments: Engine.available) func whoeverAsksIsToldAndWhoeverMutesIsNot(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (idea, _) = try await TrialTests.begun(world)
    let id = idea.dropFirst(7)
    let level = "/discussions/about/idea/\(id)/level"
    let (owner, other) = (try await world.browser(as: .educator), try await world.browser(as: .otherLead))
    #expect(try await owner.get(idea).text.contains("You are told of new discussions here, because the idea is yours."))
    #expect(try await other.get(idea).text.contains("Tell me of new discussions here"))
    #expect(try await owner.post(level, ["level": "muted"]).location == "\(idea)#discussion")
    #expect(try await other.post(level, ["level": "watching"]).status == 303)
    #expect(try await owner.get(idea).text.contains("Tell me of new discussions here"))
    #expect(try await other.get(idea).text.contains("because you asked to be told"))
    #expect(try await other.post(level, ["level": "loudly"]).status == 422)
    #expect(try await other.post("/discussions/about/idea/nothing/level", ["level": "muted"]).status == 404)
    #expect(try await other.post("/discussions/about/person/x/level", ["level": "muted"]).status == 404)

    let lead = try await world.browser(as: .lead)
    _ = try await TalkTests.begin(lead, about: "idea:\(id)", "Is it worth it?")
    #expect(try await told(.educator, world) == [])
    #expect(try await told(.otherLead, world).map { $0.hasSuffix("(you asked to be told of it)") } == [true])
    // Who is called by name is told all the same, once, and for that reason.
    _ = try await TalkTests.begin(lead, about: "idea:\(id)", title: "And this?", "@dana-otherlead, is it?")
    #expect(try await told(.otherLead, world).last?.hasSuffix("(somebody called you by name)") == true)
    #expect(try await told(.otherLead, world).count == 2)
    // What members share is told to members: a term that ended ends it.
    let now = world.now
    try await world.site.database.write { db in
      try RoleStore(db: db).end("role-otherLead", now: now, by: nil, reason: "Moved")
    }
    _ = try await TalkTests.begin(lead, about: "idea:\(id)", title: "Still?", "Anybody?")
    #expect(try await told(.otherLead, world).count == 2)
  }

  // MARK: rosters

  @Test(arguments: Engine.available) func whoAsksToJoinIsToldAndSoAreTheLeads(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (outsider, lead) = (try await world.browser(as: .outsider), try await world.browser(as: .lead))
    _ = try await outsider.post("/schools/ashuelot/ask", ["title": "Chemistry", "words": "I am new."])
    #expect(
      try await told(.lead, world) == [
        "Dana Outsider asks to be on the roster of Ashuelot Valley Regional (you lead the school)"
      ])
    #expect(try await lead.get("/notices").text.contains("href=\"/schools/ashuelot/roster\""))
    let request = try await world.site.database.read { db in
      try db.value("id", "SELECT id FROM roster_request", as: String.self)
    }
    let path = "/schools/ashuelot/roster/requests/\(try #require(request))"
    #expect(try await lead.post(path, ["verdict": "approved"]).status == 303)
    #expect(try await lead.get("/notices").text.contains("Nothing new"), "what was decided asks for nothing")
    #expect(try await told(.outsider, world) == ["You are on the roster of Ashuelot Valley Regional (you asked to be)"])
    // Each of these has a letter of its own, so the notice brings no second one.
    let sent = try await letters(world)
    #expect(sent.count == 2, "\(sent.map(\.subject))")

    let term = try await world.site.database.read { db in
      try db.value(
        "id", "SELECT id FROM role WHERE person_id = 'person-outsider' AND school_id = 'ashuelot'", as: String.self)
    }
    _ = try await lead.post("/schools/ashuelot/roster/\(try #require(term))/end", ["reason": "The year is over"])
    #expect(
      try await told(.outsider, world).last
        == "Your term at Ashuelot Valley Regional has ended: The year is over (you were on its roster)")
    #expect(
      try await letters(world).first?.subject == "Your term at Ashuelot Valley Regional has ended: The year is over")
  }

  @Test func whoIsDeclinedOrNamedIsTold() async throws {
    let world = try await TestWorld()
    let (outsider, lead) = (try await world.browser(as: .outsider), try await world.browser(as: .lead))
    _ = try await outsider.post("/schools/ashuelot/ask", ["title": "Chemistry"])
    let request = try await world.site.database.read { db in
      try db.value("id", "SELECT id FROM roster_request", as: String.self)
    }
    _ = try await lead.post("/schools/ashuelot/roster/requests/\(try #require(request))", ["verdict": "declined"])
    #expect(
      try await told(.outsider, world) == ["Ashuelot Valley Regional did not put you on its roster (you asked to be)"])
    _ = try await lead.post(
      "/schools/ashuelot/roster/invitations",
      ["name": "Dana", "email": "otherEducator@league.test", "role": "educator"])
    let words = "Dana Lead put you on the roster of Ashuelot Valley Regional (a lead of the school named you)"
    #expect(try await told(.otherEducator, world) == [words])
    _ = try await lead.post(
      "/schools/ashuelot/roster/imports", ["rows": "email,name\notherLead@league.test,Dana\nnew@x.test,New One"])
    #expect(try await told(.otherLead, world) == [words])
  }

  // MARK: Today

  @Test(arguments: Engine.available) func todayShowsWhatWasSaidWhereSomebodyFollows(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (idea, _) = try await TrialTests.begun(world)
    let (owner, lead, other) = (
      try await world.browser(as: .educator), try await world.browser(as: .lead),
      try await world.browser(as: .otherLead)
    )
    let thread = try await TalkTests.begin(
      lead, about: "idea:\(idea.dropFirst(7))", title: "How long is it?", "Who knows?")
    let begun = try await owner.get("/today").text
    #expect(begun.contains("How long is it?") && begun.contains("because the idea is yours"))
    #expect(
      try await world.browser(as: .otherEducator).get("/today").text.contains("because you have a trial of this idea"))
    #expect(try await !other.get("/today").text.contains("How long is it?"))
    #expect(try await !lead.get("/today").text.contains("How long is it?"), "nobody is told of their own acts")

    world.pass(.minutes(1))
    _ = try await other.post("\(thread)/posts", ["text": "A year.", "submission": "a"])
    _ = try await other.post("\(thread)/posts", ["text": "Or two.", "submission": "b"])
    let waiting = try await lead.get("/today").text
    #expect(waiting.contains("2 new posts in “How long is it?”") && waiting.contains("because you watch it"))
    _ = try await lead.get(thread)
    #expect(try await !lead.get("/today").text.contains("How long is it?"), "what was read is not new")
    _ = try await owner.get(thread)
    #expect(try await !owner.get("/today").text.contains("How long is it?"))

    _ = try await lead.post("\(thread)/posts", ["text": "Thank you.", "submission": "c"])
    #expect(try await other.get("/today").text.contains("because you wrote there"))
    _ = try await other.post("\(thread)/level", ["level": "muted"])
    #expect(try await !other.get("/today").text.contains("How long is it?"), "what is muted is not shown")
    world.pass(.days(31))
    _ = try await lead.get("/today")
    #expect(try await !owner.get("/today").text.contains("How long is it?"))
  }

  /// However much is said, the page ends: five things, of each kind the first before the second of any.
  @Test func todayEnds() async throws {
    let world = try await TestWorld()
    let (idea, _) = try await TrialTests.begun(world)
    let (owner, lead) = (try await world.browser(as: .educator), try await world.browser(as: .lead))
    let own = try await TalkTests.begin(owner, title: "My own", "Say.")
    _ = try await lead.post("\(own)/posts", ["text": "Said.", "submission": "own"])
    for number in 1...9 {
      _ = try await TalkTests.begin(lead, about: "idea:\(idea.dropFirst(7))", title: "Question \(number)", "Who knows?")
    }
    let page = try await owner.get("/today").text
    let news = try #require(page.split(separator: "New, and why you see it").last)
    #expect(news.matches(of: /<li class="row">/).count == 4, "two of the nine, one reply, one trial")
    #expect(news.contains("Question 9") && news.contains("My own") && news.contains("is trying"))
    #expect(news.contains("That is all."))
  }

  // MARK: titles

  @Test(arguments: Engine.available) func aTitleIsChangedWithinItsHistory(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (starter, other, office) = (
      try await world.browser(as: .educator), try await world.browser(as: .otherLead),
      try await world.browser(as: .office)
    )
    let path = try await TalkTests.begin(starter, title: "How many lanters?", "Say.")
    _ = try await other.post("\(path)/posts", ["text": "Nine, by the rafters.", "submission": "r"])
    #expect(try await other.get("\(path)/title").status == 403)
    #expect(try await other.post("\(path)/title", ["title": "Mine now"]).status == 403)
    #expect(try await !other.get(path).text.contains("\(path)/title"))
    #expect(try await starter.get(path).text.contains("\(path)/title"))

    #expect(try await starter.post("\(path)/title", ["title": "How many lanterns?"]).location == path)
    #expect(try await !other.get(path).text.contains("title changed"), "a typing error is mended without a trace")
    world.pass(.minutes(6))
    let refused = try await starter.post("\(path)/title", ["title": ""])
    #expect(refused.status == 422 && refused.text.contains("Say in a line"))
    _ = try await starter.post("\(path)/title", ["title": "How many <lamps>?"])
    #expect(try await other.get(path).text.contains("How many &lt;lamps&gt;?"))
    #expect(try await other.get("/search?q=lamps").text.contains("<mark>lamps</mark>"))
    #expect(try await !other.get("/search?q=lanterns").text.contains("/posts/"))
    #expect(try await other.get("/search?q=rafters").text.contains("How many &lt;lamps&gt;?"))
    _ = try await office.post("\(path)/title", ["title": "How many lamps in a hall?"])
    let history = try await other.get("\(path)/history").text
    #expect(history.contains("by Dana Educator") && history.contains("by Dana Office"))
    #expect(history.contains("<del>lanterns") && history.contains("<ins>"))
    let audits = try await world.site.database.read { db in
      try db.rows("SELECT id FROM audit WHERE action = 'discussion retitled'").count
    }
    #expect(audits == 1, "the office's change of another's title stands in the log")
  }

  // MARK: expertise

  @Test(arguments: Engine.available) func anAnswerThatHelpedIsWhatSomebodyKnows(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (idea, _) = try await TrialTests.begun(world)
    let (asker, other) = (try await world.browser(as: .otherEducator), try await world.browser(as: .otherLead))
    let path = try await TalkTests.begin(
      asker, about: "idea:\(idea.dropFirst(7))", title: "How long is it?", "Who knows?")
    func answer(_ text: String) async throws -> String {
      let said = try await other.post("\(path)/posts", ["text": text, "submission": text])
      return String(try #require(said.location).split(separator: "#post-").last ?? "")
    }
    let (first, second) = (try await answer("A year."), try await answer("Two years."))
    let page = "/people/\(world.person(.otherLead))"
    let reader = try await world.browser(as: .lead)
    #expect(try await !reader.get(page).text.contains("Answered, and it helped"))
    _ = try await asker.post("\(path)/answer", ["post": first])
    var seen = try await reader.get(page).text
    #expect(seen.contains("Answered, and it helped") && seen.contains("href=\"/posts/\(first)\""))
    #expect(seen.contains("href=\"/ideas?topic=advisory\""), "the idea's topic is what the answer is about")
    _ = try await asker.post("\(path)/answer", ["post": second])
    seen = try await reader.get(page).text
    #expect(seen.contains("href=\"/posts/\(second)\"") && !seen.contains("href=\"/posts/\(first)\""))
    _ = try await other.post("/posts/\(second)/deletion")
    #expect(try await !reader.get(page).text.contains("Answered, and it helped"))
    _ = try await other.post("/posts/\(second)/restoration")
    #expect(try await !reader.get(page).text.contains("Answered, and it helped"), "it is accepted no longer")
    // Whoever answers themselves proves nothing.
    let own = try await asker.post("\(path)/posts", ["text": "I found it.", "submission": "own"])
    let mine = String(try #require(own.location).split(separator: "#post-").last ?? "")
    _ = try await asker.post("\(path)/answer", ["post": mine])
    #expect(try await !reader.get("/people/\(world.person(.otherEducator))").text.contains("Answered, and it helped"))
  }
}
