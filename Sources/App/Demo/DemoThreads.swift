import Storage

/// The demonstration's discussions, under their keys as ids.
struct DemoThreads {
  let db: any Transaction
  let files: DemoFiles
  let calendar: DemoCalendar

  /// - Returns: how many posts there are.
  func load() throws -> Int {
    let handles = Dictionary(
      try db.rows("SELECT id, handle FROM person").map { row in
        (try row.read("id", as: String.self), try row.read("handle", as: String.self))
      }, uniquingKeysWith: { first, _ in first })
    for thread in files.threads { try add(thread, handles) }
    return files.threads.reduce(0) { $0 + $1.posts.count }
  }

  private func add(_ thread: DemoThread, _ handles: [String: String]) throws {
    guard let first = thread.posts.first else { return }
    let id = Discussion.ID(thread.key)
    var form = DiscussionForm(submission: thread.key)
    form.title = thread.title
    form.asks = thread.accepted != nil || thread.title.hasSuffix("?")
    try PostStore(db: db).begin(
      form, id: id, about: try topic(thread), by: Person.ID(first.person), now: try calendar.minute(first.at))
    for (number, post) in thread.posts.enumerated() { try add(post, number, to: id, handles) }
    if files.waiting.threads.contains(where: { $0.key == thread.key }) { try tell(of: id) }
    if let accepted = thread.accepted, let last = thread.posts.last {
      try PostStore(db: db).accept(postID(id, accepted), in: id, now: calendar.minute(last.at))
    }
  }

  /// What was said long ago was read; of what waits, people are told as on any day.
  private func tell(of id: Discussion.ID) throws {
    guard let discussion = try DiscussionStore(db: db).find(id) else { return }
    for number in 0..<discussion.postCount {
      guard let post = try PostStore(db: db).find(postID(id, number)) else { continue }
      let name = files.people.first { $0.key == post.author.description }?.name ?? ""
      try DiscussionTidings(db: db).tell(
        of: post, in: discussion, Mentions.find(in: post.text, db),
        by: Viewer(person: post.author, name: name, now: post.createdAt), now: post.createdAt)
    }
  }

  private func postID(_ discussion: Discussion.ID, _ number: Int) -> Post.ID { Post.ID("\(discussion)-\(number + 1)") }

  private func topic(_ thread: DemoThread) throws -> Discussion.Topic? {
    guard let (kind, id) = thread.about?.first, let kind = Discussion.Kind(rawValue: kind) else { return nil }
    return try TopicStore(db: db).find(kind, id)
  }

  /// Writes the post as it first was, then changes it as its author did.
  private func add(_ post: DemoThread.Post, _ number: Int, to discussion: Discussion.ID, _ handles: [String: String])
    throws
  {
    let (store, author, id) = (PostStore(db: db), Person.ID(post.person), postID(discussion, number))
    let texts = (post.edits.map(\.text) + [post.text]).map { mentioning($0, handles) }
    var written = try store.add(
      PostForm(text: texts[0], submission: "\(id)"), mentions: Mentions.find(in: texts[0], db), id: id, to: discussion,
      by: author, now: calendar.minute(post.at), level: number == 0 ? .watching : .normal)
    for (edit, text) in zip(post.edits, texts.dropFirst()) {
      try store.edit(
        written, text: text, mentions: Mentions.find(in: text, db), by: author, now: calendar.minute(edit.at))
      written = try store.find(id) ?? written
    }
    if let deleted = post.deleted {
      try store.delete(written, by: Person.ID(deleted.by), now: calendar.minute(deleted.at))
    }
  }

  /// `@[ruth-ouellette]` in the files calls the person by their handle.
  private func mentioning(_ text: String, _ handles: [String: String]) -> String {
    text.replacing(/@\[([a-z0-9-]+)\]/) { match in "@\(handles[String(match.output.1)] ?? String(match.output.1))" }
  }
}

struct DemoThread: Decodable, Sendable {
  let key, title: String
  let about: [String: String]?
  let accepted: Int?
  let posts: [Post]

  struct Post: Decodable, Sendable {
    let person, at, text: String
    let edits: [Edit]
    let deleted: Deletion?
  }

  struct Edit: Decodable, Sendable {
    let at, text: String
  }

  struct Deletion: Decodable, Sendable {
    let at, by: String
  }
}
