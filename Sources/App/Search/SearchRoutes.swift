import Storage

struct SearchRoutes {
  let site: Site

  func add(to routes: inout RouteTable) { routes.get("search", .everyone, cached: true, use: show) }

  @Sendable func show(visit: Visit) async throws -> Page {
    let (request, viewer) = (SearchRequest(visit.fields), visit.viewer)
    guard !request.text.isEmpty else { return SearchPages.show(request, SearchFindings(), viewer) }
    let findings = try await site.database.read { db in try SearchStore(db: db).find(request, for: viewer) }
    return SearchPages.show(request, findings, viewer)
  }
}
