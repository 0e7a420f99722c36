import Storage

/// What is new in a discussion, for somebody who has its page open.
struct DiscussionNews: Sendable, Equatable, Encodable {
  /// Posts of others.
  let count: Int
  /// Where the first of them stands.
  let path: String
}

/// Every SQL statement about news.
struct LiveStore {
  let db: any Transaction

  /// Posts of others after the one of that number; at most 100 are counted.
  func news(in discussion: Discussion.ID, after number: Int, for person: Person.ID) throws -> DiscussionNews {
    let ids: [Post.ID] = try db.rows(
      """
      SELECT id FROM post
      WHERE discussion_id = \(discussion) AND number > \(number) AND deleted_at IS NULL AND author_id <> \(person)
      ORDER BY number LIMIT 100
      """
    ).map { try $0.read("id") }
    return DiscussionNews(count: ids.count, path: ids.first.map { "/posts/\($0)" } ?? "")
  }
}
