import Storage

/// The way in for a school.
struct JoinRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.get("join", .everyone, use: find)
    routes.get("agreements/:version", .everyone, use: agreement)
    routes.get("schools/:id/join", .everyone, use: join)
    routes.post("schools/:id/join", .signedIn, use: begin)
  }

  @Sendable func find(visit: Visit) async throws -> Page {
    let query = String(visit.fields["q"].prefix(100))
    let schools = try await site.database.read { db in try JoinStore(db: db).schools(named: query) }
    return JoinPages.find(query, schools, visit.viewer)
  }

  @Sendable func agreement(visit: Visit) async throws -> Page {
    let version = try visit.part("version")
    let found = try await site.database.read { db in try AgreementStore(db: db).find(version) }
    return JoinPages.agreement(try found.orRefuse(.notFound), visit.viewer)
  }

  @Sendable func join(visit: Visit) async throws -> Page { try await page(visit) }

  /// The page, filled with what was typed.
  private func page(_ visit: Visit, form: JoinForm = JoinForm(), problems: Problems = [:]) async throws -> Page {
    let (id, viewer): (School.ID, Viewer) = (try visit.id(), visit.viewer)
    return try await site.database.read { db in
      let school = try SchoolStore(db: db).find(id).orRefuse(.notFound)
      let membership = try MembershipStore(db: db).latest(of: id)
      let texts = AgreementStore(db: db)
      return JoinPages.join(
        school, Eligibility(school), commitments: try texts.commitments(), versions: try texts.all(),
        standing: membership?.state, mayLook: membership.flatMap { MembershipAccess.party(of: viewer, in: $0) } != nil,
        form: form, problems: problems, viewer)
    }
  }

  /// The inquiry; an eligible school has the agreement at once.
  @Sendable func begin(visit: Visit) async throws -> any Answer {
    let (id, person): (School.ID, Person.ID) = (try visit.id(), try visit.signedIn())
    let form = JoinForm(visit.fields)
    let versions = try await site.database.read { db in try AgreementStore(db: db).all() }
    let problems = form.problems(versions: versions)
    guard problems.isEmpty, let version = versions.first(where: { $0.version == form.version }) else {
      return try await page(visit, form: form, problems: problems).refused()
    }
    let (fresh, events, viewer) = (Membership.ID(site.newID()), [site.newID(), site.newID()].sorted(), visit.viewer)
    let outcome = try await site.database.write { db in
      let school = try SchoolStore(db: db).find(id).orRefuse(.notFound)
      let store = MembershipStore(db: db)
      let eligibility = Eligibility(school)
      guard eligibility.outcome != .mayNot else { return eligibility.outcome }
      // The second of two posts finds that the first has begun.
      if let open = try store.latest(of: id), !open.state.isEnd, open.startedBy == person { return eligibility.outcome }
      try store.begin(
        fresh, school: id,
        .init(
          party: .school, person: person, words: "\(viewer.name), \(form.title)", why: form.words, id: events[0],
          now: viewer.now))
      try store.issue(version, to: fresh)
      if eligibility.outcome == .may {
        try store.move(
          fresh, to: .agreementIssued, today: viewer.today,
          .init(
            party: .rule, person: nil, words: "Rule",
            why: "The school may join. Version \(version.version) was issued.",
            id: events[1], now: viewer.now))
      }
      return eligibility.outcome
    }
    if outcome == .mayNot { return try await page(visit, form: form).refused() }
    return Redirect(to: "/schools/\(id)/membership")
  }
}

extension Viewer {
  /// The day in the League's zone.
  var today: CalendarDate { zone.date(of: now) }
}
