import Hummingbird
import Logging
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
    let factor = try await factor(of: person)
    guard case .none = factor.key else { return SignInPages.secondFactor(next: next, visit.viewer) }
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
    let seal = site.seal
    let outcome: Digits = try await site.database.write { db in
      if recovery.isEmpty {
        let digits = try Self.spend(digits, of: person, now: now, AuthenticatorKeyStore(db: db, seal: seal))
        guard digits == .right else { return digits }
      } else {
        guard try PersonStore(db: db).standing(of: person).hasSecondFactor,
          try RecoveryCodeStore(db: db).spend(recovery, of: person, now: now)
        else { return .wrong }
        let left = try RecoveryCodeStore(db: db).left(of: person)
        try AuditStore(db: db).add(
          id: auditID, by: person, "recovery code used", "person", "\(person)", detail: "\(left) left", now: now)
        try Self.tell(
          "A recovery code was used to sign in; \(left) are left", person, letterID: letterID, settings, now: now, db)
      }
      try SessionStore(db: db).markSecondFactor(session.id, token: token, now: now)
      return .right
    }
    let way = recovery.isEmpty ? "app" : "recovery code"
    guard outcome == .right else {
      site.note(.secondStepRefused, person, by: way, visit)
      let problems = recovery.isEmpty ? ["digits": words(for: outcome, person)] : ["recovery": Self.wrongCode]
      return SignInPages.secondFactor(next: next, problems: problems, visit.viewer).refused()
    }
    site.note(.secondStepShown, person, by: way, visit)
    return Redirect(to: next, cookies: [settings.sessionCookie(token)])
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
      let email = try await factor(of: person).email
      return enrol(
        password, email: email, next: next, visit,
        problems: [
          "digits": "Those are not the digits that this key gives now. Check the key in the app and try again."
        ]
      ).refused()
    }
    let (audit, letterID, settings, token) = (site.newID(), site.newID(), site.settings, site.newSecret())
    let (codes, seal) = (RecoveryCodeStore.make(site.newSecret), site.seal)
    try await site.database.write { db in
      let keys = AuthenticatorKeyStore(db: db, seal: seal)
      guard case .none = try keys.factor(of: person).key else {
        throw Refusal.conflict("A second step is set up already.")
      }
      try keys.set(secret, of: person, step: step)
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
    let (audit, codes, seal) = (site.newID(), RecoveryCodeStore.make(site.newSecret), site.seal)
    let outcome: Digits = try await site.database.write { db in
      let digits = try Self.spend(digits, of: person, now: now, AuthenticatorKeyStore(db: db, seal: seal))
      guard digits == .right else { return digits }
      try RecoveryCodeStore(db: db).replace(of: person, with: codes, now: now)
      try AuditStore(db: db).add(id: audit, by: person, "recovery codes renewed", "person", "\(person)", now: now)
      return .right
    }
    guard outcome == .right else {
      return try await page(visit, problems: ["digits": words(for: outcome, person)]).refused()
    }
    return SignInPages.recoveryCodes(codes, next: "/account/second-step", visit.viewer)
  }

  @Sendable func turnOff(visit: Visit) async throws -> any Answer {
    let (person, digits, now) = (try visit.proven(), visit.fields["off"], visit.viewer.now)
    guard !visit.viewer.roles.contains(where: \.needsSecondFactor) else {
      throw Refusal.forbidden("The office and liaisons need a second step.")
    }
    try await limit(person, now)
    let (audit, letterID, settings, seal) = (site.newID(), site.newID(), site.settings, site.seal)
    let outcome: Digits = try await site.database.write { db in
      let digits = try Self.spend(digits, of: person, now: now, AuthenticatorKeyStore(db: db, seal: seal))
      guard digits == .right else { return digits }
      try PersonStore(db: db).removeSecondFactor(of: person)
      try AuditStore(db: db).add(id: audit, by: person, "second factor turned off", "person", "\(person)", now: now)
      try Self.tell(
        "The second step of your account was turned off", person, letterID: letterID, settings, now: now, db)
      return .right
    }
    guard outcome == .right else {
      return try await page(visit, problems: ["off": words(for: outcome, person)]).refused()
    }
    return Redirect(to: "/account/second-step")
  }

  /// What became of typed digits.
  private enum Digits: Sendable { case right, wrong, cannotBeChecked }

  private static let wrongCode = "That is none of your codes, or it was used before."

  private func words(for digits: Digits, _ person: Person.ID) -> String {
    guard digits == .cannotBeChecked else {
      return "Those are not the digits of this half minute. Wait for the next ones and type them."
    }
    site.log.error(
      "a key of an authenticator app does not open; \(ServerSecret.cure)", metadata: ["person": "\(person)"])
    return
      "The League's server can no longer check your app's digits. Use a recovery code, or ask the League office to "
      + "take your second step away; then you set it up anew."
  }

  private func factor(of person: Person.ID) async throws -> AuthenticatorKeyStore.Factor {
    let seal = site.seal
    return try await site.database.read { db in try AuthenticatorKeyStore(db: db, seal: seal).factor(of: person) }
  }

  private func limit(_ person: Person.ID, _ now: Instant) async throws {
    try await site.take(.init("factor:\(person)", 10, per: .minutes(15)), now: now)
  }

  /// Whether these are the digits of now, not used before; from now on they are.
  private static func spend(
    _ digits: String, of person: Person.ID, now: Instant, _ keys: AuthenticatorKeyStore
  ) throws -> Digits {
    let factor = try keys.factor(of: person)
    switch factor.key {
    case .none: return .wrong
    case .closed: return .cannotBeChecked
    case .open(let password):
      guard let step = password.match(digits, at: now.milliseconds / 1000, after: factor.spentStep) else {
        return .wrong
      }
      try keys.spend(step: step, of: person)
      return .right
    }
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
