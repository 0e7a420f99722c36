import Storage

/// What was said where a person follows: discussions that began about what is theirs, and posts that they have not read.
struct TodayTalk {
  let db: any Transaction
  let person: Person.ID
  /// Schools that they lead.
  let led: [School.ID]
  /// Older things are not new.
  let since: Instant
  /// Discussions that are told of elsewhere.
  var besides: [Discussion.ID] = []

  /// What calls them by name and they have not read, open questions first: somebody waits for a word of theirs.
  func calls(limit: Int) throws -> [Call] {
    let unread = try NoticeStore(db: db).unread(of: person, kind: "mention", limit: 20)
    return try db.rows(
      """
      SELECT c.number, c.text, c.created_at, d.id, d.title, d.is_open, a.name
      FROM post c JOIN discussion d ON d.id = c.discussion_id JOIN person a ON a.id = c.author_id
        LEFT JOIN discussion_reader r ON r.discussion_id = d.id AND r.person_id = \(person)
      WHERE c.id IN \(SQL.list(unread.map { $0.path.split(separator: "/").last.map(String.init) ?? "" }))
        AND c.deleted_at IS NULL AND d.hidden = 0 AND COALESCE(r.read_number, 0) < c.number
        AND COALESCE(r.level, 'normal') <> 'muted'
      ORDER BY d.is_open DESC, c.created_at, c.id LIMIT \(limit)
      """
    ).map { row in
      let (number, isOpen) = (try row.read("number", as: Int.self), try row.read("is_open", as: Bool.self))
      let (name, title) = (try row.read("name", as: String.self), try row.read("title", as: String.self))
      let discussion: Discussion.ID = try row.read("id")
      let page = Discussion.page(of: number)
      let words = isOpen ? number == 1 ? "asks you" : "calls you to a question" : "called you"
      return Call(
        discussion: discussion, at: try row.read("created_at"),
        item: Today.Item(
          title: "\(name) \(words): \(title)",
          path: page == 1 ? "/discussions/\(discussion)#new" : "/discussions/\(discussion)?page=\(page)#new",
          text: Extract.plain(try row.read("text"), limit: 160)))
    }
  }

  /// A post that calls the person by name.
  struct Call {
    let discussion: Discussion.ID
    let at: Instant
    var item: Today.Item
  }

  /// Discussions about their own ideas and trials, ideas that they try, schools that they lead, and what they asked to be
  /// told of; not those that they have seen.
  func begun(limit: Int) throws -> [Today.Item] {
    try db.rows(
      """
      SELECT d.id, d.title, d.about_kind, d.about_title, d.excerpt, p.name, mine.own
      FROM (\(mine)) mine CROSS JOIN discussion d JOIN person p ON p.id = d.starter_id
      WHERE d.about_kind = mine.kind AND d.about_id = mine.id AND d.hidden = 0 AND d.last_post_at >= \(since)
        AND d.created_at >= \(since) AND d.starter_id <> \(person) AND d.id NOT IN \(SQL.list(besides))
        AND NOT EXISTS (SELECT 1 FROM discussion_reader r WHERE r.person_id = \(person) AND r.discussion_id = d.id
          AND (r.read_number > 0 OR r.level = 'muted'))
        AND NOT EXISTS (SELECT 1 FROM topic_reader m WHERE m.person_id = \(person) AND m.about_kind = mine.kind
          AND m.about_id = mine.id AND m.level = 'muted')
      ORDER BY d.created_at DESC, d.id DESC LIMIT \(limit)
      """
    ).map { row in
      let kind = Discussion.Kind(rawValue: try row.read("about_kind")) ?? .idea
      let own = TopicReading.Own(rawValue: try row.read("own"))?.words(kind) ?? "you asked to be told"
      return Today.Item(
        title: try row.read("title"), path: "/discussions/\(try row.read("id", as: String.self))",
        tag: "because \(own)",
        text: "\(try row.read("name", as: String.self)) about “\(try row.read("about_title", as: String.self))”")
    }
  }

  /// What is a person's own, with the lowest reason of each; see `TopicReading.Own`.
  private var mine: SQL {
    """
    SELECT kind, id, min(own) AS own FROM (
      SELECT 'idea' AS kind, id, 0 AS own FROM idea WHERE owner_id = \(person)
      UNION ALL SELECT 'idea' AS kind, idea_id AS id, 1 AS own FROM trial
        WHERE person_id = \(person) AND state <> 'withdrawn'
      UNION ALL SELECT 'trial' AS kind, id, 0 AS own FROM trial WHERE person_id = \(person)
      UNION ALL SELECT 'school' AS kind, id, 2 AS own FROM school WHERE id IN \(SQL.list(led))
      UNION ALL SELECT about_kind AS kind, about_id AS id, 9 AS own FROM topic_reader
        WHERE person_id = \(person) AND level = 'watching') each_of
    GROUP BY kind, id
    """
  }

  /// Posts since the last visit in discussions that they watch, or in which they wrote.
  func replies(limit: Int) throws -> [Today.Item] {
    try db.rows(
      """
      SELECT d.id, d.title, d.post_count, p.name, r.read_number, r.watches
      FROM (
        SELECT discussion_id, read_number, 1 AS watches FROM discussion_reader
        WHERE person_id = \(person) AND level = 'watching'
        UNION ALL SELECT discussion_id, read_number, 0 AS watches FROM discussion_reader
        WHERE person_id = \(person) AND takes_part = 1 AND level = 'normal') r
        CROSS JOIN discussion d JOIN person p ON p.id = d.last_by
      WHERE d.id = r.discussion_id AND d.hidden = 0 AND d.last_post_at >= \(since) AND d.post_count > r.read_number
        AND d.last_by <> \(person) AND d.id NOT IN \(SQL.list(besides))
      ORDER BY d.last_post_at DESC, d.id DESC LIMIT \(limit)
      """
    ).map { row in
      let (posts, read) = (try row.read("post_count", as: Int.self), try row.read("read_number", as: Int.self))
      let path = "/discussions/\(try row.read("id", as: String.self))"
      let page = Discussion.page(of: read + 1)
      return Today.Item(
        title: "\(counted(posts - read, "new post")) in “\(try row.read("title", as: String.self))”",
        path: page == 1 ? "\(path)#new" : "\(path)?page=\(page)#new",
        tag: try row.read("watches", as: Int.self) == 1 ? "because you watch it" : "because you wrote there",
        text: "The last by \(try row.read("name", as: String.self)).")
    }
  }
}
