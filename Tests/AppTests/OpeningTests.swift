import Foundation
import TestDatabase
import Testing

@testable import App

struct OpeningTests {
  @Test func aSettingsFileThatIsThereIsReadOrRefused() throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appending(path: "league.conf").path
    #expect(try Opening.settingsFile(at: path) == "")
    try Data("port = 1\n".utf8).write(to: URL(filePath: path))
    #expect(try Opening.settingsFile(at: path) == "port = 1\n")
    // A folder cannot be read as a file, whoever asks; root may read every file.
    #expect(throws: SettingsError.self) { try Opening.settingsFile(at: folder.url.path) }
  }

  @Test func rootLeavesNoFilesInAnothersFolder() throws {
    let folder = try TemporaryFolder()
    let settings = try Settings(flags: ["data=\(folder.url.path)"])
    try Opening.checkOwner(settings, asRoot: false)
    guard geteuid() == 0 else { return }
    try Opening.checkOwner(settings)
    #expect(chown(folder.url.path, 65_534, 65_534) == 0)
    let error = #expect(throws: SettingsError.self) { try Opening.checkOwner(settings) }
    #expect(error?.description.contains("runuser -u nobody -- league") == true)
    try Opening.checkOwner(try Settings(flags: ["data=\(folder.url.path)/nowhere"]))
  }

  @Test func filesAreFoundBesideTheProgram() throws {
    let found = try Opening.filesFolder(try Settings())
    #expect(FileManager.default.fileExists(atPath: found.appending(path: "Data/agreements").path))
    #expect(try Opening.filesFolder(try Settings(flags: ["files=/somewhere"])).path == "/somewhere")
  }

  @Test func missingAuthoritiesAreToldToWhoNeedsThem() throws {
    let mail = "mail_server=smtps://mail.example.org:465"
    #expect(Authorities.trouble(try Settings(), at: "/nowhere") == nil)
    #expect(Authorities.trouble(try Settings(flags: [mail]), at: "/nowhere")?.contains("/nowhere is missing") == true)
    #expect(Authorities.trouble(try Settings(flags: [mail]), at: "/etc/passwd") == nil)
    #expect(Authorities.trouble(try Settings(flags: [mail, "mail_authorities=/etc/own.pem"]), at: "/nowhere") == nil)
    let provider = try Settings(
      environment: ["LEAGUE_PROVIDER_SECRETS": "Northfield secret"],
      flags: ["providers=Northfield https://id.northfield.example league"])
    #expect(Authorities.trouble(provider, at: "/nowhere") != nil)
  }
}
