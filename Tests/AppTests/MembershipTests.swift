import Foundation
import SignIn
import Storage
import TestDatabase
import Testing

@testable import App

/// A school's way from the first question to membership, through the browser, on both engines.
struct MembershipTests {
  /// A League that has taken in the agreements of `Data`, with the outsider's browser at Quaboag, which is no member.
  private func world(_ engine: Engine = .sqlite) async throws -> TestWorld {
    let world = try await TestWorld(engine)
    let agreements = try Agreements(folder: Repository.root.appending(path: "Data"))
    try await world.site.database.write { db in try AgreementStore(db: db).take(agreements) }
    return world
  }

  private let path = "/schools/quaboag/membership"

  /// Begins with a version and names its signers by their roles.
  private func begin(_ version: String, _ world: TestWorld) async throws -> (Browser, [Signature]) {
    let browser = try await world.browser(as: .outsider)
    let begun = try await browser.post(
      "/schools/quaboag/join", ["title": "Principal", "version": version, "commits": "on"])
    #expect(begun.location == path)
    let named = try await browser.post(
      "\(path)/signers",
      [
        "name-principal": "Ada Pruitt", "email-principal": "ada@quaboag.test",
        "name-superintendent": "Sol Quist", "email-superintendent": "sol@quaboag.test",
        "name-leadership-team": "Lea Tran", "email-leadership-team": "lea@quaboag.test",
        "name-board-chair": "Bo Chase", "email-board-chair": "bo@quaboag.test",
      ])
    #expect(named.location == path)
    return (browser, try await signatures(world))
  }

  private func signatures(_ world: TestWorld) async throws -> [Signature] {
    try await world.site.database.read { db in
      let membership = try MembershipStore(db: db).latest(of: TestWorld.quaboag).orRefuse(.notFound)
      return try SignatureStore(db: db).all(of: membership.id)
    }
  }

  private func membership(_ world: TestWorld) async throws -> Membership {
    try await world.site.database.read { db in
      try MembershipStore(db: db).latest(of: TestWorld.quaboag).orRefuse(.notFound)
    }
  }

  private func lastLetter(to email: String, _ world: TestWorld) async throws -> String {
    try await world.site.database.read { db in
      try db.value("subject", "SELECT subject FROM mail WHERE address = \(email) ORDER BY id DESC LIMIT 1") ?? ""
    }
  }

  /// A signer's own browser: opens the link, asks for the code, reads it from the letter, types it.
  private func sign(_ signature: Signature, _ world: TestWorld) async throws -> Answered {
    let browser = Browser(world.site)
    #expect(try await browser.get("/sign/\(signature.id)").status == 200)
    #expect(try await browser.post("/sign/\(signature.id)/code").location == "/sign/\(signature.id)?code=sent")
    let code = String(try await lastLetter(to: signature.email, world).prefix(6))
    return try await browser.post("/sign/\(signature.id)", ["code": code])
  }

  @Test(arguments: Engine.available) func oneSignatureAndTheOfficeMakeAMember(engine: Engine) async throws {
    let world = try await world(engine)
    let (browser, seats) = try await begin("2026-1", world)
    #expect(seats.map(\.role.key) == ["principal"])
    #expect(try await membership(world).state == .signaturesPending)
    #expect(try await sign(seats[0], world).status == 303)
    #expect(try await membership(world).state == .received)
    let office = try await world.browser(as: .office)
    #expect(try await office.get("/office/membership").text.contains("Quaboag Technical"))
    #expect(try await office.post("\(path)/confirmation").status == 303)
    #expect(try await office.post("\(path)/confirmation").status == 303)
    #expect(try await membership(world).state == .active)
    // Whoever began leads from this moment, and so does the principal who signed, whose account is new.
    #expect(try await browser.get("/schools/quaboag/roster").status == 200)
    let leads = try await world.site.database.read { db in
      try RosterStore(db: db).present(at: TestWorld.quaboag, now: world.now).filter { $0.kind == .lead }.map(\.email)
    }
    #expect(leads.sorted() == ["ada@quaboag.test", "outsider@league.test"])
    let school = try await world.site.database.read { db in try SchoolStore(db: db).find(TestWorld.quaboag) }
    #expect(school?.isMember == true)
    #expect(school?.memberSince == CalendarDate("2026-11-24"))
  }

  /// What somebody was told on the site, the first first.
  private func told(_ person: Person.ID, _ world: TestWorld) async throws -> [String] {
    try await world.site.database.read { db in
      try db.rows("SELECT words FROM notice WHERE person_id = \(person) ORDER BY created_at, id").map {
        try $0.read("words")
      }
    }
  }

  @Test(arguments: Engine.available) func whoeverBeganHearsOfEverySignatureAndOfTheEnd(engine: Engine) async throws {
    let world = try await world(engine)
    let (_, seats) = try await begin("2011-1", world)
    let starter = world.person(.outsider)
    for (index, seat) in seats.enumerated() {
      world.pass(.minutes(1))
      _ = try await sign(seat, world)
      let rest =
        index == 3 ? "All have signed; the League office confirms it next." : "\(index + 1) of 4 have signed."
      #expect(try await told(starter, world).last == "\(seat.name) signed for Quaboag Technical. \(rest)")
    }
    world.pass(.minutes(1))
    let office = try await world.browser(as: .office)
    _ = try await office.post("\(path)/confirmation")
    #expect(try await told(starter, world).last == "Quaboag Technical is a member of the League from today.")
    let principal = try await world.site.database.read { db in
      try PersonStore(db: db).find(email: "ada@quaboag.test").orRefuse(.notFound)
    }
    #expect(try await told(principal, world) == ["Quaboag Technical is a member of the League from today."])
    world.pass(.minutes(1))
    _ = try await office.post("\(path)/end", ["to": "inactive", "reason": "Nobody answered."])
    #expect(
      try await told(principal, world).last
        == "Quaboag Technical is no longer an active member (inactive): Nobody answered.")
    #expect(try await told(world.person(.office), world) == [], "nobody is told of their own acts")
    // One letter tells of the membership's own confirmation; the notice of it brings no second one.
    world.pass(.minutes(16))
    await NoticeLetters(site: world.site).compose()
    let letters = try await world.site.database.read { db in
      try db.rows("SELECT body FROM mail WHERE address = 'ada@quaboag.test' AND body LIKE '%is a member%'").count
    }
    #expect(letters == 1)
  }

  @Test(arguments: Engine.available) func fourSignInAnyOrder(engine: Engine) async throws {
    let world = try await world(engine)
    let (_, seats) = try await begin("2011-1", world)
    #expect(seats.count == 4)
    for (index, seat) in seats.reversed().enumerated() {
      #expect(try await membership(world).state == .signaturesPending)
      #expect(try await sign(seat, world).status == 303)
      #expect(try await signatures(world).count(where: \.isSigned) == index + 1)
    }
    #expect(try await membership(world).state == .received)
    // Signing once more changes nothing.
    #expect(try await Browser(world.site).post("/sign/\(seats[0].id)").status == 303)
  }

  @Test func aReplacedSignerCannotSignAndTheNewOneCan() async throws {
    let world = try await world()
    let (browser, seats) = try await begin("2026-1", world)
    let replaced = try await browser.post(
      "\(path)/signers/\(seats[0].id)/replacement",
      ["name-principal": "Nia Ward", "email-principal": "nia@quaboag.test"])
    #expect(replaced.status == 303)
    #expect(try await Browser(world.site).get("/sign/\(seats[0].id)").status == 410)
    #expect(try await Browser(world.site).post("/sign/\(seats[0].id)/code").status == 410)
    let now = try await signatures(world)
    #expect(now.map(\.email) == ["nia@quaboag.test"])
    #expect(try await lastLetter(to: "nia@quaboag.test", world).contains("Please sign for Quaboag Technical"))
    #expect(try await sign(now[0], world).status == 303)
    #expect(try await membership(world).state == .received)
    // A signature that is given can no longer be replaced.
    _ = try await browser.post(
      "\(path)/signers/\(now[0].id)/replacement", ["name-principal": "Eve Last", "email-principal": "eve@quaboag.test"])
    #expect(try await signatures(world).map(\.email) == ["nia@quaboag.test"])
  }

  /// The row of the text, the membership and the signature name one hash, and another text under that version is refused.
  @Test(arguments: Engine.available) func theHashOfWhatWasSignedNeverChanges(engine: Engine) async throws {
    let world = try await world(engine)
    let (_, seats) = try await begin("2026-1", world)
    #expect(try await sign(seats[0], world).status == 303)
    let text = try await world.site.database.read { db in try AgreementStore(db: db).find("2026-1") }
    let version = try #require(text)
    #expect(version.hash == sha256(version.body))
    #expect(try await signatures(world)[0].signedHash == version.hash)
    #expect(try await membership(world).agreementHash == version.hash)
    await #expect(throws: DatabaseError.self) {
      try await world.site.database.write { db in
        try db.run("UPDATE agreement_version SET body = 'another', hash = 'another' WHERE version = '2026-1'")
      }
    }
    let folder = URL.temporaryDirectory.appending(path: UUID().uuidString)
    let texts = folder.appending(path: "agreements")
    try FileManager.default.createDirectory(at: texts, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try "[]".write(to: folder.appending(path: "commitments.json"), atomically: true, encoding: .utf8)
    try "---\nversion: 2026-1\ndate: 2026-02-02\ntitle: Other\nsigners: principal\n---\nOther words.\n"
      .write(to: texts.appending(path: "2026-1.md"), atomically: true, encoding: .utf8)
    let changed = try Agreements(folder: folder)
    await #expect(throws: SettingsError.self) {
      try await world.site.database.write { db in try AgreementStore(db: db).take(changed) }
    }
  }

  @Test func aWrongCodeAndAStrangersBrowserSignNothing() async throws {
    let world = try await world()
    let (_, seats) = try await begin("2026-1", world)
    let browser = Browser(world.site)
    _ = try await browser.post("/sign/\(seats[0].id)/code")
    let code = String(try await lastLetter(to: seats[0].email, world).prefix(6))
    #expect(try await browser.post("/sign/\(seats[0].id)", ["code": "ZZZZZZ"]).status == 422)
    #expect(try await Browser(world.site).post("/sign/\(seats[0].id)", ["code": code]).status == 422)
    // A code to sign in is no code to sign with.
    _ = try await browser.post("/sign-in", ["email": seats[0].email])
    let other = String(try await lastLetter(to: seats[0].email, world).prefix(6))
    #expect(try await browser.post("/sign/\(seats[0].id)", ["code": other]).status == 422)
    #expect(try await membership(world).state == .signaturesPending)
  }

  @Test func theOfficeAttestsAPaperAndSaysWhere() async throws {
    let world = try await world()
    let (browser, seats) = try await begin("2011-1", world)
    let office = try await world.browser(as: .office)
    let empty = try await office.post("\(path)/signers/\(seats[0].id)/paper", ["role": seats[0].role.key])
    #expect(empty.status == 422)
    let paper: KeyValuePairs = [
      "role": seats[0].role.key, "date-\(seats[0].role.key)": "2026-11-20",
      "note-\(seats[0].role.key)": "By fax, folder 3",
    ]
    #expect(try await browser.post("\(path)/signers/\(seats[0].id)/paper", paper).status == 403)
    #expect(try await office.post("\(path)/signers/\(seats[0].id)/paper", paper).status == 303)
    let signed = try await signatures(world).first { $0.id == seats[0].id }
    #expect(signed?.how == .paper)
    #expect(signed?.paperDate == CalendarDate("2026-11-20"))
    #expect(try await membership(world).state == .signaturesPending)
  }

  @Test func othersNeitherSeeNorMoveAMembership() async throws {
    let world = try await world()
    let (_, seats) = try await begin("2026-1", world)
    for asker in [Asker.educator, .lead, .otherLead, .liaison] {
      let browser = try await world.browser(as: asker)
      #expect(try await browser.get(path).status == 404, "\(asker)")
      #expect(
        try await browser.post("\(path)/end", ["to": "withdrawn", "reason": "Mischief"]).status == 404, "\(asker)")
      #expect(try await browser.post("\(path)/signers/\(seats[0].id)/reminder").status == 404, "\(asker)")
    }
    #expect(try await membership(world).state == .signaturesPending)
  }

  @Test func beginningTwiceIsBeginningOnce() async throws {
    let world = try await world()
    let browser = try await world.browser(as: .outsider)
    let fields: KeyValuePairs = ["title": "Principal", "version": "2026-1", "commits": "on"]
    #expect(try await browser.post("/schools/quaboag/join", fields).status == 303)
    #expect(try await browser.post("/schools/quaboag/join", fields).status == 303)
    let events = try await world.site.database.read { db in try db.rows("SELECT id FROM membership_event").count }
    #expect(events == 2)
    // Somebody else finds it begun.
    let other = try await world.browser(as: .lead)
    #expect(try await other.post("/schools/quaboag/join", fields).status == 409)
  }

  @Test func aRefusedFormComesBackWithWordsBesideTheField() async throws {
    let world = try await world()
    let browser = try await world.browser(as: .outsider)
    let refused = try await browser.post("/schools/quaboag/join", ["title": "Head <b>of</b> school", "version": "9"])
    #expect(refused.status == 422)
    #expect(refused.text.contains("Head &lt;b&gt;of&lt;/b&gt; school"))
    #expect(refused.text.contains("Choose the text that your school will sign."))
    _ = try await browser.post("/schools/quaboag/join", ["title": "Head", "version": "2011-1", "commits": "on"])
    let signers = try await browser.post(
      "\(path)/signers", ["name-principal": "Ada", "email-principal": "a@b.org", "email-superintendent": "a@b.org"])
    #expect(signers.status == 422)
    #expect(signers.text.contains("Each signs from an address of their own."))
  }

  /// 1 September to 30 November, as the agreement says "each autumn".
  @Test func theAutumnDecidesWhoIsOverdue() throws {
    let day = { (text: String) in try #require(CalendarDate(text)) }
    let last = try day("2025-10-03")
    #expect(Reaffirmation(last: last, today: try day("2026-08-31")) == .settled(until: try day("2026-09-01")))
    #expect(Reaffirmation(last: last, today: try day("2026-09-01")) == .due(by: try day("2026-11-30")))
    #expect(Reaffirmation(last: last, today: try day("2026-12-01")) == .overdue(since: try day("2026-11-30")))
    #expect(Reaffirmation(last: last, today: try day("2027-03-01")) == .overdue(since: try day("2026-11-30")))
    #expect(
      Reaffirmation(last: try day("2026-09-01"), today: try day("2026-11-30")) == .settled(until: try day("2027-09-01"))
    )
  }

  @Test(arguments: Engine.available) func aMemberReaffirmsOnceAYear(engine: Engine) async throws {
    let world = try await world(engine)
    let (browser, seats) = try await begin("2026-1", world)
    _ = try await sign(seats[0], world)
    let office = try await world.browser(as: .office)
    _ = try await office.post("\(path)/confirmation")
    // Thirteen months on, in December 2027, nobody has answered.
    world.pass(.days(400))
    let late = try await world.browser(as: .office)
    #expect(try await late.get("/office/membership?overdue=yes").text.contains("Quaboag Technical"))
    #expect(try await late.post("/office/membership/reminders").status == 303)
    #expect(try await lastLetter(to: "ada@quaboag.test", world).contains("still with us"))
    #expect(try await late.post("\(path)/end", ["to": "inactive", "reason": "No reply"]).status == 303)
    #expect(try await membership(world).state == .inactive)
    #expect(try await browser.get(path).status == 303, "the old session has ended")
    let lead = try await world.browser(as: .outsider)
    #expect(try await lead.post("\(path)/reaffirmation").status == 303)
    #expect(try await membership(world).state == .active)
    #expect(!(try await late.get("/office/membership?overdue=yes").text.contains("Quaboag Technical")))
  }

  @Test func signersAreRemindedWeeklyAndThreeTimesAtMost() async throws {
    let world = try await world()
    let (browser, seats) = try await begin("2026-1", world)
    let count = {
      try await world.site.database.read { db in
        try db.rows("SELECT id FROM mail WHERE subject LIKE '%waits for your signature'").count
      }
    }
    // By hand at most once a day, however often the button is pressed.
    #expect(try await browser.post("\(path)/signers/\(seats[0].id)/reminder").status == 303)
    #expect(try await count() == 0)
    for week in 1...5 {
      world.pass(.days(7))
      for _ in 0..<3 { try await SignatureReminders(site: world.site).send() }
      #expect(try await count() == min(week, 3))
    }
  }

  @Test func noStepIsTakenThatTheMachineDoesNotKnow() {
    #expect(MembershipStep.allowed(.inquiry, .active, by: .office) == nil)
    #expect(MembershipStep.allowed(.signaturesPending, .received, by: .office) == nil)
    #expect(MembershipStep.allowed(.received, .active, by: .school) == nil)
    #expect(MembershipStep.allowed(.active, .inactive, by: .liaison) == nil)
    for end in MembershipState.allCases where end.isEnd {
      #expect(MembershipStep.all.allSatisfy { $0.from != end })
    }
    // Every state can be reached from the inquiry.
    var reached: Set<MembershipState> = [.inquiry]
    for _ in MembershipState.allCases {
      for step in MembershipStep.all { if let from = step.from, reached.contains(from) { reached.insert(step.to) } }
    }
    #expect(reached.count == MembershipState.allCases.count)
  }

  @Test func eligibilityGivesItsReasons() async throws {
    let world = try await world()
    let visitor = Browser(world.site)
    try await world.site.database.write { db in
      try db.run("UPDATE school SET grade_low = 0, grade_high = 5 WHERE id = 'quaboag'")
    }
    let young = try await visitor.get("/schools/quaboag/join")
    #expect(young.text.contains("Grades K–5: none of grades 6 to 12."))
    #expect(!young.text.contains("Sign in and begin"))
    let browser = try await world.browser(as: .outsider)
    let refused = try await browser.post(
      "/schools/quaboag/join", ["title": "Principal", "version": "2026-1", "commits": "on"])
    #expect(refused.status == 422)
    try await world.site.database.write { db in
      try db.run("UPDATE school SET grade_low = NULL, grade_high = NULL WHERE id = 'quaboag'")
    }
    _ = try await browser.post("/schools/quaboag/join", ["title": "Principal", "version": "2011-1", "commits": "on"])
    #expect(try await membership(world).state == .inquiry)
    let office = try await world.browser(as: .office)
    let asked = try await office.get(path).text
    #expect(asked.contains(/value="2011-1"[^>]* checked/), "the text that the school asked for")
    #expect(try await office.post("\(path)/agreement", ["version": "2026-1", "why": "Grades 7 to 12"]).status == 303)
    #expect(try await membership(world).state == .agreementIssued)
    #expect(try await membership(world).agreement == "2026-1")
  }
}
