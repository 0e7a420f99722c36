import Storage

/// Every SQL statement that changes discussions and posts.
struct PostStore {
  let db: any Transaction

  func find(_ id: Post.ID) throws -> Post? {
    try db.first("SELECT \(DiscussionStore.postColumns) FROM post WHERE id = \(id)")
  }

  func find(submission: String, by person: Person.ID) throws -> Post? {
    try db.first(
      "SELECT \(DiscussionStore.postColumns) FROM post WHERE author_id = \(person) AND submission = \(submission)")
  }

  /// Posts that the person wrote by letter.
  func countByLetter(of person: Person.ID, since: Instant) throws -> Int {
    try db.value(
      "n",
      """
      SELECT count(*) AS n FROM post
      WHERE author_id = \(person) AND created_at > \(since) AND submission LIKE 'mail:%'
      """) ?? 0
  }

  // MARK: writing

  /// A discussion without posts yet; its first post follows in the same transaction.
  func begin(
    _ form: DiscussionForm, id: Discussion.ID, about topic: Discussion.Topic?, by person: Person.ID, now: Instant
  ) throws {
    try db.run(
      """
      INSERT INTO discussion (id, title, about_kind, about_id, about_title, starter_id, submission, created_at, asks,
        is_open, last_post_at, last_by)
      VALUES (\(id), \(form.title), \(topic?.kind.rawValue ?? ""), \(topic?.id ?? ""), \(topic?.title ?? ""), \(person),
        \(form.submission), \(now), \(form.asks), \(form.asks), \(now), \(person))
      """)
  }

  /// Adds a post at the end. Whoever posts has read all that stands above.
  ///
  /// - Parameter mentions: those in the text, found beforehand.
  func add(
    _ form: PostForm, mentions: Mentions, id: Post.ID, to discussion: Discussion.ID, by person: Person.ID, now: Instant,
    level: ReadingLevel = .normal
  ) throws -> Post {
    // First, so that of those who post at once one goes on and the others begin again with the next number.
    try db.run(
      """
      UPDATE discussion SET reply_count = reply_count + CASE WHEN post_count = 0 THEN 0 ELSE 1 END,
        post_count = post_count + 1, last_post_at = \(now), last_by = \(person), hidden = 0
      WHERE id = \(discussion)
      """)
    let number = try db.value("post_count", "SELECT post_count FROM discussion WHERE id = \(discussion)", as: Int.self)
      .orRefuse(.notFound)
    let html = mentions.rendered(form.text)
    try db.run(
      """
      INSERT INTO post (id, discussion_id, number, author_id, text, html, reply_to, created_at, submission)
      VALUES (\(id), \(discussion), \(number), \(person), \(form.text), \(html), \(form.replyTo), \(now),
        \(form.submission))
      """)
    if number == 1 { try setExcerpt(form.text, of: discussion) }
    try ReadingStore(db: db).takePart(person, in: discussion, readTo: number, level: level)
    let post = Post(
      id: id, discussion: discussion, number: number, author: person, text: form.text, html: html,
      replyTo: form.replyTo, createdAt: now, editedAt: nil, deletedAt: nil, deletedBy: nil)
    try SearchSources(db: db).refresh(post: post)
    db.notify(ProcessWord.posted(discussion).text)
    return post
  }

  /// Keeps the earlier text unless the time of grace still runs.
  func edit(_ post: Post, text: String, mentions: Mentions, by person: Person.ID, now: Instant) throws {
    guard text != post.text else { return }
    let leavesTrace = now - post.createdAt > Post.grace
    if leavesTrace {
      try db.run(
        """
        INSERT INTO post_revision (post_id, number, text, replaced_at, replaced_by)
        SELECT id, revisions + 1, text, \(now), \(person) FROM post WHERE id = \(post.id)
        """)
    }
    try db.run(
      """
      UPDATE post SET text = \(text), html = \(mentions.rendered(text)), revisions = revisions + \(leavesTrace ? 1 : 0),
        edited_at = \(leavesTrace ? now : post.editedAt)
      WHERE id = \(post.id)
      """)
    if post.number == 1 { try setExcerpt(text, of: post.discussion) }
    try SearchSources(db: db).refresh(post: post)
  }

  private func setExcerpt(_ text: String, of discussion: Discussion.ID) throws {
    try db.run("UPDATE discussion SET excerpt = \(Extract.plain(text)) WHERE id = \(discussion)")
  }

  /// Earlier texts of a post, the oldest first.
  func revisions(of id: Post.ID) throws -> [PostRevision] {
    try db.rows(
      """
      SELECT v.text, v.replaced_at, p.name FROM post_revision v JOIN person p ON p.id = v.replaced_by
      WHERE v.post_id = \(id) ORDER BY v.number LIMIT 200
      """
    ).map { row in
      PostRevision(
        text: try row.read("text"), replacedAt: try row.read("replaced_at"), replacedBy: try row.read("name"))
    }
  }

  // MARK: deleting, restoring, accepting

  func delete(_ post: Post, by person: Person.ID, now: Instant) throws {
    let changed = try db.run(
      "UPDATE post SET deleted_at = \(now), deleted_by = \(person) WHERE id = \(post.id) AND deleted_at IS NULL")
    if changed == 1 { try recount(post, by: -1) }
    db.notify(ProcessWord.posted(post.discussion).text)
    try db.run("UPDATE post SET accepted_at = NULL WHERE id = \(post.id)")
    try db.run(
      "UPDATE discussion SET accepted_id = NULL, is_open = asks WHERE id = \(post.discussion) AND accepted_id = \(post.id)"
    )
    try SearchSources(db: db).refresh(post: post)
  }

  func restore(_ post: Post) throws {
    let changed = try db.run(
      "UPDATE post SET deleted_at = NULL, deleted_by = NULL WHERE id = \(post.id) AND deleted_at IS NOT NULL")
    if changed == 1 { try recount(post, by: 1) }
    db.notify(ProcessWord.posted(post.discussion).text)
    try SearchSources(db: db).refresh(post: post)
  }

  /// Replies that can be read, and whether anything can be read at all.
  private func recount(_ post: Post, by change: Int) throws {
    if post.number > 1 {
      try db.run("UPDATE discussion SET reply_count = reply_count + \(change) WHERE id = \(post.discussion)")
    }
    try db.run(
      """
      UPDATE discussion SET hidden = CASE WHEN reply_count > 0 OR EXISTS (
        SELECT 1 FROM post WHERE discussion_id = discussion.id AND number = 1 AND deleted_at IS NULL) THEN 0 ELSE 1 END
      WHERE id = \(post.discussion)
      """)
  }

  /// Nil takes the acceptance back. The answer bears its moment, since it counts as what its author knows.
  func accept(_ post: Post.ID?, in discussion: Discussion.ID, now: Instant) throws {
    try db.run(
      """
      UPDATE post SET accepted_at = NULL
      WHERE id = (SELECT accepted_id FROM discussion WHERE id = \(discussion) AND asks = 1)
      """)
    try db.run(
      """
      UPDATE post SET accepted_at = \(now)
      WHERE id = \(post) AND discussion_id = (SELECT id FROM discussion WHERE id = \(discussion) AND asks = 1)
      """)
    try db.run(
      """
      UPDATE discussion SET accepted_id = \(post), is_open = \(post == nil) WHERE id = \(discussion) AND asks = 1
      """)
  }
}
