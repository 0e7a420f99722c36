import Foundation
import Storage
import TestDatabase
import Testing

@testable import App

/// Letters that the mail server hands over.
struct InboxTests {
  private static let settings = ["reply_address=reply@league.test", "bounce_address=bounce@league.test"]

  /// A question of the educator that the other lead answered, and the letter about it, which is on its way.
  private struct Talk {
    let world: TestWorld
    let path: String
    let letter: SentLetter

    func header(_ name: String) throws -> String {
      let lines = letter.headers.split(separator: "\n")
      return try #require(lines.first { $0.hasPrefix("\(name): ") }).dropFirst(name.count + 2).description
    }
    var replyTo: String { get throws { try header("Reply-To").trimmingCharacters(in: ["<", ">"]) } }

    func posts() async throws -> [Post] {
      let id = Discussion.ID(String(path.split(separator: "/").last ?? ""))
      return try await world.site.database.read { db in try DiscussionStore(db: db).posts(of: id, page: 1) }
    }
    func mail() async throws -> [SentLetter] {
      try await world.site.database.read { db in try MailStore(db: db).latest(before: nil) }
    }
    func receive(_ text: String, from: String? = nil, to: String? = nil) async throws -> Receipt {
      try await Inbox(site: world.site).receive(Array(text.utf8), from: from, to: to)
    }
  }

  private func talk(_ engine: Engine = .sqlite, _ more: [String] = []) async throws -> Talk {
    let world = try await TestWorld(engine, settings: Self.settings + more)
    let (asker, other) = (try await world.browser(as: .educator), try await world.browser(as: .otherLead))
    let begun = try await asker.post(
      "/discussions", ["title": "Bells?", "text": "Who has none?", "asks": "on", "submission": "s"])
    let path = try #require(begun.location)
    _ = try await other.post("\(path)/posts", ["text": "We have none.", "submission": "a"])
    world.pass(.minutes(16))
    await NoticeLetters(site: world.site).compose()
    let letter = try await world.site.database.read { db in
      try #require(try MailStore(db: db).latest(before: nil).first)
    }
    return Talk(world: world, path: path, letter: letter)
  }

  private func answer(
    _ talk: Talk, from: String = "Dana Educator <educator@league.test>", to: String? = nil,
    id: String = "<1@school.test>",
    headers: String = "",
    body: String =
      "Thank you, Ana.\n\nOn Tue, Nov 24, 2026 at 7:12 AM League <league@localhost> wrote:\n\n> We have none.\n"
  ) throws -> String {
    """
    From: \(from)
    To: \(try to ?? talk.replyTo)
    Subject: Re: Bells?
    Message-ID: \(id)
    In-Reply-To: \(try talk.header("Message-ID"))
    \(headers)MIME-Version: 1.0
    Content-Type: text/plain; charset=utf-8

    \(body)
    """
  }

  // MARK: answers

  @Test(arguments: Engine.available) func anAnswerStandsInItsDiscussion(engine: Engine) async throws {
    let talk = try await talk(engine)
    #expect(talk.letter.body.contains("Answer this letter"))
    let receipt = try await talk.receive(answer(talk))
    let posts = try await talk.posts()
    #expect(posts.count == 3 && receipt == .posted("/posts/\(posts[2].id)") && receipt.exitCode == 0)
    #expect(posts[2].text == "Thank you, Ana." && posts[2].author == talk.world.person(.educator))
    #expect(posts[2].replyTo == posts[1].id, "the post whose letter was answered")
    let other = talk.world.person(.otherLead)
    let told = try await talk.world.site.database.read { db in try NoticeStore(db: db).unread(of: other) }
    #expect(told.first?.words.contains("answered you") == true)
    #expect(try await talk.world.browser(as: .lead).get("/search?q=Thank").text.contains("Bells?"))
    // The same letter again is the same post, and nobody is written.
    #expect(try await talk.receive(answer(talk)) == receipt)
    #expect(try await talk.posts().count == 3)
    #expect(try await talk.mail().count == 1)
    #expect(try await talk.receive(answer(talk, id: "<2@school.test>", body: "And one more thing.")).exitCode == 0)
    #expect(try await talk.posts().count == 4)
  }

  @Test func capitalsAndTheMailServersWordForTheRecipientAreTaken() async throws {
    let talk = try await talk()
    let text = try answer(talk, from: "EDUCATOR@League.test", to: "somebody@else.test")
    #expect(try await talk.receive(text, to: talk.replyTo.uppercased()).exitCode == 0)
    #expect(try await talk.posts().count == 3)
  }

  @Test func htmlAndOtherCharsetsAreRead() async throws {
    let talk = try await talk()
    let head = """
      From: educator@league.test
      To: \(try talk.replyTo)
      Message-ID: <h@school.test>
      MIME-Version: 1.0

      """
    let html =
      head + """
        Content-Type: multipart/mixed; boundary=m

        --m
        Content-Type: multipart/alternative; boundary=a

        --a
        Content-Type: text/html; charset=iso-8859-1
        Content-Transfer-Encoding: quoted-printable

        <p>Gr=FC=DFe, <b>we</b> do.</p><div class=3D"gmail_quote"><div>On Tue, Nov 24, 2026 at 7:12 AM League &lt;l@l.test&gt; wrote:<br></div><blockquote>We have none.</blockquote></div>
        --a--
        --m
        Content-Type: text/plain; name="notes.txt"
        Content-Disposition: attachment; filename="notes.txt"

        Attached words.
        --m--
        """
    #expect(try await talk.receive(html).exitCode == 0)
    #expect(try await talk.posts().last?.text == "Grüße, we do.")
  }

  @Test(arguments: [
    "Auto-Submitted: auto-replied\n", "Auto-Submitted: auto-generated (vacation)\n", "Precedence: bulk\n",
    "Precedence: auto_reply\n", "X-Auto-Response-Suppress: All\n", "X-Autoreply: yes\n", "X-Autorespond: x\n",
    "List-Id: <list.test>\n", "Return-Path: <>\n", "AUTO-SUBMITTED: Auto-Replied\n",
  ]) func programsAreNotAnswered(header: String) async throws {
    let talk = try await talk()
    let receipt = try await talk.receive(answer(talk, headers: header))
    #expect(receipt == .ignored("A program wrote this letter."))
    #expect(try await talk.posts().count == 2)
    #expect(try await talk.mail().count == 1)
  }

  @Test func lettersThatNobodyAnswersAreProgramsToo() async throws {
    let talk = try await talk()
    for envelope in ["", "<>", "MAILER-DAEMON"] {
      #expect(try await talk.receive(answer(talk), from: envelope).exitCode == 0)
    }
    // The League's own letters come back to it.
    let own = EmailFile.text(talk.letter, settings: talk.world.site.settings)
      .replacing("To: <educator@league.test>", with: "To: <\(try talk.replyTo)>")
    #expect(try await talk.receive(own) == .ignored("A program wrote this letter."))
    #expect(try await talk.posts().count == 2)
    #expect(
      try await talk.receive(answer(talk, headers: "Auto-Submitted: no\n"), from: "educator@league.test").exitCode == 0)
    #expect(try await talk.posts().count == 3)
  }

  @Test(arguments: Engine.available) func forgedSendersAreRefused(engine: Engine) async throws {
    let talk = try await talk(engine)
    for (from, code) in [
      ("lead@league.test", Int32(77)), ("stranger@evil.test", 77),
      ("educator@league.test, lead@league.test", 65), ("", 65), ("undisclosed: ;", 65),
      ("\"educator@league.test\" <stranger@evil.test>", 77),
      ("educator@league.test\nFrom: stranger@evil.test", 65),
    ] {
      let receipt = try await talk.receive(answer(talk, from: from))
      #expect(receipt.exitCode == code, "\(from): \(receipt)")
    }
    let real = try talk.replyTo
    let forged = [
      real.replacing(/\.[0-9a-f]{20}@/, with: ".\(String(repeating: "0", count: 20))@"),
      real.replacing(/\+.*\./, with: "+other."), "reply+x.y@league.test",
      "reply@league.test", "reply+@league.test", "reply+.@league.test",
      "reply+\(String(repeating: "a", count: 5000)).b@league.test",
      real.replacing("league.test", with: "evil.test"), "bounce" + real.dropFirst(5),
    ]
    for address in forged {
      let receipt = try await talk.receive(answer(talk), to: address)
      #expect([67, 77].contains(receipt.exitCode), "\(address): \(receipt)")
    }
    #expect(try await talk.posts().count == 2)
    #expect(try await talk.mail().count == 1, "no stranger is written")
  }

  @Test func theMailServerMustVouchWhereItsNameIsSet() async throws {
    let talk = try await talk(.sqlite, ["mail_authserv=mx.league.test"])
    #expect(try await talk.receive(answer(talk)).exitCode == 77)
    let forged = "Authentication-Results: mx.evil.test; dmarc=pass header.from=league.test\n"
    #expect(try await talk.receive(answer(talk, headers: forged)).exitCode == 77)
    let right = "Authentication-Results: mx.league.test; dmarc=pass header.from=league.test\n"
    #expect(try await talk.receive(answer(talk, headers: right)).exitCode == 0)
    #expect(try await talk.posts().count == 3)
  }

  @Test(arguments: Engine.available) func aRightThatEndedEndsTheAddress(engine: Engine) async throws {
    let talk = try await talk(engine)
    let (person, now) = (talk.world.person(.educator), talk.world.now)
    try await talk.world.site.database.write { db in
      try db.run("UPDATE role SET ends_at = \(now) WHERE person_id = \(person)")
    }
    #expect(try await talk.receive(answer(talk)).exitCode == 0)
    #expect(try await talk.posts().count == 2)
    let told = try #require(try await talk.mail().first)
    #expect(told.subject == "Your answer was not posted" && told.body.contains("Thank you, Ana."))
    try await talk.world.site.database.write { db in
      try db.run("UPDATE person SET suspended_at = \(now) WHERE id = \(person)")
    }
    #expect(try await talk.receive(answer(talk, id: "<3@x.test>")).exitCode == 77)
    #expect(try await talk.mail().count == 2)
  }

  @Test func whoHasASecondStepAnswersOnTheSite() async throws {
    let talk = try await talk()
    let person = talk.world.person(.educator)
    try await talk.world.site.database.write { db in
      try db.run("UPDATE person SET totp_secret = 'ABC' WHERE id = \(person)")
    }
    #expect(try await talk.receive(answer(talk)).exitCode == 0)
    #expect(try await talk.posts().count == 2)
    _ = try await talk.world.browser(as: .otherLead).post(
      "\(talk.path)/posts", ["text": "Another.", "submission": "b"])
    talk.world.pass(.minutes(16))
    await NoticeLetters(site: talk.world.site).compose()
    let letter = try #require(try await talk.mail().first)
    #expect(
      letter.body.contains("Another.") && !letter.headers.contains("Reply-To: <reply+")
        && !letter.body.contains("Answer this letter"))
  }

  @Test func whatIsRefusedIsGivenBack() async throws {
    let talk = try await talk()
    let long = String(repeating: "Very long. ", count: Markdown.limit / 10)
    let refused = try await talk.receive(answer(talk, id: "<l@x.test>", body: long))
    guard case .answered(let words) = refused else { throw CocoaError(.fileReadUnknown) }
    #expect(words.contains("characters"))
    let told = try #require(try await talk.mail().first)
    #expect(told.address == "educator@league.test" && told.body.contains("Very long. Very long."))
    #expect(told.headers.contains("Auto-Submitted: auto-replied") && told.headers.contains("In-Reply-To: <l@x.test>"))
    let file = EmailFile.text(told, settings: talk.world.site.settings)
    #expect(file.matches(of: /(?m)^Auto-Submitted:/).count == 1)
    // An answer to that answer is a program's as far as mail programs keep its marks; by hand it is an answer to nobody.
    #expect(try await talk.receive(answer(talk, id: "<q@x.test>", body: "> only quoted")).exitCode == 0)
    #expect(try await talk.mail().first?.body.contains("Nothing stood above the quoted lines") == true)
    for number in 0..<10 { _ = try await talk.receive(answer(talk, id: "<\(number)@y.test>", body: "> quoted")) }
    #expect(try await talk.mail().count == 6, "five answers a day")
    #expect(try await talk.posts().count == 2)
  }

  @Test func aListOfStudentsIsRefusedAndNotKept() async throws {
    let talk = try await talk()
    let list = "Émilie Gagné,9,1023456\nJosé O'Brien,9,1023457\nZoë D'Angelo,9,1023458"
    #expect(try await talk.receive(answer(talk, body: list)).exitCode == 0)
    #expect(try await talk.posts().count == 2)
    let told = try #require(try await talk.mail().first)
    #expect(told.subject == "Your answer was not posted" && !told.body.contains("Gagné"))
  }

  @Test func aDeletedDiscussionTakesNoAnswer() async throws {
    let talk = try await talk()
    let office = try await talk.world.browser(as: .office)
    for post in try await talk.posts() { _ = try await office.post("/posts/\(post.id)/deletion") }
    #expect(try await talk.receive(answer(talk)) == .answered("The discussion was deleted."))
  }

  @Test func aFloodWaits() async throws {
    let talk = try await talk()
    for number in 0..<30 {
      #expect(try await talk.receive(answer(talk, id: "<\(number)@x.test>", body: "Word \(number)")).exitCode == 0)
    }
    #expect(try await talk.receive(answer(talk, id: "<31@x.test>", body: "One too many")).exitCode == 75)
    talk.world.pass(.hours(1))
    #expect(try await talk.receive(answer(talk, id: "<31@x.test>", body: "One too many")).exitCode == 0)
  }

  @Test func hostileBytesDoNoHarm() async throws {
    let talk = try await talk()
    let to = try talk.replyTo
    let head = "From: educator@league.test\nTo: \(to)\nMIME-Version: 1.0\n"
    let nested = (0..<5000).map { "Content-Type: multipart/mixed; boundary=b\($0)\n\n--b\($0)\n" }.joined()
    let many = String(repeating: "--b\nContent-Type: text/plain\n\nx\n", count: 20_000)
    let texts: [String] = [
      "", "\0\0\0", "no header at all", "\n\nbody", head, head + "\n",
      head + nested + "Content-Type: text/plain\n\ndeep\n",
      head + "Content-Type: multipart/mixed; boundary=b\n\n" + many,
      head + "Content-Type: text/plain; charset=nonsense\n\n> q\n",
      head + "Content-Type: text/plain; charset=\n\n> q\n",
      head + "Content-Transfer-Encoding: base64\n\n!!!!not base64\0\n",
      head + "Content-Type: message/rfc822\n\n" + head + "\nan inner letter\n",
      head + String(repeating: "X-Long: \(String(repeating: "x", count: 900))\n", count: 2000) + "\n> q\n",
      head + "Content-Type: multipart/report; report-type=delivery-status; boundary=r\n\n--r--\n",
    ]
    for text in texts {
      let receipt = try await talk.receive(text)
      #expect([0, 65, 67].contains(receipt.exitCode), "\(text.prefix(200)): \(receipt)")
    }
    let bytes =
      Array("\(head)Content-Type: text/plain; charset=utf-8\n\nA\0B ".utf8) + [0xFF, 0xFE, 0xC3] + Array(" end\n".utf8)
    #expect(try await Inbox(site: talk.world.site).receive(bytes, from: nil, to: nil).exitCode == 0)
    #expect(try await talk.posts().last?.text.hasPrefix("AB ") == true)
    let huge = [UInt8](repeating: 0x61, count: Inbox.limit + 1)
    #expect(try await Inbox(site: talk.world.site).receive(huge, from: nil, to: to).exitCode == 65)
  }

  @Test func nothingInALetterBecomesMarkupOrAHeader() async throws {
    let talk = try await talk()
    let body = "<script>alert(1)</script>\n\n**bold** <img src=x onerror=alert(1)>"
    _ = try await talk.receive(answer(talk, body: body))
    let page = try await talk.world.browser(as: .educator).get(talk.path).text
    #expect(!page.contains("<script>alert") && !page.contains("<img src=x") && page.contains("<strong>bold</strong>"))
    for id in [
      "<a@b>\nBcc: all@league.test", "<a b@c>", "<<a@b>>", "\u{2028}<a@b.test>",
      "<\(String(repeating: "a", count: 900))@b>",
    ] {
      _ = try await talk.receive(answer(talk, id: id, body: "> quoted"))
      let told = try #require(try await talk.mail().first)
      #expect(!EmailFile.text(told, settings: talk.world.site.settings).contains("\r\nBcc:"))
    }
  }

  @Test func withoutTheSettingNothingIsTaken() async throws {
    let world = try await TestWorld()
    let receipt = try await Inbox(site: world.site).receive(
      Array("From: educator@league.test\nTo: reply+a.b@league.test\n\nx\n".utf8), from: nil, to: nil)
    #expect(receipt.exitCode == 67)
  }

  @Test func settingsThatCannotBeAreRefused() {
    for flags in [
      ["reply_address=nobody"], ["reply_address=a+b@league.test"], ["bounce_address=averyveryverylongname@league.test"],
      ["reply_address=a@league.test", "bounce_address=A@league.test"],
    ] { #expect(throws: SettingsError.self, "\(flags)") { try Settings(flags: flags) } }
  }

  // MARK: letters that come back

  private func report(
    _ to: String, action: String = "failed", status: String = "5.1.1", part: String = "message/delivery-status"
  )
    -> String
  {
    """
    Return-Path: <>
    From: MAILER-DAEMON@mx.school.test
    To: \(to)
    Auto-Submitted: auto-replied
    Subject: Undelivered
    MIME-Version: 1.0
    Content-Type: multipart/report; report-type=delivery-status; boundary="r"

    --r
    Content-Type: text/plain

    It could not be delivered.
    --r
    Content-Type: \(part)

    Reporting-MTA: dns; mx.school.test

    Final-Recipient: rfc822; somebody-else@school.test
    Action: \(action)
    Status: \(status)
    Diagnostic-Code: smtp; 550 \(status) No such user
    --r
    Content-Type: text/rfc822-headers

    From: league@league.test
    --r--
    """
  }

  /// Sends what waits, and gives the envelope's sender of the last letter.
  private func send(_ talk: Talk) async throws -> String {
    let courier = NotedCourier()
    await Outbox(site: talk.world.site, courier: courier).deliver()
    return try #require(await courier.senders.last)
  }

  private func trouble(_ talk: Talk) async throws -> AddressTrouble? {
    try await talk.world.site.database.read { db in try AddressTroubleStore(db: db).find("educator@league.test") }
  }

  @Test(arguments: Engine.available) func anAddressThatIsNoneGetsNoMoreLetters(engine: Engine) async throws {
    let talk = try await talk(engine)
    let sender = try await send(talk)
    #expect(sender.wholeMatch(of: /bounce\+[0-9a-z-]+\.[0-9a-f]{20}@league\.test/) != nil)
    #expect(try await talk.receive(report(sender), from: "", to: sender).exitCode == 0)
    let ended = try #require(try await trouble(talk))
    #expect(ended.endedAt == talk.world.now && ended.status == "5.1.1" && ended.words == "550 5.1.1 No such user")
    // Nothing but codes goes there, and the person and the office see why.
    _ = try await talk.world.browser(as: .otherLead).post(
      "\(talk.path)/posts", ["text": "Another.", "submission": "b"])
    talk.world.pass(.minutes(16))
    await NoticeLetters(site: talk.world.site).compose()
    #expect(try await talk.mail().count == 1)
    let (educator, office) = (try await talk.world.browser(as: .educator), try await talk.world.browser(as: .office))
    #expect(try await educator.get("/today").text.contains("Letters to educator@league.test come back"))
    #expect(try await educator.get("/account/letters").text.contains("550 5.1.1 No such user"))
    #expect(try await office.get("/office/mail").text.contains("/office/mail/addresses"))
    #expect(try await office.get("/office/mail/addresses").text.contains("Dana Educator"))
    let (id, now) = (talk.world.site.newID(), talk.world.now)
    let email = try #require(EmailAddress("educator@league.test"))
    try await talk.world.site.database.write { db in
      try MailStore(db: db).add(Letter(id: id, to: email, subject: "Other", body: "Words"), now: now)
    }
    #expect(try await talk.mail().first?.failedAt == now)
    // A code goes out, and using it proves the address.
    let anybody = Browser(talk.world.site)
    _ = try await anybody.post("/sign-in", ["email": "educator@league.test"])
    let code = try #require(try await talk.mail().first)
    #expect(code.failedAt == nil)
    let typed = try #require(code.body.firstMatch(of: /code=([A-Z0-9]{6})/)?.output.1)
    #expect(try await anybody.post("/sign-in/code", ["code": String(typed)]).status == 303)
    #expect(try await trouble(talk) == nil)
  }

  @Test func thePersonCanTryTheAddress() async throws {
    let talk = try await talk()
    let sender = try await send(talk)
    _ = try await talk.receive(report(sender), to: sender)
    let educator = try await talk.world.browser(as: .educator)
    _ = try await educator.get("/account/letters")
    #expect(try await educator.post("/account/letters/trial").location == "/account/letters?tried=yes")
    #expect(try await trouble(talk) == nil)
    #expect(try await talk.mail().first?.subject.contains("reach you") == true)
    let second = try await send(talk)
    _ = try await talk.receive(report(second), to: second)
    #expect(try await trouble(talk)?.endedAt != nil)
  }

  @Test func whatMayPassIsCounted() async throws {
    let talk = try await talk()
    let sender = try await send(talk)
    #expect(try await talk.receive(report(sender, action: "delayed", status: "4.4.1"), to: sender).exitCode == 0)
    #expect(try await trouble(talk) == nil, "the server still tries")
    for number in 1...5 {
      _ = try await talk.receive(report(sender, status: "5.2.2"), to: sender)
      let counted = try #require(try await trouble(talk))
      #expect(counted.failures == number && (counted.endedAt != nil) == (number == 5))
    }
  }

  @Test func whatWaitsForAnEndedAddressFails() async throws {
    let talk = try await talk()
    let sender = try await send(talk)
    let (id, code, now) = (talk.world.site.newID(), talk.world.site.newID(), talk.world.now)
    let email = try #require(EmailAddress("educator@league.test"))
    try await talk.world.site.database.write { db in
      try MailStore(db: db).add(Letter(id: id, to: email, subject: "Waits", body: "x"), now: now)
      try MailStore(db: db).add(
        Letter(id: code, to: email, subject: "Code", body: "x", headers: Letter.secretMark), now: now)
    }
    _ = try await talk.receive(report(sender), to: sender)
    let (waiting, kept) = try await talk.world.site.database.read { db in
      (try MailStore(db: db).find(id), try MailStore(db: db).find(code))
    }
    #expect(waiting?.failedAt == now && waiting?.trouble?.contains("5.1.1") == true && kept?.failedAt == nil)
  }

  @Test(arguments: Engine.available) func aRefusalAtTheDoorCountsAsWell(engine: Engine) async throws {
    let talk = try await talk(engine)
    let courier = NotedCourier(answer: .refused("550 5.1.1 No such mailbox"))
    await Outbox(site: talk.world.site, courier: courier).deliver()
    #expect(try await trouble(talk)?.endedAt == talk.world.now)
    let other = try await self.talk(engine)
    await Outbox(site: other.world.site, courier: NotedCourier(answer: .refused("554 5.7.1 Spam"))).deliver()
    #expect(try await trouble(other) == nil, "a rule about this letter")
  }

  @Test func reportsThatAreNoneEndNothing() async throws {
    let talk = try await talk()
    let sender = try await send(talk)
    let forged = sender.replacing(/\.[0-9a-f]{20}@/, with: ".\(String(repeating: "a", count: 20))@")
    #expect(try await talk.receive(report(forged), to: forged).exitCode == 67)
    for text in [
      report(sender, action: "delivered", status: "2.0.0"), report(sender, action: "relayed", status: "2.0.0"),
      report(sender, part: "text/plain"), report(sender, status: "nonsense"),
      "From: educator@league.test\nTo: \(sender)\nSubject: I am on holiday\n\nUntil Monday.\n",
    ] { #expect(try await talk.receive(text, from: "", to: sender).exitCode == 0) }
    #expect(try await trouble(talk) == nil)
    #expect(try await talk.mail().count == 1, "no report is answered")
  }

  @Test func theErasedLeaveNoAddressBehind() async throws {
    let talk = try await talk()
    let sender = try await send(talk)
    _ = try await talk.receive(report(sender), to: sender)
    let (person, now) = (talk.world.person(.educator), talk.world.now)
    try await talk.world.site.database.write { db in
      _ = try PersonDataStore(db: db).erase(person, now: now)
    }
    #expect(try await trouble(talk) == nil)
  }
}

/// Takes every letter, or answers each alike.
private actor NotedCourier: Courier {
  private(set) var senders: [String] = []
  private let answer: Handover

  init(answer: Handover = .taken) { self.answer = answer }

  func carry(_ text: String, id: String, from sender: String, to address: String) async -> Handover {
    senders.append(sender)
    return answer
  }
}
