import HTTPTypes
import Hummingbird

/// What tells a browser to trust nothing but this site (OWASP ASVS 5.0, section 3.4).
enum SecurityHeaders {
  /// - Parameter route: as the router names it, such as `/office/people/{id}`; nil where nothing answered.
  static func add(to response: inout Response, route: String?, secure: Bool) {
    response.headers[.contentSecurityPolicy] = policy
    response.headers[.xContentTypeOptions] = "nosniff"
    response.headers[referrerPolicy] = "same-origin"
    response.headers[openerPolicy] = "same-origin"
    response.headers[resourcePolicy] = "same-origin"
    response.headers[permissions] = "camera=(), geolocation=(), microphone=()"
    if secure { response.headers[.strictTransportSecurity] = "max-age=63072000; includeSubDomains" }
    if let route, secretRoutes.contains(where: route.hasPrefix) { response.headers[.cacheControl] = "no-store" }
  }

  /// What shows keys, codes, or all that is kept of a person: no browser writes it to a disk (section 14.3). Long forms are
  /// not among them: the back button gives their typed words again.
  private static let secretRoutes = [
    "/sign-in", "/first-office", "/account/data", "/account/record", "/account/recovery-codes", "/account/second-step",
    "/account/sessions", "/account/ways-in", "/office/audit", "/office/mail", "/office/people",
  ]

  /// No inline script, no inline style, no other host, no frame around us.
  private static let policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"

  private static let referrerPolicy = HTTPField.Name("referrer-policy") ?? .referer
  private static let openerPolicy = HTTPField.Name("cross-origin-opener-policy") ?? .server
  private static let resourcePolicy = HTTPField.Name("cross-origin-resource-policy") ?? .server
  private static let permissions = HTTPField.Name("permissions-policy") ?? .server
}
