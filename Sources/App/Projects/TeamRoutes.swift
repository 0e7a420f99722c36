import Storage

/// Who works on a project: its people and its schools.
struct TeamRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.get("projects/:id/team", .member, use: team)
    routes.post("projects/:id/team", .member, use: putOnTeam)
    routes.post("projects/:id/team/:person/end", .member, use: endOnTeam)
    routes.post("projects/:id/schools", .member, use: addSchool)
    routes.post("projects/:id/schools/:school/end", .member, use: endSchool)
  }

  @Sendable func team(visit: Visit) async throws -> Page { try await teamPage(visit, problems: [:]) }

  private func teamPage(_ visit: Visit, problems: Problems) async throws -> Page {
    let (project, now) = (try await site.projectToEdit(visit), visit.viewer.now)
    let (people, schools) = try await site.database.read { db in
      let store = TeamStore(db: db)
      return (try store.candidates(for: project, now: now), try store.schools(for: project, now: now))
    }
    return TeamPages.edit(project, people: people, schools: schools, problems: problems, visit.viewer)
  }

  @Sendable func addSchool(visit: Visit) async throws -> any Answer {
    let (project, viewer, rowID) = (try await site.projectToEdit(visit), visit.viewer, site.newID())
    let named = visit.fields["school"]
    let choices = try await site.database.read { db in try TeamStore(db: db).schools(for: project, now: viewer.now) }
    guard let school = choices.first(where: { $0.value == named }) else {
      return try await teamPage(visit, problems: ["school": "Choose a school of somebody on the team."]).refused()
    }
    let noticeIDs = (0..<50).map { _ in site.newID() }
    try await site.writeProject(visit, "project school added", project, detail: named) { db in
      try TeamStore(db: db).add(School.ID(named), to: project.id, id: rowID)
      let leads = try RosterStore(db: db).leads(of: School.ID(named), now: viewer.now)
      for (lead, noticeID) in zip(leads, noticeIDs) {
        try NoticeStore(db: db).tell(
          lead, kind: "project", subject: "project:\(project.id)", path: project.path,
          words: "\(school.name) works on “\(project.title)” now",
          why: "you lead \(school.name), and may take it off again",
          by: viewer.person, id: noticeID, now: viewer.now)
      }
    }
    return Redirect(to: "\(project.path)/team#schools")
  }

  /// By the team, or by a lead of the school; to others the project looks missing, or is theirs to see only.
  @Sendable func endSchool(visit: Visit) async throws -> Redirect {
    let (id, viewer, school) = (try visit.id() as Project.ID, visit.viewer, School.ID(try visit.part("school")))
    let found = try await site.database.read { db in try ProjectStore(db: db).find(id, for: viewer) }
    let project = try found.orRefuse(.notFound)
    guard project.furtherSchools.contains(school) else { throw Refusal.notFound }
    guard project.mayEdit(viewer) || viewer.leads(school) else {
      throw Refusal.forbidden("Only the project's team and the leads of that school may take it off.")
    }
    try await site.writeProject(visit, "project school ended", project, detail: "\(school)") { db in
      try TeamStore(db: db).remove(school, from: project.id)
    }
    return Redirect(to: project.mayEdit(viewer) ? "\(project.path)/team#schools" : "/projects")
  }

  @Sendable func putOnTeam(visit: Visit) async throws -> any Answer {
    let (project, viewer, noticeID) = (try await site.projectToEdit(visit), visit.viewer, site.newID())
    let person = Person.ID(String(visit.fields["person"].prefix(64)))
    guard let role = ProjectMember.Role(rawValue: visit.fields["role"]) else {
      return try await teamPage(visit, problems: ["role": "Choose what the person does on the team."]).refused()
    }
    let isKnown = try await site.database.read { db in
      try TeamStore(db: db).candidates(for: project, now: viewer.now).contains { $0.person.id == person }
    }
    guard isKnown || project.team.contains(where: { $0.person.id == person }) else {
      return try await teamPage(visit, problems: ["person": "Choose somebody from the list."]).refused()
    }
    let leads = project.team.filter { $0.role == .lead }
    if role != .lead, leads.count == 1, leads.first?.person.id == person {
      throw Refusal.conflict("A project keeps one lead: make somebody else its lead first.")
    }
    try await site.writeProject(visit, "project team: \(role.rawValue)", project, detail: "\(person)") { db in
      try ProjectStore(db: db).put(person, role, on: project.id, now: viewer.now)
      try NoticeStore(db: db).tell(
        person, kind: "project", subject: "project:\(project.id)", path: project.path,
        words: "You are on the team of “\(project.title)”", why: "somebody put you on it as \(role.rawValue)",
        by: viewer.person, id: noticeID, now: viewer.now)
    }
    return Redirect(to: "\(project.path)/team")
  }

  @Sendable func endOnTeam(visit: Visit) async throws -> Redirect {
    let (project, now) = (try await site.projectToEdit(visit), visit.viewer.now)
    let person = Person.ID(try visit.part("person"))
    try await site.writeProject(visit, "project team: ended", project, detail: "\(person)") { db in
      try ProjectStore(db: db).end(person, on: project, now: now)
    }
    return Redirect(to: "\(project.path)/team")
  }
}
