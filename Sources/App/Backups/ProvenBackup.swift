import Foundation
import Storage

/// A backup in the folder of backups, proven by restoring it.
///
/// It is restored at this program's schema, so before an upgrade the proof is also the upgrade's rehearsal.
package struct ProvenBackup: Sendable {
  let settings: Settings
  let folder: BackupFolder

  /// - Parameter path: the folder; nil for the one that is set, or else `backups` in the data folder.
  package init(settings: Settings, folder path: String? = nil) {
    self.settings = settings
    let set = settings[.backupFolder]
    folder = BackupFolder(path ?? (set.isEmpty ? settings.dataPath("backups") : set))
  }

  /// - Parameter isProven: false to leave the proof out.
  @discardableResult package func take(
    of database: any Database, now: Instant, isProven: Bool = true,
    _ progress: @escaping @Sendable (String) -> Void = { _ in }
  ) async throws -> (url: URL, manifest: BackupManifest) {
    try folder.prepare()
    let (url, passphrase) = (folder.place(at: now), settings[.backupPassphrase])
    let manifest = try await Backup(of: database, to: url, passphrase: passphrase).run(now: now, progress)
    progress(
      "\(url.path): \(manifest.rows) rows of \(manifest.tables.count) tables\(passphrase.isEmpty ? "" : ", encrypted")")
    if isProven {
      let scratch = URL(filePath: settings.dataPath("scratch"))
      _ = try await BackupVerification(of: url, passphrase: passphrase).run(in: scratch, now: now, progress)
      progress("Restored into a scratch file: every count and checksum is the same")
    }
    return (url, manifest)
  }

  /// Removes all but the newest `count`.
  ///
  /// - Returns: the names of what was removed.
  package func keep(_ count: Int) throws -> [String] { try folder.keep(count) }
}
