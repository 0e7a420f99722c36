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
    return Job("backup", at: { Self.next(after: $0, minutes: minutes, zone) }, keepsPages: true) { _ in try await run()
    }
  }

  func run() async throws {
    let backup = ProvenBackup(settings: site.settings)
    let (url, manifest) = try await backup.take(of: site.database, now: site.now())
    let removed = try backup.keep(site.settings.backupKeep)
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
