import Storage

/// Asking a member school to be put on its roster.
struct AskRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.get("schools/:id/ask", .signedIn, use: show)
    routes.post("schools/:id/ask", .signedIn, use: ask)
  }

  @Sendable func show(visit: Visit) async throws -> Page { try await page(visit) }

  private func page(_ visit: Visit, problems: Problems = [:]) async throws -> Page {
    let (id, viewer, person): (School.ID, Viewer, Person.ID) = (try visit.id(), visit.viewer, try visit.signedIn())
    let typed = visit.fields
    return try await site.database.read { db in
      let school = try SchoolStore(db: db).find(id).orRefuse(.notFound)
      return RosterPages.ask(
        school, isOnRoster: viewer.belongs(to: id),
        waitsSince: try RosterRequestStore(db: db).waiting(person, at: id)?.at,
        byDomain: try isOfDomain(person, school, db), typed: typed, problems: problems, viewer)
    }
  }

  private func isOfDomain(_ person: Person.ID, _ school: School, _ db: any Transaction) throws -> Bool {
    let domain = try RosterStore(db: db).domain(of: school.id)
    guard !domain.isEmpty, let email = EmailAddress(try PersonStore(db: db).email(of: person)) else { return false }
    return email.domain == domain
  }

  @Sendable func ask(visit: Visit) async throws -> any Answer {
    let (id, viewer, person): (School.ID, Viewer, Person.ID) = (try visit.id(), visit.viewer, try visit.signedIn())
    let (title, words) = (visit.fields["title"], visit.fields["words"])
    var problems: Problems = [:]
    if title.isEmpty || title.count > 100 {
      problems["title"] = "Say what you are at the school, at most 100 characters."
    }
    if words.count > 500 { problems["words"] = "Shorten it to 500 characters." }
    guard problems.isEmpty else { return try await page(visit, problems: problems).refused() }
    let (request, role, letters) = (
      RosterRequest.ID(site.newID()), site.newID(), RosterLetters(settings: site.settings)
    )
    let letterIDs = (0..<20).map { _ in site.newID() }
    let isIn = try await site.database.write { db in
      let school = try SchoolStore(db: db).find(id).orRefuse(.notFound)
      guard school.isMember else {
        throw Refusal.conflict("\(school.name) is not a member now, so nobody can join its roster.")
      }
      guard !viewer.belongs(to: id) else { return true }
      let isOfDomain = try isOfDomain(person, school, db)
      if isOfDomain {
        let given = try RoleStore(db: db).give(
          .educator, to: person, school: id, title: title, id: role, from: viewer.now, by: nil)
        guard given == role else { return true }
        try RosterTidings(db: db, school: school, now: viewer.now).joined(role, by: viewer)
      } else {
        guard
          try RosterRequestStore(db: db).add(
            request, school: id, person: person, title: title, words: words, now: viewer.now)
        else { return false }
        try RosterTidings(db: db, school: school, now: viewer.now).asked(request, by: viewer)
      }
      for (email, letter) in zip(try RosterStore(db: db).leadEmails(of: id, now: viewer.now), letterIDs) {
        let mail =
          isOfDomain
          ? letters.joined(viewer.name, school: id, schoolName: school.name, to: email, id: letter)
          : letters.asks(
            viewer.name, title: title, words: words, school: id, schoolName: school.name, to: email, id: letter)
        try MailStore(db: db).add(mail, now: viewer.now)
      }
      return isOfDomain
    }
    return Redirect(to: isIn ? "/today" : "/schools/\(id)/ask")
  }
}
