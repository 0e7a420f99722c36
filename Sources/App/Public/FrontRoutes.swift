struct FrontRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.get("", .everyone, cached: true, use: front)
  }

  @Sendable func front(visit: Visit) async throws -> Page { FrontPages.front(visit.viewer) }
}
