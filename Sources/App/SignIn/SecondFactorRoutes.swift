import Hummingbird
import SignIn
import Storage

/// Time-based codes: a must for accounts that have rights over others' data, open to everybody.
struct SecondFactorRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.get("sign-in/second-factor", .signedIn, use: ask)
    routes.post("sign-in/second-factor", .signedIn, use: check)
    routes.post("sign-in/second-factor/setup", .signedIn, use: setUp)
    routes.get("account/second-step", .signedIn, use: show)
    routes.post("account/second-step/off", .signedIn, use: turnOff)
    routes.post("account/recovery-codes", .signedIn, use: renew)
  }

  @Sendable func ask(visit: Visit) async throws -> Page {
    let next = Redirect.local(visit.fields["next"])
    let person = try visit.signedIn()
    let factor = try await site.database.read { db in try PersonStore(db: db).secondFactor(of: person) }
    if factor.secret != nil { return SignInPages.secondFactor(next: next, visit.viewer) }
    try visit.demandFreshProof()
    let fresh = OneTimePassword.random()
    return enrol(fresh, email: factor.email, next: next, visit)
  }

  /// By the app's digits, or by a recovery code.
  @Sendable func check(visit: Visit) async throws -> any Answer {
    let next = Redirect.local(visit.fields["next"])
    let (person, session) = (try visit.signedIn(), try visit.session.orRefuse(.signInNeeded))
    let (digits, recovery, now) = (visit.fields["digits"], visit.fields["recovery"], visit.viewer.now)
    try await limit(person, now)
    let (letterID, auditID, settings, token) = (site.newID(), site.newID(), site.settings, site.newSecret())
    let passed = try await site.database.write { db in
      if recovery.isEmpty {
        guard try Self.spend(digits, of: person, now: now, db) else { return false }
      } else {
        guard try PersonStore(db: db).standing(of: person).hasSecondFactor,
          try RecoveryCodeStore(db: db).spend(recovery, of: person, now: now)
        else { return false }
        let left = try RecoveryCodeStore(db: db).left(of: person)
        try AuditStore(db: db).add(
          id: auditID, by: person, "recovery code used", "person", "\(person)", detail: "\(left) left", now: now)
        try Self.tell(
          "A recovery code was used to sign in; \(left) are left", person, letterID: letterID, settings, now: now, db)
      }
      try SessionStore(db: db).markSecondFactor(session.id, token: token, now: now)
      return true
    }
    let way = recovery.isEmpty ? "app" : "recovery code"
    guard passed else {
      site.note(.secondStepRefused, person, by: way, visit)
      return refused(recovery: !recovery.isEmpty, next, visit)
    }
    site.note(.secondStepShown, person, by: way, visit)
    return Redirect(to: next, cookies: [settings.sessionCookie(token)])
  }

  private func refused(recovery: Bool, _ next: String, _ visit: Visit) -> StatusPage {
    let problems =
      recovery
      ? ["recovery": "That is none of your codes, or it was used before."]
      : ["digits": "Those are not the digits of this half minute. Wait for the next ones and type them."]
    return SignInPages.secondFactor(next: next, problems: problems, visit.viewer).refused()
  }

  /// Turns the factor on once the app has shown that it holds the key; a key that is on is never replaced here.
  @Sendable func setUp(visit: Visit) async throws -> any Answer {
    let next = Redirect.local(visit.fields["next"])
    let (person, session) = (try visit.signedIn(), try visit.session.orRefuse(.signInNeeded))
    let (typed, secret, now) = (visit.fields["digits"], visit.fields["secret"], visit.viewer.now)
    // The key is not kept with a form: a new one is made after the proof.
    guard visit.isFreshlyProven else {
      let again = "/sign-in/second-factor?next=\(percentEncoded(next))"
      return Redirect(to: "/account/proof?next=\(percentEncoded(again))")
    }
    try await limit(person, now)
    let password = try OneTimePassword(base32: secret).orRefuse(.notFound)
    guard password.base32.count == 32, let step = password.match(typed, at: now.milliseconds / 1000, after: 0) else {
      let email = try await site.database.read { db in try PersonStore(db: db).secondFactor(of: person).email }
      return enrol(
        password, email: email, next: next, visit,
        problems: [
          "digits": "Those are not the digits that this key gives now. Check the key in the app and try again."
        ]
      ).refused()
    }
    let (audit, letterID, settings, token) = (site.newID(), site.newID(), site.settings, site.newSecret())
    let codes = RecoveryCodeStore.make(site.newSecret)
    try await site.database.write { db in
      let people = PersonStore(db: db)
      guard try people.secondFactor(of: person).secret == nil else {
        throw Refusal.conflict("A second step is set up already.")
      }
      try people.setSecondFactor(of: person, secret: secret, step: step)
      try RecoveryCodeStore(db: db).replace(of: person, with: codes, now: now)
      try SessionStore(db: db).markSecondFactor(session.id, token: token, now: now)
      try AuditStore(db: db).add(id: audit, by: person, "second factor set up", "person", person.description, now: now)
      try Self.tell("A second step was set up for your account", person, letterID: letterID, settings, now: now, db)
    }
    site.note(.secondStepShown, person, by: "app", visit)
    var renewed = visit
    renewed.viewer.formToken = Session.formToken(for: token)
    var response = SignInPages.recoveryCodes(codes, next: next, renewed.viewer)
      .response(for: renewed, assets: site.assets)
    response.setCookie(settings.sessionCookie(token))
    return response
  }

  // MARK: in the account

  @Sendable func show(visit: Visit) async throws -> Page { try await page(visit) }

  private func page(_ visit: Visit, problems: Problems = [:]) async throws -> Page {
    let (person, viewer) = (try visit.proven(), visit.viewer)
    return try await site.database.read { db in
      SignInPages.secondStep(
        isOn: try PersonStore(db: db).standing(of: person).hasSecondFactor,
        isNeeded: viewer.roles.contains(where: \.needsSecondFactor),
        codesLeft: try RecoveryCodeStore(db: db).left(of: person), problems: problems, viewer)
    }
  }

  /// Ten new recovery codes; the digits show that the app is at hand and not only an open browser.
  @Sendable func renew(visit: Visit) async throws -> any Answer {
    let (person, digits, now) = (try visit.proven(), visit.fields["digits"], visit.viewer.now)
    try await limit(person, now)
    let (audit, codes) = (site.newID(), RecoveryCodeStore.make(site.newSecret))
    let passed = try await site.database.write { db in
      guard try Self.spend(digits, of: person, now: now, db) else { return false }
      try RecoveryCodeStore(db: db).replace(of: person, with: codes, now: now)
      try AuditStore(db: db).add(id: audit, by: person, "recovery codes renewed", "person", "\(person)", now: now)
      return true
    }
    guard passed else { return try await page(visit, problems: ["digits": Self.wrongDigits]).refused() }
    return SignInPages.recoveryCodes(codes, next: "/account/second-step", visit.viewer)
  }

  @Sendable func turnOff(visit: Visit) async throws -> any Answer {
    let (person, digits, now) = (try visit.proven(), visit.fields["off"], visit.viewer.now)
    guard !visit.viewer.roles.contains(where: \.needsSecondFactor) else {
      throw Refusal.forbidden("The office and liaisons need a second step.")
    }
    try await limit(person, now)
    let (audit, letterID, settings) = (site.newID(), site.newID(), site.settings)
    let passed = try await site.database.write { db in
      guard try Self.spend(digits, of: person, now: now, db) else { return false }
      try PersonStore(db: db).removeSecondFactor(of: person)
      try AuditStore(db: db).add(id: audit, by: person, "second factor turned off", "person", "\(person)", now: now)
      try Self.tell(
        "The second step of your account was turned off", person, letterID: letterID, settings, now: now, db)
      return true
    }
    guard passed else { return try await page(visit, problems: ["off": Self.wrongDigits]).refused() }
    return Redirect(to: "/account/second-step")
  }

  private static let wrongDigits = "Those are not the digits of this half minute. Wait for the next ones and type them."

  private func limit(_ person: Person.ID, _ now: Instant) async throws {
    try await site.take(.init("factor:\(person)", 10, per: .minutes(15)), now: now)
  }

  /// Whether these are the digits of now, not used before; from now on they are.
  private static func spend(_ digits: String, of person: Person.ID, now: Instant, _ db: any Transaction) throws -> Bool
  {
    let people = PersonStore(db: db)
    let factor = try people.secondFactor(of: person)
    guard let password = factor.secret.flatMap({ OneTimePassword(base32: $0) }),
      let step = password.match(digits, at: now.milliseconds / 1000, after: factor.spentStep)
    else { return false }
    try people.spendSecondFactor(of: person, step: step)
    return true
  }

  private static func tell(
    _ what: String, _ person: Person.ID, letterID: String, _ settings: Settings, now: Instant, _ db: any Transaction
  ) throws {
    guard let email = EmailAddress(try PersonStore(db: db).email(of: person)) else { return }
    try MailStore(db: db).add(SignInLetters.changed(what, to: email, id: letterID, settings), now: now)
  }

  private func enrol(
    _ password: OneTimePassword, email: String, next: String, _ visit: Visit, problems: Problems = [:]
  ) -> Page {
    SignInPages.enrol(
      secret: password.base32, uri: password.uri(issuer: site.settings[.leagueName], account: email), next: next,
      problems: problems, visit.viewer)
  }
}
