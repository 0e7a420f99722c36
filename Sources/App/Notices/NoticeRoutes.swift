import Storage

struct NoticeRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.get("notices", .signedIn, use: list)
    routes.post("notices/read", .signedIn, use: markAllRead)
    routes.post("notices/:id/read", .signedIn, use: markRead)
  }

  @Sendable func list(visit: Visit) async throws -> Page {
    let person = try visit.signedIn()
    let (unread, read) = try await site.database.read { db in
      (try NoticeStore(db: db).unread(of: person), try NoticeStore(db: db).read(of: person))
    }
    return NoticePages.list(unread: unread, read: read, visit.viewer)
  }

  @Sendable func markAllRead(visit: Visit) async throws -> Redirect {
    let (person, now) = (try visit.signedIn(), visit.viewer.now)
    let shown = Int64(visit.fields["until"]).map { Instant(milliseconds: $0) } ?? now
    try await site.database.write { db in try NoticeStore(db: db).markAllRead(of: person, until: shown, now: now) }
    return Redirect(to: "/notices")
  }

  @Sendable func markRead(visit: Visit) async throws -> Redirect {
    let (id, person): (Notice.ID, _) = (try visit.id(), try visit.signedIn())
    let now = visit.viewer.now
    try await site.database.write { db in try NoticeStore(db: db).markRead(id, of: person, now: now) }
    return Redirect(to: "/notices")
  }
}
