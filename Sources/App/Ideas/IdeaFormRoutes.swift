import Storage

/// Writing ideas: share, adapt, change, publish, verify, mark as outdated.
struct IdeaFormRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.get("ideas/new", .member, use: new)
    routes.post("ideas", .member, use: create)
    routes.get("ideas/:id/edit", .member, use: edit)
    routes.post("ideas/:id", .member, use: change)
    routes.post("ideas/:id/publication", .member, use: publish)
    routes.post("ideas/:id/verification", .member, use: verify)
    routes.get("ideas/:id/outdated", .member, use: askOutdated)
    routes.post("ideas/:id/outdated", .member, use: markOutdated)
  }

  // MARK: a new idea

  @Sendable func new(visit: Visit) async throws -> Page {
    let (viewer, from) = (visit.viewer, visit.fields["from"])
    _ = try viewer.memberSchool(named: "")
    var form = IdeaForm()
    var parent: IdeaGlance?
    if !from.isEmpty {
      let idea = try await published(Idea.ID(from), viewer)
      form = IdeaForm(idea.content)
      form.adaptedFrom = from
      parent = IdeaGlance(id: idea.id, title: idea.content.title, school: idea.school, adaptation: "")
    }
    form.school = viewer.homeSchool?.school?.description ?? ""
    let change = from.isEmpty ? oneLine(String(visit.fields["title"].prefix(150))) : ""
    if !change.isEmpty {
      form.title = change
      form.problem = try await aim(ofProject: visit.fields["project"], viewer)
    }
    let (draft, kept) = try await newDraft(from: from, change: change, visit)
    if let kept { form = IdeaForm(kept) }
    form.submission = site.newID()
    return IdeaFormPages.new(
      form, schools: viewer.memberSchools, parent: parent, taxonomy: site.taxonomy, draft: draft, viewer)
  }

  /// One for each idea that is adapted, one for each change of a project, and one for those that begin with nothing.
  private func newDraft(from parent: String, change: String = "", _ visit: Visit) async throws
    -> (draft: FormDraft, kept: Fields?)
  {
    if !change.isEmpty {
      let project = percentEncoded(String(visit.fields["project"].prefix(64)))
      return try await site.formDraft(
        "idea:change:\(change)", fresh: "/ideas/new?title=\(percentEncoded(change))&project=\(project)", visit)
    }
    if parent.isEmpty { return try await site.formDraft("idea:new", fresh: "/ideas/new", visit) }
    return try await site.formDraft("idea:new:\(parent)", fresh: "/ideas/new?from=\(percentEncoded(parent))", visit)
  }

  /// What a project wants to make better, as the beginning of an idea's problem; empty where the viewer sees none.
  private func aim(ofProject id: String, _ viewer: Viewer) async throws -> String {
    guard !id.isEmpty else { return "" }
    let project = try await site.database.read { db in
      try ProjectStore(db: db).find(Project.ID(String(id.prefix(64))), for: viewer)
    }
    return project?.aim.words ?? ""
  }

  @Sendable func create(visit: Visit) async throws -> any Answer {
    let (viewer, form) = (visit.viewer, IdeaForm(visit.fields))
    let owner = try visit.signedIn()
    _ = try viewer.memberSchool(named: "")
    let parent = form.adaptedFrom.isEmpty ? nil : try await published(Idea.ID(form.adaptedFrom), viewer)
    do {
      let content = try form.checked(site.taxonomy)
      let origin = IdeaStore.Origin(
        id: Idea.ID(site.newID()), school: try viewer.memberSchool(named: form.school), owner: owner,
        submission: form.submission.isEmpty ? site.newID() : String(form.submission.prefix(64)),
        adaptedFrom: parent?.id, adaptation: form.adaptation, isPublished: !visit.fields.has("unpublished"),
        now: viewer.now, today: visit.today)
      return Redirect(to: "/ideas/\(try await add(content, origin, drafts: visit.fields.all("draft")))")
    } catch Refusal.invalid(let problems) {
      let draft = try await newDraft(from: form.adaptedFrom, visit).draft
      if visit.fields.has("unpublished"), try await isKept(visit.fields, in: draft, visit) {
        let from = form.adaptedFrom
        return Redirect(to: "/ideas/new" + (from.isEmpty ? "" : "?from=\(percentEncoded(from))"))
      }
      let glance = parent.map { IdeaGlance(id: $0.id, title: $0.content.title, school: $0.school, adaptation: "") }
      return IdeaFormPages.new(
        form, schools: viewer.memberSchools, parent: glance, taxonomy: site.taxonomy, problems: problems, draft: draft,
        viewer
      ).refused()
    }
  }

  /// An idea that is not whole yet waits as a draft of its form, unless that may not be held.
  private func isKept(_ fields: Fields, in draft: FormDraft, _ visit: Visit) async throws -> Bool {
    do {
      try await site.keepDraft(
        fields.without(["draft", "submission", "token", "unpublished"]), in: draft.context, visit)
      return true
    } catch is Refusal {
      return false
    }
  }

  /// Adds an idea once, however often its form is sent.
  private func add(_ content: IdeaContent, _ origin: IdeaStore.Origin, drafts: [String]) async throws -> Idea.ID {
    do {
      return try await site.database.write { db in
        let store = IdeaStore(db: db)
        if let there = try store.find(submission: origin.submission, by: origin.owner) { return there }
        try store.add(content, origin)
        try DraftStore(db: db).clear(drafts, of: origin.owner, now: origin.now)
        return origin.id
      }
    } catch let error as DatabaseError where error.isDuplicate(of: "idea", "owner_id", "submission") {
      let there = try await site.database.read { db in
        try IdeaStore(db: db).find(submission: origin.submission, by: origin.owner)
      }
      return try there.orRefuse(.notFound)
    }
  }

  private func published(_ id: Idea.ID, _ viewer: Viewer) async throws -> Idea {
    let found = try await site.database.read { db in try IdeaStore(db: db).find(id, for: viewer) }
    guard let found, found.state == .published else { throw Refusal.notFound }
    return found
  }

  // MARK: changing one

  @Sendable func edit(visit: Visit) async throws -> Page {
    let idea = try await mine(visit)
    var form = IdeaForm(idea.content)
    form.basis = String(idea.version)
    let (draft, kept) = try await editDraft(idea, visit)
    if let kept { form = IdeaForm(kept) }
    return IdeaFormPages.edit(idea, form, taxonomy: site.taxonomy, draft: draft, visit.viewer)
  }

  private func editDraft(_ idea: Idea, _ visit: Visit) async throws -> (draft: FormDraft, kept: Fields?) {
    try await site.formDraft("idea:\(idea.id)", fresh: "/ideas/\(idea.id)/edit", visit)
  }

  @Sendable func change(visit: Visit) async throws -> any Answer {
    let (idea, form, viewer) = (try await mine(visit), IdeaForm(visit.fields), visit.viewer)
    let (person, today) = (try visit.signedIn(), visit.today)
    do {
      let content = try form.checked(site.taxonomy)
      let basis = Int(form.basis) ?? idea.version
      try await site.database.write { db in
        try IdeaStore(db: db).change(
          idea.id, to: content, basis: basis, by: person, note: form.note, now: viewer.now, today: today)
        try DraftStore(db: db).clear(visit.fields.all("draft"), of: person, now: viewer.now)
      }
      return Redirect(to: "/ideas/\(idea.id)")
    } catch Refusal.invalid(let problems) {
      let draft = try await editDraft(idea, visit).draft
      return IdeaFormPages.edit(idea, form, taxonomy: site.taxonomy, problems: problems, draft: draft, viewer).refused()
    } catch Refusal.conflict {
      let problem =
        "Somebody changed this idea meanwhile (it is at version \(idea.version) now). Your words are below: compare them with the page and save again."
      var again = form
      again.basis = String(idea.version)
      let draft = try await editDraft(idea, visit).draft
      return IdeaFormPages.edit(
        idea, again, taxonomy: site.taxonomy, problems: ["note": problem], draft: draft, viewer
      ).refused()
    }
  }

  @Sendable func publish(visit: Visit) async throws -> Redirect {
    let (idea, now) = (try await mine(visit), visit.viewer.now)
    try await site.database.write { db in try IdeaStore(db: db).publish(idea.id, now: now) }
    return Redirect(to: "/ideas/\(idea.id)")
  }

  @Sendable func verify(visit: Visit) async throws -> Redirect {
    let idea = try await mine(visit)
    try await review(idea, idea.outdated == nil ? .verified : .currentAgain, reason: "", visit)
    return Redirect(to: "/ideas/\(idea.id)")
  }

  @Sendable func askOutdated(visit: Visit) async throws -> Page {
    IdeaFormPages.outdated(try await mine(visit), reason: "", visit.viewer)
  }

  @Sendable func markOutdated(visit: Visit) async throws -> any Answer {
    let (idea, reason) = (try await mine(visit), visit.fields["reason"])
    var check = FormCheck()
    check.words("reason", reason, 10...500, "Say what has changed, so that a reader can judge.")
    do {
      try check.finish()
    } catch Refusal.invalid(let problems) {
      return IdeaFormPages.outdated(idea, reason: reason, problems: problems, visit.viewer).refused()
    }
    try await review(idea, .outdated, reason: reason, visit)
    return Redirect(to: "/ideas/\(idea.id)")
  }

  private func review(_ idea: Idea, _ finding: IdeaReview.Finding, reason: String, _ visit: Visit) async throws {
    let (person, now, today, reviewID) = (try visit.signedIn(), visit.viewer.now, visit.today, site.newID())
    try await site.database.write { db in
      try IdeaStore(db: db).review(
        idea.id, finding, reason: reason, by: person, reviewID: reviewID, now: now, today: today)
    }
  }

  /// The idea of the path, if the viewer may change it; to all others it looks missing.
  private func mine(_ visit: Visit) async throws -> Idea {
    let (id, viewer) = (try visit.id() as Idea.ID, visit.viewer)
    let idea = try await site.database.read { db in try IdeaStore(db: db).find(id, for: viewer) }
    guard let idea, idea.mayChange(viewer) else { throw Refusal.notFound }
    return idea
  }
}
