import SignIn
import Storage

struct FirstOfficeRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.get("first-office/:token", .everyone, use: ask)
    routes.post("first-office/:token", .everyone, use: make)
  }

  @Sendable func ask(visit: Visit) async throws -> Page {
    let (token, now) = (try visit.part("token"), visit.viewer.now)
    let isValid = try await site.database.read { db in try FirstOffice.isValid(token, db, now: now) }
    guard isValid else { throw Refusal.notFound }
    return FirstOfficePages.ask(token: token, visit.viewer)
  }

  @Sendable func make(visit: Visit) async throws -> any Answer {
    let (token, now) = (try visit.part("token"), visit.viewer.now)
    let name = visit.fields["name"]
    var problems: Problems = [:]
    if name.isEmpty || name.count > 100 { problems["name"] = "Write your name, at most 100 characters." }
    let email = EmailAddress(visit.fields["email"])
    if email == nil { problems["email"] = "Write an email address, such as name@school.org." }
    guard let email, problems.isEmpty else {
      return FirstOfficePages.ask(
        token: token, email: visit.fields["email"], name: name, problems: problems, visit.viewer
      ).refused()
    }
    let (fresh, roleID, audit) = (Person.ID(site.newID()), site.newID(), site.newID())
    let (session, settings) = (site.newSecret(), site.settings)
    try await site.database.write { db in
      guard try FirstOffice.isValid(token, db, now: now) else { throw Refusal.notFound }
      try db.run("UPDATE sign_in_code SET spent_at = \(now) WHERE code_hash = \(sha256(token))")
      let people = PersonStore(db: db)
      let person =
        try people.find(email: email.description)
        ?? people.add(id: fresh, email: email.description, name: name, now: now)
      try RoleStore(db: db).give(.office, to: person, id: roleID, from: now, by: nil)
      try SessionStore(db: db).add(
        token: session, person: person, now: now, lifetime: settings.sessionLifetime, agent: visit.agent,
        address: visit.address)
      try AuditStore(db: db).add(id: audit, by: person, "first office account", "person", person.description, now: now)
    }
    return Redirect(to: "/sign-in/second-factor?next=/office", cookies: [settings.sessionCookie(session)])
  }
}
