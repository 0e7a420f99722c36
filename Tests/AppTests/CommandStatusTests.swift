import Foundation
import Storage
import TestDatabase
import Testing

@testable import App

/// How commands end: a number that scripts can rely on, as `league --help` lists them.
struct CommandStatusTests {
  private static func run(_ arguments: [String], in folder: TemporaryFolder, output: URL? = nil) throws
    -> CommandStatus?
  {
    let answer = try LeagueProgram.run(arguments + ["--set", "data=\(folder.url.path)/data"], output: output)
    let status = CommandStatus(rawValue: answer.status)
    if let status, status != .done, status != .wanting, status != .usage {
      #expect(answer.errors.hasPrefix("league"), "\(arguments): \(answer.errors)")
      #expect(!answer.errors.contains("NSCocoa") && !answer.errors.contains("UserInfo"), "\(answer.errors)")
    }
    return status
  }

  @Test func theHelpListsThemAll() throws {
    let folder = try TemporaryFolder()
    let output = folder.url.appending(path: "out")
    #expect(try LeagueProgram.run(["--help"], output: output).status == 0)
    let help = try String(contentsOf: output, encoding: .utf8)
    for status in CommandStatus.allCases {
      // Lines are broken where the terminal ends.
      let start = status.meaning.split(separator: " ").prefix(3).joined(separator: " ")
      #expect(help.contains("\(status.rawValue)  \(start)"), "\(status)")
    }
    #expect(try LeagueProgram.run(["--version"]).status == 0)
  }

  @Test func whatCannotBeAskedFor() throws {
    let folder = try TemporaryFolder()
    for arguments in [
      ["serve", "--nothing"], ["config", "--set", "prot=1"], ["serve", "--port", "99999"], ["backup", "--keep", "0"],
      ["person", "promote", "nobody@league.test", "office"], ["person", "invite", "no address", "Dana"],
      ["person", "remove-second-step", "nobody@league.test"], ["import", "undo", "nothing"],
    ] { #expect(try Self.run(arguments, in: folder) == .usage, "\(arguments)") }
  }

  @Test func whatIsWanting() throws {
    let folder = try TemporaryFolder()
    #expect(try Self.run(["migrate", "--check"], in: folder) == .wanting)
    #expect(try Self.run(["doctor", "--set", "origin=http://league.example.org"], in: folder) == .wanting)
    #expect(try Self.run(["migrate", "--without-backup"], in: folder) == .done)
    #expect(try Self.run(["migrate", "--check"], in: folder) == .done)
  }

  @Test func backupsRestoresAndMoves() async throws {
    let folder = try TemporaryFolder()
    let (data, place) = (folder.url.appending(path: "data"), folder.url.appending(path: "other.sqlite").path)
    #expect(try Self.run(["person", "invite", "dana@league.test", "Dana"], in: folder) == .done)
    let closed = ["--set", "backup_passphrase=correct horse"]
    #expect(try Self.run(["backup", "--unverified", "--to", folder.url.path] + closed, in: folder) == .done)
    let backup = try #require(
      try FileManager.default.contentsOfDirectory(atPath: folder.url.path).first { $0.hasSuffix(".backup") })
    let path = folder.url.appending(path: backup).path
    #expect(try Self.run(["verify-backup", folder.url.path + "/nothing"], in: folder) == .noInput)
    #expect(try Self.run(["verify-backup", data.appending(path: "league.sqlite").path], in: folder) == .data)
    #expect(try Self.run(["verify-backup", path], in: folder) == .noPermission)
    #expect(
      try Self.run(["verify-backup", path, "--set", "backup_passphrase=wrong horse"], in: folder) == .noPermission)
    #expect(try Self.run(["verify-backup", path] + closed, in: folder) == .done)
    #expect(try Self.run(["restore", path] + closed, in: folder) == .cannotCreate)
    #expect(try Self.run(["move", "--to", place], in: folder) == .done)
    #expect(try Self.run(["move", "--to", place], in: folder) == .cannotCreate)
    let open = try await DatabasePlace(data.appending(path: "league.sqlite").path).open()
    _ = try await open.read { db in try db.rows("SELECT id FROM person") }
    #expect(try Self.run(["restore", path, "--replace"] + closed, in: folder) == .tryAgain)
    try await open.write { db in try db.run("INSERT INTO migration (name, checksum) VALUES ('9999_future', '')") }
    try await (open as? SQLiteDatabase)?.close()
    #expect(try Self.run(["migrate"], in: folder) == .configuration)
  }

  @Test func placesAndServers() throws {
    let folder = try TemporaryFolder()
    #expect(try Self.run(["migrate", "--set", "database=/proc/league/a.sqlite"], in: folder) == .cannotCreate)
    let away = "database=postgres://league:geheim@127.0.0.1:1/league"
    for arguments in [
      ["person", "invite", "a@league.test", "A"], ["demo"], ["migrate"], ["backup"], ["search", "rebuild"],
    ] {
      #expect(try Self.run(arguments + ["--set", away], in: folder) == .unavailable, "\(arguments)")
    }
    let file = folder.url.appending(path: "schools.csv")
    try Data("not,a,known,header\n1,2,3,4\n".utf8).write(to: file)
    #expect(try Self.run(["import", "schools", file.path], in: folder) == .data)
    #expect(try LeagueProgram.run(["statistics"], input: "{").status == CommandStatus.data.rawValue)
  }
}
