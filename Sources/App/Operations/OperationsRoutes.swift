import HTTPTypes
import Hummingbird
import NIOCore
import SignIn

/// What monitors ask: is it ready, and how is it doing.
struct OperationsRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.get("readyz", .everyone, use: readiness)
    routes.get("metrics", .everyone, use: metrics)
  }

  /// Ready to work: 200, or 503 with what is wrong.
  @Sendable func readiness(visit: Visit) async throws -> Response {
    try await Self.readiness(of: site, inFull: holdsToken(visit))
  }

  @Sendable func metrics(visit: Visit) async throws -> Response {
    guard holdsToken(visit) else { throw Refusal.notFound }
    return await Self.metrics(of: site)
  }

  /// Digests are compared, so that the time it takes tells nothing of the token.
  private func holdsToken(_ visit: Visit) -> Bool {
    let token = site.settings[.metricsToken]
    return !token.isEmpty && sha256(visit.bearer) == sha256(token)
  }

  /// Asked for by many at once, it is found out once in two seconds: it writes to the database.
  static func readiness(of site: Site, inFull: Bool) async throws -> Response {
    let report = await site.readiness.report { await Readiness(site: site).report() }
    return plain(
      report.json(inFull: inFull), type: "application/health+json",
      status: report.status == .fail ? .serviceUnavailable : .ok)
  }

  static func metrics(of site: Site) async -> Response {
    plain(Array(await Metrics(site: site).text().utf8), type: MetricsText.type, status: .ok)
  }

  private static func plain(_ bytes: [UInt8], type: String, status: HTTPResponse.Status) -> Response {
    Response(
      status: status, headers: [.contentType: type, .cacheControl: "no-store"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  /// The same on a port of its own, for a network that only operators reach.
  static func ownPort(of site: Site) -> Application<RouterResponder<BasicRequestContext>>? {
    guard let port = site.settings.metricsPort else { return nil }
    let router = Router()
    router.get("healthz") { _, _ in "ok\n" }
    router.get("readyz") { _, _ in try await readiness(of: site, inFull: true) }
    router.get("metrics") { _, _ in await metrics(of: site) }
    return Application(
      router: router,
      configuration: .init(address: .hostname(site.settings[.metricsAddress], port: port), serverName: nil),
      logger: site.log)
  }
}
