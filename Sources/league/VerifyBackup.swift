import App
import ArgumentParser
import Foundation

struct VerifyBackup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify-backup",
    abstract: "Restore a backup into a scratch file and compare every count and checksum.")

  @OptionGroup var flags: SettingFlags
  @Argument(help: "The backup.") var file: String
  @Option(help: "Where the scratch file lies meanwhile; else scratch in the data folder.") var scratch: String?

  func run() async throws {
    let settings = try flags.settings()
    let folder = URL(filePath: scratch ?? settings.dataPath("scratch"))
    let manifest = try await BackupVerification(of: URL(filePath: file), passphrase: settings[.backupPassphrase])
      .run(in: folder, now: Instant.system(), say)
    for table in manifest.tables where table.rows > 0 {
      print("\(table.name)  \(table.rows) rows  \(table.sum.prefix(16))…")
    }
    print(
      "\(file) can be restored: \(manifest.rows) rows of \(manifest.tables.count) tables, taken from \(manifest.engine) "
        + "by League \(manifest.program), schema \(manifest.migrations.last ?? "none")")
  }
}
