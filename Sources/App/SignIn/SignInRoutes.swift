import Storage

/// Signing in by an emailed code. A GET never spends one, so mail scanners do no harm.
struct SignInRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.get("sign-in", .everyone, use: ask)
    routes.post("sign-in", .everyone, keepsPages: true, use: send)
    routes.get("sign-in/code", .everyone, use: typeCode)
    routes.post("sign-in/code", .everyone, use: spend)
    routes.post("sign-out", .everyone, whileActing: true, use: signOut)
  }

  @Sendable func ask(visit: Visit) async throws -> Page {
    SignInPages.ask(
      email: visit.fields["email"], next: Redirect.local(visit.fields["next"]), providers: site.settings.providers,
      visit.viewer)
  }

  /// The same answer, in the same time, whether or not the address has an account.
  @Sendable func send(visit: Visit) async throws -> any Answer {
    let next = Redirect.local(visit.fields["next"])
    guard let email = EmailAddress(visit.fields["email"]) else {
      return SignInPages.ask(
        email: visit.fields["email"], next: next,
        problems: ["email": "Write an email address, such as name@school.org. Nothing was sent."],
        providers: site.settings.providers, visit.viewer
      ).refused()
    }
    if let provider = try await onlyWay(for: email) {
      return SignInPages.ask(
        email: email.description, next: next,
        problems: ["email": "Addresses at \(email.domain) sign in with \(provider.name) alone. Nothing was sent."],
        providers: [provider], visit.viewer
      ).refused()
    }
    let now = visit.viewer.now
    try await site.take(
      .init("code:\(email)", 5, per: .minutes(15)),
      .init("code:\(visit.address)", 60, per: .hours(1)), now: now)
    let (code, browser) = (site.newCode(), visit.browser.isEmpty ? site.newSecret() : visit.browser)
    let (id, mail) = (SignInCode.ID(site.newID()), SignInLetters.code(code, to: email, id: site.newID(), site.settings))
    try await site.database.write { db in
      try SignInStore(db: db).add(code: code, id: id, email: email, browser: browser, now: now)
      try MailStore(db: db).add(mail, now: now)
    }
    return Redirect(
      to: "/sign-in/code?email=\(percentEncoded(email.description))&next=\(percentEncoded(next))",
      cookies: [site.settings.browserCookie(browser)])
  }

  /// The service that alone opens accounts of this domain, by a rule that its school asked for. Nil as well while the
  /// service is not set up any more: a rule must not lock a school out.
  private func onlyWay(for email: EmailAddress) async throws -> Provider? {
    guard !site.settings.providers.isEmpty else { return nil }
    let rule = try await site.database.read { db in try DomainRuleStore(db: db).find(email.domain) }
    guard let rule, rule.isRequired else { return nil }
    return site.settings.providers.first { $0.id == rule.provider }
  }

  @Sendable func typeCode(visit: Visit) async throws -> Page {
    SignInPages.typeCode(
      email: visit.fields["email"], next: Redirect.local(visit.fields["next"]), typed: visit.fields["code"],
      visit.viewer)
  }

  @Sendable func spend(visit: Visit) async throws -> any Answer {
    let next = Redirect.local(visit.fields["next"])
    let (typed, browser, now) = (visit.fields["code"], visit.browser, visit.viewer.now)
    try await site.take(.init("try:\(visit.address)", 120, per: .minutes(15)), now: now)
    let answer = try await site.database.write { db in
      try SignInStore(db: db).spend(typed, browser: browser, now: now)
    }
    switch answer {
    case .right(let email, _): return try await welcome(email, next: next, visit)
    case .wrong, .noneWaiting:
      site.note(.signInRefused, nil, by: "code", visit)
      return again(visit, next, answer.refusal)
    }
  }

  private func again(_ visit: Visit, _ next: String, _ problem: String) -> StatusPage {
    SignInPages.typeCode(
      email: visit.fields["email"], next: next, typed: visit.fields["code"], problems: ["code": problem], visit.viewer
    ).refused()
  }

  private func welcome(_ email: String, next: String, _ visit: Visit) async throws -> Redirect {
    let (opening, fresh) = (SessionOpening(site: site), Person.ID(site.newID()))
    let audit = site.newID()
    let (person, isNew) = try await site.database.write { db in
      let people = PersonStore(db: db)
      let known = try people.find(email: email)
      try AddressTroubleStore(db: db).clear(email)
      let person = try known ?? people.add(id: fresh, email: email, now: visit.viewer.now)
      let taken = try ProviderStore(db: db).takeOffer(
        email: email, browser: visit.browser, by: person, now: visit.viewer.now)
      if let taken {
        try AuditStore(db: db).add(
          id: audit, by: person, "provider linked", "person", "\(person)", detail: taken.issuer, now: visit.viewer.now)
      }
      try opening.open(person, visit, browser: visit.browser, db)
      return (person, known == nil)
    }
    site.note(.signedIn, person, by: "code", visit)
    let start = isNew ? "/account?next=\(percentEncoded(next))" : next
    return Redirect(to: start, cookies: [site.settings.sessionCookie(opening.token)])
  }

  @Sendable func signOut(visit: Visit) async throws -> Redirect {
    if let session = visit.session {
      try await site.database.write { db in try SessionStore(db: db).end(session.id, of: session.person) }
      site.note(.signedOut, session.person, by: "form", visit)
    }
    return Redirect(to: "/", cookies: [site.settings.endedSessionCookie()], forgetsPages: true)
  }
}
