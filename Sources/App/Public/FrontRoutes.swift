import Storage

/// The front page: for visitors what the League is.
struct FrontRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.get("", .everyone, cached: true, use: front)
  }

  /// Whoever is signed in finds Today here.
  @Sendable func front(visit: Visit) async throws -> any Answer {
    if visit.viewer.isSignedIn { return Redirect(to: "/today") }
    let viewer = visit.viewer
    let front = try await site.database.read { db in
      try FrontStore(db: db).front(now: viewer.now, today: viewer.zone.date(of: viewer.now))
    }
    return FrontPages.front(front, viewer)
  }
}
