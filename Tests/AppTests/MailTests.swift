import Foundation
import Storage
import TestDatabase
import Testing

@testable import App

struct MailTests {
  private func world(_ server: MailServer, _ settings: [String] = []) async throws -> TestWorld {
    try await world(.sqlite, server, settings)
  }

  private func world(_ engine: Engine, _ server: MailServer, _ settings: [String] = []) async throws -> TestWorld {
    try await TestWorld(
      engine, settings: ["mail_server=\(server.url)", "mail_tls=no", "mail_from=league@league.test"] + settings)
  }

  private func write(
    _ world: TestWorld, subject: String = "Hello", body: String = "Hello Dana", headers: [String: String] = [:]
  ) async throws -> String {
    let (id, now) = (world.site.newID(), world.now)
    let to = try #require(EmailAddress("dana@school.test"))
    try await world.site.database.write { db in
      try MailStore(db: db).add(Letter(id: id, to: to, subject: subject, body: body, headers: headers), now: now)
    }
    return id
  }

  private func letter(_ id: String, _ world: TestWorld) async throws -> SentLetter {
    try await world.site.database.read { db in try #require(try MailStore(db: db).find(id)) }
  }

  private func outbox(_ world: TestWorld, answer: Span = .seconds(30)) -> Outbox {
    Outbox(site: world.site, courier: SMTPCourier(settings: world.site.settings, answerTimeout: answer))
  }

  // MARK: handing over

  @Test(arguments: Engine.available) func aLetterReachesTheMailServerOnce(engine: Engine) async throws {
    let server = try MailServer()
    let world = try await world(engine, server, ["mail_sender=bounces@league.test"])
    let id = try await write(world, body: "First line\n.dot\n\nLast: naïve 東京")
    await outbox(world).deliver()
    await outbox(world).deliver()
    let taken = try server.letters()
    #expect(taken.count == 1)
    #expect(taken[0].sender == "<bounces@league.test>" && taken[0].recipients == ["<dana@school.test>"])
    #expect(taken[0].body == "First line\n.dot\n\nLast: naïve 東京\n")
    #expect(try await letter(id, world).sentAt == world.now)
  }

  @Test(arguments: Engine.available) func severalProcessesSendEachLetterOnce(engine: Engine) async throws {
    let server = try MailServer()
    let world = try await world(engine, server)
    for number in 0..<12 { _ = try await write(world, subject: "Letter \(number)") }
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<4 { group.addTask { _ = await outbox(world).deliver() } }
    }
    await outbox(world).deliver()
    let subjects = try server.letters().compactMap { $0["Subject"] }
    #expect(subjects.sorted() == (0..<12).map { "Letter \($0)" }.sorted())
  }

  @Test func aClaimOfADeadProcessEnds() async throws {
    let server = try MailServer()
    let world = try await world(server)
    _ = try await write(world)
    let now = world.now
    _ = try await world.site.database.write { db in try MailStore(db: db).claim(now: now, until: now + Outbox.claim) }
    await outbox(world).deliver()
    #expect(try server.letters().isEmpty)
    world.pass(Outbox.claim)
    await outbox(world).deliver()
    #expect(try server.letters().count == 1)
  }

  @Test func whatIsRefusedForGoodFailsAndTheOfficeCanTryAgain() async throws {
    let server = try MailServer(["--rcpt", "550 5.1.1 No such mailbox"])
    let world = try await world(server)
    let id = try await write(world)
    await outbox(world).deliver()
    let failed = try await letter(id, world)
    #expect(failed.failedAt == world.now && failed.trouble == "550 5.1.1 No such mailbox")
    let office = try await world.browser(as: .office)
    #expect(try await office.get("/office/mail?failed=yes").text.contains("Failed: 550 5.1.1 No such mailbox"))
    world.pass(.days(1))
    await outbox(world).deliver()
    #expect(try await letter(id, world).tries == 1)
    #expect(try await office.post("/office/mail/\(id)/attempt").status == 303)
    #expect(try await letter(id, world).failedAt == nil)
    #expect(try await office.get("/office/audit").text.contains("letter sent again"))
  }

  @Test(arguments: [["--rcpt", "451 4.7.1 Greylisted"], ["--data", "452 4.3.1 Full"]])
  func whatIsRefusedForNowWaitsLongerEachTime(options: [String]) async throws {
    let server = try MailServer(options)
    let world = try await world(server)
    let id = try await write(world)
    for (tries, wait) in [(1, 1), (2, 2), (3, 4), (4, 8)] {
      #expect(await outbox(world).deliver(), "the letter's own trouble does not end the round")
      let waiting = try await letter(id, world)
      #expect(waiting.tries == tries && waiting.dueAt == world.now + .minutes(wait) && waiting.failedAt == nil)
      #expect(waiting.trouble == options[1])
      world.pass(.minutes(wait))
    }
    world.pass(.days(5))
    for tries in 5..<MailStore.fewestTries {
      await outbox(world).deliver()
      let waiting = try await letter(id, world)
      #expect(waiting.tries == tries && waiting.failedAt == nil, "five days in which nobody tried")
      world.pass(.hours(6))
    }
    await outbox(world).deliver()
    #expect(try await letter(id, world).trouble?.hasPrefix("Given up after 9 attempts: 45") == true)
    #expect(try await letter(id, world).failedAt != nil)
  }

  @Test func aServerThatHangsLosesNothing() async throws {
    let server = try MailServer(["--hang"])
    let world = try await world(server)
    let id = try await write(world)
    let second = try await write(world)
    #expect(await outbox(world, answer: .seconds(1)).deliver() == false)
    let first = try await letter(id, world)
    #expect(first.tries == 1 && first.failedAt == nil)
    #expect(try await letter(second, world).tries == 0, "the round ends at once")
  }

  @Test func noServerLosesNothing() async throws {
    let world = try await TestWorld(settings: ["mail_server=smtp://127.0.0.1:1", "mail_tls=no"])
    let id = try await write(world)
    #expect(await outbox(world).deliver() == false)
    #expect(try await letter(id, world).trouble?.contains("connect") == true)
  }

  // MARK: encryption and signing in

  @Test func encryptionIsNotLeftOutWhenItIsRequired() async throws {
    let server = try MailServer()
    let world = try await world(server, ["mail_tls=required"])
    let id = try await write(world)
    #expect(await outbox(world).deliver() == false)
    #expect(try server.letters().isEmpty)
    #expect(try await letter(id, world).failedAt == nil)
  }

  @Test func aCertificateOfAStrangerIsNotBelieved() async throws {
    let (certificate, key) = try MailServer.certificate()
    let server = try MailServer(["--tls", certificate, key, "--user", "league", "pass word"])
    let signedIn = ["mail_tls=required", "mail_user=league", "mail_password=pass word"]
    let careful = try await world(server, signedIn)
    _ = try await write(careful)
    #expect(await outbox(careful).deliver() == false)
    #expect(try server.letters().isEmpty)
    let told = try await world(server, signedIn + ["mail_authorities=\(certificate)"])
    _ = try await write(told)
    #expect(await outbox(told).deliver())
    let taken = try server.letters()
    #expect(taken.count == 1 && taken[0].encrypted && taken[0].signedIn)
  }

  @Test func aWrongPasswordFailsNoLetter() async throws {
    let server = try MailServer(["--user", "league", "right"])
    let world = try await world(server, ["mail_user=league", "mail_password=wrong"])
    let id = try await write(world)
    #expect(await outbox(world).deliver() == false)
    let waiting = try await letter(id, world)
    #expect(waiting.failedAt == nil && waiting.tries == 1)
  }

  @Test func settingsThatWouldShowThePasswordAreRefused() throws {
    for flags in [
      ["mail_server=smtp://mail.example.org:587", "mail_password=x", "mail_tls=no"],
      ["mail_server=smtp://mail.example.org:587", "mail_password=x", "mail_tls=offered"],
      ["mail_server=http://mail.example.org"], ["mail_server=smtp://user:word@mail.example.org"], ["mail_tls=maybe"],
      ["mail_from=League <league@example.org>"],
    ] { #expect(throws: SettingsError.self, "\(flags)") { try Settings(flags: flags) } }
    #expect(Setting.mailPassword.isSecret)
    #expect(throws: Never.self) { try Settings(flags: ["mail_server=smtps://mail.example.org", "mail_password=x"]) }
  }

  // MARK: the form of a letter

  @Test(arguments: [
    "Hello", "Grüße aus Zürich", "東京 " + String(repeating: "長い題名", count: 40), String(repeating: "long ", count: 60),
    String(repeating: "x", count: 200), "=?utf-8?B?SGk=?= is not what it says", "two  spaces", "🏫👩🏽‍🏫 teachers",
  ]) func subjectsArriveAsWritten(subject: String) async throws {
    let server = try MailServer()
    let world = try await world(server, ["league_name=Liga für Schulen, \"Nord\""])
    let references = (0..<12).map { "<discussion-\($0)-of-the-league@league.test>" }.joined(separator: " ")
    _ = try await write(world, subject: subject, headers: ["References": references])
    await outbox(world).deliver()
    let taken = try #require(try server.letters().first)
    #expect(taken["Subject"] == subject.trimmed)
    #expect(taken.defects == [])
    #expect(
      taken["From"]?.contains("Liga für Schulen") == true && taken["From"]?.contains("<league@league.test>") == true)
    #expect(taken["References"] == references)
    #expect(taken.longestLine <= 78 && taken.bareLineEnds == 0)
    #expect(taken["Auto-Submitted"] == "auto-generated" && taken["Date"] == "Tue, 24 Nov 2026 12:00:00 +0000")
    #expect(taken["Message-ID"]?.hasSuffix("@league.test>") == true && taken["MIME-Version"] == "1.0")
  }

  @Test(arguments: [
    "a\r\nBcc: all@league.test", "a\nBcc: all@league.test", "a\rBcc: all@league.test", "a\r\n\r\n<b>words</b>",
    "a\u{85}Bcc: x@y.test", "a\u{2028}Bcc: x@y.test", "a\0b", "a\u{0B}Bcc: x@y.test",
  ]) func nothingTypedStartsAHeader(typed: String) async throws {
    let server = try MailServer()
    let world = try await world(server)
    _ = try await write(world, subject: typed, headers: ["List-Id": typed, "X-\(typed)": "x"])
    await outbox(world).deliver()
    let taken = try #require(try server.letters().first)
    #expect(taken["Bcc"] == nil && taken.body == "Hello Dana\n" && taken.recipients == ["<dana@school.test>"])
    #expect(taken.bareLineEnds == 0)
  }

  @Test func longAndTrailingTextArrivesAsWritten() async throws {
    let server = try MailServer()
    let world = try await world(server)
    let body =
      "Trailing space \n\ttab\t\n= equals =3D\n.\n..\nFrom me\n" + String(repeating: "ünï ", count: 400) + "\nend"
    _ = try await write(world, body: body)
    await outbox(world).deliver()
    let taken = try #require(try server.letters().first)
    #expect(taken.body == body + "\n" && taken.longestLine <= 76)
  }
}
