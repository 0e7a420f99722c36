import Storage

/// Who belongs to a school: for its leads, the liaison of its state and the office. To others it does not exist.
struct RosterRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.get("schools/:id/roster", .lead, use: show)
    routes.post("schools/:id/roster/invitations", .lead, use: invite)
    routes.post("schools/:id/roster/domain", .lead, use: setDomain)
    routes.post("schools/:id/roster/requests/:request", .lead, use: decide)
    routes.post("schools/:id/roster/:role/end", .lead, use: end)
    routes.post("schools/:id/roster/:role/handover", .lead, use: handOver)
  }

  @Sendable func show(visit: Visit) async throws -> Page { try await page(visit) }

  private func page(_ visit: Visit, problems: Problems = [:], at place: RosterPages.Place = .invitation) async throws
    -> Page
  {
    let (id, viewer, fields): (School.ID, Viewer, Fields) = (try visit.id(), visit.viewer, visit.fields)
    return try await site.database.read { db in
      let school = try RosterAccess.school(id, for: viewer, db)
      let store = RosterStore(db: db)
      return RosterPages.show(
        RosterPages.Standing(
          school: school, domain: try store.domain(of: id), present: try store.present(at: id, now: viewer.now),
          past: try store.past(at: id, now: viewer.now), requests: try RosterRequestStore(db: db).waiting(at: id),
          imports: try RosterImportStore(db: db).all(at: id)),
        typed: problems.isEmpty ? Fields() : fields, problems: problems, at: place, viewer)
    }
  }

  private func back(_ visit: Visit) throws -> Redirect {
    let id: School.ID = try visit.id()
    return Redirect(to: "/schools/\(id)/roster")
  }

  // MARK: coming in

  @Sendable func invite(visit: Visit) async throws -> any Answer {
    let (id, viewer): (School.ID, Viewer) = (try visit.id(), visit.viewer)
    let (lead, fresh, role) = (try visit.signedIn(), Person.ID(site.newID()), site.newID())
    let (letter, letters) = (site.newID(), RosterLetters(settings: site.settings))
    let naming: RosterNaming
    do {
      naming = try RosterForm(visit.fields).checked(today: viewer.today)
    } catch Refusal.invalid(let problems) {
      return try await page(visit, problems: problems).refused()
    }
    try await site.take(.init("invite:\(lead)", 200, per: .hours(1)), now: viewer.now)
    try await site.database.write { db in
      let school = try RosterAccess.school(id, for: viewer, db)
      let outcome = try RosterStore(db: db).put(
        naming, at: id, from: viewer.start(of: naming.starts), until: viewer.end(of: naming.ends), person: fresh,
        role: role, by: lead, now: viewer.now)
      guard case .given(let given, let person, let isNew) = outcome else { return }
      try RosterTidings(db: db, school: school, now: viewer.now).added(person, role: "\(given)", by: viewer)
      try MailStore(db: db).add(
        letters.invitation(naming, school: school.name, by: viewer.name, isNew: isNew, id: letter), now: viewer.now)
    }
    return try back(visit)
  }

  /// Sets the mail domain whose owners come in by themselves; empty for none.
  @Sendable func setDomain(visit: Visit) async throws -> any Answer {
    let (id, viewer): (School.ID, Viewer) = (try visit.id(), visit.viewer)
    let domain = String(visit.fields["domain"].lowercased().drop { $0 == "@" })
    let isRight = domain.isEmpty || EmailAddress("a@\(domain)") != nil
    guard isRight, !PublicMail.domains.contains(domain) else {
      let advice =
        isRight
        ? "Everybody can have an address in \(domain). Write a domain that only your school gives out, or leave it empty."
        : "Write a domain such as school.org, or leave it empty."
      return try await page(visit, problems: ["domain": advice], at: .domain).refused()
    }
    let audit = site.newID()
    try await site.database.write { db in
      _ = try RosterAccess.school(id, for: viewer, db)
      try SchoolStore(db: db).setDomain(id, domain)
      try AuditStore(db: db).add(
        id: audit, by: viewer.person, "roster domain set", "school", id.description, detail: domain, now: viewer.now)
    }
    return try back(visit)
  }

  @Sendable func decide(visit: Visit) async throws -> any Answer {
    let (id, viewer, lead): (School.ID, Viewer, Person.ID) = (try visit.id(), visit.viewer, try visit.signedIn())
    let (request, approved): (RosterRequest.ID, Bool) = (try visit.id("request"), visit.fields["verdict"] == "approved")
    let (role, letter, letters) = (site.newID(), site.newID(), RosterLetters(settings: site.settings))
    try await site.database.write { db in
      let school = try RosterAccess.school(id, for: viewer, db)
      let store = RosterRequestStore(db: db)
      // The second of two posts finds it decided.
      guard let waiting = try store.find(request, at: id) else { return }
      try store.decide(request, approved: approved, by: lead, now: viewer.now)
      if approved {
        try RoleStore(db: db).give(
          .educator, to: waiting.person, school: id, title: waiting.title, id: role, from: viewer.now, by: lead)
      }
      try RosterTidings(db: db, school: school, now: viewer.now).decided(waiting, approved: approved, by: viewer)
      if let email = EmailAddress(waiting.email) {
        try MailStore(db: db).add(
          letters.decided(approved, schoolName: school.name, to: email, id: letter), now: viewer.now)
      }
    }
    return try back(visit)
  }

  // MARK: leaving

  /// Ends a term at this moment; nothing else has to run for the rights to be gone.
  @Sendable func end(visit: Visit) async throws -> any Answer {
    let (id, viewer, person): (School.ID, Viewer, Person.ID) = (try visit.id(), visit.viewer, try visit.signedIn())
    let (role, reason, audit): (RosterEntry.ID, String, String) = (
      try visit.id("role"), String(visit.fields["reason"].prefix(300)), site.newID()
    )
    let isLast = try await site.database.write { db in
      let school = try RosterAccess.school(id, for: viewer, db)
      let store = RosterStore(db: db)
      let entry = try store.find(role, at: id).orRefuse(.notFound)
      guard entry.endsAt.map({ $0 > viewer.now }) ?? true else { return false }
      let isOnlyLead =
        try entry.kind == .lead && entry.holds(at: viewer.now)
        && store.otherLeads(than: entry.person, at: id, now: viewer.now) == 0
      if isOnlyLead, !viewer.isOffice { return true }
      try RoleStore(db: db).end(role.description, now: viewer.now, by: person, reason: reason)
      try RosterTidings(db: db, school: school, now: viewer.now).ended(entry, reason: reason, by: viewer)
      try AuditStore(db: db).add(
        id: audit, by: person, "term ended", "person", entry.person.description, detail: "\(id): \(reason)",
        now: viewer.now)
      return false
    }
    guard isLast else { return try back(visit) }
    return try await page(
      visit,
      problems: [
        "end-\(role)": "This is the school's only lead. Hand over to a successor, or name another lead first."
      ],
      at: .handover(role)
    ).refused()
  }

  /// Ends a lead's term and gives it to a successor, in one act.
  @Sendable func handOver(visit: Visit) async throws -> any Answer {
    let (id, viewer, person): (School.ID, Viewer, Person.ID) = (try visit.id(), visit.viewer, try visit.signedIn())
    let role: RosterEntry.ID = try visit.id("role")
    let (fresh, newRole, letter, audit) = (Person.ID(site.newID()), site.newID(), site.newID(), site.newID())
    let typed = visit.fields
    let form = RosterForm(Fields(["name": typed["successor-name"], "email": typed["successor-email"]]))
    let letters = RosterLetters(settings: site.settings)
    do {
      try await site.database.write { db in
        let school = try RosterAccess.school(id, for: viewer, db)
        let entry = try RosterStore(db: db).find(role, at: id).orRefuse(.notFound)
        guard entry.kind == .lead, entry.endsAt.map({ $0 > viewer.now }) ?? true else { return }
        let successor = try form.checked(today: viewer.today)
        guard successor.email.description != entry.email else {
          throw Refusal.invalid(["email": "That is the address of the one who leaves. Write the successor's."])
        }
        let naming = RosterNaming(name: successor.name, email: successor.email, kind: .lead, title: entry.title)
        let outcome = try RosterStore(db: db).put(
          naming, at: id, from: viewer.now, until: nil, person: fresh, role: newRole, by: person, now: viewer.now)
        try RoleStore(db: db).end(
          role.description, now: viewer.now, by: person, reason: "Handed over to \(naming.name)")
        let tidings = RosterTidings(db: db, school: school, now: viewer.now)
        if case .given(let given, let successor, _) = outcome {
          try tidings.added(successor, role: "\(given)", by: viewer)
        }
        try tidings.ended(entry, reason: "Handed over to \(naming.name)", by: viewer)
        try MailStore(db: db).add(
          letters.successor(naming, school: id, schoolName: school.name, from: entry.name, id: letter), now: viewer.now)
        try AuditStore(db: db).add(
          id: audit, by: person, "school handed over", "school", id.description,
          detail: "from \(entry.person)", now: viewer.now)
      }
    } catch Refusal.invalid(let problems) {
      let shown = Problems(uniqueKeysWithValues: problems.map { ("successor-\($0.key)", $0.value) })
      return try await page(visit, problems: shown, at: .handover(role)).refused()
    }
    // Whoever handed over their own role may not look at the roster any more.
    let isOwn = !viewer.isOffice && viewer.liaisonStates.isEmpty
    return isOwn ? Redirect(to: "/schools/\(id)") : try back(visit)
  }
}

extension Viewer {
  /// The moment at which a term begins: now for today and before, else the first of the day.
  func start(of date: CalendarDate?) -> Instant {
    guard let date, date > today else { return now }
    return zone.start(of: date)
  }

  /// The moment at which a term ends whose last day is `date`.
  func end(of date: CalendarDate?) -> Instant? { date.map { zone.start(of: $0.adding(days: 1)) } }
}
