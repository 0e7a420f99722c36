import Foundation
import Storage
import TestDatabase
import Testing

@testable import App

/// What `league serve` says when it cannot start: one sentence, with what was kept and what to do.
struct StartTests {
  private static func serve(_ settings: [String]) throws -> (status: Int32, errors: String) {
    try LeagueProgram.run(["serve"] + (["port=0"] + settings).flatMap { ["--set", $0] })
  }

  /// One line, without what only programmers read, and with these words.
  private static func expect(
    _ answer: (status: Int32, errors: String), _ status: Int32, _ words: String...,
    at place: SourceLocation = #_sourceLocation
  ) {
    #expect(answer.status == status, "\(answer.errors)", sourceLocation: place)
    #expect(
      answer.errors.hasPrefix("league: ") && answer.errors.split(separator: "\n").count == 1, sourceLocation: place)
    for word in words { #expect(answer.errors.contains(word), "\(answer.errors)", sourceLocation: place) }
    for word in ["Error", "NSCocoa", "UserInfo", "errno", "geheim"] {
      #expect(!answer.errors.contains(word), "\(answer.errors)", sourceLocation: place)
    }
  }

  @Test func aPortThatIsTaken() throws {
    let taken = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(taken) }
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &place) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { place in
        #expect(bind(taken, place, length) == 0 && listen(taken, 1) == 0 && getsockname(taken, place, &length) == 0)
      }
    }
    let port = Int(UInt16(bigEndian: place.sin_port))
    let folder = try TemporaryFolder()
    let data = folder.url.appending(path: "data").path
    for setting in ["port", "metrics_port"] {
      Self.expect(
        try Self.serve(["data=\(data)", "\(setting)=\(port)"]), EX_UNAVAILABLE, "Port \(port) of 127.0.0.1 is taken",
        "Nothing was changed", "league serve --port")
    }
    #expect(!FileManager.default.fileExists(atPath: data), "no database was made")
    Self.expect(
      try Self.serve(["data=\(data)", "address=192.0.2.1"]), EX_CONFIG, "192.0.2.1 is no address of this machine")
  }

  @Test func aFileThatIsDamagedOrNoDatabase() async throws {
    let folder = try TemporaryFolder()
    let url = folder.url.appending(path: "league.sqlite")
    let letter = Data("This is a letter and no database; it is longer than a header of SQLite has to be.".utf8)
    try letter.write(to: url)
    let settings = ["data=\(folder.url.path)"]
    Self.expect(
      try Self.serve(settings), EX_DATAERR, url.path, "is damaged or is none", "left as it is",
      "league restore BACKUP --replace")
    #expect(try Data(contentsOf: url) == letter)

    // The cure that it names cures it, and keeps the file.
    let backup = folder.url.appending(path: "b.backup")
    let source = try await TestDatabase.open(.sqlite, migrations: Site.migrations)
    _ = try await Backup(of: source, to: backup).run(now: Instant.system()) { _ in }
    let restored = try LeagueProgram.run(["restore", backup.path, "--replace", "--set"] + settings)
    #expect(restored.status == 0, "\(restored.errors)")
    #expect(try await Opening.missingMigrations(Settings(flags: settings)).isEmpty)
    let kept = try FileManager.default.contentsOfDirectory(atPath: folder.url.path).filter { $0.contains(".before-") }
    #expect(try kept.map { try Data(contentsOf: folder.url.appending(path: $0)) } == [letter])
  }

  @Test func aPlaceThatCannotBeWritten() throws {
    let folder = try TemporaryFolder()
    let file = folder.url.appending(path: "file")
    try Data("kept".utf8).write(to: file)
    Self.expect(
      try Self.serve(["data=\(file.path)"]), EX_CANTCREAT, file.path, "What was there is as it was", "`data`")
    #expect(try Data(contentsOf: file) == Data("kept".utf8))
    // Nobody, root neither, makes a folder there.
    Self.expect(try Self.serve(["data=/proc/league"]), EX_CANTCREAT, "/proc/league", "write in")
  }

  @Test func aServerThatIsNotThereOrRefuses() throws {
    let folder = try TemporaryFolder()
    func serve(_ url: String) throws -> (status: Int32, errors: String) {
      try Self.serve(["data=\(folder.url.path)/data", "database=\(url)"])
    }
    Self.expect(
      try serve("postgres://league:geheim@127.0.0.1:1/league"), EX_UNAVAILABLE, "does not answer", "port 1",
      "Nothing was changed")
    if let url = Engine.postgresURL.flatMap({ URLComponents(string: $0) }) {
      var stranger = url
      (stranger.user, stranger.password) = ("stranger", "geheim")
      Self.expect(
        try serve(try #require(stranger.string)), EX_NOPERM, "refuses League", "stranger", "LEAGUE_DATABASE_FILE")
    }
  }

  /// The words of a server that wants a password, which the tests' own does not; libpq's, with PostgreSQL 17.
  @Test func aRefusedPasswordIsSaidInOneLine() throws {
    let why = """
      connection to server at "::1", port 5432 failed: Connection refused
      \tIs the server running on that host and accepting TCP/IP connections?
      connection to server at "127.0.0.1", port 5432 failed: FATAL:  password authentication failed for user "league"

      """
    let trouble = try #require(OpeningTrouble(DatabaseError.unavailable(why), at: .server("postgres://")))
    #expect(trouble.exitCode == EX_NOPERM)
    #expect(!trouble.description.contains("\n") && trouble.description.contains("password authentication failed"))
  }
}
