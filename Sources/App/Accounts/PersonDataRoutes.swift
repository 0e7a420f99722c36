import Storage

/// Everybody takes their data along, and leaves.
struct PersonDataRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.get("account/data", .signedIn, use: show)
    routes.get("account/data.json", .signedIn, use: download)
    routes.post("account/erasure", .signedIn, use: erase)
    routes.post("account/erasure/end", .signedIn, use: keep)
  }

  @Sendable func show(visit: Visit) async throws -> Page { try await page(visit) }

  private func page(_ visit: Visit, problems: Problems = [:]) async throws -> Page {
    let (person, viewer) = (try visit.proven(), visit.viewer)
    let (erasure, hold) = try await site.database.read { db in
      (try ErasureStore(db: db).open(of: person), try LegalHoldStore(db: db).inForce(on: person))
    }
    return PersonDataPages.show(erasure, isHeld: hold != nil, problems: problems, viewer)
  }

  @Sendable func download(visit: Visit) async throws -> Download {
    let (person, now, league, audit) = (
      try visit.freshlyProven(), visit.viewer.now, site.settings[.leagueName], site.newID()
    )
    try await site.take(.init("copy:\(person)", 10, per: .hours(1)), now: now)
    try await site.database.write { db in
      try AuditStore(db: db).add(id: audit, by: person, "copy of own data taken", "person", "\(person)", now: now)
    }
    let copy = try await site.database.read { db in
      try PersonDataStore(db: db).copy(of: person, league: league, now: now)
    }
    return Download(name: "my-data-\(visit.viewer.today).json", type: "application/json", bytes: try copy.json)
  }

  @Sendable func erase(visit: Visit) async throws -> any Answer {
    let (person, now, zone, settings) = (try visit.freshlyProven(), visit.viewer.now, visit.viewer.zone, site.settings)
    guard visit.fields["sure"].uppercased() == "ERASE" else {
      return try await page(visit, problems: ["sure": "Type the five letters ERASE. Nothing was done."]).refused()
    }
    let (id, audit, letterID) = (site.newID(), site.newID(), site.newID())
    try await site.database.write { db in
      if try PersonDataStore(db: db).isLastOfOffice(person, now: now) {
        throw Refusal.conflict("You are the only one of the League office. Let somebody join it first.")
      }
      let due = now + Erasure.wait
      try ErasureStore(db: db).ask(id: id, for: person, by: person, reason: "Own wish", due: due, now: now)
      try AuditStore(db: db).add(id: audit, by: person, "erasure asked for", "person", "\(person)", now: now)
      if let email = EmailAddress(try PersonStore(db: db).email(of: person)) {
        try MailStore(db: db).add(
          AccountCareLetters.erasureAsked(
            due: zone.date(of: due), byOffice: false, to: email, id: letterID, settings), now: now)
      }
    }
    return Redirect(to: "/account/data")
  }

  @Sendable func keep(visit: Visit) async throws -> Redirect {
    let (person, now, audit) = (try visit.proven(), visit.viewer.now, site.newID())
    try await site.database.write { db in
      try ErasureStore(db: db).cancel(of: person, now: now)
      try AuditStore(db: db).add(id: audit, by: person, "erasure taken back", "person", "\(person)", now: now)
    }
    return Redirect(to: "/account/data")
  }
}
