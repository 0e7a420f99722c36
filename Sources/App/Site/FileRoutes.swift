import HTTPTypes
import Hummingbird
import NIOCore

/// Stylesheet, script and icon, and what crawlers and monitors ask for.
struct FileRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.get("assets/:name", .everyone, use: asset)
    routes.get("robots.txt", .everyone, use: robots)
    routes.get("healthz", .everyone, use: health)
  }

  @Sendable func asset(visit: Visit) async throws -> Response {
    let file = try site.files.files[try visit.part("name")].orRefuse(.notFound)
    var headers: HTTPFields = [
      .contentType: file.type, .cacheControl: "public, max-age=31536000, immutable", .vary: "Accept-Encoding",
    ]
    var bytes = file.plain
    if visit.acceptsBrotli, let packed = file.brotli {
      headers[.contentEncoding] = "br"
      bytes = packed
    } else if visit.acceptsGzip, let packed = file.gzip {
      headers[.contentEncoding] = "gzip"
      bytes = packed
    }
    return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  @Sendable func robots(visit: Visit) async throws -> Response {
    .text(
      Array("User-agent: *\nDisallow: /search\nDisallow: /sign-in\n".utf8), type: "text/plain; charset=utf-8",
      for: visit)
  }

  /// Alive: answers without touching the database.
  @Sendable func health(visit: Visit) async throws -> Response {
    .text(Array("ok\n".utf8), type: "text/plain; charset=utf-8", for: visit)
  }
}
