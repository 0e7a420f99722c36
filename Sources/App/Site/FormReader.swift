import HTTPTypes
import Hummingbird

/// Reads the body of a POST and makes sure that a page of this site sent it (OWASP ASVS 5.0, section 3.5).
struct FormReader {
  let site: Site

  func read(_ request: Request, _ visit: inout Visit) async throws {
    try checkOrigin(request)
    visit.fields = try await fields(of: request)
    guard visit.session != nil, !isOneClickUnsubscribe(request) else { return }
    guard sameText(visit.fields["token"], visit.viewer.formToken) else { throw Refusal.forged }
  }

  private func fields(of request: Request) async throws -> Fields {
    let type = request.headers[.contentType] ?? ""
    let isMultipart = type.lowercased().hasPrefix("multipart/form-data")
    let limit = isMultipart ? site.settings.uploadLimit : site.settings.formLimit
    if let announced = request.headers[.contentLength].flatMap(Int.init), announced > limit {
      throw Refusal.tooLarge(limit: limit)
    }
    var body: [UInt8] = []
    for try await piece in request.body {
      guard body.count + piece.readableBytes <= limit else { throw Refusal.tooLarge(limit: limit) }
      body.append(contentsOf: piece.readableBytesView)
    }
    let fields =
      isMultipart ? Multipart.fields(body, type: type) : Fields(urlEncoded: String(decoding: body, as: UTF8.self))
    return try fields.orRefuse(.invalid(["": "The form could not be read. Go back, check it and send it again."]))
  }

  /// A browser names the page that a POST comes from; programs that name none carry no cookie of ours either.
  private func checkOrigin(_ request: Request) throws(Refusal) {
    if let origin = request.headers[.origin] {
      guard origin == site.settings.origin || origin.hasSuffix("://\(request.head.authority ?? "")") else {
        throw .forbidden("The form came from another site. Open the page here and send it again.")
      }
    } else if let from = request.headers[Self.fetchSite], from != "same-origin", from != "none" {
      throw .forbidden("The form came from another site. Open the page here and send it again.")
    }
  }

  /// RFC 8058: the mail program posts without a page; the token in the path is the permission.
  private func isOneClickUnsubscribe(_ request: Request) -> Bool { request.uri.path.hasPrefix("/letters/stop/") }

  private static let fetchSite = HTTPField.Name("sec-fetch-site") ?? .origin
}

/// Compares in a time that does not depend on where the texts differ.
func sameText(_ left: String, _ right: String) -> Bool {
  let (a, b) = (Array(left.utf8), Array(right.utf8))
  guard a.count == b.count else { return false }
  return zip(a, b).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
}
