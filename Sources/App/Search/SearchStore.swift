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

  /// Candidates that are looked at, however common the words are: so many by their title, so many by any text.
  private static let candidates = 100

  private func groups(_ text: String, _ request: SearchRequest, _ viewer: Viewer) throws -> [SearchFindings.Group] {
    let size = request.kind == nil ? Self.groupSize : Self.pageSize
    return try found(text, request, viewer).map { kind, found in
      let seen = kind == .person ? try visible(found, to: viewer, atMost: size + 1) : Array(found.prefix(size + 1))
      return SearchFindings.Group(
        kind: kind, results: try results(seen.prefix(size).map(\.number)), hasMore: seen.count > size)
    }.filter { !$0.results.isEmpty }
  }

  /// The first of the people found whom the viewer may see at this moment: terms end without anybody's doing. Nearly all
  /// may be seen, so one look is enough as a rule.
  private func visible(_ found: [Candidate], to viewer: Viewer, atMost size: Int) throws -> [Candidate] {
    var seen: [Candidate] = []
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
  /// have crowded out of it are looked at alone.
  private func found(
    _ text: String, _ request: SearchRequest, _ viewer: Viewer
  ) throws -> [(kind: SearchDocument.Kind, found: [Candidate])] {
    // Members may see every document, so nothing need be narrowed for them.
    let marks = (viewer.isMember ? [] : [["forall"]]) + (request.state.isEmpty ? [] : [["state\(request.state)"]])
    func alone(_ kind: SearchDocument.Kind) throws -> [Candidate] {
      try FullTextQuery(text, marks: marks + [["kind\(kind.rawValue)"]]).map { try candidates($0).found } ?? []
    }
    if let kind = request.kind { return [(kind, try alone(kind))] }
    guard let look = try FullTextQuery(text, marks: marks).map(candidates) else { return [] }
    let byKind = Dictionary(grouping: look.found, by: \.kind)
    return try SearchDocument.Kind.allCases.map { kind in
      let seen = byKind[kind] ?? []
      return (kind, look.isCut && seen.count <= Self.groupSize ? try alone(kind) : seen)
    }
  }

  /// A document that holds the words.
  private struct Candidate {
    let number: Int
    let kind: SearchDocument.Kind
    /// Of the noun.
    let id: String
  }

  /// Of a discussion the best post counts. Texts, which are long, are read later and only of what is shown.
  private func candidates(_ query: FullTextQuery) throws -> (found: [Candidate], isCut: Bool) {
    let rows = try db.rows(
      """
      SELECT m.number, d.kind, d.noun_id
      FROM (\(Self.index.matches(query, limit: Self.candidates))) m JOIN search_document d ON d.number = m.number
      ORDER BY m.in_title DESC, d.updated_at DESC, m.number DESC
      """)
    var seen: Set<String> = []
    let found = try rows.compactMap { row -> Candidate? in
      let id = try row.read("noun_id", as: String.self)
      guard let kind = SearchDocument.Kind(rawValue: try row.read("kind")), seen.insert("\(kind) \(id)").inserted
      else { return nil }
      return Candidate(number: try row.read("number"), kind: kind, id: id)
    }
    return (found, rows.count >= Self.candidates)
  }

  /// The documents in the order of `numbers`.
  private func results(_ numbers: [Int]) throws -> [SearchResult] {
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
