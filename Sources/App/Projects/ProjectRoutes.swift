import Storage

/// Projects: begin, look, change, decide, who is on the team.
struct ProjectRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.get("projects", .member, use: list)
    routes.post("projects", .member, use: create)
    routes.get("projects/new", .member, use: new)
    routes.get("projects/attention", .member, use: attention)
    routes.get("projects/:id", .member, use: show)
    routes.get("projects/:id/print", .member, use: printed)
    routes.get("projects/:id/record.json", .member, use: record)
    routes.get("projects/:id/data.csv", .member, use: data)
    routes.get("projects/:id/edit", .member, use: edit)
    routes.post("projects/:id/edit", .member, use: change)
    routes.post("projects/:id/state", .member, use: setState)
    routes.get("projects/:id/decision", .member, use: askDecision)
    routes.post("projects/:id/decision", .member, use: decide)
    routes.get("projects/:id/contest", .member, use: askContest)
    routes.post("projects/:id/contest", .member, use: contest)
    routes.get("projects/:id/drivers", .member, use: editDrivers)
    routes.post("projects/:id/drivers", .member, use: keepDrivers)
    routes.post("projects/:id/drivers/ideas", .member, use: dropIdea)
    routes.post("projects/:id/drivers/measures", .member, use: hangMeasures)
  }

  // MARK: lists

  @Sendable func list(visit: Visit) async throws -> Page {
    let (viewer, view) = (visit.viewer, ProjectView(rawValue: visit.fields["view"]) ?? .mine)
    let lines = try await site.database.read { db in try ProjectListStore(db: db).all(view, for: viewer) }
    return ProjectListPages.list(lines, view, viewer)
  }

  @Sendable func attention(visit: Visit) async throws -> Page {
    let (viewer, today) = (visit.viewer, visit.today)
    let stuck = try await site.database.read { db in try ProjectAttention(db: db).all(for: viewer, today: today) }
    return AttentionPages.show(stuck, viewer)
  }

  // MARK: beginning

  @Sendable func new(visit: Visit) async throws -> Page {
    _ = try visit.viewer.memberSchool(named: "")
    return ProjectPages.begin(
      ProjectForm(submission: site.newID()), schools: visit.viewer.memberSchools, visit.viewer)
  }

  @Sendable func create(visit: Visit) async throws -> any Answer {
    let (viewer, form, person) = (visit.viewer, ProjectForm(visit.fields), try visit.signedIn())
    _ = try viewer.memberSchool(named: "")
    do {
      let aim = try form.checked()
      let origin = ProjectStore.Origin(
        id: Project.ID(site.newID()), school: try viewer.memberSchool(named: form.school), person: person,
        submission: form.submission.isEmpty ? site.newID() : String(form.submission.prefix(64)), now: viewer.now)
      let id = try await site.database.write { db in
        let store = ProjectStore(db: db)
        if let there = try store.find(submission: origin.submission, by: person) { return there }
        try store.add(form, aim, origin)
        return origin.id
      }
      return Redirect(to: "/projects/\(id)")
    } catch Refusal.invalid(let problems) {
      return ProjectPages.begin(form, schools: viewer.memberSchools, problems: problems, viewer).refused()
    }
  }

  // MARK: looking

  @Sendable func show(visit: Visit) async throws -> Page { ProjectPages.show(try await view(visit), visit.viewer) }

  @Sendable func printed(visit: Visit) async throws -> Page {
    ProjectRecordPages.printed(try await view(visit, isWhole: true), visit.viewer)
  }

  @Sendable func record(visit: Visit) async throws -> any Answer {
    let view = try await view(visit, isWhole: true)
    return Download(
      name: "project-\(view.project.id).json", type: "application/json",
      bytes: try ProjectRecord(view, visit.viewer).json)
  }

  @Sendable func data(visit: Visit) async throws -> any Answer {
    let view = try await view(visit, isWhole: true)
    return Download(
      name: "project-\(view.project.id).csv", type: "text/csv; charset=utf-8",
      bytes: ProjectDataSheet.csv(view.measures, visit.viewer))
  }

  /// - Parameter isWhole: with every value of every measure.
  private func view(_ visit: Visit, isWhole: Bool = false) async throws -> ProjectPageView {
    let (id, viewer, today) = (try visit.id() as Project.ID, visit.viewer, visit.today)
    return try await site.database.read { db in
      let project = try ProjectStore(db: db).find(id, for: viewer).orRefuse(.notFound)
      return ProjectPageView(
        project: project, drivers: try DriverStore(db: db).all(of: id),
        hung: try DriverStore(db: db).measures(of: id), cycles: try CycleStore(db: db).all(of: id),
        history: try ProjectHistoryStore(db: db).find(id),
        sections: try isWhole ? [] : ProjectSections.all(db, project, viewer),
        measures: try isWhole ? MeasureStore(db: db).whole(of: id) : [], today: today)
    }
  }

  // MARK: changing

  @Sendable func edit(visit: Visit) async throws -> Page {
    let project = try await mine(visit)
    return ProjectPages.edit(project, ProjectForm(project), isHeld: try await isHeld(project), visit.viewer)
  }

  @Sendable func change(visit: Visit) async throws -> any Answer {
    let (project, form, viewer) = (try await mine(visit), ProjectForm(visit.fields), visit.viewer)
    let (person, isHeld) = (try visit.signedIn(), try await isHeld(project))
    do {
      let aim = try form.checked(held: isHeld ? project.aim : nil)
      try await site.writeProject(visit, "project changed", project, detail: form.why) { db in
        try ProjectStore(db: db).change(project, form, aim, by: person, now: viewer.now)
      }
      return Redirect(to: project.path)
    } catch Refusal.invalid(let problems) {
      return ProjectPages.edit(project, form, isHeld: isHeld, problems: problems, viewer).refused()
    }
  }

  /// Whether the aim changes only with a reason.
  private func isHeld(_ project: Project) async throws -> Bool {
    try await site.database.read { db in try ProjectHistoryStore(db: db).hasValues(project.id) }
  }

  @Sendable func setState(visit: Visit) async throws -> Redirect {
    let (project, now, person) = (try await mine(visit), visit.viewer.now, try visit.signedIn())
    guard let state = Project.State(rawValue: visit.fields["state"]), state != .done else { throw Refusal.notFound }
    try await site.writeProject(visit, "project \(state.rawValue)", project, detail: project.conclusion?.reason ?? "") {
      db in
      try ProjectStore(db: db).set(state, of: project.id, by: person, now: now)
    }
    return Redirect(to: project.path)
  }

  @Sendable func askDecision(visit: Visit) async throws -> Page {
    ProjectPages.decide(try await mine(visit), decision: "", reason: "", visit.viewer)
  }

  @Sendable func decide(visit: Visit) async throws -> any Answer {
    let (project, viewer, person) = (try await mine(visit), visit.viewer, try visit.signedIn())
    let (typed, reason) = (visit.fields["decision"], visit.fields["reason"])
    do {
      var check = FormCheck()
      let chosen = check.choice("decision", Project.Decision(rawValue: typed), "Choose what was decided.")
      check.words("reason", reason, 10...1000, "Say why: the next school wants to know.")
      try check.finish()
      guard let chosen else { throw Refusal.notFound }
      try await site.writeProject(visit, "project \(chosen.past)", project, detail: reason) { db in
        try ProjectStore(db: db).conclude(project.id, chosen, reason: reason, by: person, now: viewer.now)
      }
      return Redirect(to: project.path)
    } catch Refusal.invalid(let problems) {
      return ProjectPages.decide(project, decision: typed, reason: reason, problems: problems, viewer).refused()
    }
  }

  @Sendable func askContest(visit: Visit) async throws -> Page {
    let project = try await mine(visit)
    return ProgressPanel.contest(
      project, words: project.contest?.words ?? "", halves: project.contest.map { String($0.halves) } ?? "",
      visit.viewer)
  }

  @Sendable func contest(visit: Visit) async throws -> any Answer {
    let (project, viewer, person) = (try await mine(visit), visit.viewer, try visit.signedIn())
    let (words, typed) = (visit.fields["words"], visit.fields["halves"])
    do {
      var check = FormCheck()
      let halves = check.count("halves", typed, in: 1...10, "Choose a progress from 0.5 to 5.")
      check.words("words", words, 10...1000, "Say why the computed figure is not right.")
      try check.finish()
      try await site.writeProject(visit, "project progress contested", project, detail: words) { db in
        try db.run(
          """
          UPDATE project SET contest = \(words), contest_score = \(halves), contested_at = \(viewer.now),
            contested_by = \(person) WHERE id = \(project.id)
          """)
      }
      return Redirect(to: project.path)
    } catch Refusal.invalid(let problems) {
      return ProgressPanel.contest(project, words: words, halves: typed, problems: problems, viewer).refused()
    }
  }

  // MARK: drivers

  @Sendable func editDrivers(visit: Visit) async throws -> Page {
    let project = try await mine(visit)
    let choices = try await choices(of: project, sought: oneLine(String(visit.fields["idea"].prefix(100))))
    let outline = DriverOutline.text(of: choices.drivers)
    return DriverPages.edit(project, outline: outline, basis: outline, choices, visit.viewer)
  }

  private func choices(of project: Project, sought: String = "") async throws -> DriverPages.Choices {
    try await site.database.read { db in
      let store = DriverStore(db: db)
      return DriverPages.Choices(
        drivers: try store.all(of: project.id), measures: try store.measures(of: project.id), sought: sought,
        ideas: try store.ideas(sought))
    }
  }

  /// An idea of the library as one more change in the diagram.
  @Sendable func dropIdea(visit: Visit) async throws -> any Answer {
    let (project, viewer) = (try await mine(visit), visit.viewer)
    let idea = Idea.ID(String(visit.fields["idea"].prefix(64)))
    let parent = Driver.ID(String(visit.fields["parent"].prefix(64)))
    let ids = (0..<DriverOutline.limit + 1).map { _ in site.newID() }
    try await site.database.write { db in
      let store = DriverStore(db: db)
      let (old, found) = (try store.all(of: project.id), try IdeaStore(db: db).find(idea, for: viewer))
      guard let found, found.state == .published else { throw Refusal.notFound }
      guard !old.contains(where: { $0.idea == idea }) else { return }
      guard let outline = DriverOutline.adding(idea, found.content.title, under: parent, to: old) else {
        throw Refusal.conflict("Somebody changed the diagram meanwhile. Open it again and put the idea in there.")
      }
      var unused = ids[...]
      let new = try DriverOutline.drivers(of: outline, old: old) { unused.popFirst() ?? "" }
      try store.replace(old, with: new, of: project.id, for: viewer)
    }
    return Redirect(to: "\(project.path)/drivers")
  }

  @Sendable func hangMeasures(visit: Visit) async throws -> Redirect {
    let (project, fields) = (try await mine(visit), visit.fields)
    try await site.database.write { db in
      let store = DriverStore(db: db)
      let drivers = try store.all(of: project.id)
      for measure in try store.measures(of: project.id) where fields.has("on-\(measure.id)") {
        let chosen = drivers.first { "\($0.id)" == fields["on-\(measure.id)"] }
        try MeasureStore(db: db).hang(measure.id, on: chosen?.id, of: project.id)
      }
    }
    return Redirect(to: "\(project.path)#drivers")
  }

  @Sendable func keepDrivers(visit: Visit) async throws -> any Answer {
    let (project, viewer) = (try await mine(visit), visit.viewer)
    let (typed, basis) = (visit.fields["outline"], visit.fields["basis"])
    let ids = (0..<DriverOutline.limit + 1).map { _ in site.newID() }
    do {
      try await site.database.write { db in
        let old = try DriverStore(db: db).all(of: project.id)
        guard DriverOutline.text(of: old) == basis else {
          throw Refusal.conflict(
            "Somebody changed the diagram while you were writing. Go back, copy your lines, and open it again.")
        }
        var unused = ids[...]
        let new = try DriverOutline.drivers(of: typed, old: old) { unused.popFirst() ?? "" }
        try DriverStore(db: db).replace(old, with: new, of: project.id, for: viewer)
      }
      return Redirect(to: project.path)
    } catch Refusal.invalid(let problems) {
      return DriverPages.edit(
        project, outline: typed, basis: basis, try await choices(of: project), problems: problems, viewer
      ).refused()
    }
  }

  // MARK: what all of them do

  /// The project of the path, if the viewer may change it: hidden from all who may not see it, refused to those who may.
  private func mine(_ visit: Visit) async throws -> Project {
    try await site.projectToEdit(visit)
  }
}

extension Site {
  /// The project of the path: looks missing to those who may not see it; those who may see and not change it are told
  /// whom to ask.
  func projectToEdit(_ visit: Visit) async throws -> Project {
    let (id, viewer) = (try visit.id() as Project.ID, visit.viewer)
    let project = try await database.read { db in try ProjectStore(db: db).find(id, for: viewer) }
    guard let project else { throw Refusal.notFound }
    guard project.mayEdit(viewer) else {
      throw Refusal.forbidden("Only the project's team may change it. Ask its lead to put you on the team.")
    }
    return project
  }

  /// Writes, and keeps in the audit who did what.
  func writeProject(
    _ visit: Visit, _ action: String, _ project: Project, detail: String = "",
    _ work: @escaping @Sendable (any Transaction) throws -> Void
  ) async throws {
    let (id, viewer) = (newID(), visit.viewer)
    try await database.write { db in
      try work(db)
      try AuditStore(db: db).add(
        id: id, by: viewer.person, action, "project", "\(project.id)", detail: detail, now: viewer.now)
    }
  }
}
