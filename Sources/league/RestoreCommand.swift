import App
import ArgumentParser
import Foundation

struct RestoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Put a backup in the place of the database that the settings name, of either engine.",
    discussion: "The server must not run. Nothing changes unless every count and checksum is the same afterwards.")

  @OptionGroup var flags: SettingFlags
  @Argument(help: "The backup.") var file: String
  @Flag(help: "Put aside the data that is there; it is kept under another name.") var replace = false

  func run() async throws {
    let settings = try flags.settings()
    let restore = Restore(
      of: URL(filePath: file), passphrase: settings[.backupPassphrase], replaces: replace, now: Instant.system(),
      progress: say)
    let manifest = try await restore.run(to: DatabasePlace(settings.databasePath))
    print("Restored \(manifest.rows) rows of \(manifest.tables.count) tables; every count and checksum is the same.")
    if let trouble = try await ServerSecret.trouble(settings) { say("\(trouble) \(ServerSecret.cure)") }
  }
}
