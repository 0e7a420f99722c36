import Hummingbird

extension Settings {
  /// `__Host-` makes browsers refuse the cookie from any other host or over plain http (RFC 6265bis, section 4.1.3).
  var sessionCookie: String { isSecure ? "__Host-league" : "league" }
  var browserCookie: String { isSecure ? "__Host-league-browser" : "league-browser" }

  func sessionCookie(_ token: String) -> Cookie { cookie(sessionCookie, token, lifetime: sessionLifetime) }
  func endedSessionCookie() -> Cookie { cookie(sessionCookie, "", lifetime: .seconds(0)) }
  func browserCookie(_ secret: String) -> Cookie { cookie(browserCookie, secret, lifetime: .days(30)) }

  private func cookie(_ name: String, _ value: String, lifetime: Span) -> Cookie {
    Cookie(
      name: name, value: value, maxAge: lifetime.wholeSeconds, path: "/", secure: isSecure, httpOnly: true,
      sameSite: .lax)
  }
}
