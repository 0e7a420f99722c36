import Storage

/// What even a browser left open must not do: it shows first, within the last minutes, that its person is there. Who has
/// an authenticator app shows that by its digits, everybody else by a code sent to their address.
struct FreshProof {
  static let lasts = Span.minutes(15)

  let site: Site

  func add(to routes: inout RouteTable) {
    routes.get("account/proof", .signedIn, use: ask)
    routes.post("account/proof", .signedIn, use: spend)
    routes.post("account/proof/code", .signedIn, use: send)
  }

  @Sendable func ask(visit: Visit) async throws -> Page {
    let (person, next) = (try visit.themselves(), Redirect.local(visit.fields["next"]))
    let hasApp = try await site.database.read { db in try PersonStore(db: db).standing(of: person).hasSecondFactor }
    if hasApp { return SignInPages.secondFactor(next: next, visit.viewer) }
    return try await page(visit, isSent: visit.fields["code"] == "sent")
  }

  private func page(_ visit: Visit, isSent: Bool, problems: Problems = [:]) async throws -> Page {
    let person = try visit.themselves()
    let email = try await site.database.read { db in try PersonStore(db: db).email(of: person) }
    return SignInPages.proof(
      email: email, isSent: isSent, next: Redirect.local(visit.fields["next"]), typed: visit.fields["typed"],
      problems: problems, visit.viewer)
  }

  @Sendable func send(visit: Visit) async throws -> Redirect {
    let (person, now, next) = (try visit.themselves(), visit.viewer.now, Redirect.local(visit.fields["next"]))
    try await site.take(.init("proof:\(person)", 5, per: .minutes(15)), now: now)
    let (code, browser) = (site.newCode(), visit.browser.isEmpty ? site.newSecret() : visit.browser)
    let (id, letterID, settings) = (SignInCode.ID(site.newID()), site.newID(), site.settings)
    try await site.database.write { db in
      try Self.refuseWhoHasAnApp(person, db)
      guard let email = EmailAddress(try PersonStore(db: db).email(of: person)) else { throw Refusal.notFound }
      try SignInStore(db: db).add(
        code: code, id: id, email: email, purpose: .proof, subject: "\(person)", browser: browser, now: now)
      try MailStore(db: db).add(SignInLetters.proof(code, to: email, id: letterID, settings), now: now)
    }
    return Redirect(
      to: "/account/proof?code=sent&next=\(percentEncoded(next))", cookies: [settings.browserCookie(browser)])
  }

  @Sendable func spend(visit: Visit) async throws -> any Answer {
    let (person, session) = (try visit.themselves(), try visit.session.orRefuse(.signInNeeded))
    let (typed, browser, now, token) = (visit.fields["typed"], visit.browser, visit.viewer.now, site.newSecret())
    try await site.take(.init("try:\(visit.address)", 120, per: .minutes(15)), now: now)
    let answer = try await site.database.write { db in
      try Self.refuseWhoHasAnApp(person, db)
      let answer = try SignInStore(db: db).spend(
        typed, purpose: .proof, subject: "\(person)", browser: browser, now: now)
      if case .right = answer { try SessionStore(db: db).markProof(session.id, token: token, now: now) }
      return answer
    }
    guard case .right = answer else {
      site.note(.proofRefused, person, by: "code", visit)
      return try await page(visit, isSent: true, problems: ["typed": answer.refusal]).refused()
    }
    site.note(.proofShown, person, by: "code", visit)
    return Redirect(to: Redirect.local(visit.fields["next"]), cookies: [site.settings.sessionCookie(token)])
  }

  /// Whoever reads their mail must not be taken for them.
  private static func refuseWhoHasAnApp(_ person: Person.ID, _ db: any Transaction) throws {
    guard try !PersonStore(db: db).standing(of: person).hasSecondFactor else {
      throw Refusal.forbidden("Your account asks for the digits of your app, and not for a code by mail.")
    }
  }
}

extension Visit {
  /// - Throws: `Refusal.proofNeeded` when this session last showed longer ago who is before it, and what `proven` throws.
  package func freshlyProven() throws(Refusal) -> Person.ID {
    let person = try proven()
    try demandFreshProof()
    return person
  }

  package func demandFreshProof() throws(Refusal) { if !isFreshlyProven { throw .proofNeeded } }

  var isFreshlyProven: Bool { session.map { viewer.now - FreshProof.lasts <= $0.provedAt } ?? false }
}
