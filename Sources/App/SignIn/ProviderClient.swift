import Foundation
import SignIn

/// Speaks with the providers: reads what they publish, keeps it a while, and changes codes for who somebody is
/// (OpenID Connect Core 1.0, authorization code flow, with PKCE).
actor ProviderClient {
  /// A provider that cannot be asked now, or answered what cannot be believed.
  struct Trouble: Error, CustomStringConvertible {
    let description: String
  }

  private struct Publication {
    let document: Document
    let readAt: Instant
    var keys: KeySet?
    var keysReadAt: Instant
  }

  private struct Document: Decodable {
    let issuer, authorization_endpoint, token_endpoint, jwks_uri: String
    let token_endpoint_auth_methods_supported: [String]?
    let authorization_response_iss_parameter_supported: Bool?

    /// Whether `said`, the issuer that an answer names, is this one, so that no code goes to another provider than the
    /// one that made it (RFC 9207, section 2.4). Empty is right where the provider does not promise to name itself.
    func sent(_ said: String) -> Bool {
      if said.isEmpty { return authorization_response_iss_parameter_supported != true }
      let parts = issuer.components(separatedBy: "{tenantid}")
      guard parts.count == 2 else { return said == issuer }
      return said.count > parts[0].count + parts[1].count && said.hasPrefix(parts[0]) && said.hasSuffix(parts[1])
        && !said.dropFirst(parts[0].count).dropLast(parts[1].count).contains("/")
    }
  }

  private let fetch: @Sendable (WebRequest) async throws -> WebAnswer
  private var publications: [Provider: Publication] = [:]
  /// Questions under way, so that many who come at once ask once.
  private var asking: [Provider: Task<Publication, any Error>] = [:]
  private var absences: [Provider: (at: Instant, trouble: Trouble)] = [:]

  /// So long a provider that did not answer is not asked again: not everybody has to wait for it to say nothing.
  static let absence = Span.seconds(20)

  init(fetch: @escaping @Sendable (WebRequest) async throws -> WebAnswer) { self.fetch = fetch }

  /// Where the browser goes to be asked.
  func address(
    of provider: Provider, state: String, nonce: String, verifier: String, callback: String, hint: String, now: Instant
  ) async throws -> String {
    let document = try await publication(of: provider, now: now).document
    var question = Fields()
    question.add("response_type", "code")
    question.add("client_id", provider.client)
    question.add("redirect_uri", callback)
    question.add("scope", "openid email profile")
    question.add("state", state)
    question.add("nonce", nonce)
    question.add("code_challenge", CodeProof.challenge(of: verifier))
    question.add("code_challenge_method", "S256")
    if !hint.isEmpty { question.add("login_hint", hint) }
    let mark = document.authorization_endpoint.contains("?") ? "&" : "?"
    return document.authorization_endpoint + mark + question.encoded
  }

  /// Spends the code that came back.
  ///
  /// - Parameter issuer: what the answer says of who sent it; empty where it says nothing.
  /// - Throws: `Trouble`, with words for the log.
  func identity(
    at provider: Provider, code: String, issuer: String, nonce: String, verifier: String, callback: String, now: Instant
  ) async throws -> ProviderIdentity {
    let document = try await publication(of: provider, now: now).document
    guard document.sent(issuer) else {
      throw Trouble(description: "the answer is not from \(provider.name) but from \"\(issuer.prefix(200))\"")
    }
    let token = try await idToken(at: provider, document, code: code, verifier: verifier, callback: callback)
    let read = try await check(token, of: provider, nonce: nonce, now: now)
    guard let email = read.email.flatMap(EmailAddress.init) else {
      throw Trouble(description: "\(provider.name) did not say an address")
    }
    let speaksForDomain =
      read.isEmailVerified && (!provider.saysHostedDomain || read.hostedDomain?.lowercased() == email.domain)
    return ProviderIdentity(
      issuer: read.issuer, subject: read.subject, email: email, name: String((read.name ?? "").trimmed.prefix(100)),
      vouchedDomain: speaksForDomain ? email.domain : nil)
  }

  private func idToken(
    at provider: Provider, _ document: Document, code: String, verifier: String, callback: String
  ) async throws -> String {
    var form = Fields()
    form.add("grant_type", "authorization_code")
    form.add("code", code)
    form.add("redirect_uri", callback)
    form.add("code_verifier", verifier)
    var request = WebRequest(url: document.token_endpoint)
    // Without a word on it, Basic is what every provider understands (Discovery 1.0, section 3).
    if document.token_endpoint_auth_methods_supported?.contains("client_secret_basic") ?? true {
      request.basic = (percentEncoded(provider.client), percentEncoded(provider.secret))
    } else {
      form.add("client_id", provider.client)
      form.add("client_secret", provider.secret)
    }
    request.form = form
    let answer = try await ask(provider, request)
    struct Tokens: Decodable { let id_token: String }
    guard answer.status == 200, let tokens = try? JSONDecoder().decode(Tokens.self, from: answer.bytes) else {
      throw Trouble(description: "\(provider.name) refused the code with status \(answer.status)")
    }
    return tokens.id_token
  }

  /// With fresh keys when the kept ones do not fit: providers change theirs at any time.
  private func check(_ token: String, of provider: Provider, nonce: String, now: Instant) async throws -> IDToken {
    for isSecondTry in [false, true] {
      let keys = try await keys(of: provider, fresh: isSecondTry, now: now)
      let issuer = try await publication(of: provider, now: now).document.issuer
      do {
        return try IDToken(
          token, keys: keys, issuer: issuer, client: provider.client, nonce: nonce, now: now.milliseconds / 1000)
      } catch {
        if error == .unknownKey, !isSecondTry { continue }
        throw Trouble(description: "the token of \(provider.name) is not believed: \(error)")
      }
    }
    throw Trouble(description: "the token of \(provider.name) is signed with a key that it does not publish")
  }

  // MARK: what a provider publishes

  private func publication(of provider: Provider, now: Instant) async throws -> Publication {
    if let kept = publications[provider], kept.readAt.isWithin(.hours(24), before: now) { return kept }
    if let absence = absences[provider], absence.at.isWithin(Self.absence, before: now) { throw absence.trouble }
    if let asked = asking[provider] { return try await asked.value }
    let asked = Task { try await read(provider, now: now) }
    asking[provider] = asked
    defer { asking[provider] = nil }
    do {
      let publication = try await asked.value
      (publications[provider], absences[provider]) = (publication, nil)
      return publication
    } catch let trouble as Trouble {
      absences[provider] = (now, trouble)
      throw trouble
    }
  }

  private func read(_ provider: Provider, now: Instant) async throws -> Publication {
    let answer = try await ask(provider, WebRequest(url: "\(provider.issuer)/.well-known/openid-configuration"))
    guard answer.status == 200, let document = try? JSONDecoder().decode(Document.self, from: answer.bytes) else {
      throw Trouble(description: "\(provider.name) publishes no configuration: status \(answer.status)")
    }
    guard Self.isSame(document.issuer, provider.issuer) else {
      throw Trouble(description: "\(provider.name) calls itself \(document.issuer), not \(provider.issuer)")
    }
    for address in [document.authorization_endpoint, document.token_endpoint, document.jwks_uri] {
      guard address.hasPrefix("https://") || WebRequest(url: address).mayBePlain else {
        throw Trouble(description: "\(provider.name) names an address without encryption: \(address)")
      }
    }
    return Publication(document: document, readAt: now, keys: nil, keysReadAt: now)
  }

  /// The same to the letter (Discovery 1.0, section 4.3); only Microsoft's document for all tenants says `{tenantid}`
  /// where the address says `common` or `organizations`.
  private static func isSame(_ said: String, _ configured: String) -> Bool {
    let said = said.hasSuffix("/") ? String(said.dropLast()) : said
    if said == configured { return true }
    return ["common", "organizations"].contains { said.replacing("{tenantid}", with: $0) == configured }
      && said.contains("{tenantid}")
  }

  /// - Parameter fresh: whether the kept ones did not fit; asked for again at most once a minute.
  private func keys(of provider: Provider, fresh: Bool, now: Instant) async throws -> KeySet {
    let publication = try await publication(of: provider, now: now)
    let isYoung = publication.keysReadAt.isWithin(fresh ? .minutes(1) : .hours(6), before: now)
    if let kept = publication.keys, isYoung { return kept }
    let answer = try await ask(provider, WebRequest(url: publication.document.jwks_uri))
    guard answer.status == 200, let keys = try? KeySet(json: answer.bytes), !keys.isEmpty else {
      throw Trouble(description: "\(provider.name) publishes no keys: status \(answer.status)")
    }
    publications[provider]?.keys = keys
    publications[provider]?.keysReadAt = now
    return keys
  }

  private func ask(_ provider: Provider, _ request: WebRequest) async throws -> WebAnswer {
    do {
      return try await fetch(request)
    } catch let failure as WebFailure {
      throw Trouble(description: "\(provider.name) cannot be reached: \(failure)")
    }
  }
}
