import Foundation

/// Whether there is a backup to come back to.
struct BackupExamination: Sendable {
  let settings: Settings
  let now: Instant

  func findings() -> [Finding] {
    let folder = settings[.backupFolder].isEmpty ? settings.dataPath("backups") : settings[.backupFolder]
    var found: [Finding] = []
    if settings[.backupFolder].isEmpty {
      found.append(
        .warning(
          "backup.schedule", "The server takes no backups by itself.",
          cure: "league.conf: backup_folder = (a folder on another disk)"))
    }
    guard let last = BackupFolder(folder).lastVerified(now: now) else {
      return found + [.bad("backup", "There is no backup that was proven, in \(folder).", cure: "league backup")]
    }
    let age = now - Instant(milliseconds: last.proof.verifiedAt)
    let words = "\(last.url.lastPathComponent) was restored and compared \(age.wholeSeconds / 3600) hours ago."
    found.append(age > .days(2) ? .warning("backup", words, cure: "league backup") : .good("backup", words))
    return found
  }
}
