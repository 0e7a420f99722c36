import Storage

/// From project to trial in one step: look at what a cycle amounts to, add the story, share it.
struct ProjectTrialRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.get("projects/:id/cycles/:cycle/trial", .member, use: propose)
    routes.post("projects/:id/cycles/:cycle/trial", .member, use: publish)
    routes.get("projects/:id/cycles/:cycle/comparison", .member, use: compare)
  }

  @Sendable func propose(visit: Visit) async throws -> any Answer {
    if let there = try await published(visit) { return there }
    let proposal = try await proposal(visit)
    let (draft, kept) = try await draft(of: proposal, visit)
    return ProjectTrialPages.propose(
      proposal, kept.map { ReportForm($0) } ?? proposal.firstForm, idea: kept?["idea"] ?? "", draft: draft,
      visit.viewer)
  }

  @Sendable func publish(visit: Visit) async throws -> any Answer {
    if let there = try await published(visit) { return there }
    let (proposal, viewer, person) = (try await proposal(visit), visit.viewer, try visit.signedIn())
    var form = ReportForm(visit.fields)
    form.shape = .series
    let idea = visit.fields["idea"]
    if visit.fields["act"] == "look" {
      return try await look(proposal, form, idea, visit)
    }
    do {
      guard proposal.obstacles.isEmpty, let registration = proposal.registration, let series = proposal.series else {
        throw Refusal.invalid([:])
      }
      guard let chosen = proposal.ideas.first(where: { "\($0.id)" == idea }) else {
        throw Refusal.invalid(["idea": "Choose the idea that was tried."])
      }
      let report = try form.checked(registration, isCorrection: false, series: series)
      let claim = try ClaimCompilation.claim(
        registration, report.outcome, isAfterData: proposal.cycle.isAfterData)
      let publication = ProjectTrialStore.Publication(
        id: Trial.ID(site.newID()), idea: chosen.id, person: person, report: report, claim: claim, now: viewer.now,
        today: visit.today)
      return try await keep(proposal, publication, visit)
    } catch Refusal.invalid(let problems) {
      let draft = try await draft(of: proposal, visit).draft
      return ProjectTrialPages.propose(proposal, form, idea: idea, problems: problems, draft: draft, viewer).refused()
    }
  }

  private func draft(of proposal: ProjectTrial, _ visit: Visit) async throws -> (draft: FormDraft, kept: Fields?) {
    let path = "\(proposal.project.path)/cycles/\(proposal.cycle.id)/trial"
    return try await site.formDraft("cycle:\(proposal.cycle.id):trial", fresh: path, visit)
  }

  /// The claim on other facts, with all that was typed.
  private func look(_ proposal: ProjectTrial, _ form: ReportForm, _ idea: String, _ visit: Visit) async throws
    -> any Answer
  {
    let draft = try await draft(of: proposal, visit).draft
    do {
      _ = try proposal.claim(form)
      return ProjectTrialPages.propose(proposal, form, idea: idea, draft: draft, visit.viewer)
    } catch Refusal.invalid(let problems) {
      return ProjectTrialPages.propose(proposal, form, idea: idea, problems: problems, draft: draft, visit.viewer)
        .refused()
    }
  }

  /// Once, however often it is sent and by whom.
  private func keep(
    _ proposal: ProjectTrial, _ publication: ProjectTrialStore.Publication, _ visit: Visit
  ) async throws -> any Answer {
    let (auditID, viewer) = (site.newID(), visit.viewer)
    do {
      try await site.database.write { db in
        try ProjectTrialStore(db: db).publish(proposal, publication)
        try DraftStore(db: db).clear(visit.fields.all("draft"), of: publication.person, now: viewer.now)
        try AuditStore(db: db).add(
          id: auditID, by: viewer.person, "cycle shared as a trial", "cycle", "\(proposal.cycle.id)",
          detail: "\(publication.id)", now: viewer.now)
      }
      return Redirect(to: "/trials/\(publication.id)")
    } catch let error as DatabaseError {
      guard case .unique = error, let there = try await published(visit) else { throw error }
      return there
    }
  }

  /// On demand, for whoever may see the project.
  @Sendable func compare(visit: Visit) async throws -> Page {
    let (project, cycle, viewer) = (
      try visit.id() as Project.ID, try visit.id("cycle") as Cycle.ID, visit.viewer
    )
    let (proposal, comparison) = try await site.database.read { db in
      let project = try ProjectStore(db: db).find(project, for: viewer).orRefuse(.notFound)
      let proposal = try ProjectTrialStore(db: db).find(cycle, of: project, for: viewer).orRefuse(.notFound)
      return (proposal, try SeriesComparisonStore(db: db).comparison(of: proposal))
    }
    return SeriesComparisonPages.show(comparison, of: proposal, viewer)
  }

  /// The way to the trial that the cycle has become, for whoever may see the project.
  private func published(_ visit: Visit) async throws -> Redirect? {
    let (project, cycle, viewer) = (
      try visit.id() as Project.ID, try visit.id("cycle") as Cycle.ID, visit.viewer
    )
    let trial = try await site.database.read { db -> Trial.ID? in
      guard try ProjectStore(db: db).find(project, for: viewer) != nil else { throw Refusal.notFound }
      return try ProjectTrialStore(db: db).trial(of: cycle)
    }
    return trial.map { Redirect(to: "/trials/\($0)") }
  }

  private func proposal(_ visit: Visit) async throws -> ProjectTrial {
    let project = try await site.projectToEdit(visit)
    let (cycle, viewer) = (try visit.id("cycle") as Cycle.ID, visit.viewer)
    return try await site.database.read { db in
      try ProjectTrialStore(db: db).find(cycle, of: project, for: viewer).orRefuse(.notFound)
    }
  }
}
