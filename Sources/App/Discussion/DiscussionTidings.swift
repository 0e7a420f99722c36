import Storage

/// Who is told of what happens in a discussion. Nobody is told of their own acts, nor twice of one post, and whoever has
/// muted the discussion is told nothing.
struct DiscussionTidings {
  let db: any Transaction

  /// Those called by name, those answered, those whose idea, trial or school a new discussion is about, then those who
  /// watch; the first reason counts.
  func tell(of post: Post, in discussion: Discussion, _ mentions: Mentions, by viewer: Viewer, now: Instant) throws {
    try tellOfCalls(in: post, discussion, mentions, by: viewer, now: now)
    if let answered = try post.replyTo.flatMap({ try PostStore(db: db).find($0) }), answered.discussion == discussion.id
    {
      try tell(
        [answered.author], post, discussion, kind: "reply", words: "\(viewer.name) answered you",
        why: "somebody answered your post", by: viewer, now: now)
    }
    if post.number == 1, let topic = discussion.about {
      let told = try TopicReaderStore(db: db).told(of: topic.kind, topic.id, now: now)
      for (why, those) in Dictionary(grouping: told, by: \.why).sorted(by: { $0.key < $1.key }) {
        try tell(
          those.map(\.person), post, discussion, kind: "begun",
          words: "\(viewer.name) \(discussion.asks ? "asks" : "writes") about “\(topic.title)”",
          why: why, by: viewer, now: now)
      }
    }
    try tell(
      ReadingStore(db: db).watchers(of: discussion.id), post, discussion, kind: "post", words: "\(viewer.name) wrote",
      why: "you watch this discussion", by: viewer, now: now)
  }

  func tellOfCalls(
    in post: Post, _ discussion: Discussion, _ mentions: Mentions, by viewer: Viewer, now: Instant
  ) throws {
    try tell(
      mentions.called.sorted(), post, discussion, kind: "mention", words: "\(viewer.name) called you",
      why: "somebody called you by name", by: viewer, now: now)
  }

  func tellOfAcceptance(of post: Post, in discussion: Discussion, by viewer: Viewer) throws {
    try tell(
      [post.author], post, discussion, kind: "accepted", words: "\(viewer.name) accepted your answer",
      why: "your answer was accepted", by: viewer, now: viewer.now, event: "accepted:\(post.id)")
  }

  private func tell(
    _ people: [Person.ID], _ post: Post, _ discussion: Discussion, kind: String, words: String, why: String,
    by viewer: Viewer, now: Instant, event: String? = nil
  ) throws {
    let event = event ?? "post:\(post.id)"
    let muted = try ReadingStore(db: db).muted(among: people, in: discussion.id)
    let members = try NoticeStore(db: db).stillMembers(among: people.filter { !muted.contains($0) }, now: now)
    for person in members {
      try NoticeStore(db: db).tell(
        person, kind: kind, subject: discussion.subject, path: "/posts/\(post.id)",
        words: "\(words): \(discussion.title)", why: why, by: viewer.person, id: "\(post.id)-\(kind)-\(person)",
        now: now,
        event: event)
    }
  }
}
