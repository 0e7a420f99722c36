import Foundation
import Logging
import Storage

/// The backup that the server takes by itself: taken, proven by restoring it, and then the oldest ones go.
struct NightlyBackup: Sendable {
  let site: Site

  /// Nil when no folder is set.
  var job: Job? {
    guard !site.settings[.backupFolder].isEmpty else { return nil }
    let (zone, minutes) = (site.settings.zone, site.settings.backupMinutes)
    return Job("backup", at: { Self.next(after: $0, minutes: minutes, zone) }) { _ in try await run() }
  }

  func run() async throws {
    let (settings, now) = (site.settings, site.now())
    let folder = BackupFolder(settings[.backupFolder])
    try folder.prepare()
    let (url, passphrase) = (folder.place(at: now), settings[.backupPassphrase])
    _ = try await Backup(of: site.database, to: url, passphrase: passphrase).run(now: now)
    let scratch = URL(filePath: settings[.data]).appending(path: "scratch")
    let manifest = try await BackupVerification(of: url, passphrase: passphrase).run(in: scratch, now: now)
    let removed = try folder.keep(settings.backupKeep)
    site.log.info(
      "backup", metadata: ["file": "\(url.path)", "rows": "\(manifest.rows)", "removed": "\(removed.count)"])
  }

  /// The next time that the League's clocks show so many minutes after midnight.
  static func next(after now: Instant, minutes: Int, _ zone: LeagueZone) -> Instant {
    let today = zone.date(of: now)
    return [today, today.adding(days: 1), today.adding(days: 2)].map { zone.start(of: $0) + .minutes(minutes) }
      .first { $0 > now } ?? now + .days(1)
  }
}
