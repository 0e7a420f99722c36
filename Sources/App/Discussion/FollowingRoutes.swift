import Storage

/// Whether somebody is told of new discussions about an idea, a trial or a school.
struct FollowingRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.post("discussions/about/:kind/:id/level", .member, use: setLevel)
  }

  @Sendable func setLevel(visit: Visit) async throws -> Redirect {
    let (person, id) = (try visit.signedIn(), try visit.part("id"))
    let kind = try Discussion.Kind(rawValue: try visit.part("kind")).orRefuse(.notFound)
    guard let level = ReadingLevel(rawValue: visit.fields["level"]), level != .normal else {
      throw Refusal.invalid(["level": "Choose whether you want to be told."])
    }
    let topic = try await site.database.write { db in
      let topic = try TopicStore(db: db).find(kind, id).orRefuse(.notFound)
      try TopicReaderStore(db: db).set(level, of: person, kind, id)
      return topic
    }
    return Redirect(to: "\(topic.path)#discussion")
  }
}
