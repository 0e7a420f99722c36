import HTTPTypes
import Hummingbird
import NIOCore
import Storage

/// News of a discussion, told while its page is read (server-sent events, HTML Living Standard section 9.2).
struct LiveRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.get("discussions/:id/events", .member, use: events)
  }

  @Sendable func events(visit: Visit) async throws -> Response {
    let (id, person): (Discussion.ID, _) = (try visit.id(), try visit.signedIn())
    let session = try visit.session.orRefuse(.signInNeeded)
    let discussion = try await site.database.read { db in try DiscussionStore(db: db).find(id) }
    guard let discussion, discussion.isShown(to: visit.viewer) else { throw Refusal.notFound }
    guard site.streams.hasRoom else { throw Refusal.tooMany(retryAfter: 30) }
    let stream = EventStream(
      site: site, reader: .init(person: person, discussion: id), session: session.id,
      after: visit.fields.integer("after") ?? discussion.postCount, channel: visit.channel)
    return Response(
      status: .ok,
      headers: [.contentType: "text/event-stream", .cacheControl: "no-store", Self.buffering: "no"],
      body: ResponseBody { writer in try await stream.run(&writer) })
  }

  /// Asks nginx to pass on each event at once.
  private static let buffering = HTTPField.Name("x-accel-buffering") ?? .server
}
