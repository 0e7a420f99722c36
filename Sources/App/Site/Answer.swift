import HTTPTypes
import Hummingbird
import Markup
import NIOCore

/// What a handler may return.
package protocol Answer: Sendable {
  func response(for visit: Visit, assets: Assets) -> Response
}

extension Response: Answer {
  package func response(for visit: Visit, assets: Assets) -> Response { self }
}

extension Response {
  /// Text of any kind, made now: compressed when the browser takes it, kept by no cache that others share.
  static func text(
    _ bytes: [UInt8], type: String, status: HTTPResponse.Status = .ok, for visit: Visit
  ) -> Response {
    var headers: HTTPFields = [
      .contentType: type, .vary: "Accept-Encoding, Cookie", .cacheControl: "private, no-cache",
    ]
    if visit.acceptsGzip, bytes.count > 512, let packed = gzip(bytes, level: 1) {
      headers[.contentEncoding] = "gzip"
      return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: packed)))
    }
    return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }
}

extension Page: Answer {
  package func response(for visit: Visit, assets: Assets) -> Response { response(.ok, for: visit, assets: assets) }

  func response(_ status: HTTPResponse.Status, for visit: Visit, assets: Assets) -> Response {
    .text(bytes(for: visit.viewer, assets: assets), type: "text/html; charset=utf-8", status: status, for: visit)
  }

  /// The whole document.
  func bytes(for viewer: Viewer, assets: Assets) -> [UInt8] { Layout.document(self, for: viewer, assets: assets).bytes }

  /// The page of a form that was refused: shown again with what was typed, status 422.
  func refused() -> StatusPage { StatusPage(page: self, status: .unprocessableContent) }
}

/// A page with a status other than 200.
package struct StatusPage: Answer {
  let page: Page
  let status: HTTPResponse.Status

  package func response(for visit: Visit, assets: Assets) -> Response {
    page.response(status, for: visit, assets: assets)
  }
}

/// See other: where the browser goes after a POST.
package struct Redirect: Answer {
  let path: String
  var cookies: [Cookie] = []
  /// Whether the browser shall forget the pages that it kept, so that the back button shows none after signing out.
  var forgetsPages = false

  /// - Parameter path: on this site; anything else leads to `/`, so that no link of ours carries people elsewhere.
  init(to path: String, cookies: [Cookie] = [], forgetsPages: Bool = false) {
    self.path = Redirect.local(path)
    self.cookies = cookies
    self.forgetsPages = forgetsPages
  }

  package func response(for visit: Visit, assets: Assets) -> Response {
    var response = Response(status: .seeOther, headers: [.location: path])
    for cookie in cookies { response.setCookie(cookie) }
    if forgetsPages { response.headers[Self.clearSiteData] = "\"cache\"" }
    return response
  }

  /// Drafts of a browser stay: they are words that nobody has sent yet.
  private static let clearSiteData = HTTPField.Name("clear-site-data") ?? .server

  static func local(_ path: String) -> String {
    let safe =
      path.hasPrefix("/") && !path.hasPrefix("//") && !path.hasPrefix("/\\")
      && path.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F }
    return safe ? path : "/"
  }
}

/// A file that the visitor downloads, such as a list as CSV.
package struct Download: Answer {
  let name: String
  let type: String
  let bytes: [UInt8]

  package func response(for visit: Visit, assets: Assets) -> Response {
    let safeName = String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber || ".-_".contains($0)) ? $0 : "-" })
    var response = Response.text(bytes, type: type, for: visit)
    response.headers[.contentDisposition] = "attachment; filename=\"\(safeName)\""
    return response
  }
}

/// A piece of a page, or of data, that a script asked for.
package struct Fragment: Answer {
  let type: String
  let bytes: [UInt8]

  init(_ html: HTML) {
    type = "text/html; charset=utf-8"
    bytes = html.bytes
  }

  init(json: [UInt8]) {
    type = "application/json"
    bytes = json
  }

  package func response(for visit: Visit, assets: Assets) -> Response {
    .text(bytes, type: type, for: visit)
  }
}
