@testable import App

/// One line a route: method, path, who may pass its door.
enum AuthorizationTable {
  static let rows: [RouteTable.Entry] = (site + signIn + gallery).map {
    RouteTable.Entry(method: $0.0, path: $0.1, access: $0.2)
  }

  typealias Line = (String, String, Access)

  private static let site: [Line] = [
    ("GET", "/", .everyone),
    ("GET", "/assets/:name", .everyone),
    ("GET", "/robots.txt", .everyone),
    ("GET", "/healthz", .everyone),
    ("GET", "/keyboard", .everyone),
    ("POST", "/theme", .signedIn),
    ("GET", "/kept/:id", .signedIn),
    ("GET", "/office/mail", .office),
    ("GET", "/office/mail/:id", .office),
  ]

  private static let signIn: [Line] = [
    ("GET", "/sign-in", .everyone),
    ("POST", "/sign-in", .everyone),
    ("GET", "/sign-in/code", .everyone),
    ("POST", "/sign-in/code", .everyone),
    ("POST", "/sign-out", .everyone),
    ("GET", "/sign-in/second-factor", .signedIn),
    ("POST", "/sign-in/second-factor", .signedIn),
    ("POST", "/sign-in/second-factor/setup", .signedIn),
    ("GET", "/first-office/:token", .everyone),
    ("POST", "/first-office/:token", .everyone),
    ("GET", "/account/sessions", .signedIn),
    ("POST", "/account/sessions/:id/end", .signedIn),
    ("POST", "/account/sessions/end-others", .signedIn),
  ]

  private static let gallery: [Line] = [
    ("GET", "/gallery", .everyone),
    ("GET", "/gallery/:feature/:page", .everyone),
    ("GET", "/demo", .everyone),
    ("POST", "/demo/:id", .everyone),
  ]
}
