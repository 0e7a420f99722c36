import HTTPTypes
import Hummingbird

/// The proxies whose word about the client's address is believed; everybody else's `X-Forwarded-For` is noise.
package struct TrustedProxies: Sendable {
  private let addresses: Set<String>

  init(_ addresses: [String]) { self.addresses = Set(addresses) }

  /// The nearest address that is not a trusted proxy.
  func client(of request: Request, peer: String) -> String {
    guard addresses.contains(peer), let header = request.headers[Self.forwardedFor] else { return peer }
    let hops = header.split(separator: ",").map(\.trimmed)
    return hops.last { !addresses.contains($0) } ?? peer
  }

  private static let forwardedFor = HTTPField.Name("x-forwarded-for") ?? .via
}
