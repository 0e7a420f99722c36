import Storage

/// One-click unsubscribing (RFC 8058): the token in the path is the permission, so no session is needed.
struct LetterStopRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.get("letters/stop/:token", .everyone, use: ask)
    routes.post("letters/stop/:token", .everyone, use: stop)
  }

  @Sendable func ask(visit: Visit) async throws -> Page {
    let token = try Self.token(visit)
    let (stop, title) = try await site.database.read { db in
      let stop = try LetterStopStore(db: db).find(token).orRefuse(.notFound).stop
      guard case .discussion(let id) = stop else { return (stop, "") }
      let title = try DiscussionStore(db: db).find(id)?.title
      return (title == nil ? LetterStop.all : stop, title ?? "")
    }
    return LetterStopPages.ask(token, stop, discussion: title, visit.viewer)
  }

  @Sendable func stop(visit: Visit) async throws -> Page {
    let (token, all, now) = (try Self.token(visit), !visit.fields["all"].isEmpty, visit.viewer.now)
    let stopped = try await site.database.write { db in
      let link = try LetterStopStore(db: db).find(token).orRefuse(.notFound)
      let stop = all ? .all : link.stop
      try LetterStopStore(db: db).use(token, of: link.person, stop, now: now)
      return stop
    }
    return LetterStopPages.done(stopped, visit.viewer)
  }

  private static func token(_ visit: Visit) throws(Refusal) -> String {
    let token = try visit.part("token")
    guard token.utf8.count <= 128 else { throw .notFound }
    return token
  }
}
