import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Storage

/// What every request passes, in order: name it, find out who asks, read and check its form, let the route answer,
/// turn refusals into pages, add the headers that keep browsers safe, log.
struct Gate: RouterMiddleware {
  let site: Site

  func handle(_ request: Request, context: Visit, next: (Request, Visit) async throws -> Response) async throws
    -> Response
  {
    let clock = ContinuousClock()
    let start = clock.now
    var visit = context
    visit.requestID = String(site.newID().suffix(10))
    visit.agent = request.headers[.userAgent] ?? ""
    visit.address = site.settings.proxies.client(of: request, peer: visit.peer)
    let encodings = request.headers[.acceptEncoding] ?? ""
    visit.acceptsGzip = encodings.contains("gzip")
    visit.acceptsBrotli = encodings.contains("br")
    if let header = request.headers[.authorization], header.hasPrefix("Bearer ") {
      visit.bearer = header.dropFirst("Bearer ".count).trimmed
    }
    visit.viewer = .visitor(now: site.now(), zone: site.settings.zone)
    let meter = DatabaseMeter()
    site.meters.begin()
    var failure: (any Error)?
    var response: Response
    do {
      response = try await DatabaseMeter.$current.withValue(meter) {
        try await admit(request, &visit)
        return try await next(request, visit)
      }
    } catch {
      failure = error
      response = await Refusals(site: site).answer(to: error, request, visit)
    }
    SecurityHeaders.add(to: &response, route: visit.endpointPath, secure: site.settings.isSecure)
    let took = clock.now - start
    site.meters.end(
      method: request.method.rawValue, route: visit.endpointPath, status: response.status.code,
      seconds: took.milliseconds / 1000, meter)
    log(request, visit, response, took: took, meter, failure)
    return response
  }

  /// - Throws: a `Refusal` when the request may not pass.
  private func admit(_ request: Request, _ visit: inout Visit) async throws {
    visit.browser = request.cookies[site.settings.browserCookie]?.value ?? ""
    if let token = request.cookies[site.settings.sessionCookie]?.value, !token.isEmpty {
      try await Identify(site: site).identify(token, &visit)
    }
    if request.method == .post {
      try await FormReader(site: site).read(request, &visit)
    } else {
      visit.fields = Fields(urlEncoded: request.uri.query ?? "") ?? Fields()
    }
    try await limit(request, visit)
  }

  private func limit(_ request: Request, _ visit: Visit) async throws {
    guard let perMinute = site.settings.requestsPerMinute, !request.uri.path.hasPrefix("/assets/") else { return }
    let who = visit.viewer.person.map { "person:\($0)" } ?? "address:\(visit.address)"
    let now = visit.viewer.now
    try await site.limiter.take("any:\(who)", .init(perMinute, per: .minutes(1)), now: now)
    if request.method == .post {
      try await site.limiter.take("post:\(who)", .init(max(1, perMinute / 10), per: .minutes(1)), now: now)
    }
  }

  /// Route, not address: an address may hold a name or a token.
  private func log(
    _ request: Request, _ visit: Visit, _ response: Response, took: Duration, _ meter: DatabaseMeter,
    _ failure: (any Error)?
  ) {
    var line: Logger.Metadata = [
      "id": "\(visit.requestID)", "method": "\(request.method)", "route": "\(visit.endpointPath ?? "none")",
      "status": "\(response.status.code)", "ms": "\(took.milliseconds)",
      "db_ms": "\((meter.milliseconds * 10).rounded() / 10)",
    ]
    if let person = visit.viewer.person { line["person"] = "\(person)" }
    if let failure, response.status.code >= 500 {
      line["error"] = "\(String(reflecting: failure))"
      site.log.error("request", metadata: line)
    } else if response.status.code >= 400 {
      site.log.notice("request", metadata: line)
    } else {
      site.log.info("request", metadata: line)
    }
  }
}

extension Duration {
  /// With one decimal place.
  fileprivate var milliseconds: Double {
    let (seconds, attoseconds) = components
    return (Double(seconds) * 10_000 + Double(attoseconds) / 1e14).rounded() / 10
  }
}
