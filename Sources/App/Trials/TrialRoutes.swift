import Storage

/// Trials: register, look, amend, report, correct, withdraw.
struct TrialRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.get("ideas/:id/trials/new", .member, use: new)
    routes.post("ideas/:id/trials", .member, use: register)
    routes.get("trials/:id", .everyone, cached: true, use: show)
    routes.get("trials/:id/amendment", .member, use: askAmendment)
    routes.post("trials/:id/amendment", .member, use: amend)
    routes.get("trials/:id/report", .member, use: askReport)
    routes.post("trials/:id/report", .member, use: report)
    routes.get("trials/:id/withdrawal", .member, use: askWithdrawal)
    routes.post("trials/:id/withdrawal", .member, use: withdraw)
    routes.post("trials/:id/resumption", .member, use: resume)
  }

  // MARK: registering

  @Sendable func new(visit: Visit) async throws -> Page {
    let (idea, viewer) = (try await idea(visit), visit.viewer)
    _ = try viewer.memberSchool(named: "")
    var form = RegistrationForm()
    form.school = viewer.homeSchool?.school?.description ?? ""
    let (draft, kept) = try await newDraft(of: idea, visit)
    if let kept { form = RegistrationForm(kept) }
    form.submission = site.newID()
    return TrialFormPages.register(idea, form, timing(visit), schools: viewer.memberSchools, draft: draft, viewer)
  }

  private func newDraft(of idea: Idea, _ visit: Visit) async throws -> (draft: FormDraft, kept: Fields?) {
    let done = timing(visit) == .afterData
    return try await site.formDraft(
      "trial:new:\(idea.id)" + (done ? ":done" : ""), fresh: "/ideas/\(idea.id)/trials/new" + (done ? "?done=1" : ""),
      visit)
  }

  @Sendable func register(visit: Visit) async throws -> any Answer {
    let (idea, viewer, form) = (try await idea(visit), visit.viewer, RegistrationForm(visit.fields))
    let (person, timing) = (try visit.signedIn(), timing(visit))
    _ = try viewer.memberSchool(named: "")
    do {
      let registration = try form.checked(timing, today: visit.today)
      let start = TrialStore.Start(
        id: Trial.ID(site.newID()), idea: idea.id, ideaVersion: idea.version,
        school: try viewer.memberSchool(named: form.school), person: person,
        submission: form.submission.isEmpty ? site.newID() : String(form.submission.prefix(64)),
        isAfterData: timing == .afterData, now: viewer.now)
      let id = try await add(registration, start, drafts: visit.fields.all("draft"))
      return Redirect(to: timing == .afterData ? "/trials/\(id)/report" : "/trials/\(id)")
    } catch Refusal.invalid(let problems) {
      return TrialFormPages.register(
        idea, form, timing, schools: viewer.memberSchools, problems: problems,
        draft: try await newDraft(of: idea, visit).draft, viewer
      ).refused()
    }
  }

  /// Registers a trial once, however often its form is sent.
  private func add(
    _ registration: Registration, _ start: TrialStore.Start, drafts: [String]
  ) async throws -> Trial.ID {
    do {
      return try await site.database.write { db in
        let store = TrialStore(db: db)
        if let there = try store.find(submission: start.submission, by: start.person) { return there }
        try store.register(registration, start)
        try DraftStore(db: db).clear(drafts, of: start.person, now: start.now)
        return start.id
      }
    } catch let error as DatabaseError where error.isDuplicate(of: "trial", "person_id", "submission") {
      let there = try await site.database.read { db in
        try TrialStore(db: db).find(submission: start.submission, by: start.person)
      }
      return try there.orRefuse(.notFound)
    }
  }

  private func timing(_ visit: Visit) -> RegistrationForm.Timing {
    visit.fields["done"] == "1" ? .afterData : .beforeData
  }

  private func idea(_ visit: Visit) async throws -> Idea {
    let (id, viewer) = (try visit.id() as Idea.ID, visit.viewer)
    let idea = try await site.database.read { db in try IdeaStore(db: db).find(id, for: viewer) }
    guard let idea, idea.state == .published else { throw Refusal.notFound }
    return idea
  }

  // MARK: looking

  @Sendable func show(visit: Visit) async throws -> Page {
    let (id, viewer, today) = (try visit.id() as Trial.ID, visit.viewer, visit.today)
    let view = try await site.database.read { db in
      let store = TrialStore(db: db)
      let trial = try store.find(id, for: viewer).orRefuse(.notFound)
      let project = try trial.origin.flatMap { try ProjectStore(db: db).find($0.project, for: viewer) }
      return TrialView(
        trial: trial, registrations: trial.registration.number > 1 ? try store.registrations(of: id) : [],
        reports: (trial.report?.number ?? 0) > 1 ? try store.reports(of: id) : [], today: today,
        discussions: try DiscussionStore(db: db).about(.trial, ["\(id)"], for: viewer), project: project)
    }
    return TrialPages.show(view, viewer)
  }

  // MARK: amending

  @Sendable func askAmendment(visit: Visit) async throws -> any Answer {
    let trial = try await mine(visit)
    guard trial.state == .running, !trial.isAfterData else { return Redirect(to: "/trials/\(trial.id)") }
    let (draft, kept) = try await amendmentDraft(trial, visit)
    return TrialFormPages.amend(
      trial, kept.map { RegistrationForm($0) } ?? RegistrationForm(trial.registration), draft: draft, visit.viewer)
  }

  /// An amendment of another registration is another draft.
  private func amendmentDraft(_ trial: Trial, _ visit: Visit) async throws -> (draft: FormDraft, kept: Fields?) {
    try await site.formDraft(
      "trial:\(trial.id):amendment:\(trial.registration.number)", fresh: "/trials/\(trial.id)/amendment", visit)
  }

  @Sendable func amend(visit: Visit) async throws -> any Answer {
    let (trial, form, viewer) = (try await mine(visit), RegistrationForm(visit.fields), visit.viewer)
    let person = try visit.signedIn()
    guard trial.state == .running, visit.fields.integer("basis") == trial.registration.number else {
      throw Refusal.conflict(
        "The registration is locked or has been amended since you opened this form. Open the trial again; go back first to copy your words."
      )
    }
    do {
      let registration = try form.checked(
        .beforeData, today: visit.today, registered: viewer.zone.date(of: trial.registeredAt), isAmendment: true)
      try await site.database.write { db in
        try TrialStore(db: db).amend(trial, with: registration, why: form.why, by: person, now: viewer.now)
        try DraftStore(db: db).clear(visit.fields.all("draft"), of: person, now: viewer.now)
      }
      return Redirect(to: "/trials/\(trial.id)")
    } catch Refusal.invalid(let problems) {
      let draft = try await amendmentDraft(trial, visit).draft
      return TrialFormPages.amend(trial, form, problems: problems, draft: draft, viewer).refused()
    }
  }

  // MARK: reporting

  @Sendable func askReport(visit: Visit) async throws -> any Answer {
    let trial = try await mine(visit)
    guard trial.state != .withdrawn else { return Redirect(to: "/trials/\(trial.id)") }
    let (draft, kept) = try await reportDraft(trial, visit)
    var form = kept.map { ReportForm($0) } ?? trial.report.map { ReportForm($0) } ?? ReportForm()
    if let shape = Outcome.Shape(rawValue: visit.fields["shape"]) { form.shape = shape }
    form.shape = Self.shape(form, trial)
    return TrialFormPages.report(trial, form, draft: draft, visit.viewer)
  }

  /// A correction of another report is another draft. The kind of figures is chosen by a link, which takes the words along.
  private func reportDraft(_ trial: Trial, _ visit: Visit) async throws -> (draft: FormDraft, kept: Fields?) {
    try await site.formDraft(
      "trial:\(trial.id):report:\(trial.report?.number ?? 0)", fresh: "/trials/\(trial.id)/report", visit)
  }

  /// A trial of a project has its project's series and nothing else; any other has none.
  private static func shape(_ form: ReportForm, _ trial: Trial) -> Outcome.Shape {
    trial.origin != nil ? .series : form.shape == .series ? .counts : form.shape
  }

  /// The values of the measure as they stand now, for a trial that comes from a project.
  private func series(of trial: Trial) async throws -> TrialSeries? {
    guard let origin = trial.origin else { return nil }
    return try await site.database.read { db in
      try ProjectTrialStore(db: db).series(of: origin.measure, trial.registration.starts...trial.registration.due)
    }
  }

  @Sendable func report(visit: Visit) async throws -> any Answer {
    let (trial, viewer, today) = (try await mine(visit), visit.viewer, visit.today)
    var form = ReportForm(visit.fields)
    form.shape = Self.shape(form, trial)
    let person = try visit.signedIn()
    let basis = visit.fields.integer("basis") ?? 0
    let current = trial.report?.number ?? 0
    if basis + 1 == current, let standing = trial.report, form == ReportForm(standing).with(why: form.why) {
      return Redirect(to: "/trials/\(trial.id)")
    }
    do {
      let report = try form.checked(
        trial.registration, isCorrection: current > 0, series: try await series(of: trial))
      guard basis == current else { throw Refusal.invalid(["happened": Self.meanwhile]) }
      guard today >= trial.registration.starts else {
        throw Refusal.invalid([
          "happened":
            "It begins on \(trial.registration.starts.spoken): nothing can have happened yet. If it began earlier, amend the registration first."
        ])
      }
      let claim = try ClaimCompilation.claim(trial.registration, report.outcome, isAfterData: trial.isAfterData)
      try await site.database.write { db in
        try TrialStore(db: db).report(report, claim, of: trial, by: person, now: viewer.now)
        try DraftStore(db: db).clear(visit.fields.all("draft"), of: person, now: viewer.now)
        try EvidenceStore(db: db).compile(trial.idea, today: today)
      }
      return Redirect(to: "/trials/\(trial.id)")
    } catch Refusal.invalid(let problems) {
      let draft = try await reportDraft(trial, visit).draft
      return TrialFormPages.report(trial, form, problems: problems, draft: draft, viewer).refused()
    }
  }

  private static let meanwhile =
    "Somebody reported this trial while you were writing. Your words are here; look at the trial in another window before you send them."

  // MARK: withdrawing

  @Sendable func askWithdrawal(visit: Visit) async throws -> any Answer {
    let trial = try await mine(visit)
    guard trial.state == .running else { return Redirect(to: "/trials/\(trial.id)") }
    return TrialFormPages.withdraw(trial, reason: "", visit.viewer)
  }

  @Sendable func withdraw(visit: Visit) async throws -> any Answer {
    let (trial, reason, viewer, today) = (try await mine(visit), visit.fields["reason"], visit.viewer, visit.today)
    let person = try visit.signedIn()
    if trial.state == .withdrawn { return Redirect(to: "/trials/\(trial.id)") }
    var check = FormCheck()
    check.words("reason", reason, 10...500, "Say why: the next school wants to know.")
    do {
      try check.finish()
    } catch Refusal.invalid(let problems) {
      return TrialFormPages.withdraw(trial, reason: reason, problems: problems, viewer).refused()
    }
    try await site.database.write { db in
      try TrialStore(db: db).withdraw(trial.id, reason: reason, by: person, now: viewer.now)
      try EvidenceStore(db: db).compile(trial.idea, today: today)
    }
    return Redirect(to: "/trials/\(trial.id)")
  }

  @Sendable func resume(visit: Visit) async throws -> Redirect {
    let (trial, today) = (try await mine(visit), visit.today)
    try await site.database.write { db in
      try TrialStore(db: db).resume(trial.id)
      try EvidenceStore(db: db).compile(trial.idea, today: today)
    }
    return Redirect(to: "/trials/\(trial.id)")
  }

  /// The trial of the path, if the viewer may change it; to all others it looks missing.
  private func mine(_ visit: Visit) async throws -> Trial {
    let (id, viewer) = (try visit.id() as Trial.ID, visit.viewer)
    let trial = try await site.database.read { db in try TrialStore(db: db).find(id, for: viewer) }
    guard let trial, trial.mayChange(viewer) else { throw Refusal.notFound }
    return trial
  }
}
