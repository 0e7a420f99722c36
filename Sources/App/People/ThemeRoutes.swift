import Storage

/// The choice between light and dark in the account's menu.
struct ThemeRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.post("theme", .signedIn, whileActing: true, use: choose)
  }

  @Sendable func choose(visit: Visit) async throws -> Redirect {
    let person = try visit.signedIn()
    let theme = try Theme(rawValue: visit.fields["theme"]).orRefuse(
      .invalid(["theme": "Choose light, dark or as the system says."]))
    try await site.database.write { db in try ThemeStore(db: db).choose(theme, for: person) }
    return Redirect(to: "/")
  }
}
