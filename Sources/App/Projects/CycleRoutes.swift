import Storage

/// Cycles of a project: plan, begin, study, act, and the prediction while it may change.
struct CycleRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.get("projects/:id/cycles/new", .member, use: new)
    routes.post("projects/:id/cycles", .member, use: create)
    routes.get("projects/:id/cycles/:cycle", .member, use: show)
    routes.get("projects/:id/cycles/:cycle/plan", .member, use: askPlan)
    routes.post("projects/:id/cycles/:cycle/plan", .member, use: changePlan)
    routes.post("projects/:id/cycles/:cycle/beginning", .member, use: begin)
    routes.get("projects/:id/cycles/:cycle/prediction", .member, use: askAmendment)
    routes.post("projects/:id/cycles/:cycle/prediction", .member, use: amend)
    routes.post("projects/:id/cycles/:cycle/study", .member, use: study)
    routes.post("projects/:id/cycles/:cycle/act", .member, use: act)
  }

  // MARK: planning

  @Sendable func new(visit: Visit) async throws -> Page {
    let project = try await site.projectToEdit(visit)
    let choices = try await choices(of: project)
    var form = CycleForm(submission: site.newID(), follows: visit.fields["follows"])
    if choices.measures.count == 1, let only = choices.measures.first { form.measure = only.value }
    if choices.ideas.count == 1, let only = choices.ideas.first { form.idea = only.value }
    form.starts = visit.today.description
    form.study = visit.today.adding(days: 28).description
    return CyclePlanPages.plan(project, form, choices, visit.viewer)
  }

  @Sendable func create(visit: Visit) async throws -> any Answer {
    let (project, viewer, person) = (try await site.projectToEdit(visit), visit.viewer, try visit.signedIn())
    var form = CycleForm(visit.fields)
    if form.submission.isEmpty { form.submission = site.newID() }
    let origin = CycleStore.Origin(id: Cycle.ID(site.newID()), project: project.id, person: person, now: viewer.now)
    do {
      let (plan, typed) = (try form.checked(), form)
      try await choices(of: project).check(form)
      try await site.database.write { db in
        let store = CycleStore(db: db)
        if try store.isKnown(submission: typed.submission, by: person) { return }
        try store.add(typed, plan, origin)
      }
      return Redirect(to: project.path)
    } catch Refusal.invalid(let problems) {
      return CyclePlanPages.plan(project, form, try await choices(of: project), problems: problems, viewer).refused()
    }
  }

  @Sendable func askPlan(visit: Visit) async throws -> any Answer {
    let project = try await site.projectToEdit(visit)
    let cycle = try await cycle(visit, of: project)
    guard !cycle.isLocked, cycle.mayBePlanned else { return Redirect(to: path(cycle, project)) }
    let form = CycleForm(cycle)
    return CyclePlanPages.change(
      cycle, project, form, stamp: form.stamp, try await choices(of: project, but: cycle), visit.viewer)
  }

  @Sendable func changePlan(visit: Visit) async throws -> any Answer {
    let (project, viewer, form) = (try await site.projectToEdit(visit), visit.viewer, CycleForm(visit.fields))
    let (cycle, stamp) = (try await cycle(visit, of: project), visit.fields["stamp"])
    guard !cycle.isLocked, cycle.mayBePlanned else { throw CycleStore.held }
    let choices = try await choices(of: project, but: cycle)
    do {
      let days = try form.checkedPlan()
      try choices.check(form, of: cycle)
      try await site.database.write { db in
        try CycleStore(db: db).change(cycle.id, form, days, stamp: stamp, of: project.id, now: viewer.now)
      }
      return Redirect(to: path(cycle, project))
    } catch Refusal.invalid(let problems) {
      return CyclePlanPages.change(cycle, project, form, stamp: stamp, choices, problems: problems, viewer).refused()
    } catch is DatabaseError {
      throw CycleStore.held
    }
  }

  /// - Parameter cycle: the one whose plan is changed: it keeps its measure and its idea, and does not follow itself.
  private func choices(of project: Project, but cycle: Cycle) async throws -> CycleChoices {
    var choices = try await choices(of: project)
    choices.cycles.removeAll { $0.number >= cycle.number }
    return choices
  }

  private func choices(of project: Project) async throws -> CycleChoices {
    try await site.database.read { db in
      let store = CycleStore(db: db)
      return CycleChoices(
        cycles: try store.all(of: project.id),
        measures: try store.measures(for: project).map { Option($0.id, $0.name) },
        ideas: try store.ideas(of: project.id).map { Option($0.id, $0.title) })
    }
  }

  private func cycles(of project: Project) async throws -> [Cycle] {
    try await site.database.read { db in try CycleStore(db: db).all(of: project.id) }
  }

  // MARK: looking

  @Sendable func show(visit: Visit) async throws -> Page {
    let (id, viewer) = (try visit.id() as Project.ID, visit.viewer)
    let project = try await site.database.read { db in try ProjectStore(db: db).find(id, for: viewer) }
    guard let project else { throw Refusal.notFound }
    return CyclePages.show(try await cycle(visit, of: project), project, viewer)
  }

  private func cycle(_ visit: Visit, of project: Project) async throws -> Cycle {
    let id: Cycle.ID = try visit.id("cycle")
    return try await cycles(of: project).first { $0.id == id }.orRefuse(.notFound)
  }

  private func path(_ cycle: Cycle, _ project: Project) -> String { "\(project.path)/cycles/\(cycle.id)" }

  // MARK: going on

  @Sendable func begin(visit: Visit) async throws -> Redirect {
    let project = try await site.projectToEdit(visit)
    let cycle = try await cycle(visit, of: project)
    try await site.database.write { db in try CycleStore(db: db).begin(cycle.id, now: visit.viewer.now) }
    return Redirect(to: path(cycle, project))
  }

  @Sendable func askAmendment(visit: Visit) async throws -> any Answer {
    let project = try await site.projectToEdit(visit)
    let cycle = try await cycle(visit, of: project)
    guard !cycle.isLocked, let said = cycle.prediction else { return Redirect(to: path(cycle, project)) }
    return CyclePlanPages.amend(cycle, project, PredictionForm(said), visit.viewer)
  }

  @Sendable func amend(visit: Visit) async throws -> any Answer {
    let (project, viewer, person) = (try await site.projectToEdit(visit), visit.viewer, try visit.signedIn())
    let (cycle, form) = (try await cycle(visit, of: project), PredictionForm(visit.fields))
    guard !cycle.isLocked else { throw CycleStore.locked }
    do {
      let said = try form.amended()
      try await site.database.write { db in
        try CycleStore(db: db).amend(cycle, with: said, by: person, now: viewer.now)
      }
      return Redirect(to: path(cycle, project))
    } catch Refusal.invalid(let problems) {
      return CyclePlanPages.amend(cycle, project, form, problems: problems, viewer).refused()
    } catch is DatabaseError {
      throw CycleStore.locked
    }
  }

  @Sendable func study(visit: Visit) async throws -> any Answer {
    let (project, viewer, fields) = (try await site.projectToEdit(visit), visit.viewer, visit.fields)
    let cycle = try await cycle(visit, of: project)
    do {
      var check = FormCheck()
      check.optionalWords("did", fields["did"], limit: 3000)
      check.words("studied", fields["studied"], 10...3000, "Say what the data tell you, also when it is nothing yet.")
      try check.finish()
      try await site.database.write { db in
        try CycleStore(db: db).study(cycle.id, did: fields["did"], studied: fields["studied"], now: viewer.now)
      }
      return Redirect(to: path(cycle, project))
    } catch Refusal.invalid(let problems) {
      return CyclePages.show(cycle, project, viewer, problems: problems, typed: fields).refused()
    }
  }

  @Sendable func act(visit: Visit) async throws -> any Answer {
    let (project, viewer, fields) = (try await site.projectToEdit(visit), visit.viewer, visit.fields)
    let (cycle, auditID) = (try await cycle(visit, of: project), site.newID())
    do {
      var check = FormCheck()
      let decision = check.choice("decision", Project.Decision(rawValue: fields["decision"]), "Choose what comes now.")
      check.words("reason", fields["reason"], 10...1000, "Say why.")
      try check.finish()
      guard let decision, cycle.stage == .act else { return Redirect(to: path(cycle, project)) }
      try await site.database.write { db in
        try CycleStore(db: db).close(cycle.id, decision, reason: fields["reason"], now: viewer.now)
        try AuditStore(db: db).add(
          id: auditID, by: viewer.person, "cycle \(decision.past)", "cycle", "\(cycle.id)", detail: fields["reason"],
          now: viewer.now)
      }
      return Redirect(to: path(cycle, project))
    } catch Refusal.invalid(let problems) {
      return CyclePages.show(cycle, project, viewer, problems: problems, typed: fields).refused()
    }
  }
}
