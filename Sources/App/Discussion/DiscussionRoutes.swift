import Storage

/// Reading and beginning discussions, and how closely to follow one.
struct DiscussionRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.get("discussions", .member, use: list)
    routes.get("discussions/new", .member, use: begin)
    routes.post("discussions", .member, use: create)
    routes.get("discussions/:id", .member, use: show)
    routes.post("discussions/:id/posts", .member, use: reply)
    routes.post("discussions/:id/level", .member, use: setLevel)
    routes.post("discussions/:id/answer", .member, use: accept)
  }

  @Sendable func list(visit: Visit) async throws -> Page {
    let (person, filter) = (try visit.signedIn(), DiscussionFilter(visit.fields))
    let lines = try await site.database.read { db in try DiscussionStore(db: db).list(filter, for: person) }
    return DiscussionListPages.list(lines, filter, visit.viewer)
  }

  // MARK: one discussion

  @Sendable func show(visit: Visit) async throws -> Page {
    let (id, person): (Discussion.ID, _) = (try visit.id(), try visit.signedIn())
    let (view, isTold) = try await view(of: id, visit, PostForm(submission: site.newID()))
    try await markRead(view, isTold: isTold, by: person, visit.viewer)
    var page = DiscussionPages.show(view, visit.viewer)
    if !visit.fields["deleted"].isEmpty, let gone = view.posts.first(where: { "\($0.id)" == visit.fields["deleted"] }),
      gone.mayRestore(visit.viewer)
    {
      page.notice = "The post is deleted."
      page.undo = "/posts/\(gone.id)/restoration"
    }
    return page
  }

  /// What the page shows, with the kept draft as the reply, or `form` where something is wrong with it.
  ///
  /// - Returns: and whether notices that are not yet read tell of it.
  private func view(
    of id: Discussion.ID, _ visit: Visit, _ form: PostForm, problems: Problems = [:]
  ) async throws -> (view: DiscussionView, isTold: Bool) {
    let (person, viewer) = (try visit.signedIn(), visit.viewer)
    let answered = problems.isEmpty ? Post.ID(visit.fields["reply"]) : form.replyTo ?? Post.ID("")
    let (discussion, reading, reply, isTold) = try await site.database.read { db in
      let discussion = try DiscussionStore(db: db).find(id).orRefuse(.notFound)
      guard discussion.isShown(to: viewer) else { throw Refusal.gone }
      return (
        discussion, try ReadingStore(db: db).find(person, in: id),
        try Self.draft(form, problems, answering: answered, in: id, by: person, now: viewer.now, db),
        try viewer.unread > 0 && NoticeStore(db: db).tells(person, of: discussion.subject)
      )
    }
    let asked = problems.isEmpty ? visit.fields.integer("page") ?? 1 : discussion.pageCount
    let page = min(max(1, asked), discussion.pageCount)
    let drawn = try await posts(of: discussion, page: page, viewer)
    var view = DiscussionView(
      discussion: discussion, posts: drawn.posts, page: page, authors: drawn.authors, reading: reading, reply: reply)
    view.said = drawn.said
    if let accepted = discussion.accepted { view.acceptedPath = "/posts/\(accepted)" }
    return (view, isTold)
  }

  private static func draft(
    _ form: PostForm, _ problems: Problems, answering answered: Post.ID, in id: Discussion.ID, by person: Person.ID,
    now: Instant, _ db: any Transaction
  ) throws -> ReplyDraft {
    let source = answered.description.isEmpty ? nil : try PostStore(db: db).find(answered)
    let quoted = source.flatMap { $0.discussion == id && !$0.isDeleted ? $0 : nil }
    let kept = try DraftStore(db: db).find("reply:\(id)", of: person)
    var reply = ReplyDraft(form: form, generation: kept.generation, problems: problems)
    reply.answered = try quoted.flatMap { try DiscussionStore(db: db).authors([$0.author], now: now)[$0.author]?.name }
    reply.form.replyTo = quoted?.id
    if problems.isEmpty {
      let quote = quoted.map { $0.quoted(by: reply.answered ?? "") } ?? ""
      reply.form.text = [kept.text, quote].filter { !$0.isEmpty }.joined(separator: "\n\n")
    }
    return reply
  }

  /// Posts say the same to everybody who may read the discussion. The key names what a letter may add, which another
  /// program writes and no page is told of.
  private func posts(of discussion: Discussion, page: Int, _ viewer: Viewer) async throws -> PostsDrawing {
    let key =
      "posts \(discussion.id) \(page) \(discussion.postCount) \(discussion.replyCount) \(discussion.accepted?.description ?? "")"
    return try await site.shared.value(key, now: viewer.now, keeps: \.isSmall) {
      let (posts, authors) = try await site.database.read { db in
        let store = DiscussionStore(db: db)
        let posts = try store.posts(of: discussion.id, page: page)
        return (posts, try store.authors(posts.map(\.author) + [discussion.starter], now: viewer.now))
      }
      return PostsDrawing(posts, authors, accepted: discussion.accepted, viewer)
    }
  }

  /// - Parameter isTold: whether notices that are not yet read tell of the discussion.
  private func markRead(
    _ view: DiscussionView, isTold: Bool, by person: Person.ID, _ viewer: Viewer
  ) async throws {
    let last = view.posts.last?.number ?? 0
    let (id, subject, now) = (view.discussion.id, view.discussion.subject, viewer.now)
    guard last > view.reading.readTo || isTold else { return }
    try await site.database.write { db in
      if last > view.reading.readTo { try ReadingStore(db: db).setRead(person, in: id, to: last) }
      if isTold { try NoticeStore(db: db).markRead(subject: subject, of: person, now: now) }
    }
  }

  @Sendable func reply(visit: Visit) async throws -> any Answer {
    let (id, person): (Discussion.ID, _) = (try visit.id(), try visit.signedIn())
    let form = PostForm(visit.fields)
    let reply = Reply(form: form, discussion: id, id: Post.ID(site.newID()), viewer: visit.viewer)
    do {
      let path = try await site.database.write { db in
        let added = try reply.add(db)
        guard added.isNew else { return "/posts/\(added.post.id)" }
        try DraftStore(db: db).clear(visit.fields.all("draft"), of: person, now: visit.viewer.now)
        return added.discussion.path(to: added.post.id, number: added.post.number)
      }
      return Redirect(to: path)
    } catch Refusal.invalid(let problems) {
      return DiscussionPages.show(try await view(of: id, visit, form, problems: problems).view, visit.viewer).refused()
    }
  }

  @Sendable func setLevel(visit: Visit) async throws -> Redirect {
    let (id, person): (Discussion.ID, _) = (try visit.id(), try visit.signedIn())
    guard let level = ReadingLevel(rawValue: visit.fields["level"]) else {
      throw Refusal.invalid(["level": "Choose how closely you want to follow this."])
    }
    try await site.database.write { db in
      let discussion = try DiscussionStore(db: db).find(id).orRefuse(.notFound)
      try ReadingStore(db: db).setLevel(level, of: person, in: discussion.id)
    }
    return Redirect(to: "/discussions/\(id)")
  }

  @Sendable func accept(visit: Visit) async throws -> Redirect {
    let id: Discussion.ID = try visit.id()
    let (chosen, viewer) = (visit.fields["post"], visit.viewer)
    let path = try await site.database.write { db in
      let discussion = try DiscussionStore(db: db).find(id).orRefuse(.notFound)
      guard discussion.mayAccept(viewer) else {
        throw Refusal.forbidden("Only whoever asked, or the League office, says which answer helped.")
      }
      guard !chosen.isEmpty else {
        try PostStore(db: db).accept(nil, in: id, now: viewer.now)
        return discussion.path
      }
      guard let post = try PostStore(db: db).find(Post.ID(chosen)), post.discussion == id, !post.isDeleted,
        post.number > 1
      else { throw Refusal.notFound }
      try PostStore(db: db).accept(post.id, in: id, now: viewer.now)
      try DiscussionTidings(db: db).tellOfAcceptance(of: post, in: discussion, by: viewer)
      return discussion.path(to: post.id, number: post.number)
    }
    return Redirect(to: path)
  }

  // MARK: beginning one

  @Sendable func begin(visit: Visit) async throws -> Page {
    let (person, fields) = (try visit.signedIn(), visit.fields)
    var form = DiscussionForm(submission: site.newID())
    let (topic, kept) = try await site.database.read { db in
      let topic = try Self.topic(fields, db)
      return (topic, try DraftStore(db: db).find(DiscussionPages.context(topic), of: person))
    }
    form.text = kept.text
    form.asks = true
    return DiscussionPages.begin(form, about: topic, generation: kept.generation, visit.viewer)
  }

  @Sendable func create(visit: Visit) async throws -> any Answer {
    let (person, now, fields) = (try visit.signedIn(), visit.viewer.now, visit.fields)
    let (id, postID) = (Discussion.ID(site.newID()), Post.ID(site.newID()))
    let form = DiscussionForm(fields)
    do {
      let path = try await site.database.write { db in
        if let twin = try DiscussionStore(db: db).find(submission: form.submission, by: person) { return twin.path }
        let checked = try form.checked()
        try PostStore(db: db).begin(checked, id: id, about: Self.topic(fields, db), by: person, now: now)
        let mentions = try Mentions.find(in: checked.text, db)
        let post = try PostStore(db: db).add(
          PostForm(text: checked.text, submission: checked.submission), mentions: mentions, id: postID, to: id,
          by: person, now: now, level: .watching)
        let discussion = try DiscussionStore(db: db).find(id).orRefuse(.notFound)
        try DiscussionTidings(db: db).tell(of: post, in: discussion, mentions, by: visit.viewer, now: now)
        try DraftStore(db: db).clear(fields.all("draft"), of: person, now: now)
        return discussion.path
      }
      return Redirect(to: path)
    } catch Refusal.invalid(let problems) {
      let (topic, kept) = try await site.database.read { db in
        let topic = try Self.topic(fields, db)
        return (topic, try DraftStore(db: db).find(DiscussionPages.context(topic), of: person))
      }
      return DiscussionPages.begin(
        form, about: topic, generation: kept.generation, problems: problems, visit.viewer
      ).refused()
    }
  }

  /// What `about` and `id` name, or `about` alone, as `idea:42`; nil where nothing is named.
  private static func topic(_ fields: Fields, _ db: any Transaction) throws -> Discussion.Topic? {
    guard !fields["about"].isEmpty else { return nil }
    let parts = fields["about"].split(separator: ":", maxSplits: 1).map(String.init)
    let kind = try parts.first.flatMap(Discussion.Kind.init).orRefuse(.notFound)
    return try TopicStore(db: db).find(kind, parts.count == 2 ? parts[1] : fields["id"]).orRefuse(.notFound)
  }
}
