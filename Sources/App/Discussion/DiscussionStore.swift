import Storage

/// Every SQL statement that reads discussions and lists of them.
struct DiscussionStore {
  let db: any Transaction

  private static let columns: SQL = """
    d.id, d.title, d.about_kind, d.about_id, d.about_title, d.starter_id, d.created_at, d.asks, d.accepted_id,
    d.post_count, d.reply_count, d.last_post_at, d.hidden, d.title_revisions
    """

  func find(_ id: Discussion.ID) throws -> Discussion? {
    try db.first("SELECT \(Self.columns) FROM discussion d WHERE d.id = \(id)")
  }

  func find(submission: String, by person: Person.ID) throws -> Discussion? {
    try db.first(
      "SELECT \(Self.columns) FROM discussion d WHERE d.starter_id = \(person) AND d.submission = \(submission)")
  }

  /// The posts of one page, by number.
  func posts(of id: Discussion.ID, page: Int) throws -> [Post] {
    let before = (page - 1) * Discussion.pageSize
    return try db.all(
      """
      SELECT \(Self.postColumns) FROM post
      WHERE discussion_id = \(id) AND number > \(before) AND number <= \(before + Discussion.pageSize)
      ORDER BY number
      """)
  }

  static let postColumns: SQL = """
    id, discussion_id, number, author_id, text, html, reply_to, created_at, edited_at, deleted_at, deleted_by
    """

  /// Names and schools of people, by their ids.
  func authors(_ ids: some Sequence<Person.ID>, now: Instant) throws -> [Person.ID: Author] {
    let wanted = Set(ids).sorted()
    guard !wanted.isEmpty else { return [:] }
    let found = try db.rows(
      """
      SELECT p.id, p.name,
        (SELECT s.name FROM role r JOIN school s ON s.id = r.school_id
         WHERE r.person_id = p.id AND r.starts_at <= \(now) AND (r.ends_at IS NULL OR r.ends_at > \(now))
         ORDER BY r.starts_at, r.id LIMIT 1) AS school
      FROM person p WHERE p.id IN \(SQL.list(wanted))
      """
    ).map { row in
      Author(id: try row.read("id"), name: try row.read("name"), school: try row.read("school", as: String?.self) ?? "")
    }
    return Dictionary(found.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  // MARK: titles

  func retitle(_ discussion: Discussion, to title: String, by person: Person.ID, leavesTrace: Bool, now: Instant) throws
  {
    if leavesTrace {
      try db.run(
        """
        INSERT INTO discussion_revision (discussion_id, number, title, replaced_at, replaced_by)
        SELECT id, title_revisions + 1, title, \(now), \(person) FROM discussion WHERE id = \(discussion.id)
        """)
    }
    try db.run(
      """
      UPDATE discussion SET title = \(title), title_revisions = title_revisions + \(leavesTrace ? 1 : 0)
      WHERE id = \(discussion.id)
      """)
    try SearchSources(db: db).refresh(titleOf: discussion.id)
  }

  /// Earlier titles, the oldest first.
  func titles(of id: Discussion.ID) throws -> [TitleRevision] {
    try db.rows(
      """
      SELECT v.title, v.replaced_at, p.name FROM discussion_revision v JOIN person p ON p.id = v.replaced_by
      WHERE v.discussion_id = \(id) ORDER BY v.number LIMIT 200
      """
    ).map { row in
      TitleRevision(
        title: try row.read("title"), replacedAt: try row.read("replaced_at"), replacedBy: try row.read("name"))
    }
  }

  // MARK: lists

  /// The latest discussions that the filter lets through, those with the newest post first.
  func list(_ filter: DiscussionFilter, for person: Person.ID, limit: Int = DiscussionFilter.pageSize)
    throws -> [DiscussionLine]
  {
    var conditions: [SQL] = ["d.hidden = 0"]
    switch filter.view {
    case .latest: break
    case .unanswered: conditions.append("d.is_open = 1")
    case .ideas: conditions.append("d.about_kind = 'idea'")
    case .trials: conditions.append("d.about_kind = 'trial'")
    case .schools: conditions.append("d.about_kind = 'school'")
    case .mine: conditions.append("r.takes_part = 1")
    case .watching: conditions.append("r.level = 'watching'")
    }
    if let before = filter.before {
      conditions.append(
        "d.last_post_at < \(before.at) OR (d.last_post_at = \(before.at) AND d.id < \(before.id))")
    }
    return try lines(SQL.all(conditions), for: person, ofReader: filter.view.isOfReader, limit: limit)
  }

  /// The latest discussions about one thing, or about those whose place it took, each with the words of its last post;
  /// none for those who may not read them.
  func about(_ kind: Discussion.Kind, _ ids: [String], for viewer: Viewer, limit: Int = 4) throws -> Talk {
    guard viewer.isMember, let person = viewer.person, let id = ids.first else { return Talk() }
    let found = try lines(
      "d.about_kind = \(kind.rawValue) AND d.about_id IN \(SQL.list(ids)) AND d.hidden = 0", for: person,
      ofReader: false, limit: limit)
    let last = try lastWords(of: found.map(\.discussion.id))
    let lines = found.map { line in
      DiscussionLine(
        discussion: line.discussion, excerpt: last[line.discussion.id] ?? line.excerpt, lastBy: line.lastBy,
        unread: line.unread)
    }
    return Talk(lines: lines, reading: try TopicReaderStore(db: db).find(viewer, kind, id))
  }

  /// The beginning of the last post that still stands, by discussion.
  private func lastWords(of ids: [Discussion.ID]) throws -> [Discussion.ID: String] {
    guard !ids.isEmpty else { return [:] }
    let pairs = try db.rows(
      """
      SELECT discussion_id, text FROM post WHERE id IN (
        SELECT (SELECT p.id FROM post p WHERE p.discussion_id = d.id AND p.deleted_at IS NULL
          ORDER BY p.number DESC LIMIT 1)
        FROM discussion d WHERE d.id IN \(SQL.list(ids)))
      """
    ).map { (try $0.read("discussion_id", as: Discussion.ID.self), Extract.plain(try $0.read("text"), limit: 160)) }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }

  private func lines(_ condition: SQL, for person: Person.ID, ofReader: Bool, limit: Int) throws -> [DiscussionLine] {
    let join: SQL = ofReader ? "JOIN" : "LEFT JOIN"
    return try db.all(
      """
      SELECT \(Self.columns), d.excerpt, p.name AS last_name, r.read_number, r.takes_part
      FROM discussion d \(join) discussion_reader r ON r.discussion_id = d.id AND r.person_id = \(person)
        JOIN person p ON p.id = d.last_by
      WHERE \(condition) ORDER BY d.last_post_at DESC, d.id DESC LIMIT \(limit)
      """)
  }
}

/// A discussion in a list.
struct DiscussionLine: Sendable, Equatable {
  let discussion: Discussion
  let excerpt: String
  let lastBy: String
  /// Posts since the reader's last visit; nil when they never were there.
  let unread: Int?
}

/// Which discussions are listed, kept in the URL.
struct DiscussionFilter: Sendable, Equatable {
  enum View: String, Sendable, CaseIterable {
    case latest, unanswered, ideas, trials, schools, mine, watching

    var isOfReader: Bool { self == .mine || self == .watching }
  }

  /// Where the next page begins: after the discussion with this last post.
  struct Place: Sendable, Equatable {
    let at: Instant
    let id: Discussion.ID
  }

  static let pageSize = 25

  var view = View.latest
  var before: Place?

  init(view: View = .latest, before: Place? = nil) {
    self.view = view
    self.before = before
  }

  init(_ fields: Fields) {
    view = View(rawValue: fields["show"]) ?? .latest
    let parts = fields["before"].split(separator: ".", maxSplits: 1)
    if parts.count == 2, let at = Int64(parts[0]) {
      before = Place(at: Instant(milliseconds: at), id: Discussion.ID(String(parts[1].prefix(64))))
    }
  }

  var path: String {
    var fields = Fields()
    if view != .latest { fields.add("show", view.rawValue) }
    if let before { fields.add("before", "\(before.at.milliseconds).\(before.id)") }
    return fields.isEmpty ? "/discussions" : "/discussions?\(fields.encoded)"
  }
}

extension Discussion: RowReadable {
  package init(row: Row) throws {
    id = try row.read("id")
    title = try row.read("title")
    about = try Kind(rawValue: row.read("about_kind")).map { kind in
      Topic(kind: kind, id: try row.read("about_id"), title: try row.read("about_title"))
    }
    starter = try row.read("starter_id")
    createdAt = try row.read("created_at")
    asks = try row.read("asks")
    accepted = try row.read("accepted_id")
    postCount = try row.read("post_count")
    replyCount = try row.read("reply_count")
    lastPostAt = try row.read("last_post_at")
    isHidden = try row.read("hidden")
    titleRevisions = try row.read("title_revisions")
  }
}

extension Post: RowReadable {
  package init(row: Row) throws {
    id = try row.read("id")
    discussion = try row.read("discussion_id")
    number = try row.read("number")
    author = try row.read("author_id")
    text = try row.read("text")
    html = try row.read("html")
    replyTo = try row.read("reply_to")
    createdAt = try row.read("created_at")
    editedAt = try row.read("edited_at")
    deletedAt = try row.read("deleted_at")
    deletedBy = try row.read("deleted_by")
  }
}

extension DiscussionLine: RowReadable {
  init(row: Row) throws {
    discussion = try Discussion(row: row)
    excerpt = try row.read("excerpt")
    lastBy = try row.read("last_name")
    let count = discussion.postCount
    unread = try row.read("read_number", as: Int?.self).map { max(0, count - $0) }
  }
}
