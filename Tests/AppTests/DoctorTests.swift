import Foundation
import Storage
import TestDatabase
import Testing

@testable import App

struct DoctorTests {
  private let now = Instant(milliseconds: 1_795_521_600_000)

  /// A folder with a database that the server has looked after.
  private func place() async throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let database = try SQLiteDatabase(path: folder.url.appending(path: "league.sqlite").path)
    try await database.migrate(Site.migrations)
    let now = now
    try await database.write { db in
      _ = try JobStore(db: db).claim("statistics", first: now, now: now, until: now)
      try JobStore(db: db).succeed("statistics", now: now, due: now + .days(1))
    }
    try await database.close()
    return folder
  }

  private func doctor(_ folder: TemporaryFolder, _ settings: [String] = []) throws -> Doctor {
    Doctor(
      settings: try Settings(flags: ["data=\(folder.url.path)", "files=\(Repository.root.path)"] + settings),
      dkimSelector: nil, now: now)
  }

  private func grade(_ check: String, in findings: [Finding]) -> Finding.Grade? {
    findings.first { $0.check == check }?.grade
  }

  private func change(_ folder: TemporaryFolder, _ work: @escaping @Sendable (any Transaction) throws -> Void)
    async throws
  {
    let database = try SQLiteDatabase(path: folder.url.appending(path: "league.sqlite").path)
    try await database.write(work)
    try await database.close()
  }

  @Test func everyTroubleNamesItsCure() async throws {
    let folder = try await place()
    let findings = await (try doctor(folder)).examine()
    for finding in findings { #expect(finding.cure.isEmpty == (finding.grade == .good), "\(finding)") }
    for check in [
      "files", "data", "database.schema", "database.integrity", "database.references", "database.log", "clock",
      "database.statistics", "jobs", "mail.waiting",
    ] {
      #expect(grade(check, in: findings) == .good, "\(check) in \(findings)")
    }
    // What a fresh place lacks.
    #expect(grade("backup", in: findings) == .bad)
    #expect(grade("mail.server", in: findings) == .warning)
  }

  /// As Debian's package lays /etc/league/league.conf: root's, readable to League's group.
  @Test(.enabled(if: geteuid() == 0, "gives files to another account"))
  func aGroupMayReadWhatBelongsToAnother() async throws {
    let folder = try await place()
    let path = folder.url.appending(path: "league.sqlite").path
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
    #expect(grade("permissions", in: await (try doctor(folder)).examine()) == .warning)
    // Its log, which the first look has left, belongs to whom the file does.
    for each in ["", "-wal", "-shm"].map({ path + $0 }) where FileManager.default.fileExists(atPath: each) {
      #expect(chown(each, 65_534, 65_534) == 0)
    }
    #expect(grade("permissions", in: await (try doctor(folder)).examine()) == .good)
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    #expect(grade("permissions", in: await (try doctor(folder)).examine()) == .warning)
  }

  @Test func whatTheProgramCanCureItCures() async throws {
    let folder = try await place()
    let path = folder.url.appending(path: "league.sqlite").path
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    let now = now
    try await change(folder) { db in
      try db.run(
        "UPDATE job SET succeeded_at = \(now - .days(9)), due_at = \(now + .days(1)) WHERE name = 'statistics'")
      _ = try JobStore(db: db).claim("evidence", first: now - .hours(9), now: now - .hours(9), until: now + .hours(9))
    }
    try FileManager.default.setAttributes([.posixPermissions: 0o750], ofItemAtPath: folder.url.path)
    let backups = folder.url.appending(path: "backups")
    try FileManager.default.createDirectory(at: backups, withIntermediateDirectories: true)
    let backup = backups.appending(path: "league-20261124T120000Z.backup").path
    #expect(FileManager.default.createFile(atPath: backup, contents: nil, attributes: [.posixPermissions: 0o640]))
    let doctor = try doctor(folder)
    let before = await doctor.examine()
    #expect(grade("permissions", in: before) == .warning)
    let wide = before.filter { $0.check == "permissions" }.map(\.words)
    for path in [path, folder.url.path, backup] {
      #expect(wide.contains { $0.hasSuffix(" \(path).") }, "\(path) in \(wide)")
    }
    #expect(grade("database.statistics", in: before) == .warning)
    #expect(grade("jobs.evidence", in: before) == .warning)
    for finding in before { _ = try await doctor.cure(finding) }
    let after = await doctor.examine()
    #expect(grade("permissions", in: after) == .good)
    #expect(grade("database.statistics", in: after) == .good)
    #expect(grade("jobs", in: after) == .good)
  }

  /// What League makes is for its own account alone, whatever the shell's mask allows.
  @Test func whatTheLeagueMakesIsForItsOwnerAlone() async throws {
    let folder = try TemporaryFolder()
    let data = folder.url.appending(path: "data")
    let settings = try Settings(flags: ["data=\(data.path)"])
    let database = try await Opening.database(settings)
    let courier = FolderCourier(folder: data.appending(path: "outbox"))
    _ = await courier.carry("A letter", id: "one", from: "a@league.test", to: "b@league.test")
    let backups = BackupFolder(data.appending(path: "backups").path)
    try backups.prepare()
    let backup = backups.url.appending(path: "league-20261124T120000Z.backup")
    _ = try await Backup(of: database, to: backup).run(now: now) { _ in }
    func mode(_ path: String) throws -> Int? {
      try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }
    for (path, wanted) in [
      (data.path, 0o700), (data.appending(path: "league.sqlite").path, 0o600),
      (data.appending(path: "league.sqlite-wal").path, 0o600), (data.appending(path: "outbox").path, 0o700),
      (backups.url.path, 0o700), (backup.path, 0o600),
    ] {
      #expect(try mode(path) == wanted, "\(path)")
    }
    #expect(grade("permissions", in: PlaceExamination(settings: settings, now: now).findings()) == .good)
  }

  @Test func aDatabaseThatIsNotThereOrNewerIsSaid() async throws {
    let empty = try TemporaryFolder()
    #expect(grade("database", in: await (try doctor(empty)).examine()) == .bad)
    let folder = try await place()
    try await change(folder) { try $0.run("INSERT INTO migration (name, checksum) VALUES ('9999_future', 'x')") }
    let finding = await (try doctor(folder)).examine().first { $0.check == "database.schema" }
    #expect(finding?.grade == .bad)
    #expect(finding?.words.contains("9999_future") == true)
    let settings = try Settings(flags: ["data=\(folder.url.path)"])
    await #expect(throws: DatabaseError.newerSchema(["9999_future"])) { try await Opening.missingMigrations(settings) }
  }

  @Test func missingStepsAreCountedWithoutATouch() async throws {
    let folder = try TemporaryFolder()
    let settings = try Settings(flags: ["data=\(folder.url.path)"])
    #expect(try await Opening.missingMigrations(settings) == Site.migrations.map(\.name))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
    let database = try SQLiteDatabase(path: folder.url.appending(path: "league.sqlite").path)
    try await database.migrate(Array(Site.migrations.dropLast()))
    #expect(try await Opening.missingMigrations(settings) == [Site.migrations.last?.name])
  }

  @Test func aReferenceThatLeadsNowhereIsFound() async throws {
    let folder = try await place()
    let path = folder.url.appending(path: "league.sqlite").path
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "python3", "-c",
      "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute(\"INSERT INTO recovery_code (code_hash, person_id, made_at) VALUES ('h', 'nobody', 1)\"); c.commit()",
      path,
    ]
    try process.run()
    process.waitUntilExit()
    let finding = await (try doctor(folder)).examine().first { $0.check == "database.references" }
    #expect(finding?.grade == .bad)
    #expect(finding?.words.contains("recovery_code → person") == true)
  }

  @Test func aClockThatWentBackIsFound() async throws {
    let folder = try await place()
    let now = now
    let letter = Letter(id: "a", to: try #require(EmailAddress("ana@league.test")), subject: "Hello", body: "Hello\n")
    try await change(folder) { try MailStore(db: $0).add(letter, now: now + .hours(3)) }
    let finding = await (try doctor(folder)).examine().first { $0.check == "clock" }
    #expect(finding?.grade == .bad)
    #expect(finding?.words.contains("180 minutes") == true)
  }

  @Test func anOldProofOfABackupWarns() async throws {
    let folder = try await place()
    let backups = BackupFolder(folder.url.appending(path: "backups").path)
    try backups.prepare()
    let url = backups.place(at: now - .days(3))
    try Data().write(to: url)
    try JSONEncoder().encode(BackupProof(verifiedAt: (now - .days(3)).milliseconds, rows: 1)).write(
      to: BackupProof.url(of: url))
    #expect(grade("backup", in: await (try doctor(folder)).examine()) == .warning)
  }

  @Test func anUnencryptedSiteForOthersIsBad() async throws {
    let folder = try await place()
    let findings = await (try doctor(folder, ["origin=http://league.example.org", "development=yes"]))
      .examine()
    #expect(grade("settings.origin", in: findings) == .bad)
    #expect(grade("settings.development", in: findings) == .bad)
  }

  // MARK: mail

  @Test func theMailServerIsGreeted() async throws {
    let server = try MailServer()
    let good = try Settings(flags: ["mail_server=\(server.url)", "mail_tls=no"])
    #expect(await SMTPCourier(settings: good).greet() == nil)
    let closed = try Settings(flags: ["mail_server=smtp://127.0.0.1:1", "mail_tls=no"])
    #expect(await SMTPCourier(settings: closed).greet() != nil)
    #expect(try server.letters().isEmpty)
  }

  @Test func recordsOfTheDomainAreLookedUp() async throws {
    let records = [
      "good.example": ["v=spf1 mx -all", "other=1"], "_dmarc.good.example": ["v=DMARC1; p=reject"],
      "key._domainkey.good.example": ["v=DKIM1; k=rsa; p=MIGf"], "open.example": ["v=spf1 +all"],
      "_dmarc.open.example": ["v=DMARC1; p=none", "v=DMARC1; p=reject"],
    ]
    let names = try NameServer(records)
    func grades(_ domain: String) async throws -> [String: Finding.Grade] {
      let settings = try Settings(flags: [
        "mail_server=smtp://127.0.0.1:1", "mail_tls=no", "mail_from=league@\(domain)",
      ])
      let examination = MailExamination(
        settings: settings, dkimSelector: "key", now: now, resolver: Resolver(server: "127.0.0.1", port: names.port))
      return Dictionary(uniqueKeysWithValues: await examination.findings().map { ($0.check, $0.grade) })
    }
    #expect(
      try await grades("good.example") == [
        "mail.server": .bad, "mail.spf": .good, "mail.dmarc": .good, "mail.dkim": .good,
      ])
    #expect(
      try await grades("open.example") == [
        "mail.server": .bad, "mail.spf": .bad, "mail.dmarc": .bad, "mail.dkim": .warning,
      ])
  }

  @Test func answersByLetterMustComeBack() async throws {
    let names = try NameServer(["MX good.example": ["mail.good.example"], "bare.example": ["v=spf1 -all"]])
    func findings(_ domain: String, _ inbox: InboxState) async throws -> [Finding.Grade?] {
      let settings = try Settings(flags: [
        "mail_server=smtp://127.0.0.1:1", "mail_tls=no", "reply_address=reply@\(domain)",
      ])
      let found = await MailExamination(
        settings: settings, dkimSelector: nil, inbox: inbox, now: now,
        resolver: Resolver(server: "127.0.0.1", port: names.port)
      ).findings()
      return [grade("mail.answers.address", in: found), grade("mail.answers", in: found)]
    }
    let (new, unused) = (InboxState(hasKey: false, receivedAt: nil), InboxState(hasKey: true, receivedAt: nil))
    let used = InboxState(hasKey: true, receivedAt: now - .hours(5))
    #expect(try await findings("good.example", used) == [.good, .good])
    #expect(try await findings("good.example", unused) == [.good, .warning])
    #expect(try await findings("good.example", new) == [.good, .warning])
    #expect(try await findings("bare.example", used) == [.warning, .good])
  }

  @Test func theKeyForAnswersIsMade() async throws {
    let folder = try await place()
    let doctor = try doctor(
      folder, ["mail_server=smtp://127.0.0.1:1", "mail_tls=no", "reply_address=reply@league.test"])
    func finding() async -> Finding? { await doctor.examine().first { $0.check == "mail.answers" } }
    let before = try #require(await finding())
    #expect(before.words.contains("no key") && before.grade == .warning)
    #expect(try await doctor.cure(before)?.contains("Made the key") == true)
    #expect(await finding()?.cure.hasSuffix("league mail receive") == true)
    let now = now
    try await change(folder) { db in try JobStore(db: db).note(JobStore.received, now: now) }
    #expect(await finding()?.grade == .good)
  }

  @Test func aResolverIsReadFromItsFile() {
    #expect(Resolver.system("# x\nsearch a.b\nnameserver  10.0.0.53\nnameserver 9.9.9.9\n")?.server == "10.0.0.53")
    #expect(Resolver.system("") == nil)
  }

  /// RFC 1035, sections 4.1 and 3.3.14; made by hand.
  @Test func anAnswerIsRead() {
    let head: [UInt8] = [0x12, 0x34, 0x81, 0x80, 0, 1, 0, 2, 0, 0, 0, 0]
    let question: [UInt8] = [1, 0x61, 0, 0, 16, 0, 1]
    let alias: [UInt8] = [0xC0, 12, 0, 5, 0, 1, 0, 0, 0, 9, 0, 2, 0xC0, 12]
    let text: [UInt8] = [0xC0, 12, 0, 16, 0, 1, 0, 0, 0, 9, 0, 6, 2, 0x76, 0x3D, 2, 0x73, 0x70]
    #expect(DNSMessage.answer(head + question + alias + text, id: 0x1234) == .texts(["v=sp"]))
    #expect(DNSMessage.answer(head + question + alias + text, id: 0x1235) == nil)
    #expect(DNSMessage.answer([0x12, 0x34, 0x81, 0x83, 0, 1, 0, 0, 0, 0, 0, 0], id: 0x1234) == .noSuchName)
    #expect(DNSMessage.answer([0x12, 0x34, 0x81, 0x82, 0, 1, 0, 0, 0, 0, 0, 0], id: 0x1234) == .failed(code: 2))
    #expect(DNSMessage.question(String(repeating: "a", count: 64), id: 1) == nil)
    #expect(DNSMessage.question("", id: 1) == nil)
  }

  @Test(arguments: 0..<30) func anythingMayComeFromANameServer(seed: Int) {
    var numbers = Seeded(seed)
    var bytes: [UInt8] = [
      0, 7, 0x81, 0x80, 0, UInt8.random(in: 0...3, using: &numbers), 0, UInt8.random(in: 0...9, using: &numbers), 0, 0,
      0, 0,
    ]
    bytes += (0..<Int.random(in: 0...80, using: &numbers)).map { _ in UInt8.random(in: 0...255, using: &numbers) }
    if case .texts(let texts) = DNSMessage.answer(bytes, id: 7) { #expect(texts.count <= 9) }
  }
}

/// A name server of the test's own, in a process that ends with it.
private final class NameServer {
  let port: UInt16
  private let input: FileHandle

  init(_ records: [String: [String]]) throws {
    let (process, standardInput, output) = (Process(), Pipe(), Pipe())
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "python3", Repository.root.appending(path: "Tests/AppTests/Mail/name_server.py").path,
      String(decoding: try JSONEncoder().encode(records), as: UTF8.self),
    ]
    process.standardInput = standardInput
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    input = standardInput.fileHandleForWriting
    let said = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    port = try #require(UInt16(said.trimmingCharacters(in: .whitespacesAndNewlines)))
  }

  deinit { try? input.close() }
}
