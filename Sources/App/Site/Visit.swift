import Hummingbird
import Logging
import NIOCore

/// One request's context: who is asking, and what was sent along.
package struct Visit: RequestContext {
  package var coreContext: CoreRequestContextStorage
  /// Short, unique, shown on error pages and in the log.
  package var requestID = ""
  /// What the browser calls itself.
  package var agent = ""
  package var viewer = Viewer.visitor(now: Instant(milliseconds: 0))
  /// Nil for visitors.
  package var session: Session?
  /// The form of a POST, the query of a GET.
  package var fields = Fields()
  /// Where the request came from, as far as the trusted proxies tell.
  package var address = ""
  /// One browser's secret for signing in, from its cookie; empty before it has asked for a code.
  package var browser = ""
  /// The token of `Authorization: Bearer`; empty without one.
  package var bearer = ""
  package var acceptsGzip = false
  package var acceptsBrotli = false
  /// The other end of the connection: the browser, or a proxy.
  package var peer: String
  /// The connection that the request came on.
  let channel: any Channel

  package init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    channel = source.channel
    peer = source.channel.remoteAddress?.ipAddress ?? ""
  }

  /// - Throws: `Refusal.signInNeeded` for a visitor.
  package func signedIn() throws(Refusal) -> Person.ID {
    guard let person = viewer.person else { throw .signInNeeded }
    return person
  }

  /// For what neither an emailed code alone, nor the office acting as the person, must open.
  ///
  /// - Throws: `Refusal.secondFactorNeeded` while the second step is owed.
  package func proven() throws(Refusal) -> Person.ID {
    _ = try signedIn()
    if viewer.owesSecondFactor { throw .secondFactorNeeded }
    return try themselves()
  }

  /// - Throws: `Refusal.forbidden` while the office acts as the person.
  func themselves() throws(Refusal) -> Person.ID {
    let person = try signedIn()
    if viewer.acting != nil {
      throw .forbidden("This is for \(viewer.name) alone, and not for the office in their place.")
    }
    return person
  }

  /// The id in the path, such as `42` in `/ideas/42`.
  package func id<Noun>(_ name: String = "id") throws(Refusal) -> Identifier<Noun> {
    guard let text = parameters.get(name), !text.isEmpty, text.utf8.count <= 64 else { throw .notFound }
    return Identifier(text)
  }

  /// A path part that is not an id.
  package func part(_ name: String) throws(Refusal) -> String { try parameters.get(name).orRefuse(.notFound) }
}
