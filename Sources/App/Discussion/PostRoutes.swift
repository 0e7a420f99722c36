import Storage

/// One post: where it stands, changing it, what it said before, deleting it and taking that back.
struct PostRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.get("posts/:id", .member, use: find)
    routes.get("posts/:id/edit", .member, use: edit)
    routes.post("posts/:id", .member, use: change)
    routes.get("posts/:id/history", .member, use: history)
    routes.post("posts/:id/deletion", .member, use: delete)
    routes.post("posts/:id/restoration", .member, use: restore)
  }

  /// A post with the discussion that it stands in.
  private static func find(_ id: Post.ID, _ db: any Transaction) throws -> (post: Post, discussion: Discussion) {
    let post = try PostStore(db: db).find(id).orRefuse(.notFound)
    return (post, try DiscussionStore(db: db).find(post.discussion).orRefuse(.notFound))
  }

  /// The permanent address of a post leads to its page.
  @Sendable func find(visit: Visit) async throws -> Redirect {
    let id: Post.ID = try visit.id()
    let (post, discussion) = try await site.database.read { db in try Self.find(id, db) }
    return Redirect(to: discussion.path(to: post.id, number: post.number))
  }

  @Sendable func edit(visit: Visit) async throws -> Page {
    let (id, person): (Post.ID, _) = (try visit.id(), try visit.signedIn())
    let (found, kept) = try await site.database.read { db in
      (try Self.find(id, db), try DraftStore(db: db).find("post:\(id)", of: person))
    }
    try Self.checkMayEdit(found.post, visit.viewer)
    return PostPages.edit(
      found.post, in: found.discussion, text: kept.text.isEmpty ? found.post.text : kept.text,
      generation: kept.generation, visit.viewer)
  }

  @Sendable func change(visit: Visit) async throws -> any Answer {
    let (id, person): (Post.ID, _) = (try visit.id(), try visit.signedIn())
    let (now, text, viewer) = (visit.viewer.now, visit.fields["text"], visit.viewer)
    do {
      let path = try await site.database.write { db in
        let (post, discussion) = try Self.find(id, db)
        try Self.checkMayEdit(post, viewer)
        let checked = try PostForm(text: text, submission: "edit").checked().text
        let mentions = try Mentions.find(in: checked, db)
        try PostStore(db: db).edit(post, text: checked, mentions: mentions, by: person, now: now)
        try DiscussionTidings(db: db).tellOfCalls(in: post, discussion, mentions, by: viewer, now: now)
        try DraftStore(db: db).clear(visit.fields.all("draft"), of: person, now: now)
        return discussion.path(to: id, number: post.number)
      }
      return Redirect(to: path)
    } catch Refusal.invalid(let problems) {
      let (found, kept) = try await site.database.read { db in
        (try Self.find(id, db), try DraftStore(db: db).find("post:\(id)", of: person))
      }
      return PostPages.edit(
        found.post, in: found.discussion, text: text, generation: kept.generation, problems: problems, viewer
      ).refused()
    }
  }

  private static func checkMayEdit(_ post: Post, _ viewer: Viewer) throws(Refusal) {
    if post.isDeleted { throw .gone }
    guard post.mayEdit(viewer) else { throw .forbidden("A post is changed by whoever wrote it, and by nobody else.") }
  }

  @Sendable func history(visit: Visit) async throws -> Page {
    let id: Post.ID = try visit.id()
    let now = visit.viewer.now
    let (found, revisions, author) = try await site.database.read { db in
      let found = try Self.find(id, db)
      return (
        found, try PostStore(db: db).revisions(of: id),
        try DiscussionStore(db: db).authors([found.post.author], now: now)[found.post.author]?.name ?? "Somebody"
      )
    }
    if found.post.isDeleted { throw Refusal.gone }
    return PostPages.history(found.post, in: found.discussion, by: author, revisions, visit.viewer)
  }

  @Sendable func delete(visit: Visit) async throws -> Redirect {
    let (id, person): (Post.ID, _) = (try visit.id(), try visit.signedIn())
    let (now, viewer, auditID) = (visit.viewer.now, visit.viewer, site.newID())
    let path = try await site.database.write { db in
      let (post, discussion) = try Self.find(id, db)
      if post.isDeleted { return "/posts/\(id)" }
      guard post.mayDelete(viewer) else {
        throw Refusal.forbidden("A post is deleted by whoever wrote it, or by the League office.")
      }
      try PostStore(db: db).delete(post, by: person, now: now)
      if post.author != person {
        try AuditStore(db: db).add(id: auditID, by: person, "post deleted", "post", "\(id)", now: now)
      }
      return DiscussionPages.pagePath(
        discussion, Discussion.page(of: post.number), adding: "deleted=\(id)")
    }
    return Redirect(to: path)
  }

  @Sendable func restore(visit: Visit) async throws -> Redirect {
    let id: Post.ID = try visit.id()
    let viewer = visit.viewer
    let path = try await site.database.write { db in
      let (post, discussion) = try Self.find(id, db)
      let path = discussion.path(to: id, number: post.number)
      if !post.isDeleted { return path }
      guard post.mayRestore(viewer) else {
        throw Refusal.forbidden("A post comes back through whoever deleted it, or the League office.")
      }
      try PostStore(db: db).restore(post)
      return path
    }
    return Redirect(to: path)
  }
}
