import Storage

/// Measures: start, look, amend, note, share a link; the network's view.
struct MeasureRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.get("measures", .member, use: list)
    routes.get("measures/new", .member, use: new)
    routes.post("measures", .member, use: create)
    routes.get("measures/network", .member, use: network)
    routes.get("measures/:id", .member, use: show)
    routes.get("measures/:id/amendment", .member, use: askAmendment)
    routes.post("measures/:id/amendment", .member, use: amend)
    routes.post("measures/:id/marks", .member, use: mark)
    routes.get("measures/:id/marks/:mark/withdrawal", .member, use: askWithdrawal)
    routes.post("measures/:id/marks/:mark/withdrawal", .member, use: withdraw)
    routes.post("measures/:id/remarks", .member, use: remark)
    routes.post("measures/:id/links", .member, use: link)
    routes.post("measures/:id/links/:link/end", .member, use: endLink)
  }

  @Sendable func list(visit: Visit) async throws -> Page {
    let viewer = visit.viewer
    return MeasurePages.list(try await site.database.read { db in try MeasureStore(db: db).own(of: viewer) }, viewer)
  }

  @Sendable func network(visit: Visit) async throws -> Page {
    let name = String(visit.fields["name"].prefix(80))
    let after = visit.fields["after"].isEmpty ? nil : Measure.ID(visit.fields["after"])
    let network = try await site.database.read { db in
      try MeasureStore(db: db).network(folded(name), after: after, limit: MeasureNetwork.pageLength)
    }
    return MeasurePages.network(network.measures.first?.name ?? name, network, visit.viewer)
  }

  @Sendable func new(visit: Visit) async throws -> Page {
    _ = try visit.viewer.memberSchool(named: "")
    var form = MeasureForm()
    form.submission = site.newID()
    if let project = try await project(visit) {
      form.project = project.id.description
      let isFirst = try await site.database.read { db in try MeasureStore(db: db).all(of: project.id, limit: 1).isEmpty
      }
      // What the team said it would count is not asked again.
      if isFirst { form.name = shortened(project.aim.measure, to: MeasureForm.longestName) }
    }
    return MeasureFormPages.new(form, schools: visit.viewer.memberSchools, visit.viewer)
  }

  @Sendable func create(visit: Visit) async throws -> any Answer {
    let (viewer, form, person) = (visit.viewer, MeasureForm(visit.fields), try visit.signedIn())
    _ = try viewer.memberSchool(named: "")
    do {
      let new = try form.checked()
      let project = try await project(visit)
      let school = try project?.own(of: viewer).id ?? viewer.memberSchool(named: form.school)
      let id = Measure.ID(site.newID())
      let submission = form.submission.isEmpty ? site.newID() : String(form.submission.prefix(64))
      let kept = try await site.database.write { db in
        let store = MeasureStore(db: db)
        if let there = try store.find(submission: submission, by: person) { return there }
        try store.add(
          new, id: id, school: school, project: project?.id, by: person, submission: submission, now: viewer.now)
        return id
      }
      return Redirect(to: "/measures/\(kept)/column")
    } catch Refusal.invalid(let problems) {
      return MeasureFormPages.new(form, schools: viewer.memberSchools, problems: problems, viewer).refused()
    }
  }

  /// The project that the form names; to who may not work on it, it looks missing.
  private func project(_ visit: Visit) async throws -> Project? {
    let (named, viewer) = (visit.fields["project"], visit.viewer)
    guard !named.isEmpty else { return nil }
    let project = try await site.database.read { db in
      try ProjectStore(db: db).find(Project.ID(String(named.prefix(64))), for: viewer)
    }
    guard let project, project.mayEdit(viewer) else { throw Refusal.notFound }
    return project
  }

  @Sendable func show(visit: Visit) async throws -> Page {
    MeasurePages.show(try await view(visit), visit.viewer)
  }

  // MARK: amending

  @Sendable func askAmendment(visit: Visit) async throws -> Page {
    let measure = try await site.ownMeasure(visit)
    return MeasureFormPages.amend(measure, MeasureForm(measure), visit.viewer)
  }

  @Sendable func amend(visit: Visit) async throws -> any Answer {
    let (measure, person, viewer) = (try await site.ownMeasure(visit), try visit.signedIn(), visit.viewer)
    var form = MeasureForm(visit.fields)
    (form.name, form.role, form.schedule) = (measure.name, measure.role.rawValue, measure.schedule.rawValue)
    form.kind = measure.definition.kind.rawValue
    guard visit.fields.integer("basis") == measure.definition.number else {
      throw Refusal.conflict(
        "Somebody amended this measure meanwhile. Open it again; go back first to copy your words.")
    }
    do {
      let (new, why) = (try form.checked(isAmendment: true), form.why)
      try await site.database.write { db in
        try MeasureStore(db: db).amend(measure, with: new.definition, why: why, by: person, now: viewer.now)
        try MeasureStore(db: db).compile(measure.id)
      }
      return Redirect(to: "/measures/\(measure.id)")
    } catch Refusal.invalid(let problems) {
      return MeasureFormPages.amend(measure, form, problems: problems, viewer).refused()
    }
  }

  // MARK: marks and links

  @Sendable func mark(visit: Visit) async throws -> any Answer {
    let (measure, person, viewer) = (try await site.ownMeasure(visit), try visit.signedIn(), visit.viewer)
    var check = FormCheck()
    let kind = check.choice("kind", MeasureMark.Kind(rawValue: visit.fields["kind"]), "Choose what it is.")
    let date = check.date("period", visit.fields["period"], "Say when.")
    let words = visit.fields["words"]
    check.words("words", words, 3...300, "Say what, and for a phase why it begins.")
    do {
      try check.finish()
      guard let kind, let date else { throw Refusal.invalid([:]) }
      let (id, period) = (site.newID(), measure.schedule.period(of: date))
      try await site.database.write { db in
        let store = MeasureStore(db: db)
        try store.add(kind, at: period, words: words, to: measure.id, by: person, markID: id, now: viewer.now)
        try store.compile(measure.id)
      }
      return Redirect(to: "/measures/\(measure.id)")
    } catch Refusal.invalid(let problems) {
      return MeasurePages.show(try await view(visit), problems: problems, viewer).refused()
    }
  }

  @Sendable func askWithdrawal(visit: Visit) async throws -> Page {
    let (measure, mark) = try await ownMark(visit)
    return MeasureFormPages.withdraw(mark, of: measure, visit.viewer)
  }

  /// A phase or a change set by mistake is taken back with the reason, and the chart is read without it.
  @Sendable func withdraw(visit: Visit) async throws -> any Answer {
    let ((measure, mark), person, viewer) = (try await ownMark(visit), try visit.signedIn(), visit.viewer)
    let (why, id) = (visit.fields["why"], try visit.part("mark"))
    var check = FormCheck()
    check.words("why", why, 5...300, "Say what was wrong: it stays on the page.")
    do {
      try check.finish()
      try await site.database.write { db in
        try MeasureStore(db: db).withdraw(id, why: why, by: person, now: viewer.now)
        try MeasureStore(db: db).compile(measure.id)
      }
      return Redirect(to: "/measures/\(measure.id)#remarks")
    } catch Refusal.invalid(let problems) {
      return MeasureFormPages.withdraw(mark, of: measure, why: why, problems: problems, viewer).refused()
    }
  }

  private func ownMark(_ visit: Visit) async throws -> (Measure, MeasureMark) {
    let (measure, id) = (try await site.ownMeasure(visit), try visit.part("mark"))
    let mark = try await site.database.read { db in try MeasureStore(db: db).mark(id, of: measure.id) }
    guard let mark, mark.mayBeWithdrawn else { throw Refusal.notFound }
    return (measure, mark)
  }

  /// A word at a point of the chart, by whoever may see it.
  @Sendable func remark(visit: Visit) async throws -> any Answer {
    let (id, viewer, person) = (try visit.id() as Measure.ID, visit.viewer, try visit.signedIn())
    try await site.take(.init("remark:\(person)", 60, per: .hours(1)), now: viewer.now)
    let words = visit.fields["remark"]
    var check = FormCheck()
    let date = check.date("point", visit.fields["point"], "Choose the point you mean.")
    check.words("remark", words, 3...300, "Say what you see at this point, or what you know of it.")
    do {
      try check.finish()
      guard let date else { throw Refusal.invalid([:]) }
      let (markID, noticeID) = (site.newID(), site.newID())
      try await site.database.write { db in
        let store = MeasureStore(db: db)
        let measure = try store.find(id, for: viewer).orRefuse(.notFound)
        try store.add(
          .comment, at: measure.schedule.period(of: date), words: words, to: id, by: person, markID: markID,
          now: viewer.now)
        try NoticeStore(db: db).tell(
          try store.keeper(of: id), kind: "project", subject: "measure:\(id)", path: "/measures/\(id)",
          words: "\(viewer.name) says something about a point of “\(measure.name)”", why: "you began this measure",
          by: person, id: noticeID, now: viewer.now)
      }
      return Redirect(to: "/measures/\(id)#remarks")
    } catch Refusal.invalid(let problems) {
      return MeasurePages.show(try await view(visit), problems: problems, remark: words, viewer).refused()
    }
  }

  @Sendable func link(visit: Visit) async throws -> any Answer {
    let (measure, person, viewer) = (try await site.ownMeasure(visit), try visit.signedIn(), visit.viewer)
    try await site.take(.init("entry-link:\(person)", 20, per: .hours(1)), now: viewer.now)
    let holder = visit.fields["holder"]
    var check = FormCheck()
    check.words("holder", holder, 2...80, "Say who it is for.")
    do { try check.finish() } catch Refusal.invalid(let problems) {
      return MeasurePages.show(try await view(visit), problems: problems, viewer).refused()
    }
    let (secret, id) = (site.newSecret(), site.newID())
    try await site.database.write { db in
      try EntryLinkStore(db: db).add(secret, for: holder, to: measure.id, by: person, id: id, now: viewer.now)
    }
    var shown = try await view(visit)
    shown.newLink = "\(site.settings.origin)/enter/\(secret)"
    return MeasurePages.show(shown, viewer)
  }

  @Sendable func endLink(visit: Visit) async throws -> Redirect {
    let (measure, link, now) = (try await site.ownMeasure(visit), try visit.part("link"), visit.viewer.now)
    try await site.database.write { db in try EntryLinkStore(db: db).end(link, of: measure.id, now: now) }
    return Redirect(to: "/measures/\(measure.id)#links")
  }

  private func view(_ visit: Visit) async throws -> MeasureView { try await site.measureView(visit) }
}

extension Site {
  /// The measure of the path with all that its page shows; hidden looks like missing.
  func measureView(_ visit: Visit) async throws -> MeasureView {
    let (id, viewer, today) = (try visit.id() as Measure.ID, visit.viewer, visit.today)
    let entered = visit.fields["entered"]
    let said =
      visit.fields.has("undone")
      ? "Taken back. It stays in the record."
      : visit.fields.has("settled")
        ? "Settled. What was not chosen stays in the record."
        : visit.fields.has("same") ? "The very same value stood there already: nothing was changed." : nil
    return try await database.read { db in
      let (store, values) = (MeasureStore(db: db), MeasureValueStore(db: db))
      let measure = try store.find(id, for: viewer).orRefuse(.notFound)
      let mayChange = try store.mayChange(measure, viewer)
      let all = try values.all(of: id)
      let project = try measure.project.flatMap { try ProjectStore(db: db).find($0, for: viewer) }
      let undoable =
        try entered.isEmpty || !mayChange
        ? [] : viewer.person.map { try values.undoable(entered, of: measure, by: .person($0), now: viewer.now) } ?? []
      var view = MeasureView(
        measure: measure, values: all.filter { $0.state == .current }.reversed(),
        beside: all.filter { $0.state == .beside }.reversed(), history: all.filter { !$0.isStanding },
        marks: try store.marks(of: measure, withCycles: project != nil), definitions: try store.definitions(of: id),
        project: project?.id,
        links: mayChange ? try EntryLinkStore(db: db).all(of: id) : [], today: today, mayChange: mayChange,
        entered: undoable, changes: try MeasureChangeStore(db: db).all(of: id), said: said)
      view.concern = try ConcernStore(db: db).find(id)
      return view
    }
  }

  /// The measure of the path, if the viewer may change it; to all others it looks missing.
  func ownMeasure(_ visit: Visit) async throws -> Measure {
    let (id, viewer) = (try visit.id() as Measure.ID, visit.viewer)
    return try await database.read { db in
      let measure = try MeasureStore(db: db).find(id, for: viewer).orRefuse(.notFound)
      guard try MeasureStore(db: db).mayChange(measure, viewer) else { throw Refusal.notFound }
      return measure
    }
  }
}
