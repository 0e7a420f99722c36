import SignIn
import Storage

/// Time-based codes for accounts that have rights over others' data.
struct SecondFactorRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.get("sign-in/second-factor", .signedIn, use: ask)
    routes.post("sign-in/second-factor", .signedIn, use: check)
    routes.post("sign-in/second-factor/setup", .signedIn, use: setUp)
  }

  @Sendable func ask(visit: Visit) async throws -> Page {
    let next = Redirect.local(visit.fields["next"])
    let person = try visit.signedIn()
    let factor = try await site.database.read { db in try PersonStore(db: db).secondFactor(of: person) }
    if factor.secret != nil { return SignInPages.secondFactor(next: next, visit.viewer) }
    let fresh = OneTimePassword.random()
    return enrol(fresh, email: factor.email, next: next, visit)
  }

  @Sendable func check(visit: Visit) async throws -> any Answer {
    let next = Redirect.local(visit.fields["next"])
    let (person, session) = (try visit.signedIn(), try visit.session.orRefuse(.signInNeeded))
    let (typed, now) = (visit.fields["digits"], visit.viewer.now)
    try await site.limiter.take("factor:\(person)", .init(10, per: .minutes(15)), now: now)
    let passed = try await site.database.write { db in
      let people = PersonStore(db: db)
      let factor = try people.secondFactor(of: person)
      guard let password = factor.secret.flatMap({ OneTimePassword(base32: $0) }),
        let step = password.match(typed, at: now.milliseconds / 1000, after: factor.spentStep)
      else { return false }
      try people.spendSecondFactor(of: person, step: step)
      try SessionStore(db: db).markSecondFactor(session.id, now: now)
      return true
    }
    guard passed else {
      return SignInPages.secondFactor(
        next: next,
        problems: ["digits": "Those are not the digits of this half minute. Wait for the next ones and type them."],
        visit.viewer
      ).refused()
    }
    return Redirect(to: next)
  }

  /// Turns the factor on once the app has shown that it holds the key; a key that is on is never replaced here.
  @Sendable func setUp(visit: Visit) async throws -> any Answer {
    let next = Redirect.local(visit.fields["next"])
    let (person, session) = (try visit.signedIn(), try visit.session.orRefuse(.signInNeeded))
    let (typed, secret, now) = (visit.fields["digits"], visit.fields["secret"], visit.viewer.now)
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
    let audit = site.newID()
    try await site.database.write { db in
      let people = PersonStore(db: db)
      guard try people.secondFactor(of: person).secret == nil else {
        throw Refusal.conflict("A second step is set up already.")
      }
      try people.setSecondFactor(of: person, secret: secret, step: step)
      try SessionStore(db: db).markSecondFactor(session.id, now: now)
      try AuditStore(db: db).add(id: audit, by: person, "second factor set up", "person", person.description, now: now)
    }
    return Redirect(to: next)
  }

  private func enrol(
    _ password: OneTimePassword, email: String, next: String, _ visit: Visit, problems: Problems = [:]
  ) -> Page {
    SignInPages.enrol(
      secret: password.base32, uri: password.uri(issuer: site.settings[.leagueName], account: email), next: next,
      problems: problems, visit.viewer)
  }
}
