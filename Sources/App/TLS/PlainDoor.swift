import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// What answers beside a server with a certificate to those who come without encryption: leads them to https, and shows the
/// authority that renews the certificate what it asks for (ACME's http-01 challenge, RFC 8555, section 8.3).
struct PlainDoor: HTTPResponder {
  let origin: String
  /// What certbot calls its webroot.
  let folder: URL

  private static let challenges = "/.well-known/acme-challenge/"

  func respond(to request: Request, context: Visit) async throws -> Response {
    let path = request.uri.path
    guard request.method == .get || request.method == .head, path.hasPrefix("/") else {
      return plain("This site takes what is sent to it over https only: \(origin)\n", .badRequest)
    }
    if path.hasPrefix(Self.challenges) {
      guard let answer = answer(String(path.dropFirst(Self.challenges.count))) else { return plain("", .notFound) }
      return plain(answer, .ok)
    }
    let query = request.uri.query.map { "?\($0)" } ?? ""
    return Response(status: .movedPermanently, headers: [.location: origin + path + query, .contentLength: "0"])
  }

  /// A token is of the characters of base64url, so it names a file of the folder and leads nowhere else.
  private func answer(_ token: String) -> String? {
    guard token.wholeMatch(of: /[A-Za-z0-9_\-]{1,128}/) != nil else { return nil }
    let file = folder.appending(path: Self.challenges + token)
    return try? String(contentsOf: file, encoding: .utf8)
  }

  private func plain(_ text: String, _ status: HTTPResponse.Status) -> Response {
    Response(
      status: status, headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }
}
