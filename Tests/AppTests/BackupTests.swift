import Foundation
import SignIn
import Storage
import TestDatabase
import Testing

@testable import App

struct BackupTests {
  /// scrypt's N in tests: a real one takes long in a debug build.
  private static let cost = 16

  /// A world with every kind of thing that moving could get wrong.
  private func world(_ engine: Engine) async throws -> TestWorld {
    let world = try await TestWorld(engine)
    let now = world.now
    try await world.site.database.write { db in
      try db.run("UPDATE school SET latitude = 42.93, longitude = -72.28, cell = 7 WHERE id = 'ashuelot'")
      try db.run("UPDATE person SET about = \("Zeile\nπ 𝄞 'quoted' \\ \u{1}") WHERE id = 'person-lead'")
      for number in 0..<1100 {
        try db.run("INSERT INTO job (name, due_at, trouble) VALUES (\("job \(number)"), \(now), \("é\(number)"))")
      }
      for word in ["attendance", "mentors"] {
        try db.run("INSERT INTO search_word (word) VALUES (\(word))")
      }
    }
    return world
  }

  private func backup(
    _ database: any Database, in folder: TemporaryFolder, passphrase: String = "", name: String = "a.backup"
  ) async throws -> (url: URL, manifest: BackupManifest) {
    let url = folder.url.appending(path: name)
    let manifest = try await Backup(of: database, to: url, passphrase: passphrase, cost: Self.cost)
      .run(now: Instant(milliseconds: 5))
    return (url, manifest)
  }

  private func manifest(of database: any Database) async throws -> BackupManifest {
    try await database.read { try $0.manifest(takenAt: Instant(milliseconds: 5)) }
  }

  private func restore(_ url: URL, replaces: Bool = false, passphrase: String = "") -> Restore {
    Restore(of: url, passphrase: passphrase, replaces: replaces, now: Instant(milliseconds: 77)) { _ in }
  }

  // MARK: what is in it

  @Test(arguments: Engine.available) func aBackupHoldsEverythingAndCanBeRestored(engine: Engine) async throws {
    let (world, folder) = (try await world(engine), try TemporaryFolder())
    let (url, taken) = try await backup(world.site.database, in: folder)
    #expect(taken.tables.first { $0.name == "job" }?.rows == 1100)
    #expect(taken.migrations == Site.migrations.map(\.name))
    let proven = try await BackupVerification(of: url).run(in: folder.url, now: Instant(milliseconds: 9))
    #expect(proven == taken)
    #expect(BackupProof.find(url) == BackupProof(verifiedAt: 9, rows: taken.rows))
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
    #expect(left == ["a.backup", "a.backup.verified"])
    let mode = try FileManager.default.attributesOfItem(atPath: url.path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }

  /// From either engine to the other and back: every count and sum stays.
  @Test(arguments: Engine.available) func dataMovesBetweenEnginesAndBack(engine: Engine) async throws {
    let (world, folder) = (try await world(engine), try TemporaryFolder())
    let path = folder.url.appending(path: "moved.sqlite").path
    let there = try await DatabaseMove.run(
      from: world.site.database, scratch: folder.url, now: world.now, { _ in },
      restore: { try await restore($0).run(to: .file(path)) })
    let moved = try SQLiteDatabase(path: path)
    let target = try await TestDatabase.open(Engine.available.last ?? .sqlite, migrations: [])
    guard target.dialect == .postgres else { return }
    let back = try await DatabaseMove.run(
      from: moved, scratch: folder.url, now: world.now, { _ in }, restore: { try await restore($0).run(to: target) })
    #expect(back.tables == there.tables)
    #expect(try await manifest(of: target).tables == (try await manifest(of: world.site.database)).tables)
    // What the target's engine gives by itself goes on: a new document can be added and found.
    try await target.write { db in
      try db.run("INSERT INTO job (name, due_at) VALUES ('new', 1)")
    }
    #expect(try await manifest(of: moved).differences(to: manifest(of: target)) == ["job: 1100 rows instead of 1101"])
  }

  /// Every transaction adds two rows, so whoever sees an odd number saw half of one.
  @Test(arguments: Engine.contract.filter { $0 != .sqlite }) func aBackupUnderWritesIsOneMoment(engine: Engine)
    async throws
  {
    let folder = try TemporaryFolder()
    let database = try await TestDatabase.open(engine, migrations: Site.migrations)
    let writer = Task {
      var number = 0
      while !Task.isCancelled {
        let n = number
        try await database.write { db in
          for half in ["left", "right"] {
            try db.run("INSERT INTO job (name, due_at) VALUES (\("\(n) \(half)"), 0)")
          }
        }
        number += 1
      }
      return number
    }
    var seen: [Int] = []
    for round in 0..<5 {
      let taken = try await backup(database, in: folder, name: "\(round).backup").manifest
      seen.append(taken.tables.first { $0.name == "job" }?.rows ?? -1)
    }
    writer.cancel()
    _ = try? await writer.value
    #expect(seen.allSatisfy { $0 >= 0 && $0 % 2 == 0 }, "\(seen)")
    #expect(seen == seen.sorted())
  }

  // MARK: damage

  @Test func aChangedByteIsFoundAndNamed() async throws {
    let (world, folder) = (try await world(.sqlite), try TemporaryFolder())
    let (url, _) = try await backup(world.site.database, in: folder)
    let bytes = Array(try Data(contentsOf: url))
    let broken = folder.url.appending(path: "broken.backup")
    var places: Set<String> = []
    let lineEnd = bytes.firstIndex(of: 0x0A) ?? 0
    for offset in Array(stride(from: 0, to: bytes.count, by: bytes.count / 40)) + [lineEnd, bytes.count - 1] {
      var changed = bytes
      changed[offset] ^= 1 << UInt8(offset % 8)
      try Data(changed).write(to: broken)
      let error = #expect(throws: BackupError.self, "byte \(offset)") { try Self.drain(broken) }
      if case .damaged(_, let place) = error { places.insert(place) }
    }
    #expect(places.contains { $0.contains("in table job") }, "\(places)")
  }

  @Test func aBackupThatEndsEarlyOrGoesOnIsFound() async throws {
    let (world, folder) = (try await TestWorld(), try TemporaryFolder())
    let (url, _) = try await backup(world.site.database, in: folder)
    let bytes = try Data(contentsOf: url)
    let broken = folder.url.appending(path: "broken.backup")
    for cut in [bytes.count - 1, bytes.count / 2, 700] {
      try bytes.prefix(cut).write(to: broken)
      #expect(throws: BackupError.self) { try Self.drain(broken) }
    }
    try (bytes + Data([0])).write(to: broken)
    #expect(throws: BackupError.self) { try Self.drain(broken) }
    try Data("PK\u{3}\u{4}".utf8).write(to: broken)
    #expect(throws: BackupError.notABackup("broken.backup")) { try Self.drain(broken) }
  }

  /// A backup whose every checksum is right and whose data is not what its manifest says, as no honest program writes.
  @Test func aManifestThatLiesIsFound() async throws {
    let folder = try TemporaryFolder()
    let url = folder.url.appending(path: "lie.backup")
    let writer = try BackupWriter(
      url: url,
      header: BackupHeader(program: "x", takenAt: 0, migrations: Site.migrations.map(\.name), seal: nil), passphrase: ""
    )
    try writer.begin(BackupFile.TableStart(name: "search_word", columns: ["word"]))
    var rows: [UInt8] = []
    RowBytes.append([.text("one")], to: &rows)
    try writer.add(rows: rows)
    let table = BackupManifest.Table(name: "search_word", columns: ["word"], rows: 2, sum: "")
    try writer.finish(BackupManifest(program: "x", engine: "sqlite", takenAt: 0, migrations: [], tables: [table]))
    let error = await #expect(throws: BackupError.self) {
      try await BackupVerification(of: url).run(in: folder.url, now: Instant(milliseconds: 0))
    }
    #expect(error?.description.contains("search_word: 1 rows instead of 2") == true)
    #expect(BackupProof.find(url) == nil)
  }

  private static func drain(_ url: URL, passphrase: String = "") throws {
    let reader = try BackupReader(url, passphrase: passphrase)
    while true {
      if case .manifest = try reader.next() { return }
    }
  }

  // MARK: encryption

  @Test func anEncryptedBackupOpensWithItsPassphraseOnly() async throws {
    let (world, folder) = (try await TestWorld(), try TemporaryFolder())
    let (url, taken) = try await backup(world.site.database, in: folder, passphrase: "plum tree")
    #expect(throws: BackupError.passphraseNeeded("a.backup")) { try Self.drain(url) }
    #expect(throws: BackupError.wrongPassphrase("a.backup")) { try Self.drain(url, passphrase: "plum") }
    try Self.drain(url, passphrase: "plum tree")
    let proven = try await BackupVerification(of: url, passphrase: "plum tree").run(
      in: folder.url, now: Instant(milliseconds: 1))
    #expect(proven == taken)
    // Two backups of the same data have nothing in common: the key is new each time.
    let again = try await backup(world.site.database, in: folder, passphrase: "plum tree", name: "b.backup").url
    #expect(try BackupReader.header(of: url).seal?.salt != BackupReader.header(of: again).seal?.salt)
  }

  @Test func piecesOpenOnlyInTheirPlace() throws {
    let seal = try Seal(passphrase: "a", .new(n: Self.cost), context: [1])
    let piece = try seal.close([1, 2, 3], number: 4)
    #expect(try seal.open(piece, number: 4) == [1, 2, 3])
    #expect(throws: Seal.Failure.self) { try seal.open(piece, number: 5) }
    #expect(throws: Seal.Failure.self) { try Seal(passphrase: "a", .new(n: 1 << 24), context: []) }
    #expect(throws: Seal.Failure.self) { try seal.open([1], number: 0) }
  }

  // MARK: restoring

  @Test func dataIsReplacedOnlyWhenSaidAndIsKept() async throws {
    let (world, folder) = (try await TestWorld(), try TemporaryFolder())
    let (url, taken) = try await backup(world.site.database, in: folder)
    let path = folder.url.appending(path: "league.sqlite").path
    let old = try SQLiteDatabase(path: path)
    try await old.migrate(Site.migrations)
    try await old.write { try $0.run("INSERT INTO job (name, due_at) VALUES ('old', 0)") }
    await #expect(throws: BackupError.inUse(path)) { try await restore(url, replaces: true).run(to: .file(path)) }
    try await old.close()
    await #expect(throws: BackupError.notEmpty(path)) { try await restore(url).run(to: .file(path)) }
    #expect(try await DatabasePlace.file(path).read { try JobStore(db: $0).all().count } == 1)
    try await restore(url, replaces: true).run(to: .file(path))
    #expect(try await manifest(of: SQLiteDatabase(path: path)).tables == taken.tables)
    let kept = try SQLiteDatabase(path: "\(path).before-77")
    #expect(try await kept.read { try JobStore(db: $0).all().map(\.name) } == ["old"])
  }

  @Test(.enabled(if: Engine.postgresURL != nil)) func aSchemaOfPostgreSQLIsReplacedOnlyWhenSaidAndIsKept() async throws
  {
    let (world, folder) = (try await TestWorld(), try TemporaryFolder())
    let (url, taken) = try await backup(world.site.database, in: folder)
    let server = try await TestDatabase.open(.postgres, migrations: Site.migrations)
    try await server.write { try $0.run("INSERT INTO job (name, due_at) VALUES ('old', 0)") }
    await #expect(throws: BackupError.self) { try await restore(url).run(to: server) }
    #expect(try await server.read { try JobStore(db: $0).all().map(\.name) } == ["old"])
    try await restore(url, replaces: true).run(to: server)
    #expect(try await manifest(of: server).tables == taken.tables)
    let schema = try await server.read { try $0.currentSchema() }
    let kept: String? = try await server.read {
      try $0.value("name", "SELECT name FROM \(SQL.name("\(schema)_before_77")).job")
    }
    #expect(kept == "old")
    // One that fails leaves everything as it was.
    var bytes = try Data(contentsOf: url)
    bytes[bytes.count - 30] ^= 1
    try bytes.write(to: url)
    let later = Restore(of: url, passphrase: "", replaces: true, now: Instant(milliseconds: 78)) { _ in }
    await #expect(throws: BackupError.self) { try await later.run(to: server) }
    #expect(try await manifest(of: server).tables == taken.tables)
  }

  @Test func aMoveThatIsInterruptedStartsAgain() async throws {
    struct PowerCut: Error {}
    let (world, folder) = (try await world(.sqlite), try TemporaryFolder())
    let path = folder.url.appending(path: "target.sqlite").path
    func move(cut: Bool) async throws -> BackupManifest {
      try await DatabaseMove.run(
        from: world.site.database, scratch: folder.url, now: world.now, { _ in },
        restore: { url in
          if cut {
            // What a process leaves that dies while it writes.
            let half = try SQLiteDatabase(path: path + ".restoring")
            try await half.migrate(Array(Site.migrations.prefix(3)))
            throw PowerCut()
          }
          return try await restore(url).run(to: .file(path))
        })
    }
    await #expect(throws: PowerCut.self) { try await move(cut: true) }
    #expect(!FileManager.default.fileExists(atPath: path))
    let arrived = try await move(cut: false)
    #expect(try await arrived.differences(to: manifest(of: world.site.database)) == [])
    #expect(!FileManager.default.fileExists(atPath: folder.url.appending(path: "moving.backup").path))
  }

  @Test func aTargetThatHoldsDataIsRefusedBeforeAnythingIsRead() async throws {
    let folder = try TemporaryFolder()
    let (from, to) = (folder.url.appending(path: "a.sqlite").path, folder.url.appending(path: "b.sqlite").path)
    for path in [from, to] {
      let database = try SQLiteDatabase(path: path)
      try await database.migrate(Site.migrations)
      try await database.write { try $0.run("INSERT INTO search_word (word) VALUES ('a')") }
      try await database.close()
    }
    let move = DatabaseMove(from: .file(from), to: .file(to), scratch: folder.url) { _ in }
    await #expect(throws: BackupError.targetNotEmpty(to)) { try await move.run(now: Instant(milliseconds: 1)) }
    let open = try SQLiteDatabase(path: from)
    await #expect(throws: BackupError.inUse(from)) { try await move.run(now: Instant(milliseconds: 1)) }
    try await open.close()
  }

  @Test func aBackupOfANewerProgramIsRefused() async throws {
    let folder = try TemporaryFolder()
    let url = folder.url.appending(path: "a.backup")
    let writer = try BackupWriter(
      url: url, header: BackupHeader(program: "9", takenAt: 0, migrations: ["9999_future"], seal: nil), passphrase: "")
    try writer.finish(
      BackupManifest(program: "9", engine: "sqlite", takenAt: 0, migrations: ["9999_future"], tables: []))
    await #expect(throws: DatabaseError.newerSchema(["9999_future"])) {
      try await restore(url).run(to: .file(folder.url.appending(path: "a.sqlite").path))
    }
  }

  /// A backup from before an upgrade comes back at this program's schema.
  @Test func anOlderBackupIsBroughtToThisSchema() async throws {
    let folder = try TemporaryFolder()
    let old = try SQLiteDatabase()
    try await old.migrate(Array(Site.migrations.prefix(3)))
    try await old.write {
      try $0.run(
        "INSERT INTO person (id, email, name, folded_name, handle, created_at) VALUES ('a', 'a@b.c', 'Ana', 'ana', 'ana', 1)"
      )
    }
    let (url, _) = try await backup(old, in: folder)
    let path = folder.url.appending(path: "new.sqlite").path
    try await restore(url).run(to: .file(path))
    let new = try SQLiteDatabase(path: path)
    #expect(try await new.appliedMigrations() == Site.migrations.map(\.name))
    #expect(try await new.read { try $0.value("name", "SELECT name FROM person") } == "Ana")
  }

  // MARK: keeping

  @Test func onlyTheNewestAreKept() throws {
    let folder = try TemporaryFolder()
    let backups = BackupFolder(folder.url.path)
    for day in 1...5 {
      let url = backups.place(at: Instant(milliseconds: Int64(day) * 86_400_000))
      try Data().write(to: url)
      try Data().write(to: BackupProof.url(of: url))
    }
    try Data().write(to: folder.url.appending(path: "mine.backup"))
    #expect(
      try backups.keep(2) == [
        "league-19700104T000000Z.backup", "league-19700103T000000Z.backup", "league-19700102T000000Z.backup",
      ])
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
    #expect(
      left == [
        "league-19700105T000000Z.backup", "league-19700105T000000Z.backup.verified", "league-19700106T000000Z.backup",
        "league-19700106T000000Z.backup.verified", "mine.backup",
      ])
  }

  @Test func theNightlyBackupIsTakenProvenAndKept() async throws {
    let folder = try TemporaryFolder()
    let world = try await TestWorld(settings: [
      "backup_folder=\(folder.url.path)/kept", "data=\(folder.url.path)", "backup_keep=1",
    ])
    let job = try #require(NightlyBackup(site: world.site).job)
    // 12:00 UTC is 7:00 in New York; half past two comes the next night.
    #expect(job.first(world.now) - world.now == .minutes(19 * 60 + 30))
    try await job.work(nil)
    world.pass(.days(1))
    try await job.work(nil)
    let kept = BackupFolder("\(folder.url.path)/kept")
    #expect(kept.all().map(\.lastPathComponent) == ["league-20261125T120000Z.backup"])
    #expect(kept.lastVerified(now: world.now)?.proof.verifiedAt == world.now.milliseconds)
    let plain = try await TestWorld()
    #expect(NightlyBackup(site: plain.site).job == nil)
  }

  @Test(arguments: ["2:30", "24:00", "soon", "02:60"]) func aTimeThatIsNoneIsRefused(time: String) {
    #expect(throws: SettingsError.self) { try Settings(flags: ["backup_time=\(time)"]) }
  }

  // MARK: rows

  @Test(arguments: 0..<20) func rowsComeBackFromTheirBytes(seed: Int) {
    var numbers = Seeded(seed)
    let width = Int.random(in: 1...6, using: &numbers)
    let rows = (0..<30).map { _ in
      (0..<width).map { _ -> SQLValue in
        switch Int.random(in: 0..<5, using: &numbers) {
        case 0: .null
        case 1: .integer(Int64.random(in: .min ... .max, using: &numbers))
        case 2: .real(Double.random(in: -1e300...1e300, using: &numbers))
        case 3:
          .text(
            String(
              (0..<Int.random(in: 0..<9, using: &numbers)).map { _ in "aé\u{0}𝄞".randomElement(using: &numbers) ?? "a" }
            ))
        default:
          .blob((0..<Int.random(in: 0..<9, using: &numbers)).map { _ in UInt8.random(in: 0...255, using: &numbers) })
        }
      }
    }
    var bytes: [UInt8] = []
    for row in rows { RowBytes.append(row[...], to: &bytes) }
    #expect(RowBytes.rows(bytes[...], width: width) == rows)
    // What is cut off is seen, unless the cut falls between rows.
    #expect(RowBytes.rows(bytes.dropLast(), width: width) == nil || width == 1)
  }
}
