import Storage

/// Stepping into a role, in a database that is the demonstration and nowhere else.
struct DemoRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    guard site.settings.isDemo else { return }
    routes.get("demo", .everyone, use: doors)
    routes.post("demo/:id", .everyone, use: step)
  }

  @Sendable func doors(visit: Visit) async throws -> Page {
    let wanted = Self.cast
    let names = try await site.database.read { db in
      try db.rows("SELECT id, name FROM person WHERE id IN \(SQL.list(wanted.map(\.0)))").map { row in
        (try row.read("id", as: String.self), try row.read("name", as: String.self))
      }
    }
    let known = Dictionary(names, uniquingKeysWith: { first, _ in first })
    return DemoPages.doors(
      wanted.compactMap { id, about in known[id].map { DemoDoor(person: Person.ID(id), name: $0, about: about) } },
      visit.viewer)
  }

  @Sendable func step(visit: Visit) async throws -> Redirect {
    let person: Person.ID = try visit.id()
    guard Self.cast.contains(where: { $0.0 == person.description }) else { throw Refusal.notFound }
    let (token, now, settings) = (site.newSecret(), visit.viewer.now, site.settings)
    try await site.database.write { db in
      guard try DemoWorld.isLoaded(db) else { throw Refusal.notFound }
      if let old = visit.session { try SessionStore(db: db).end(old.id, of: old.person) }
      try SessionStore(db: db).add(
        token: token, person: person, now: now, lifetime: settings.sessionLifetime, agent: visit.agent,
        address: visit.address, secondFactorAt: now)
    }
    return Redirect(to: "/", cookies: [settings.sessionCookie(token)])
  }

  /// Who may be played, and what there is to do as them.
  private static let cast: [(String, String)] = [
    (
      "kofi-mensah",
      "A teacher at Kettle Cove Regional, a member school. Read what others tried, ask them, register a trial."
    ),
    (
      "ruth-ouellette",
      "A teacher-leader who ran the ten-minute conferences twice. See what waits for her, answer questions."
    ),
    ("abigail-stinson", "The principal of Kettle Cove: keeps the roster, signs the agreement, reaffirms each autumn."),
    ("jo-batchelor", "A state liaison: sees the members of one state and what they need."),
    ("marguerite-thibodeau", "The director of the League office: the membership queue, duplicates, the outbox."),
  ]
}
