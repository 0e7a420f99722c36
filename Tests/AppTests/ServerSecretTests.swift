import Foundation
import SignIn
import Storage
import TestDatabase
import Testing

@testable import App

/// Keys of authenticator apps lie sealed in the database, under a secret that is in no backup.
struct ServerSecretTests {
  private static let key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

  private func digits(_ world: TestWorld) throws -> String {
    let password = try #require(OneTimePassword(base32: Self.key))
    return password.code(step: OneTimePassword.step(at: world.now.milliseconds / 1000))
  }

  private func kept(_ asker: Asker, in world: TestWorld) async throws -> String? {
    let person = world.person(asker)
    return try await world.site.database.read { db in
      try db.rows("SELECT totp_secret FROM person WHERE id = \(person)")[0].read("totp_secret")
    }
  }

  /// The same League, started with another secret, or with none.
  private func restarted(_ world: TestWorld, seal: KeySeal?) -> Site {
    let site = world.site
    return Site(
      database: site.database, settings: site.settings, files: site.files, texts: site.texts, taxonomy: site.taxonomy,
      log: site.log, seal: seal, now: site.now, newID: site.newID)
  }

  /// Sets the second step up in the browser; gives the recovery codes.
  private func enrol(_ browser: Browser, _ world: TestWorld) async throws -> [String] {
    let answer = try await browser.post(
      "/sign-in/second-factor/setup", ["secret": Self.key, "digits": try digits(world)])
    #expect(answer.status == 200)
    return answer.text.matches(of: /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){5}/).map { String($0.output) }
  }

  // MARK: the seal

  @Test func aSealOpensForItsOwnerUnderItsSecretOnly() throws {
    let seal = KeySeal(secret: "0123456789abcdef0123456789abcdef")
    let sealed = try seal.close(Self.key, for: "a")
    #expect(KeySeal.isSealed(sealed) && !KeySeal.isSealed(Self.key) && !sealed.contains(Self.key))
    #expect(try seal.open(sealed, for: "a") == Self.key)
    #expect(try seal.close(Self.key, for: "a") != sealed, "a nonce is never used twice")
    #expect(throws: KeySeal.Failure.damaged) { try seal.open(sealed, for: "b") }
    #expect(throws: KeySeal.Failure.otherSecret) {
      try KeySeal(secret: "0123456789abcdef0123456789abcdeF").open(sealed, for: "a")
    }
    // Whatever letter is changed, it does not open; nor what is cut off, empty or open.
    for place in sealed.indices {
      let letter = sealed[place] == "A" ? "B" : "A"
      let changed = sealed.replacingCharacters(in: place...place, with: letter)
      #expect(throws: KeySeal.Failure.self) { try seal.open(changed, for: "a") }
    }
    for text in [String(sealed.dropLast(4)), "sealed.", "sealed..", "", Self.key] {
      #expect(throws: KeySeal.Failure.self) { try seal.open(text, for: "a") }
    }
  }

  // MARK: at rest

  @Test(arguments: Engine.available) func keysLieSealedAndOpenTheDoor(engine: Engine) async throws {
    let world = try await TestWorld(engine, settings: ["second_factor=yes"])
    let browser = try await world.browser(as: .lead)
    _ = try await enrol(browser, world)
    let kept = try #require(try await kept(.lead, in: world))
    #expect(KeySeal.isSealed(kept) && !kept.contains(Self.key))
    world.pass(.minutes(1))
    #expect(try await browser.post("/sign-in/second-factor", ["digits": "000000"]).status == 422)
    #expect(try await browser.post("/sign-in/second-factor", ["digits": try digits(world)]).status == 303)
    // Somebody's sealed key in another's row opens nothing: whoever writes rows gives away no door.
    let (lead, educator) = (world.person(.lead), world.person(.educator))
    try await world.site.database.write { db in
      try db.run("UPDATE person SET totp_secret = \(kept) WHERE id = \(educator)")
      #expect(try AuthenticatorKeyStore(db: db, seal: TestWorld.seal).count() == .init(sealed: 1, closed: 1))
      #expect(try AuthenticatorKeyStore(db: db, seal: TestWorld.seal).factor(of: lead).email == "lead@league.test")
    }
    world.pass(.minutes(1))
    let other = try await world.browser(as: .educator)
    #expect(try await other.post("/sign-in/second-factor", ["digits": try digits(world)]).status == 422)
  }

  @Test(arguments: Engine.available) func openKeysAreSealedOnce(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (lead, educator) = (world.person(.lead), world.person(.educator))
    try await world.site.database.write { db in
      let bare = AuthenticatorKeyStore(db: db, seal: nil)
      try bare.set(Self.key, of: lead, step: 7)
      try bare.set(Self.key, of: educator, step: 8)
      #expect(try bare.count() == .init(bare: 2))
      #expect(try bare.sealOpen() == 0)
      let store = AuthenticatorKeyStore(db: db, seal: TestWorld.seal)
      #expect(try store.sealOpen() == 2)
      #expect(try store.count() == .init(sealed: 2))
      #expect(try store.sealOpen() == 0)
      #expect(try store.factor(of: lead).spentStep == 7)
      #expect(try bare.count() == .init(closed: 2))
    }
    let browser = try await world.browser(as: .lead)
    #expect(try await browser.post("/sign-in/second-factor", ["digits": try digits(world)]).status == 303)
  }

  // MARK: a secret that is lost

  @Test(arguments: Engine.available) func aLostSecretLetsNobodyInAndHasAWayBack(engine: Engine) async throws {
    let world = try await TestWorld(engine, settings: ["second_factor=yes"])
    let codes = try await enrol(try await world.browser(as: .lead), world)
    for seal in [nil, KeySeal(secret: "another secret, after the first was lost")] {
      world.pass(.minutes(16))
      let site = restarted(world, seal: seal)
      let browser = try await world.browser(as: .lead, at: site)
      let refused = try await browser.post("/sign-in/second-factor", ["digits": try digits(world)])
      #expect(refused.status == 422)
      #expect(refused.text.contains("can no longer check your app") && refused.text.contains("recovery code"))
      // The key is not replaced by whoever has the browser.
      let answer = try await browser.post(
        "/sign-in/second-factor/setup", ["secret": Self.key, "digits": try digits(world)])
      #expect(answer.status == 409)
      #expect(try await browser.post("/sign-in/second-factor", ["recovery": codes[seal == nil ? 0 : 1]]).status == 303)
    }
    // The office takes it away; the next one is sealed under the secret of now.
    let site = restarted(world, seal: KeySeal(secret: "another secret, after the first was lost"))
    let office = try await world.browser(as: .office, at: site)
    let lead = world.person(.lead)
    #expect(
      try await office.post("/office/people/\(lead)/second-step/removal", ["removal": "The server lost its secret"])
        .status
        == 303)
    #expect(try await kept(.lead, in: world) == nil)
    let again = try await world.browser(as: .lead, at: site)
    _ = try await enrol(again, world)
    world.pass(.minutes(1))
    #expect(try await again.post("/sign-in/second-factor", ["digits": try digits(world)]).status == 303)
  }

  @Test func theServerItselfTakesASecondStepAway() async throws {
    let world = try await TestWorld()
    _ = try await enrol(try await world.browser(as: .lead), world)
    let desk = AccountDesk(site: world.site)
    #expect(try await desk.removeSecondStep(email: "lead@league.test").contains("no second step any more"))
    #expect(try await kept(.lead, in: world) == nil)
    for email in ["lead@league.test", "nobody@league.test", "no address"] {
      await #expect(throws: SettingsError.self) { try await desk.removeSecondStep(email: email) }
    }
    let (actions, letters) = try await world.site.database.read { db in
      (
        try db.rows("SELECT action FROM audit WHERE action = 'second step taken away'").count,
        try db.rows("SELECT subject FROM mail WHERE subject LIKE '%second step was taken away%'").count
      )
    }
    #expect(actions == 1 && letters == 1)
  }

  // MARK: where the secret lies

  @Test func theFirstStartMakesItForItsOwnerAlone() async throws {
    let folder = try TemporaryFolder()
    let flags = ["data=\(folder.url.path)", "second_factor=no"]
    let settings = try Settings(flags: flags)
    let path = ServerSecret.path(beside: settings.databasePath)
    #expect(try ServerSecret.find(settings) == nil)
    func start(_ email: String) throws -> (status: Int32, errors: String) {
      try LeagueProgram.run(["person", "invite", email, "Dana"] + flags.flatMap { ["--set", $0] })
    }
    #expect(try start("a@league.test").status == 0)
    let made = try String(contentsOfFile: path, encoding: .utf8)
    #expect(made.trimmed.count >= Settings.secretLength)
    #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)

    // A key of an earlier program is sealed by the next start, which leaves the secret as it is.
    let database = try await DatabasePlace(settings.databasePath).open()
    try await database.write { db in
      try db.run("UPDATE person SET totp_secret = \(Self.key) WHERE email = 'a@league.test'")
    }
    #expect(await SecretExamination(settings: settings, database: database).findings().map(\.grade) == [.warning])
    #expect(try start("b@league.test").status == 0)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == made)
    let seal = try ServerSecret.find(settings)
    #expect(
      try await database.read { db in try AuthenticatorKeyStore(db: db, seal: seal).count() } == .init(sealed: 1))
    #expect(await SecretExamination(settings: settings, database: database).findings().map(\.grade) == [.good])

    // A copy of it goes wherever the database goes: as a setting it is the same secret.
    let elsewhere = try Settings(environment: ["LEAGUE_SERVER_SECRET_FILE": path], flags: flags)
    #expect(
      try await database.read { db in
        try AuthenticatorKeyStore(db: db, seal: try ServerSecret.find(elsewhere)).count()
      } == .init(sealed: 1))
    let wrong = try Settings(flags: flags + ["server_secret=a wrong secret that is long enough"])
    #expect(try await ServerSecret.trouble(wrong)?.hasPrefix("1 of 1 keys") == true)
    #expect(await SecretExamination(settings: wrong, database: database).findings().map(\.grade) == [.bad])
    // The mode that somebody loosened is found.
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    #expect(
      PlaceExamination(settings: settings, now: Instant.system()).findings().contains {
        $0.check == "permissions" && $0.words.contains(path)
      })

    // One that is cut off is no reason to make another one.
    try Data("short".utf8).write(to: URL(filePath: path))
    let refused = try start("c@league.test")
    #expect(refused.status == EX_NOPERM && refused.errors.contains(path) && refused.errors.contains("cut off"))
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "short")
  }

  @Test func manyFirstStartsMakeOneSecret() async throws {
    let folder = try TemporaryFolder()
    let settings = try Settings(flags: ["data=\(folder.url.path)"])
    let sealed = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<16 {
        group.addTask { try #require(try ServerSecret.findOrMake(settings)).close(Self.key, for: "a") }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    let seal = try #require(try ServerSecret.find(settings))
    for text in sealed { #expect(try seal.open(text, for: "a") == Self.key) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["league.sqlite.secret"])
  }

  @Test func onPostgresItIsSetOrTheDoctorSaysSo() async throws {
    let world = try await TestWorld()
    let flags = ["database=postgres://league@db/league"]
    #expect(try ServerSecret.findOrMake(try Settings(flags: flags)) == nil)
    let none = SecretExamination(settings: try Settings(flags: flags), database: world.site.database)
    let finding = try #require(await none.findings().first)
    #expect(finding.grade == .warning && finding.cure.contains("LEAGUE_SERVER_SECRET_FILE"))
    let set = try Settings(flags: flags + ["server_secret=0123456789abcdef0123456789abcdef"])
    #expect(await SecretExamination(settings: set, database: world.site.database).findings().map(\.grade) == [.good])
    let error = #expect(throws: SettingsError.self) { try Settings(flags: ["server_secret=hunter2"]) }
    #expect(error?.description.contains("hunter2") == false)
  }

  @Test func noCommandShowsIt() throws {
    let folder = try TemporaryFolder()
    let (output, secret) = (folder.url.appending(path: "out"), "0123456789abcdef0123456789abcdef")
    let answer = try LeagueProgram.run(
      ["config", "--set", "data=\(folder.url.path)"], environment: ["LEAGUE_SERVER_SECRET": secret], output: output)
    let words = try String(contentsOf: output, encoding: .utf8)
    #expect(answer.status == 0 && words.contains("server_secret = (hidden)"))
    #expect(!words.contains(secret) && !answer.errors.contains(secret))
  }

  // MARK: backups and moves

  @Test(arguments: Engine.available) func aBackupHoldsNoKeyAndNoSecret(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    _ = try await enrol(try await world.browser(as: .lead), world)
    let folder = try TemporaryFolder()
    let (backup, place) = (folder.url.appending(path: "a.backup"), folder.url.appending(path: "new/league.sqlite").path)
    _ = try await Backup(of: world.site.database, to: backup).run(now: world.now)
    let bytes = try Data(contentsOf: backup)
    #expect(bytes.range(of: Data(Self.key.utf8)) == nil)
    let restore = Restore(of: backup, passphrase: "", replaces: false, now: world.now, progress: { _ in })
    _ = try await restore.run(to: .file(place))
    // Without the secret the keys are closed, and that is said; with it they open.
    let settings = try Settings(flags: ["database=\(place)"])
    #expect(try await ServerSecret.trouble(settings)?.contains("1 of 1 keys") == true)
    try Data("a secret of tests, which guards nothing at all\n".utf8)
      .write(to: URL(filePath: ServerSecret.path(beside: place)))
    #expect(try await ServerSecret.trouble(settings) == nil)
    // Moved on, it is sealed still, and opens under the same secret.
    let there = folder.url.appending(path: "moved/league.sqlite").path
    _ = try await DatabaseMove(
      from: .file(place), to: .file(there), scratch: folder.url.appending(path: "scratch"), progress: { _ in }
    ).run(now: world.now)
    let moved = try Settings(
      environment: ["LEAGUE_SERVER_SECRET_FILE": ServerSecret.path(beside: place)], flags: ["database=\(there)"])
    #expect(try await ServerSecret.trouble(moved) == nil)
  }
}
