import App
import ArgumentParser

struct BackupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copy everything in the database to a file, while the server runs, and prove that it can be restored.",
    discussion: "LEAGUE_BACKUP_PASSPHRASE, or a file that LEAGUE_BACKUP_PASSPHRASE_FILE names, encrypts it.")

  @OptionGroup var flags: SettingFlags
  @Option(help: "The folder to keep it in; else backup_folder, or backups in the data folder.") var to: String?
  @Option(help: "Keep so many backups in the folder and remove older ones; else none is removed.") var keep: Int?
  @Flag(help: "Do not restore it into a scratch file to prove it.") var unverified = false

  func validate() throws {
    if let keep, keep < 1 { throw ValidationError("--keep: at least 1") }
  }

  func run() async throws {
    let settings = try flags.settings()
    let database = try await DatabasePlace(settings.databasePath).open()
    let backup = ProvenBackup(settings: settings, folder: to)
    try await backup.take(of: database, now: Instant.system(), isProven: !unverified, say)
    if let keep {
      for name in try backup.keep(keep) { say("Removed \(name)") }
    }
  }
}
