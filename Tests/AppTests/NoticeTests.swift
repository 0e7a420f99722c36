import Storage
import TestDatabase
import Testing

@testable import App

struct NoticeTests {
  /// A discussion of the educator in which the other lead has answered; gives its path.
  private func talk(_ world: TestWorld, answers: Int = 1) async throws -> String {
    let (asker, other) = (try await world.browser(as: .educator), try await world.browser(as: .otherLead))
    let begun = try await asker.post(
      "/discussions", ["title": "How many nines?", "text": "Who knows?", "asks": "on", "submission": "s"])
    let path = try #require(begun.location)
    for number in 0..<answers {
      let answer = try await other.post(
        "\(path)/posts", ["text": "Answer *\(number)* of mine.", "submission": "a\(number)"])
      #expect(answer.status == 303)
    }
    return path
  }

  private func letters(_ world: TestWorld) async throws -> [SentLetter] {
    try await world.site.database.read { db in try MailStore(db: db).latest(before: nil) }
  }

  @Test(arguments: Engine.available) func oneLetterHoldsWhatCameInItsWindow(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let path = try await talk(world, answers: 2)
    let service = NoticeLetters(site: world.site)
    await service.compose()
    #expect(try await letters(world).isEmpty)
    world.pass(.minutes(16))
    await service.compose()
    await service.compose()
    let sent = try await letters(world)
    #expect(sent.count == 1)
    let letter = try #require(sent.first)
    #expect(letter.address == "educator@league.test")
    #expect(letter.subject == "Re: How many nines?")
    #expect(letter.body.contains("Answer *0* of mine.") && letter.body.contains("Answer *1* of mine."))
    #expect(letter.body.contains("because you watch this discussion"))
    let id = path.split(separator: "/").last ?? ""
    #expect(letter.headers.contains("In-Reply-To: <discussion-\(id)@league.test>"))
    #expect(letter.headers.contains("References: <discussion-\(id)@league.test>"))
    #expect(letter.headers.contains("List-Id: <discussion-\(id).league.test>"))
    #expect(letter.headers.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"))
    #expect(letter.headers.contains("Message-ID: <post-"))
  }

  @Test func whatWasReadMeanwhileIsNotMailed() async throws {
    let world = try await TestWorld()
    let path = try await talk(world)
    _ = try await world.browser(as: .educator).get(path)
    world.pass(.minutes(16))
    await NoticeLetters(site: world.site).compose()
    #expect(try await letters(world).isEmpty)
  }

  @Test func aDeletedPostIsNotMailed() async throws {
    let world = try await TestWorld()
    _ = try await talk(world)
    let post = try await world.site.database.read { db in
      try db.value("id", "SELECT id FROM post WHERE number = 2", as: String.self)
    }
    _ = try await world.browser(as: .otherLead).post("/posts/\(try #require(post))/deletion")
    world.pass(.minutes(16))
    await NoticeLetters(site: world.site).compose()
    #expect(try await letters(world).isEmpty)
  }

  @Test(arguments: Engine.available) func oneClickStopsTheLettersAndALookDoesNot(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let path = try await talk(world)
    world.pass(.minutes(16))
    await NoticeLetters(site: world.site).compose()
    let letter = try #require(try await letters(world).first)
    let link = try #require(letter.headers.firstMatch(of: /List-Unsubscribe: <http:\/\/league\.test([^>]+)>/)?.output.1)
    let anybody = Browser(world.site)
    let shown = try await anybody.get(String(link))
    #expect(shown.status == 200)
    #expect(shown.text.contains("How many nines?"))
    func level() async throws -> String? {
      try await world.site.database.read { db in
        try db.value(
          "level", "SELECT level FROM discussion_reader WHERE person_id = \(world.person(.educator))")
      }
    }
    #expect(try await level() == "watching")
    #expect(try await anybody.post(String(link), ["List-Unsubscribe": "One-Click"]).status == 200)
    #expect(try await level() == "muted")
    _ = try await world.browser(as: .otherLead).post("\(path)/posts", ["text": "Still there?", "submission": "z"])
    world.pass(.minutes(16))
    await NoticeLetters(site: world.site).compose()
    #expect(try await letters(world).count == 1)
    #expect(try await anybody.get("/letters/stop/nothing").status == 404)
  }

  @Test func allLettersCanBeStoppedFromOne() async throws {
    let world = try await TestWorld()
    _ = try await talk(world)
    world.pass(.minutes(16))
    await NoticeLetters(site: world.site).compose()
    let letter = try #require(try await letters(world).first)
    let link = try #require(letter.body.firstMatch(of: /http:\/\/league\.test(\/letters\/stop\/\w+)/)?.output.1)
    _ = try await Browser(world.site).post(String(link), ["all": "yes"])
    let wish = try await world.site.database.read { db in
      try db.value("letter", "SELECT letter FROM person WHERE id = \(world.person(.educator))", as: String.self)
    }
    #expect(wish == "none")
  }

  @Test(arguments: Engine.available) func theSameEventIsToldOnce(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (person, now) = (world.person(.lead), world.now)
    try await world.site.database.write { db in
      for number in 0..<3 {
        try NoticeStore(db: db).tell(
          person, kind: "mention", subject: "discussion:x", path: "/posts/x", words: "Somebody called you", why: "",
          by: nil, id: "n\(number)", now: now, event: "post:x")
      }
      try NoticeStore(db: db).tell(
        person, kind: "own", subject: "x", path: "/x", words: "Own", why: "", by: person, id: "own", now: now)
    }
    let unread = try await world.site.database.read { db in try NoticeStore(db: db).unread(of: person) }
    #expect(unread.map(\.words) == ["Somebody called you"])
  }

  @Test func whatIsReadGoesBelow() async throws {
    let world = try await TestWorld()
    _ = try await talk(world)
    let browser = try await world.browser(as: .educator)
    let page = try await browser.get("/notices")
    let id = try #require(page.text.firstMatch(of: /action="\/notices\/([^"\/]+)\/read"/)?.output.1)
    _ = try await browser.post("/notices/\(id)/read")
    let after = try await browser.get("/notices").text
    #expect(after.contains("Nothing new") && after.contains("Earlier"))
  }
}
