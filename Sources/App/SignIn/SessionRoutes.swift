import Storage

/// A person's own sessions: look, end one, end all others.
struct SessionRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.get("account/sessions", .signedIn, use: list)
    routes.post("account/sessions/:id/end", .signedIn, use: end)
    routes.post("account/sessions/end-others", .signedIn, use: endOthers)
    routes.post("account/sessions/end-all", .signedIn, use: endAll)
  }

  @Sendable func list(visit: Visit) async throws -> Page {
    let (person, now) = (try visit.signedIn(), visit.viewer.now)
    let sessions = try await site.database.read { db in try SessionStore(db: db).all(of: person, now: now) }
    return SignInPages.sessions(
      sessions, current: visit.session?.id, hasProviders: !site.settings.providers.isEmpty, visit.viewer)
  }

  @Sendable func end(visit: Visit) async throws -> Redirect {
    let person = try visit.signedIn()
    let id = Session.ID(try visit.part("id"))
    try await site.database.write { db in try SessionStore(db: db).end(id, of: person) }
    return Redirect(to: "/account/sessions")
  }

  @Sendable func endOthers(visit: Visit) async throws -> Redirect {
    let person = try visit.signedIn()
    let kept = visit.session?.id
    try await site.database.write { db in try SessionStore(db: db).endAll(of: person, except: kept) }
    return Redirect(to: "/account/sessions")
  }

  @Sendable func endAll(visit: Visit) async throws -> Redirect {
    let person = try visit.signedIn()
    try await site.database.write { db in try SessionStore(db: db).endAll(of: person) }
    site.note(.signedOut, person, by: "everywhere", visit)
    return Redirect(to: "/", cookies: [site.settings.endedSessionCookie()], forgetsPages: true)
  }
}
