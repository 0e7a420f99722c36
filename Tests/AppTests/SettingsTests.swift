import Foundation
import Testing

@testable import App

struct SettingsTests {
  @Test func laterSourcesWin() throws {
    let settings = try Settings(
      file: "port = 1\naddress = \"0.0.0.0\" \n# a comment\n\nleague_name = From the file",
      environment: ["LEAGUE_PORT": "2", "PATH": "/bin"], flags: ["port=3"])
    #expect(settings.port == 3)
    #expect(settings[.address] == "0.0.0.0")
    #expect(settings.values[.port]?.source == .flag)
    #expect(settings.values[.address]?.source == .file)
    #expect(settings.values[.zone]?.source == .standard)
  }

  @Test(arguments: ["prot = 1", "origen = http://a.b", "sesion_days = 2"]) func anUnknownNameIsAnErrorWithASuggestion(
    line: String
  ) {
    let error = #expect(throws: SettingsError.self) { try Settings(file: line) }
    let nearest = ["prot": "port", "origen": "origin", "sesion_days": "session_days"]
    let name = line.prefix { $0 != " " }
    #expect(error?.description.contains("did you mean \(nearest[String(name)] ?? "?")") == true)
  }

  @Test(arguments: [
    "port = many", "requests_per_minute = -1", "development = maybe", "zone = Mars/Olympus", "origin = league.org",
  ])
  func aValueThatCannotBeIsRefused(line: String) {
    #expect(throws: SettingsError.self) { try Settings(file: line) }
  }

  @Test func aSecretMayStandInAFile() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "league-\(UUID().uuidString)")
    try Data("postgres://league:secret@db/league\n".utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let settings = try Settings(environment: ["LEAGUE_DATABASE_FILE": file.path])
    #expect(settings[.database] == "postgres://league:secret@db/league")
    #expect(throws: SettingsError.self) { try Settings(environment: ["LEAGUE_DATABASE_FILE": "/nowhere/at/all"]) }
  }

  @Test func everySettingHasAMeaningAndADefaultThatHolds() throws {
    _ = try Settings()
    for setting in Setting.allCases { #expect(!setting.meaning.isEmpty) }
  }
}
