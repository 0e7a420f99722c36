import Storage

/// Keeps what was compiled true while nobody looks: claims of an earlier rule, ideas whose trials became overdue.
struct EvidenceUpkeep {
  let site: Site

  /// Claims compiled in one transaction, so that nobody waits long for the writer.
  private static let batch = 200

  func run() async throws {
    let now = site.now()
    let today = site.settings.zone.date(of: now)
    var compiled = Self.batch
    while compiled == Self.batch {
      compiled = try await site.database.write { db in
        try EvidenceStore(db: db).recompile(now: now, today: today, limit: Self.batch)
      }
    }
    try await site.database.write { db in try EvidenceStore(db: db).compileOverdue(today: today) }
  }
}
