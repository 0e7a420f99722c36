import Foundation
import HTTPTypes
import Storage
import TestDatabase
import Testing

@testable import App

/// What people want to be written, and when not.
struct LetterWishTests {
  private let york = LeagueZone.newYork

  private func instant(_ text: String) throws -> Instant {
    let date = try #require(ISO8601DateFormatter().date(from: text))
    return Instant(milliseconds: Int64(date.timeIntervalSince1970 * 1000))
  }

  // MARK: hours

  @Test(arguments: [
    // Local time in New York is UTC-5 in November, UTC-4 in July.
    ("2026-11-24T12:00:00Z", nil), ("2026-11-25T00:59:59Z", nil), ("2026-11-25T01:00:00Z", "2026-11-25T11:30:00Z"),
    ("2026-11-25T05:30:00Z", "2026-11-25T11:30:00Z"), ("2026-11-25T11:29:59Z", "2026-11-25T11:30:00Z"),
    ("2026-11-25T11:30:00Z", nil), ("2026-07-02T03:00:00Z", "2026-07-02T10:30:00Z"),
    // The clock goes back at 2:00 on 1 November and forward on 14 March.
    ("2026-11-01T02:00:00Z", "2026-11-01T11:30:00Z"), ("2027-03-14T03:00:00Z", "2027-03-14T10:30:00Z"),
  ]) func quietHoursEndInTheMorning(at: String, end: String?) throws {
    #expect(QuietHours.standard.end(at: try instant(at), york) == (try end.map(instant)))
  }

  @Test func quietHoursWithinADay() throws {
    let noon = try #require(QuietHours(from: 12 * 60, until: 13 * 60))
    #expect(noon.end(at: try instant("2026-11-24T17:20:00Z"), york) == (try instant("2026-11-24T18:00:00Z")))
    #expect(noon.end(at: try instant("2026-11-24T18:00:00Z"), york) == nil)
    #expect(QuietHours(from: 60, until: 60) == nil && QuietHours(from: -1, until: 5) == nil)
    #expect(QuietHours.minutes("6:30") == 390 && QuietHours.minutes("06:30:00") == 390)
    for wrong in ["", "24:00", "12:60", "noon", "1230", "12:3"] { #expect(QuietHours.minutes(wrong) == nil) }
  }

  @Test func theOneLetterIsDueInTheMorning() throws {
    var wishes = LetterWishes()
    let evening = try instant("2026-11-24T22:00:00Z")
    #expect(wishes.nextDigest(after: evening, york) == (try instant("2026-11-25T12:00:00Z")))
    // At seven itself the next one is tomorrow's.
    #expect(
      wishes.nextDigest(after: try instant("2026-11-25T12:00:00Z"), york) == (try instant("2026-11-26T12:00:00Z")))
    wishes.rhythm = .weekly
    #expect(wishes.nextDigest(after: evening, york) == (try instant("2026-11-30T12:00:00Z")))
    wishes.zone = "America/Los_Angeles"
    #expect(wishes.nextDigest(after: evening, york) == (try instant("2026-11-30T15:00:00Z")))
    wishes.quiet = QuietHours(from: 0, until: 9 * 60)
    #expect(wishes.nextDigest(after: evening, york) == (try instant("2026-11-30T17:00:00Z")))
  }

  @Test func everyKindOfNoticeThatIsToldHasAStreamOrNone() throws {
    var kinds: Set<String> = []
    for file in try Source.all(in: "App") where !file.name.hasSuffix("Samples.swift") {
      for match in file.code.matches(of: /tell(?:s)?\([^{}]{0,300}?kind: "(\w+)"/) {
        kinds.insert(String(match.output.1))
      }
    }
    #expect(kinds.count >= 8)
    #expect(kinds.filter { LetterStream(kind: $0) == nil } == ["acting"])
  }

  // MARK: the page

  @Test(arguments: Engine.available) func choicesAreKept(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let educator = try await world.browser(as: .educator)
    #expect(try await educator.get("/account/letters").text.contains("Quiet hours"))
    let saved = try await educator.post(
      "/account/letters",
      [
        "letter": "each", "pace_calls": "digest", "pace_watched": "site", "pace_begun": "nonsense", "rhythm": "weekly",
        "quiet": "on", "quiet_from": "18:15", "quiet_until": "07:45", "zone": "America/Chicago", "keys": "on",
      ])
    #expect(saved.status == 303)
    let person = world.person(.educator)
    let wishes = try await world.site.database.read { db in try LetterWishStore(db: db).find(person) }
    #expect(wishes.isOn && wishes.rhythm == .weekly && wishes.zone == "America/Chicago")
    #expect(wishes.quiet == QuietHours(from: 18 * 60 + 15, until: 7 * 60 + 45))
    #expect(wishes.pace(.calls) == .digest && wishes.pace(.watched) == .site && wishes.pace(.begun) == .once)
    let page = try await educator.get("/account/letters").text
    #expect(page.contains(#"value="18:15""#) && page.contains("checked"))
    _ = try await educator.post("/account/letters", ["letter": "each", "quiet_from": "18:15", "quiet_until": "18:15"])
    let off = try await world.site.database.read { db in try LetterWishStore(db: db).find(person) }
    #expect(off.quiet == nil, "the box was not ticked")
  }

  @Test(arguments: [
    ["quiet_from": "18:00", "quiet_until": "18:00"], ["quiet_from": "soon", "quiet_until": "18:00"],
    ["quiet_from": "18:00", "quiet_until": ""], ["zone": "Mars/Olympus"],
  ]) func whatCannotBeIsSaid(fields: [String: String]) async throws {
    let world = try await TestWorld()
    let educator = try await world.browser(as: .educator)
    var form = Fields(["letter": "each", "quiet": "on", "token": educator.token])
    for (name, value) in fields.sorted(by: { $0.key < $1.key }) { form.add(name, value) }
    let refused = try await educator.send(.post, "/account/letters", body: form.encoded)
    #expect(refused.status == 422 && refused.text.contains("to mend"))
  }

  // MARK: letters at once

  private func tell(
    _ world: TestWorld, kind: String = "project", subject: String = "account:x", id: String = "n",
    words: String = "Something is new"
  ) async throws {
    let (person, now) = (world.person(.educator), world.now)
    try await world.site.database.write { db in
      try NoticeStore(db: db).tell(
        person, kind: kind, subject: subject, path: "/today", words: words, why: "it is yours", by: nil, id: id,
        now: now)
    }
  }

  private func choose(_ world: TestWorld, _ change: (inout LetterWishes) -> Void) async throws {
    let person = world.person(.educator)
    var wishes = try await world.site.database.read { db in try LetterWishStore(db: db).find(person) }
    change(&wishes)
    try await world.site.database.write { [wishes] db in try LetterWishStore(db: db).change(person, wishes) }
  }

  private func letters(_ world: TestWorld) async throws -> [SentLetter] {
    try await world.site.database.read { db in try MailStore(db: db).latest(before: nil) }
  }

  /// Both services, as they run after one another.
  private func round(_ world: TestWorld) async throws {
    await NoticeLetters(site: world.site).compose()
    try await NoticeLetters(site: world.site).composeDigests()
  }

  @Test(arguments: Engine.available) func lettersWaitInQuietHours(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    // 7:00 in New York; at 21:00 somebody writes twice.
    world.pass(.hours(14))
    try await tell(world, kind: "mention", id: "a")
    world.pass(.hours(1))
    try await tell(world, kind: "mention", id: "b", words: "Something else is new")
    for _ in 0..<16 {
      world.pass(.minutes(30))
      try await round(world)
    }
    #expect(try await letters(world).isEmpty, "it is six in the morning")
    world.pass(.minutes(30))
    try await round(world)
    let sent = try await letters(world)
    #expect(sent.count == 1)
    #expect(sent.first?.body.contains("Something is new") == true)
    #expect(sent.first?.body.contains("Something else is new") == true)
  }

  @Test func codesNeverWait() async throws {
    let world = try await TestWorld()
    world.pass(.hours(15))
    #expect(try await Browser(world.site).post("/sign-in", ["email": "educator@league.test"]).status == 303)
    #expect(try await letters(world).first?.dueAt == world.now)
  }

  @Test(arguments: Engine.available) func whatIsForTheSiteAloneIsNotMailed(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    try await choose(world) { $0.paces[.calls] = .site }
    try await tell(world, kind: "mention", id: "a")
    try await tell(world, kind: "reply", id: "b", words: "This one is mailed")
    world.pass(.minutes(16))
    try await round(world)
    let sent = try await letters(world)
    #expect(sent.count == 1 && sent.first?.body.hasPrefix("This one is mailed") == true)
    let person = world.person(.educator)
    #expect(try await world.site.database.read { db in try NoticeStore(db: db).unread(of: person) }.count == 2)
  }

  @Test func aChangeOfMindReachesWhatWaits() async throws {
    let world = try await TestWorld()
    try await tell(world)
    world.pass(.minutes(16))
    try await round(world)
    #expect(try await letters(world).isEmpty, "it waits for the morning")
    try await choose(world) { $0.paces[.projects] = .once }
    try await round(world)
    #expect(try await letters(world).count == 1)
  }

  @Test func whoMayNotSeeItAnyMoreIsNotWritten() async throws {
    let world = try await TestWorld()
    let (asker, other) = (try await world.browser(as: .educator), try await world.browser(as: .otherLead))
    let path = try #require(
      try await asker.post(
        "/discussions", ["title": "Bells?", "text": "Who has none?", "asks": "on", "submission": "s"]
      )
      .location)
    _ = try await other.post("\(path)/posts", ["text": "Words for members.", "submission": "a"])
    let (person, now) = (world.person(.educator), world.now)
    try await world.site.database.write { db in
      try db.run("UPDATE role SET ends_at = \(now) WHERE person_id = \(person)")
    }
    world.pass(.minutes(16))
    try await round(world)
    #expect(try await letters(world).isEmpty)
  }

  // MARK: the one letter

  @Test(arguments: Engine.available) func theDigestHoldsTheWordsOnce(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    try await choose(world) { $0.paces[.watched] = .digest }
    let (asker, other) = (try await world.browser(as: .educator), try await world.browser(as: .otherLead))
    let path = try #require(
      try await asker.post(
        "/discussions", ["title": "Bells?", "text": "Who has none?", "asks": "on", "submission": "s"]
      )
      .location)
    let long = "We rang **none** for a year. " + String(repeating: "It was quiet. ", count: 80)
    _ = try await other.post("\(path)/posts", ["text": long, "submission": "a"])
    _ = try await other.post("\(path)/posts", ["text": "I take this one back.", "submission": "b"])
    try await tell(world, id: "p", words: "You are on the team of “Fewer bells”")
    let gone = try await world.site.database.read { db in
      try db.value("id", "SELECT id FROM post WHERE number = 3", as: String.self)
    }
    _ = try await other.post("/posts/\(try #require(gone))/deletion")
    world.pass(.minutes(16))
    try await round(world)
    #expect(try await letters(world).isEmpty)
    world.pass(.hours(24))
    let site = world.site
    // Two processes at the same moment write one letter.
    async let first: Void = NoticeLetters(site: site).composeDigests()
    async let second: Void = NoticeLetters(site: site).composeDigests()
    _ = try await (first, second)
    let sent = try await letters(world)
    #expect(sent.count == 1)
    let letter = try #require(sent.first)
    #expect(letter.subject == "League: Bells?, and 1 more")
    #expect(letter.body.contains("# Bells?") && letter.body.contains("We rang none for a year."))
    #expect(letter.body.contains("wrote on Tue 24 Nov 2026, 07:00") && letter.body.contains("…"))
    #expect(letter.body.contains("Read on and answer: http://league.test/posts/"))
    #expect(letter.body.contains("You are on the team of “Fewer bells”"))
    #expect(!letter.body.contains("take this one back"))
    #expect(letter.body.contains("every morning") && letter.body.contains("http://league.test/account/letters"))
    #expect(letter.headers.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"))
    #expect(letter.headers.contains("List-Id: <digest.league.test>"))
    world.pass(.hours(24))
    try await round(world)
    #expect(try await letters(world).count == 1, "an empty one is not sent")
  }

  @Test func whatWasReadOnTheSiteIsNotInTheDigest() async throws {
    let world = try await TestWorld()
    try await tell(world)
    world.pass(.minutes(16))
    try await round(world)
    _ = try await world.browser(as: .educator).post("/notices/read")
    world.pass(.hours(24))
    try await round(world)
    #expect(try await letters(world).isEmpty)
  }

  @Test func theWeeklyLetterComesOnMonday() async throws {
    let world = try await TestWorld()
    try await choose(world) { $0.rhythm = .weekly }
    // A Tuesday.
    for day in 0..<7 {
      try await tell(world, id: "n\(day)", words: "News of day \(day)")
      world.pass(.minutes(16))
      try await round(world)
      #expect(try await letters(world).count == (day < 6 ? 0 : 1), "day \(day)")
      world.pass(.minutes(24 * 60 - 16))
      try await round(world)
    }
    let sent = try await letters(world)
    #expect(sent.count == 1)
    #expect(sent.first?.body.contains("News of day 0") == true && sent.first?.body.contains("News of day 5") == true)
    #expect(sent.first?.body.contains("News of day 6") == false, "it came after the letter")
  }

  @Test func aLateDigestKeepsTheQuietHours() async throws {
    let world = try await TestWorld()
    try await tell(world)
    world.pass(.minutes(16))
    await NoticeLetters(site: world.site).compose()
    // The server stood still until 22:00 of the next day.
    world.pass(.hours(39))
    try await round(world)
    #expect(try await letters(world).isEmpty)
    world.pass(.hours(9))
    try await round(world)
    #expect(try await letters(world).count == 1)
  }

  @Test func anOverfullDigestSaysWhereTheRestIs() async throws {
    let world = try await TestWorld()
    for number in 10..<40 {
      try await tell(world, subject: "account:\(number)", id: "n\(number)", words: "News \(number).")
    }
    world.pass(.minutes(16))
    try await round(world)
    world.pass(.hours(24))
    try await round(world)
    let letter = try #require(try await letters(world).first)
    #expect(letter.body.contains("News 29.") && !letter.body.contains("News 30."))
    #expect(letter.body.contains("And more, under your notices"))
    #expect(try await letters(world).count == 1)
  }

  /// What is hidden takes no place in the letter, however much of it came first.
  @Test(arguments: Engine.available) func whatIsHiddenCrowdsNothingOut(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    for number in 10..<40 {
      try await tell(world, subject: "discussion:gone", id: "a\(number)", words: "Hidden \(number).")
    }
    try await tell(world, subject: "account:1", id: "b1", words: "This can be seen.")
    world.pass(.minutes(16))
    try await round(world)
    world.pass(.hours(24))
    try await round(world)
    let letter = try #require(try await letters(world).first)
    #expect(letter.body.contains("This can be seen.") && !letter.body.contains("Hidden"))
    #expect(!letter.body.contains("And more"))
  }

  @Test func whoWantsNoLettersGetsNoDigest() async throws {
    let world = try await TestWorld()
    try await tell(world)
    world.pass(.minutes(16))
    try await round(world)
    _ = try await world.browser(as: .educator).post("/account/letters", ["letter": "none"])
    world.pass(.hours(24))
    try await round(world)
    #expect(try await letters(world).isEmpty)
  }

  // MARK: stopping from a letter

  @Test(arguments: Engine.available) func oneClickOfAStreamLandsInTheSettings(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    try await choose(world) { $0.paces[.projects] = .once }
    try await tell(world)
    world.pass(.minutes(16))
    try await round(world)
    try await stop(try #require(try await letters(world).first), world, says: "your projects and measures")
    let person = world.person(.educator)
    let wishes = try await world.site.database.read { db in try LetterWishStore(db: db).find(person) }
    #expect(wishes.isOn && wishes.pace(.projects) == .site && wishes.pace(.calls) == .once)
    let page = try await world.browser(as: .educator).get("/account/letters").text
    #expect(page.contains(#"name="pace_projects" type="radio" value="site" checked"#))
  }

  @Test func oneClickOfTheDigestLandsInTheSettings() async throws {
    let world = try await TestWorld()
    try await tell(world)
    world.pass(.minutes(16))
    try await round(world)
    world.pass(.hours(24))
    try await round(world)
    try await stop(try #require(try await letters(world).first), world, says: "one letter")
    let person = world.person(.educator)
    let wishes = try await world.site.database.read { db in try LetterWishStore(db: db).find(person) }
    #expect(wishes.isOn && wishes.pace(.projects) == .site && wishes.pace(.watched) == .once)
  }

  private func stop(_ letter: SentLetter, _ world: TestWorld, says words: String) async throws {
    let link = try #require(letter.headers.firstMatch(of: /List-Unsubscribe: <http:\/\/league\.test([^>]+)>/)?.output.1)
    let anybody = Browser(world.site)
    #expect(try await anybody.get(String(link)).text.contains(words))
    #expect(try await anybody.post(String(link), ["List-Unsubscribe": "One-Click"]).status == 200)
  }
}
