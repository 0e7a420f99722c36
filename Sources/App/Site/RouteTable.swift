import HTTPTypes
import Hummingbird

/// Who may use a route at all. The handler narrows it to the noun ("this school's lead"); hidden looks like missing.
package enum Access: String, Sendable, CaseIterable {
  case everyone
  /// Anybody with an account.
  case signedIn
  /// Educators and leads of member schools, liaisons, the office.
  case member
  /// Leads of any school, liaisons, the office.
  case lead
  /// State liaisons and the office.
  case liaison
  case office

  func check(_ viewer: Viewer) throws(Refusal) {
    if self == .everyone { return }
    guard viewer.isSignedIn else { throw .signInNeeded }
    let allowed =
      switch self {
      case .everyone, .signedIn: true
      case .member: viewer.isMember
      case .lead: viewer.isOffice || viewer.roles.contains { $0.kind == .lead || $0.kind == .liaison }
      case .liaison: viewer.isOffice || !viewer.liaisonStates.isEmpty
      case .office: viewer.isOffice
      }
    if allowed { return }
    throw viewer.owesSecondFactor ? .secondFactorNeeded : .forbidden(whomToAsk)
  }

  private var whomToAsk: String {
    switch self {
    case .everyone, .signedIn: ""
    case .member:
      "This is for educators of member schools. If your school is a member, ask its lead to add you; if it is not, find it in the directory and start there."
    case .lead: "This is for the leads of a school. Ask your school's lead or the League office."
    case .liaison: "This is for state liaisons and the League office."
    case .office: "This is for the League office."
    }
  }
}

/// Every route with who may use it. Nothing is reachable that is not declared here; the authorization test reads it.
package struct RouteTable {
  package struct Entry: Sendable, Hashable {
    package let method: String
    package let path: String
    package let access: Access
    /// Whether the office may do it while it acts as somebody; what only reads, it may.
    package let whileActing: Bool

    package init(method: String, path: String, access: Access, whileActing: Bool = false) {
      self.method = method
      self.path = path
      self.access = access
      self.whileActing = whileActing || method == "GET"
    }
  }

  /// Says in the log what was done while the office acts as somebody, before it is done.
  typealias ActingRecord = @Sendable (Visit, String) async throws -> Void

  package private(set) var entries: [Entry] = []
  let router: Router<Visit>
  let assets: Assets
  let cache: PageCache
  /// The name of the cookie that tells a session; whoever sends it gets no kept page.
  let sessionCookie: String
  let recordActing: ActingRecord

  init(
    router: Router<Visit>, assets: Assets, cache: PageCache, sessionCookie: String,
    recordActing: @escaping ActingRecord
  ) {
    self.recordActing = recordActing
    self.router = router
    self.assets = assets
    self.cache = cache
    self.sessionCookie = sessionCookie
  }

  /// - Parameter cached: visitors may be sent the page as it was up to half a minute ago; see `PageCache`. Only for pages
  ///   that say the same to every visitor.
  mutating func get(
    _ path: String, _ access: Access, cached: Bool = false,
    use handler: @escaping @Sendable (Visit) async throws -> any Answer
  ) {
    if cached { addCached(path, access, handler) } else { add(.get, path, access, handler) }
  }

  /// - Parameters:
  ///   - whileActing: the office may do it while it acts as somebody. Never for what signs, decides, or speaks.
  ///   - keepsPages: it changes nothing that a kept page or a shared value shows.
  mutating func post(
    _ path: String, _ access: Access, whileActing: Bool = false, keepsPages: Bool = false,
    use handler: @escaping @Sendable (Visit) async throws -> any Answer
  ) {
    add(.post, path, access, whileActing: whileActing, keepsPages: keepsPages, handler)
  }

  private mutating func add(
    _ method: HTTPRequest.Method, _ path: String, _ access: Access, whileActing: Bool = false, keepsPages: Bool = false,
    _ handler: @escaping @Sendable (Visit) async throws -> any Answer
  ) {
    entries.append(Entry(method: method.rawValue, path: "/" + path, access: access, whileActing: whileActing))
    let (assets, cache, recordActing) = (assets, cache, recordActing)
    router.on(RouterPath(path), method: method) { _, visit -> Response in
      try access.check(visit.viewer)
      if method != .get, visit.viewer.acting != nil {
        guard whileActing else {
          throw Refusal.forbidden(
            "You look at the League as \(visit.viewer.name). What signs, decides or speaks in their name, only they can do."
          )
        }
        try await recordActing(visit, "/\(path)")
      }
      if method == .get || keepsPages { return try await handler(visit).response(for: visit, assets: assets) }
      return try await cache.changing { try await handler(visit) }.response(for: visit, assets: assets)
    }
  }

  private mutating func addCached(
    _ path: String, _ access: Access, _ handler: @escaping @Sendable (Visit) async throws -> any Answer
  ) {
    entries.append(Entry(method: "GET", path: "/" + path, access: access))
    let (assets, cache, sessionCookie) = (assets, cache, sessionCookie)
    router.on(RouterPath(path), method: .get) { request, visit -> Response in
      try access.check(visit.viewer)
      let now = visit.viewer.now
      guard let address = PageCache.address(of: request, visit, sessionCookie: sessionCookie) else {
        return try await handler(visit).response(for: visit, assets: assets)
      }
      if let kept = cache.find(address, now: now) {
        return kept.response(to: request, acceptsGzip: visit.acceptsGzip)
      }
      let generation = cache.generation
      let answer = try await handler(visit)
      guard let page = answer as? Page else { return answer.response(for: visit, assets: assets) }
      let bytes = page.bytes(for: visit.viewer, assets: assets)
      return cache.keep(bytes, at: address, generation: generation, now: now)
        .response(to: request, acceptsGzip: visit.acceptsGzip)
    }
  }
}
