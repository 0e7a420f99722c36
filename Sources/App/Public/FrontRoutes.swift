struct FrontRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.get("", .everyone, cached: true, use: front)
  }

  /// Whoever is signed in finds Today here.
  @Sendable func front(visit: Visit) async throws -> any Answer {
    if visit.viewer.isSignedIn { return Redirect(to: "/today") }
    return FrontPages.front(visit.viewer)
  }
}
