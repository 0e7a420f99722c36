import SignIn
import Storage

struct KeptFormRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.get("kept/:id", .signedIn, use: show)
  }

  @Sendable func show(visit: Visit) async throws -> Page {
    let id: KeptForm.ID = try visit.id()
    let browser = sha256(visit.browser)
    let now = visit.viewer.now
    let kept = try await site.database.read { db in try KeptFormStore(db: db).find(id, browser: browser, now: now) }
    return KeptFormPages.show(try kept.orRefuse(.notFound), visit.viewer)
  }
}
