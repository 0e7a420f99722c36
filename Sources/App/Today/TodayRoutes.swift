import Storage

/// The home of whoever is signed in.
struct TodayRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.get("today", .signedIn, use: show)
  }

  @Sendable func show(visit: Visit) async throws -> Page {
    let (viewer, taxonomy) = (visit.viewer, site.taxonomy)
    let today = try await site.database.read { db in try TodayStore(db: db, taxonomy: taxonomy).today(for: viewer) }
    return TodayPages.show(today, viewer)
  }
}
