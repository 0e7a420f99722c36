import Foundation
import Hummingbird
import NIOCore
import Storage

/// One page that is told of news. At each waking it asks anew, as a request would, whether its session lives and may read
/// the discussion; when not, it ends.
struct EventStream: Sendable {
  let site: Site
  let reader: EventStreams.Reader
  let session: Session.ID
  /// The number of the last post on the page.
  let after: Int
  let channel: any Channel

  /// Whoever does not take an event in this time is let go.
  static let patience = Duration.seconds(10)

  /// What a look finds.
  private struct Found: Sendable, Equatable {
    let news: DiscussionNews
    let unread: Int
  }

  func run(_ writer: inout any ResponseBodyWriter) async throws {
    guard let (key, wakings) = site.streams.open(reader) else { return try await writer.finish(nil) }
    let (streams, departure) = (site.streams, Departure { [site] in site.streams.end(key) })
    defer { streams.end(key) }
    watch(departure)
    try await tell(wakings, &writer)
    channel.pipeline.removeHandler(departure, promise: nil)
    try await writer.finish(nil)
  }

  private func watch(_ departure: Departure) { _ = channel.pipeline.addHandler(departure, position: .first) }

  private func tell(_ wakings: AsyncStream<EventStreams.Waking>, _ writer: inout any ResponseBodyWriter) async throws {
    var told: Found?
    // A browser that lost its stream asks again after so many milliseconds.
    try await send("retry: 3000\n\n", &writer)
    for await waking in wakings {
      let found: Found
      do {
        if waking == .replaced { throw Refusal.forbidden("") }
        found = try await look()
      } catch is Refusal {
        // Says that the browser is not to come back.
        return try await send("event: end\ndata:\n\n", &writer)
      } catch {
        return
      }
      var text = ""
      if found.news != told?.news { text += "event: posts\ndata: \(try json(found.news))\n\n" }
      if found.unread != told?.unread { text += "event: notices\ndata: \(found.unread)\n\n" }
      // A comment keeps proxies from closing what they think is dead, and shows when the reader is gone.
      try await send(text.isEmpty ? ":\n\n" : text, &writer)
      told = found
    }
  }

  /// - Throws: a `Refusal` when the session, the right or the discussion has ended.
  private func look() async throws -> Found {
    let (now, id, site, reader, after) = (site.now(), session, site, reader, after)
    return try await site.database.read { db in
      guard let session = try SessionStore(db: db).find(id, now: now, idle: site.settings.sessionIdle) else {
        throw Refusal.signInNeeded
      }
      let viewer = Identify(site: site).viewer(of: session, now: now)
      try Access.member.check(viewer)
      guard viewer.person == reader.person, let discussion = try DiscussionStore(db: db).find(reader.discussion),
        discussion.isShown(to: viewer)
      else { throw Refusal.notFound }
      return Found(
        news: try LiveStore(db: db).news(in: reader.discussion, after: after, for: reader.person),
        unread: viewer.unread)
    }
  }

  private func json(_ news: DiscussionNews) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(news), as: UTF8.self)
  }

  private func send(_ text: String, _ writer: inout any ResponseBodyWriter) async throws {
    let deadline = channel.eventLoop.scheduleTask(in: .init(Self.patience)) { [channel] in channel.close(promise: nil) }
    defer { deadline.cancel() }
    try await writer.write(ByteBuffer(string: text))
  }
}

/// Notices that the other end has closed the connection, while nothing is read from it.
private final class Departure: ChannelInboundHandler, RemovableChannelHandler, Sendable {
  typealias InboundIn = NIOAny

  private let left: @Sendable () -> Void

  init(_ left: @escaping @Sendable () -> Void) { self.left = left }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event as? ChannelEvent == .inputClosed { left() }
    context.fireUserInboundEventTriggered(event)
  }

  func channelInactive(context: ChannelHandlerContext) {
    left()
    context.fireChannelInactive()
  }
}
