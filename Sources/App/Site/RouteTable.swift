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
  }

  package private(set) var entries: [Entry] = []
  let router: Router<Visit>
  let assets: Assets

  init(router: Router<Visit>, assets: Assets) {
    self.router = router
    self.assets = assets
  }

  mutating func get(
    _ path: String, _ access: Access, use handler: @escaping @Sendable (Visit) async throws -> any Answer
  ) {
    add(.get, path, access, handler)
  }

  mutating func post(
    _ path: String, _ access: Access, use handler: @escaping @Sendable (Visit) async throws -> any Answer
  ) {
    add(.post, path, access, handler)
  }

  private mutating func add(
    _ method: HTTPRequest.Method, _ path: String, _ access: Access,
    _ handler: @escaping @Sendable (Visit) async throws -> any Answer
  ) {
    entries.append(Entry(method: method.rawValue, path: "/" + path, access: access))
    let assets = assets
    router.on(RouterPath(path), method: method) { _, visit -> Response in
      try access.check(visit.viewer)
      return try await handler(visit).response(for: visit, assets: assets)
    }
  }
}
