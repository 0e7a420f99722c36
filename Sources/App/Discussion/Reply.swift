import Storage

/// An answer on its way into a discussion, from the page's form or from a letter.
struct Reply: Sendable {
  let form: PostForm
  let discussion: Discussion.ID
  /// Of the post that it becomes.
  let id: Post.ID
  let viewer: Viewer

  struct Added {
    let post: Post
    let discussion: Discussion
    /// False when the same form was sent before.
    let isNew: Bool
  }

  /// Adds it and tells those whom it concerns.
  ///
  /// - Throws: `Refusal.notFound`, `.gone`, or `.invalid` with what is wrong with the words.
  func add(_ db: any Transaction) throws -> Added {
    let person = try viewer.person.orRefuse(.signInNeeded)
    let found = try DiscussionStore(db: db).find(discussion).orRefuse(.notFound)
    if found.isHidden { throw Refusal.gone }
    if let twin = try PostStore(db: db).find(submission: form.submission, by: person) {
      return Added(post: twin, discussion: found, isNew: false)
    }
    let checked = try form.checked()
    let mentions = try Mentions.find(in: checked.text, db)
    let post = try PostStore(db: db).add(
      checked, mentions: mentions, id: id, to: discussion, by: person, now: viewer.now)
    try DiscussionTidings(db: db).tell(of: post, in: found, mentions, by: viewer, now: viewer.now)
    return Added(post: post, discussion: found, isNew: true)
  }
}
