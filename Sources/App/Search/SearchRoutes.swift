import Storage

struct SearchRoutes {
  let site: Site

  func add(to routes: inout RouteTable) { routes.get("search", .everyone, cached: true, use: show) }

  @Sendable func show(visit: Visit) async throws -> Page {
    let (request, viewer) = (SearchRequest(visit.fields), visit.viewer)
    guard !request.text.isEmpty else { return SearchPages.show(request, SearchFindings(), viewer) }
    let key = "search as \(viewer.isMember ? "member" : "visitor") \(request.path(kind: request.kind))"
    let drawing = try await site.shared.value(key, now: viewer.now) {
      let look = try await site.database.read { db in
        try SearchStore(db: db).look(request, isMember: viewer.isMember)
      }
      return SearchDrawing(look, request, viewer)
    }
    let findings = try await site.database.read { db in
      try SearchStore(db: db).find(request, in: drawing.look, for: viewer)
    }
    return SearchPages.show(request, findings, drawn: drawing.groups, viewer)
  }
}
