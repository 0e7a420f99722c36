import HTTPTypes
import Hummingbird
import Logging
import Storage

/// Signing in through a provider: away by a form, back by the address that the provider sends the browser to.
struct ProviderRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.post("sign-in/with/:provider", .everyone, use: leave)
    routes.get("sign-in/provider", .everyone, use: comeBack)
    routes.get("sign-in/offer/:id", .everyone, use: offer)
    routes.get("account/ways-in", .signedIn, use: ways)
    routes.post("account/ways-in/offers/:offer", .signedIn, use: link)
    routes.post("account/ways-in/end", .signedIn, use: unlink)
  }

  private var callback: String { "\(site.settings.origin)/sign-in/provider" }

  private func provider(_ id: String) throws(Refusal) -> Provider {
    try site.settings.providers.first { $0.id == id }.orRefuse(.notFound)
  }

  // MARK: away and back

  /// A page that leads on, not a redirect: our pages let no form lead to another host (`form-action`).
  @Sendable func leave(visit: Visit) async throws -> any Answer {
    let (provider, now) = (try provider(visit.part("provider")), visit.viewer.now)
    let next = Redirect.local(visit.fields["next"])
    try await site.take(.init("provider:\(visit.address)", 60, per: .minutes(15)), now: now)
    let (state, nonce) = (site.newSecret(), site.newSecret())
    let verifier = site.newSecret() + site.newSecret()
    let browser = visit.browser.isEmpty ? site.newSecret() : visit.browser
    let hint = EmailAddress(visit.fields["email"])?.description ?? ""
    let address: String
    do {
      address = try await site.providers.address(
        of: provider, state: state, nonce: nonce, verifier: verifier, callback: callback, hint: hint, now: now)
    } catch let trouble as ProviderClient.Trouble {
      return failed(provider, trouble, next: next, visit)
    }
    try await site.database.write { db in
      try ProviderStore(db: db).ask(
        provider, state: state, nonce: nonce, verifier: verifier, browser: browser, next: next, now: now)
    }
    var response = ProviderPages.onward(to: provider, address, visit.viewer).response(for: visit, assets: site.assets)
    response.headers[.refresh] = "0;url=\(address)"
    response.headers[.cacheControl] = "no-store"
    response.setCookie(site.settings.browserCookie(browser))
    return response
  }

  /// The one address that acts upon a GET, since providers lead back by nothing else: the state that stands in it is good
  /// once, for ten minutes, and only in the browser that asked.
  @Sendable func comeBack(visit: Visit) async throws -> any Answer {
    let (state, code, now) = (visit.fields["state"], visit.fields["code"], visit.viewer.now)
    let browser = visit.browser
    // Some say no without the state, which they must send (RFC 6749, section 4.1.2.1).
    if state.isEmpty, visit.fields.has("error") { return refused(by: "The service", next: "/", visit) }
    guard !state.isEmpty, !browser.isEmpty else { return ended(visit) }
    let question = try await site.database.write { db in
      try ProviderStore(db: db).spend(state: state, browser: browser, now: now)
    }
    guard let question, let provider = site.settings.providers.first(where: { $0.id == question.provider }) else {
      return ended(visit)
    }
    guard visit.fields["error"].isEmpty, !code.isEmpty else {
      site.note(.signInRefused, nil, by: provider.name, visit)
      return refused(by: provider.name, next: question.next, visit)
    }
    do {
      let identity = try await site.providers.identity(
        at: provider, code: code, issuer: visit.fields["iss"], nonce: question.nonce, verifier: question.verifier,
        callback: callback, now: now)
      return try await welcome(identity, from: provider, next: question.next, visit)
    } catch let trouble as ProviderClient.Trouble {
      site.note(.signInRefused, nil, by: provider.name, visit)
      return failed(provider, trouble, next: question.next, visit)
    }
  }

  private func refused(by name: String, next: String, _ visit: Visit) -> StatusPage {
    SignInPages.ask(
      email: "", next: next,
      problems: ["email": "\(name) did not let you in, and nothing was changed. A code by mail works too."],
      providers: site.settings.providers, visit.viewer
    ).refused()
  }

  private func ended(_ visit: Visit) -> StatusPage {
    SignInPages.ask(
      email: "", next: "/",
      problems: ["email": "That way in has ended, was used, or began in another browser. Begin again here."],
      providers: site.settings.providers, visit.viewer
    ).refused()
  }

  private func failed(
    _ provider: Provider, _ trouble: ProviderClient.Trouble, next: String, _ visit: Visit
  ) -> StatusPage {
    site.log.warning("provider", metadata: ["id": "\(visit.requestID)", "trouble": "\(trouble)"])
    let words =
      "\(provider.name) could not be asked, or its answer could not be believed. A code by mail works meanwhile."
    return SignInPages.ask(
      email: "", next: next, problems: ["email": words], providers: site.settings.providers, visit.viewer
    ).refused()
  }

  /// Opens the account that is linked; links by itself only where the office said that this provider speaks for the
  /// domain; otherwise asks for the one more thing that shows whose account it is.
  private func welcome(
    _ identity: ProviderIdentity, from provider: Provider, next: String, _ visit: Visit
  ) async throws -> any Answer {
    let (opening, fresh, now) = (SessionOpening(site: site), Person.ID(site.newID()), visit.viewer.now)
    let (offerID, audit, letterID, settings) = (site.newID(), site.newID(), site.newID(), site.settings)
    let current = visit.viewer.person
    enum Way { case opened(Person.ID, start: String), offered(String) }
    let way: Way = try await site.database.write { db in
      let (store, people) = (ProviderStore(db: db), PersonStore(db: db))
      if let person = try store.person(of: identity, now: now) {
        try opening.open(person, visit, browser: visit.browser, db)
        return .opened(person, start: next)
      }
      if current == nil, let rule = try identity.vouchedDomain.flatMap(DomainRuleStore(db: db).find),
        rule.provider == provider.id
      {
        let known = try people.find(email: identity.email.description)
        let name = identity.name.isEmpty ? nil : identity.name
        let person =
          try known ?? people.add(id: fresh, email: identity.email.description, name: name, now: now)
        _ = try store.link(issuer: identity.issuer, subject: identity.subject, to: person, now: now)
        try AuditStore(db: db).add(
          id: audit, by: person, "provider linked", "person", "\(person)", detail: provider.name, now: now)
        if known != nil {
          let letter = SignInLetters.changed(
            "\(provider.name) opens your account from now on", to: identity.email, id: letterID, settings)
          try MailStore(db: db).add(letter, now: now)
        }
        try opening.open(person, visit, browser: visit.browser, db)
        let start = next == "/" ? "/schools/\(rule.school)" : next
        return .opened(person, start: known == nil ? "/account?next=\(percentEncoded(start))" : next)
      }
      try store.offer(identity, id: offerID, browser: visit.browser, next: next, now: now)
      return .offered(current == nil ? "/sign-in/offer/\(offerID)" : "/account/ways-in?offer=\(offerID)")
    }
    switch way {
    case .opened(let person, let start):
      site.note(.signedIn, person, by: provider.name, visit)
      return Redirect(to: start, cookies: [settings.sessionCookie(opening.token)])
    case .offered(let path): return Redirect(to: path)
    }
  }

  // MARK: an account that is not linked yet

  @Sendable func offer(visit: Visit) async throws -> Page {
    let (id, now) = (try visit.part("id"), visit.viewer.now)
    let offer = try await site.database.read { db in
      try ProviderStore(db: db).offer(id, browser: visit.browser, now: now)
    }.orRefuse(.notFound)
    return ProviderPages.offer(offer, from: name(of: offer.issuer), visit.viewer)
  }

  /// As the settings call whoever issued it; the issuer's own address when they no longer do.
  private func name(of issuer: String) -> String {
    let slashed = { (text: String) in text.hasSuffix("/") ? text : text + "/" }
    if let exact = site.settings.providers.first(where: { slashed($0.issuer) == slashed(issuer) }) { return exact.name }
    return issuer.replacing("https://", with: "").split(separator: "/").first.map(String.init) ?? issuer
  }

  @Sendable func ways(visit: Visit) async throws -> Page { try await page(visit) }

  private func page(_ visit: Visit) async throws -> Page {
    let (person, offer, now) = (try visit.freshlyProven(), visit.fields["offer"], visit.viewer.now)
    let (links, offered) = try await site.database.read { db in
      let store = ProviderStore(db: db)
      return (
        try store.links(of: person),
        offer.isEmpty ? nil : try store.offer(offer, browser: visit.browser, now: now)
      )
    }
    return ProviderPages.ways(
      links.map { ($0, name(of: $0.issuer)) }, offered: offered.map { ($0, name(of: $0.issuer)) },
      providers: site.settings.providers, visit.viewer)
  }

  @Sendable func link(visit: Visit) async throws -> Redirect {
    let (person, id, now) = (try visit.freshlyProven(), try visit.part("offer"), visit.viewer.now)
    let (audit, letterID, settings) = (site.newID(), site.newID(), site.settings)
    try await site.database.write { db in
      let store = ProviderStore(db: db)
      let offer = try store.offer(id, browser: visit.browser, now: now).orRefuse(.notFound)
      guard try store.take(offer, by: person, now: now) else {
        throw Refusal.conflict("That account opens another League account already. Nothing was changed.")
      }
      try AuditStore(db: db).add(
        id: audit, by: person, "provider linked", "person", "\(person)", detail: name(of: offer.issuer), now: now)
      if let email = EmailAddress(try PersonStore(db: db).email(of: person)) {
        let words = "\(name(of: offer.issuer)) opens your account from now on"
        try MailStore(db: db).add(SignInLetters.changed(words, to: email, id: letterID, settings), now: now)
      }
    }
    return Redirect(to: "/account/ways-in")
  }

  @Sendable func unlink(visit: Visit) async throws -> Redirect {
    let (person, now) = (try visit.freshlyProven(), visit.viewer.now)
    let (issuer, subject, audit) = (visit.fields["issuer"], visit.fields["subject"], site.newID())
    try await site.database.write { db in
      guard try ProviderStore(db: db).unlink(issuer: issuer, subject: subject, of: person) else { return }
      try AuditStore(db: db).add(
        id: audit, by: person, "provider unlinked", "person", "\(person)", detail: name(of: issuer), now: now)
    }
    return Redirect(to: "/account/ways-in")
  }
}

extension HTTPField.Name {
  /// As every browser reads it (HTML, section "Refresh").
  fileprivate static let refresh = HTTPField.Name("refresh") ?? .location
}
