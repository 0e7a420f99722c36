import Storage

/// The title of a discussion: changing it, and what it was before.
struct TitleRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.get("discussions/:id/title", .member, use: edit)
    routes.post("discussions/:id/title", .member, use: change)
    routes.get("discussions/:id/history", .member, use: history)
  }

  private static func find(_ id: Discussion.ID, _ db: any Transaction) throws -> Discussion {
    let discussion = try DiscussionStore(db: db).find(id).orRefuse(.notFound)
    if discussion.isHidden { throw Refusal.gone }
    return discussion
  }

  private static func check(_ discussion: Discussion, _ viewer: Viewer) throws(Refusal) {
    guard discussion.mayRetitle(viewer) else {
      throw .forbidden("A title is changed by whoever began the discussion, or by the League office.")
    }
  }

  @Sendable func edit(visit: Visit) async throws -> Page {
    let (id, viewer): (Discussion.ID, _) = (try visit.id(), visit.viewer)
    let discussion = try await site.database.read { db in try Self.find(id, db) }
    try Self.check(discussion, viewer)
    return TitlePages.edit(discussion, title: discussion.title, viewer)
  }

  @Sendable func change(visit: Visit) async throws -> any Answer {
    let (id, viewer, person): (Discussion.ID, _, _) = (try visit.id(), visit.viewer, try visit.signedIn())
    let (title, auditID) = (oneLine(visit.fields["title"]), site.newID())
    do {
      try await site.database.write { db in
        let discussion = try Self.find(id, db)
        try Self.check(discussion, viewer)
        if let problem = DiscussionForm.problem(title: title) { throw Refusal.invalid(["title": problem]) }
        guard title != discussion.title else { return }
        try DiscussionStore(db: db).retitle(
          discussion, to: title, by: person, leavesTrace: discussion.changeLeavesTrace(viewer), now: viewer.now)
        if discussion.starter != person {
          try AuditStore(db: db).add(
            id: auditID, by: person, "discussion retitled", "discussion", "\(id)", detail: discussion.title,
            now: viewer.now)
        }
      }
      return Redirect(to: "/discussions/\(id)")
    } catch Refusal.invalid(let problems) {
      let discussion = try await site.database.read { db in try Self.find(id, db) }
      return TitlePages.edit(discussion, title: title, problems: problems, viewer).refused()
    }
  }

  @Sendable func history(visit: Visit) async throws -> Page {
    let id: Discussion.ID = try visit.id()
    let (discussion, revisions) = try await site.database.read { db in
      (try Self.find(id, db), try DiscussionStore(db: db).titles(of: id))
    }
    return TitlePages.history(discussion, revisions, visit.viewer)
  }
}
