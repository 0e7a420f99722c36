import Storage

/// Every SQL statement about what can be found.
struct SearchStore {
  let db: any Transaction

  private static let index = FullText(table: "search_document")

  // MARK: keeping

  /// Keeps a document up to date, in the transaction that saves its noun.
  func put(_ document: SearchDocument) throws {
    let (title, body) = (document.titleIsFound ? folded(document.title) : "", Self.body(document))
    try db.run(
      """
      INSERT INTO search_document
        (kind, noun_id, part, title, body, marks, shown_title, shown_text, path, about, updated_at)
      VALUES (\(document.kind.rawValue), \(document.id), \(document.part), \(title), \(body), \(document.marks),
        \(document.title), \(Self.shown(document)), \(document.path), \(document.about), \(document.updatedAt))
      ON CONFLICT (kind, noun_id, part) DO UPDATE SET title = excluded.title, body = excluded.body,
        marks = excluded.marks, shown_title = excluded.shown_title, shown_text = excluded.shown_text,
        path = excluded.path, about = excluded.about, updated_at = excluded.updated_at
      """)
    try SpellingStore(db: db).learn([title, body])
  }

  /// Many new documents at once, for a rebuild.
  func add(_ documents: [SearchDocument]) throws {
    let rows = documents.map { document -> [(any SQLBindable)?] in
      [
        document.kind.rawValue, document.id, document.part, document.titleIsFound ? folded(document.title) : "",
        Self.body(document), document.marks, document.title, Self.shown(document), document.path, document.about,
        document.updatedAt,
      ]
    }
    try db.insertMany(
      into: "search_document",
      columns: [
        "kind", "noun_id", "part", "title", "body", "marks", "shown_title", "shown_text", "path", "about", "updated_at",
      ], rows: rows)
    try SpellingStore(db: db).learn(documents.flatMap { [folded($0.title), Self.body($0)] })
  }

  func remove(_ kind: SearchDocument.Kind, _ id: String, part: String = "") throws {
    try db.run(
      "DELETE FROM search_document WHERE kind = \(kind.rawValue) AND noun_id = \(id) AND part = \(part)")
  }

  private static func body(_ document: SearchDocument) -> String {
    folded(String(document.text.prefix(SearchDocument.textLimit)))
  }

  /// What a result can show of the text.
  private static func shown(_ document: SearchDocument) -> String { Extract.plain(document.text, limit: 1500) }

  // MARK: finding

  /// What the viewer may see of what they look for; mistyped words are mended when nothing else is found.
  func find(_ request: SearchRequest, for viewer: Viewer) throws -> SearchFindings {
    try find(request, in: look(request, isMember: viewer.isMember), for: viewer)
  }

  /// The same, where the look has been taken already.
  func find(_ request: SearchRequest, in look: SearchLook, for viewer: Viewer) throws -> SearchFindings {
    var findings = try self.findings(look, request, viewer)
    guard findings.isEmpty, let mended = try SpellingStore(db: db).mended(folded(request.text)) else { return findings }
    findings = try self.findings(self.look(mended, request, isMember: viewer.isMember), request, viewer)
    // A word that was only completed is what was asked for.
    if !findings.isEmpty, !mended.hasPrefix(folded(request.text)) { findings.corrected = mended }
    return findings
  }

  /// Results of a kind on the page of all kinds, and on the page of that kind alone.
  static let groupSize = 5
  static let pageSize = 40

  /// Candidates that are looked at, however common the words are: so many by their title, so many by any text.
  private static let candidates = 100

  /// What all members, or all others, find alike. It costs much more than what one viewer's own part costs.
  func look(_ request: SearchRequest, isMember: Bool) throws -> SearchLook {
    try look(folded(request.text), request, isMember: isMember)
  }

  private func look(_ text: String, _ request: SearchRequest, isMember: Bool) throws -> SearchLook {
    var look = SearchLook()
    for (kind, found) in try self.found(text, request, isMember: isMember) {
      if kind == .person { look.people = found } else { look.groups.append(try group(kind, found, request)) }
    }
    return look
  }

  private func findings(_ look: SearchLook, _ request: SearchRequest, _ viewer: Viewer) throws -> SearchFindings {
    let people = try visible(look.people, to: viewer, atMost: Self.size(request) + 1)
    let groups = look.groups + [try group(.person, people, request)]
    return SearchFindings(
      groups: SearchDocument.Kind.allCases.flatMap { kind in
        groups.filter { $0.kind == kind && !$0.results.isEmpty }
      })
  }

  private func group(
    _ kind: SearchDocument.Kind, _ found: [SearchCandidate], _ request: SearchRequest
  ) throws -> SearchFindings.Group {
    let size = Self.size(request)
    return SearchFindings.Group(
      kind: kind, results: try results(found.prefix(size).map(\.number)), hasMore: found.count > size)
  }

  private static func size(_ request: SearchRequest) -> Int { request.kind == nil ? groupSize : pageSize }

  /// The first of the people found whom the viewer may see at this moment: terms end without anybody's doing. Nearly
  /// all may be seen, so one look is enough as a rule.
  private func visible(
    _ found: [SearchCandidate], to viewer: Viewer, atMost size: Int
  ) throws -> [SearchCandidate] {
    var seen: [SearchCandidate] = []
    var rest = found[...]
    while seen.count < size, !rest.isEmpty {
      let some = rest.prefix(size)
      rest = rest.dropFirst(size)
      let ids = try Set(
        db.rows(
          "SELECT p.id FROM person p WHERE p.id IN \(SQL.list(some.map(\.id))) AND \(ProfileStore.visible(to: viewer))"
        ).map { try $0.read("id", as: String.self) })
      seen += some.filter { ids.contains($0.id) }
    }
    return Array(seen.prefix(size))
  }

  /// The documents of each kind, best first. One look finds all of words that are not common; kinds that common words
  /// have crowded out of it are looked at alone. So is each where marks narrow the search, and kinds that cannot bear them
  /// are left out: looking for what is not there, PostgreSQL goes through all that is.
  private func found(
    _ text: String, _ request: SearchRequest, isMember: Bool
  ) throws -> [(kind: SearchDocument.Kind, found: [SearchCandidate])] {
    // Members may see every document, so nothing need be narrowed for them.
    let marks = (isMember ? [] : [["forall"]]) + (request.state.isEmpty ? [] : [["state\(request.state)"]])
    func alone(_ kind: SearchDocument.Kind) throws -> [SearchCandidate] {
      try FullTextQuery(text, marks: marks).map { try candidates($0, only: kind).found } ?? []
    }
    let kinds = SearchDocument.Kind.allCases.filter { kind in
      (isMember || !kind.isForMembers) && (request.state.isEmpty || kind.has(request.state))
    }
    if let kind = request.kind { return kinds.contains(kind) ? [(kind, try alone(kind))] : [] }
    guard marks.isEmpty else { return try kinds.map { ($0, try alone($0)) } }
    guard let look = try FullTextQuery(text, marks: marks).map({ try candidates($0) }) else { return [] }
    let byKind = Dictionary(grouping: look.found, by: \.kind)
    return try SearchDocument.Kind.allCases.map { kind in
      let seen = byKind[kind] ?? []
      return (kind, look.isCut && seen.count <= Self.groupSize ? try alone(kind) : seen)
    }
  }

  /// Of a discussion the best post counts. Texts, which are long, are read later and only of what is shown.
  private func candidates(
    _ query: FullTextQuery, only kind: SearchDocument.Kind? = nil
  ) throws -> (found: [SearchCandidate], isCut: Bool) {
    let only = kind.map { (mark: "kind\($0.rawValue)", condition: "kind = \($0.rawValue)" as SQL) }
    let matches = Self.index.matches(query, only: only, limit: Self.candidates)
    let rows = try db.rows(
      """
      SELECT m.number, d.kind, d.noun_id FROM (\(matches)) m JOIN search_document d ON d.number = m.number
      ORDER BY m.in_title DESC, d.updated_at DESC, m.number DESC
      """)
    var seen: Set<String> = []
    let found = try rows.compactMap { row -> SearchCandidate? in
      let id = try row.read("noun_id", as: String.self)
      guard let kind = SearchDocument.Kind(rawValue: try row.read("kind")), seen.insert("\(kind) \(id)").inserted
      else { return nil }
      return SearchCandidate(number: try row.read("number"), kind: kind, id: id)
    }
    return (found, rows.count >= Self.candidates)
  }

  /// The documents in the order of `numbers`.
  private func results(_ numbers: [Int]) throws -> [SearchResult] {
    guard !numbers.isEmpty else { return [] }
    let rows = try db.rows(
      """
      SELECT number, kind, noun_id, shown_title, shown_text, path, about, updated_at FROM search_document
      WHERE number IN \(SQL.list(numbers))
      """)
    let found = try Dictionary(
      rows.map { (try $0.read("number", as: Int.self), try SearchResult(row: $0)) },
      uniquingKeysWith: { first, _ in first })
    return numbers.compactMap { found[$0] }
  }
}

extension SearchResult: RowReadable {
  init(row: Row) throws {
    kind = SearchDocument.Kind(rawValue: try row.read("kind")) ?? .discussion
    id = try row.read("noun_id")
    title = try row.read("shown_title")
    text = try row.read("shown_text")
    path = try row.read("path")
    about = try row.read("about")
    updatedAt = try row.read("updated_at")
  }
}
