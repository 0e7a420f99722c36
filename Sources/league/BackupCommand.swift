import App
import ArgumentParser
import Foundation

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
    let set = settings[.backupFolder]
    let folder = BackupFolder(to ?? (set.isEmpty ? settings.dataPath("backups") : set))
    try folder.prepare()
    let (now, passphrase) = (Instant.system(), settings[.backupPassphrase])
    let url = folder.place(at: now)
    let manifest = try await Backup(of: database, to: url, passphrase: passphrase).run(now: now, say)
    say(
      "\(url.path): \(manifest.rows) rows of \(manifest.tables.count) tables\(passphrase.isEmpty ? "" : ", encrypted")")
    if !unverified {
      let scratch = URL(filePath: settings.dataPath("scratch"))
      _ = try await BackupVerification(of: url, passphrase: passphrase).run(in: scratch, now: Instant.system(), say)
      say("Restored into a scratch file: every count and checksum is the same")
    }
    if let keep {
      for name in try folder.keep(keep) { say("Removed \(name)") }
    }
  }
}
