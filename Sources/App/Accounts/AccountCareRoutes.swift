import Storage

/// The office looks after accounts, and everybody reads what was done with theirs.
struct AccountCareRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.get("office/people/:id", .office, use: show)
    routes.post("office/people/:id/suspension", .office, use: suspend)
    routes.post("office/people/:id/restoration", .office, use: restore)
    routes.post("office/people/:id/sessions/end", .office, use: signOut)
    routes.post("office/people/:id/second-step/removal", .office, use: removeSecondStep)
    routes.post("office/people/:id/acting", .office, use: act)
    routes.post("acting/end", .signedIn, whileActing: true, use: stopActing)
    routes.post("office/people/:id/hold", .office, use: hold)
    routes.post("office/people/:id/hold/end", .office, use: liftHold)
    routes.post("office/people/:id/erasure", .office, use: erase)
    routes.post("office/people/:id/erasure/end", .office, use: keep)
    routes.get("account/record", .signedIn, use: record)
  }

  @Sendable func show(visit: Visit) async throws -> Page {
    let id: Person.ID = try visit.id()
    let page = try await page(id, visit)
    try await site.recordView("account looked at", "person", "\(id)", visit)
    return page
  }

  private func page(_ id: Person.ID, problems: Problems = [:], _ visit: Visit) async throws -> Page {
    let viewer = visit.viewer
    let care = try await site.database.read { db in try AccountCareStore(db: db).find(id, now: viewer.now) }
    return AccountCarePages.show(try care.orRefuse(.notFound), problems: problems, viewer)
  }

  // MARK: what the office does

  @Sendable func suspend(visit: Visit) async throws -> any Answer {
    let settings = site.settings
    return try await perform(visit, "account suspended", reason: "suspension") { care, act, db in
      try AccountCareStore(db: db).suspend(care.id, by: act.office, reason: act.reason, now: act.now)
      return AccountCareLetters.suspended(reason: act.reason, to: act.email, id: act.letterID, settings)
    }
  }

  @Sendable func restore(visit: Visit) async throws -> any Answer {
    let settings = site.settings
    return try await perform(visit, "account opened again") { care, act, db in
      try AccountCareStore(db: db).restore(care.id, now: act.now)
      return AccountCareLetters.restored(to: act.email, id: act.letterID, settings)
    }
  }

  @Sendable func signOut(visit: Visit) async throws -> any Answer {
    try await perform(visit, "signed out everywhere") { care, _, db in
      try SessionStore(db: db).endAll(of: care.id)
      return nil
    }
  }

  @Sendable func removeSecondStep(visit: Visit) async throws -> any Answer {
    let settings = site.settings
    return try await perform(visit, "second step taken away", reason: "removal") { care, act, db in
      try PersonStore(db: db).removeSecondFactor(of: care.id)
      try SessionStore(db: db).endAll(of: care.id)
      return AccountCareLetters.secondStepRemoved(reason: act.reason, to: act.email, id: act.letterID, settings)
    }
  }

  @Sendable func act(visit: Visit) async throws -> any Answer {
    let session = try visit.session.orRefuse(.signInNeeded)
    let (settings, name, noticeID) = (site.settings, visit.viewer.name, site.newID())
    return try await perform(visit, "acted as a person", reason: "acting", then: "/today") { care, act, db in
      guard care.mayBeActed else {
        throw Refusal.forbidden("Nobody acts as the office, as a liaison, or on an account that is closed.")
      }
      try AccountCareStore(db: db).act(as: care.id, in: session.id, until: act.now + Acting.lifetime)
      try NoticeStore(db: db).tell(
        care.id, kind: "acting", subject: "account:\(care.id)", path: "/account/record",
        words: "\(name) of the League office looks at the League as you: \(act.reason)", why: "it is your account",
        by: act.office, id: noticeID, now: act.now)
      return AccountCareLetters.acting(by: name, reason: act.reason, to: act.email, id: act.letterID, settings)
    }
  }

  @Sendable func stopActing(visit: Visit) async throws -> Redirect {
    guard let session = visit.session, let acting = visit.viewer.acting, let person = visit.viewer.person else {
      return Redirect(to: "/")
    }
    let (audit, now) = (site.newID(), visit.viewer.now)
    try await site.database.write { db in
      try AccountCareStore(db: db).stopActing(in: session.id)
      try AuditStore(db: db).add(
        id: audit, by: acting.by, "stopped acting as a person", "person", "\(person)", asPerson: person, now: now)
    }
    return Redirect(to: "/office/people/\(person)")
  }

  @Sendable func hold(visit: Visit) async throws -> any Answer {
    let id = site.newID()
    return try await perform(visit, "legal hold placed", reason: "hold") { care, act, db in
      try LegalHoldStore(db: db).place(id: id, on: care.id, by: act.office, reason: act.reason, now: act.now)
      return nil
    }
  }

  @Sendable func liftHold(visit: Visit) async throws -> any Answer {
    try await perform(visit, "legal hold lifted") { care, act, db in
      try LegalHoldStore(db: db).lift(from: care.id, by: act.office, now: act.now)
      return nil
    }
  }

  @Sendable func erase(visit: Visit) async throws -> any Answer {
    let (settings, id, zone) = (site.settings, site.newID(), visit.viewer.zone)
    return try await perform(visit, "erasure asked for", reason: "erasure") { care, act, db in
      let due = act.now + Erasure.wait
      try ErasureStore(db: db).ask(id: id, for: care.id, by: act.office, reason: act.reason, due: due, now: act.now)
      return AccountCareLetters.erasureAsked(
        due: zone.date(of: due), byOffice: true, to: act.email, id: act.letterID, settings)
    }
  }

  @Sendable func keep(visit: Visit) async throws -> any Answer {
    try await perform(visit, "erasure taken back") { care, act, db in
      try ErasureStore(db: db).cancel(of: care.id, now: act.now)
      return nil
    }
  }

  /// What an act of the office comes with.
  private struct Act: Sendable {
    let office: Person.ID
    let reason: String
    let email: EmailAddress
    let letterID: String
    let now: Instant
  }

  /// Does one act, says it in the log and writes the letter it gives, all in one transaction.
  ///
  /// - Parameter reason: the field that must say why; nil where no reason is needed.
  private func perform(
    _ visit: Visit, _ action: String, reason field: String? = nil, then path: String? = nil,
    _ work: @escaping @Sendable (AccountCare, Act, any Transaction) throws -> Letter?
  ) async throws -> any Answer {
    let (id, office, now): (Person.ID, Person.ID, Instant) = (try visit.id(), try visit.proven(), visit.viewer.now)
    let why = field.map { visit.fields[$0] } ?? ""
    if let field, why.isEmpty || why.count > 300 {
      let problems = [field: "Say why, in at most 300 characters: it is kept, and the person can read it."]
      return try await page(id, problems: problems, visit).refused()
    }
    guard id != office else { throw Refusal.forbidden("Another one of the office looks after your own account.") }
    let (audit, letterID) = (site.newID(), site.newID())
    try await site.database.write { db in
      let care = try AccountCareStore(db: db).find(id, now: now).orRefuse(.notFound)
      guard care.erasedAt == nil, let email = EmailAddress(care.email) else {
        throw Refusal.conflict("This account was erased. Nothing was done.")
      }
      let act = Act(office: office, reason: why, email: email, letterID: letterID, now: now)
      let letter = try work(care, act, db)
      try AuditStore(db: db).add(id: audit, by: office, action, "person", "\(id)", detail: why, now: now)
      if let letter { try MailStore(db: db).add(letter, now: now) }
    }
    return Redirect(to: path ?? "/office/people/\(id)")
  }

  // MARK: what everybody may read of their own

  @Sendable func record(visit: Visit) async throws -> Page {
    let (person, viewer) = (try visit.signedIn(), visit.viewer)
    let entries = try await site.database.read { db in try AuditStore(db: db).concerning(person, limit: 200) }
    return AccountCarePages.record(entries, viewer)
  }
}
