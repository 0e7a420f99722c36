import Storage

/// The office reads the log, and takes it out.
struct AuditRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.get("office/audit", .office, use: list)
    routes.get("office/audit.csv", .office, use: download)
  }

  static let pageLength = 100
  static let longest = 50_000

  @Sendable func list(visit: Visit) async throws -> Page {
    let (filter, fields, viewer) = (AuditFilter(visit.fields), visit.fields, visit.viewer)
    let before = Int64(fields["before"]).map { (at: Instant(milliseconds: $0), id: fields["id"]) }
    return try await site.database.read { db in
      let store = AuditStore(db: db)
      let found = try store.list(filter, zone: viewer.zone, before: before, limit: Self.pageLength + 1)
      let shown = Array(found.prefix(Self.pageLength))
      let older = found.count > Self.pageLength ? shown.last.map { Self.older($0, filter) } : nil
      return AuditPages.list(shown, filter, actions: try store.actions(), older: older, viewer)
    }
  }

  private static func older(_ last: AuditEntry, _ filter: AuditFilter) -> String {
    "/office/audit?\(filter.query.isEmpty ? "" : filter.query + "&")before=\(last.at.milliseconds)&id=\(percentEncoded(last.id))"
  }

  /// Exactly what the page lists, all of it; that it was taken out is itself in the log.
  @Sendable func download(visit: Visit) async throws -> Download {
    let (filter, viewer) = (AuditFilter(visit.fields), visit.viewer)
    try await site.recordView("audit log taken out", "league", "audit", detail: filter.query, visit)
    let entries = try await site.database.read { db in
      try AuditStore(db: db).list(filter, zone: viewer.zone, limit: Self.longest)
    }
    var csv = CSVWriter(
      header: ["at", "kind", "who", "who_id", "as", "as_id", "what", "noun", "noun_id", "noun_name", "detail"])
    for each in entries {
      csv.add([
        each.at.iso8601, each.kind.rawValue, each.name, each.person?.description ?? "", each.asName,
        each.asPerson?.description ?? "", each.action, each.noun, each.nounID, each.nounName, each.detail,
      ])
    }
    return Download(name: "audit-\(viewer.today).csv", type: "text/csv; charset=utf-8", bytes: csv.bytes)
  }
}
