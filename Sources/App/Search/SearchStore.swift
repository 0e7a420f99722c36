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
    let text = folded(request.text)
    var findings = SearchFindings(groups: try groups(text, request, viewer))
    guard findings.isEmpty, let mended = try SpellingStore(db: db).mended(text) else { return findings }
    findings.groups = try groups(mended, request, viewer)
    // A word that was only completed is what was asked for.
    if !findings.isEmpty, !mended.hasPrefix(text) { findings.corrected = mended }
    return findings
  }

  /// Results of a kind on the page of all kinds, and on the page of that kind alone.
  static let groupSize = 5
  static let pageSize = 40

  private func groups(_ text: String, _ request: SearchRequest, _ viewer: Viewer) throws -> [SearchFindings.Group] {
    let size = request.kind == nil ? Self.groupSize : Self.pageSize
    return try SearchDocument.Kind.allCases.filter { request.kind == nil || request.kind == $0 }.compactMap { kind in
      let found = try results(text, kind, state: request.state, viewer)
      guard !found.isEmpty else { return nil }
      return SearchFindings.Group(
        kind: kind, results: Array(found.prefix(size)), hasMore: found.count > size)
    }
  }

  /// At most 200 candidates are looked at, however common the words are; of a discussion the best post counts.
  private func results(_ text: String, _ kind: SearchDocument.Kind, state: String, _ viewer: Viewer) throws
    -> [SearchResult]
  {
    var marks = [["kind\(kind.rawValue)"], viewer.isMember ? ["forall", "formembers"] : ["forall"]]
    if !state.isEmpty { marks.append(["state\(state)"]) }
    guard let query = FullTextQuery(text, marks: marks) else { return [] }
    let rows: [SearchResult] = try db.all(
      """
      SELECT d.kind, d.noun_id, d.shown_title, d.shown_text, d.path, d.about, d.updated_at
      FROM (\(Self.index.matches(query, limit: 100))) m JOIN search_document d ON d.number = m.number
      ORDER BY m.in_title DESC, d.updated_at DESC, d.number DESC
      """)
    var seen: Set<String> = []
    return rows.filter { seen.insert($0.id).inserted }
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
