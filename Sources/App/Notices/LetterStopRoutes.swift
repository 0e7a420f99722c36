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
    let title = try await site.database.read { db in
      let stop = try LetterStopStore(db: db).find(token).orRefuse(.notFound)
      return try stop.discussion.flatMap { try DiscussionStore(db: db).find($0)?.title }
    }
    return LetterStopPages.ask(token, discussion: title, visit.viewer)
  }

  @Sendable func stop(visit: Visit) async throws -> Page {
    let (token, all, now) = (try Self.token(visit), !visit.fields["all"].isEmpty, visit.viewer.now)
    let endsAll = try await site.database.write { db in
      let stop = try LetterStopStore(db: db).find(token).orRefuse(.notFound)
      try LetterStopStore(db: db).use(token, stop, all: all, now: now)
      return all || stop.discussion == nil
    }
    return LetterStopPages.done(all: endsAll, visit.viewer)
  }

  private static func token(_ visit: Visit) throws(Refusal) -> String {
    let token = try visit.part("token")
    guard token.utf8.count <= 128 else { throw .notFound }
    return token
  }
}
