/// Documents of a table, found by the stems of their words; the same stems (Porter's) on both engines.
///
/// The table is the feature's. It has `\(SQL.rowNumber)` and the columns `title`, `body` and `marks`, all TEXT NOT NULL.
/// Their text is folded by the feature: small letters without accents, in words; highlighting is done on the original.
/// `marks` holds words that no person types, as `kindidea` or `forschool12`, to narrow a search before it is bounded:
/// by kind, and by who may see the document. Once created, the index follows every INSERT, UPDATE and DELETE by itself.
///
///     Migration("0007_search", [documents] + FullText(table: "search_document").creation)
///     db.rows("SELECT d.id FROM (\(text.matches(query))) m JOIN search_document d ON d.number = m.number ORDER BY …")
///
/// SQLite keeps FTS5 tables of that content, PostgreSQL tsvector columns with GIN indexes. SQLite indexes beginnings of
/// up to 7 letters, since it gathers all documents of a longer one first; few common stems are longer.
public struct FullText: Sendable {
  public let table: String

  public init(table: String) { self.table = table }

  /// The pieces of the migration that makes the index, after the table was made.
  public var creation: [SQL] {
    [
      .either(sqlite: virtual(inTitle: false, "title, body, marks"), postgres: words),
      .either(sqlite: virtual(inTitle: true, "title, marks"), postgres: ""),
    ] + following
  }

  /// What of `creation` a migration needs again after it put another table in the place of the documents, under the same
  /// name and with the same numbers: the index itself stays.
  public var following: [SQL] { triggers.map { .either(sqlite: $0, postgres: "") } }

  /// Titles have an index of their own: else a word that is common in texts and rare in titles is slow to look up there.
  private func index(inTitle: Bool) -> SQL { SQL.name(table + (inTitle ? "_titles" : "_index")) }

  private func virtual(inTitle: Bool, _ columns: SQL) -> SQL {
    """
    CREATE VIRTUAL TABLE \(index(inTitle: inTitle)) USING fts5(\(columns), content=\(SQL.name(table)),
      content_rowid='number', tokenize='porter unicode61', prefix='2 3 4 5 6 7', detail=column)
    """
  }

  private var words: SQL {
    """
    CREATE TEXT SEARCH DICTIONARY league_stem (TEMPLATE = snowball, LANGUAGE = porter);
    CREATE TEXT SEARCH CONFIGURATION league_words (COPY = simple);
    ALTER TEXT SEARCH CONFIGURATION league_words ALTER MAPPING FOR asciiword, word, numword, asciihword, hword,
      numhword, hword_asciipart, hword_part, hword_numpart WITH league_stem;
    ALTER TABLE \(SQL.name(table))
      ADD COLUMN title_words tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('league_words', title), 'A') || setweight(to_tsvector('league_words', marks), 'C')) STORED,
      ADD COLUMN words tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('league_words', title), 'A') || setweight(to_tsvector('league_words', body), 'B')
        || setweight(to_tsvector('league_words', marks), 'C')) STORED;
    CREATE INDEX \(index(inTitle: false)) ON \(SQL.name(table)) USING gin (words);
    CREATE INDEX \(index(inTitle: true)) ON \(SQL.name(table)) USING gin (title_words)
    """
  }

  /// The triggers by which SQLite's indexes follow the documents; they go with a table that is made anew.
  private var triggers: [SQL] {
    let (all, titles) = (index(inTitle: false), index(inTitle: true))
    let add: SQL = """
      INSERT INTO \(all) (rowid, title, body, marks) VALUES (new.number, new.title, new.body, new.marks);
      INSERT INTO \(titles) (rowid, title, marks) VALUES (new.number, new.title, new.marks);
      """
    let remove: SQL = """
      INSERT INTO \(all) (\(all), rowid, title, body, marks)
      VALUES ('delete', old.number, old.title, old.body, old.marks);
      INSERT INTO \(titles) (\(titles), rowid, title, marks) VALUES ('delete', old.number, old.title, old.marks);
      """
    func trigger(_ suffix: String, _ event: SQL, _ work: SQL) -> SQL {
      "CREATE TRIGGER \(SQL.name(table + suffix)) AFTER \(event) ON \(SQL.name(table)) BEGIN \(work) END"
    }
    return [
      trigger("_added", "INSERT", add), trigger("_removed", "DELETE", remove),
      trigger("_changed", "UPDATE OF title, body, marks", remove + add),
    ]
  }

  /// A SELECT of the documents that hold all words of the query: `number`, and `in_title`, 1 where the title holds them
  /// all and else 0. Best first is `ORDER BY in_title DESC, number DESC`, or a finer score over these few in Swift.
  ///
  /// At most `limit` documents by title and `limit` by any text, the newest of them: so the cost does not grow with how
  /// common a word is. A rare word's documents are all there.
  ///
  /// - Parameter only: narrows to documents that bear a mark and meet a condition on the table, which say the same:
  ///   SQLite looks the mark up together with the words, PostgreSQL knows how many rows a plain column leaves.
  public func matches(
    _ query: FullTextQuery, only: (mark: String, condition: SQL)? = nil, limit: Int = 400
  ) -> SQL {
    let marked = only.map { query.marked($0.mark) } ?? query
    let narrowed: SQL = only.map { "AND " + $0.condition } ?? ""
    func some(inTitle: Bool) -> SQL {
      let (index, flag, column): (SQL, SQL, SQL) =
        (index(inTitle: inTitle), inTitle ? "1" : "0", inTitle ? "title_words" : "words")
      return .either(
        sqlite: """
          SELECT rowid AS number, \(flag) AS in_title FROM \(index) WHERE \(index) MATCH \(marked.fts5(inTitle: inTitle))
          ORDER BY rowid DESC LIMIT \(limit)
          """,
        postgres: """
          SELECT number, \(flag) AS in_title FROM \(SQL.name(table))
          WHERE \(column) @@ to_tsquery('league_words', \(query.tsquery(inTitle: inTitle)))
            \(narrowed)
          ORDER BY number DESC LIMIT \(limit)
          """)
    }
    return """
      SELECT number, max(in_title) AS in_title
      FROM (SELECT * FROM (\(some(inTitle: true))) t UNION ALL SELECT * FROM (\(some(inTitle: false))) a) found
      GROUP BY number
      """
  }
}

/// What somebody looks for: words that must all be there, the last of which may be only begun.
public struct FullTextQuery: Sendable, Equatable {
  /// Small letters and digits only, at most 12.
  public let words: [String]
  /// Of each group at least one mark must be there.
  public let marks: [[String]]

  /// Nil when the text, which is folded as the documents are, holds no word.
  public init?(_ text: String, marks: [[String]] = []) {
    words = Array(Self.words(of: text).prefix(12))
    self.marks = marks.map { $0.flatMap(Self.words) }
    guard !words.isEmpty, self.marks.allSatisfy({ !$0.isEmpty }) else { return nil }
  }

  /// The same for documents that bear one more mark.
  func marked(_ mark: String) -> FullTextQuery { FullTextQuery(words: words, marks: marks + [Self.words(of: mark)]) }

  private init(words: [String], marks: [[String]]) {
    self.words = words
    self.marks = marks
  }

  /// Nothing but letters and digits is left, so a word can be no operator of either engine.
  private static func words(of text: String) -> [String] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.map { String($0.prefix(40)) }
  }

  func fts5(inTitle: Bool) -> String {
    let begun = words.enumerated().map { "\"\($1)\"" + ($0 == words.count - 1 ? " *" : "") }
    let groups = marks.map { "marks : (" + $0.map { "\"\($0)\"" }.joined(separator: " OR ") + ")" }
    return (["\(inTitle ? "title" : "{title body}") : (\(begun.joined(separator: " AND ")))"] + groups)
      .joined(separator: " AND ")
  }

  func tsquery(inTitle: Bool) -> String {
    let places = inTitle ? "A" : "AB"
    let begun = words.enumerated().map { "'\($1)':" + ($0 == words.count - 1 ? "*" : "") + places }
    let groups = marks.map { "(" + $0.map { "'\($0)':C" }.joined(separator: " | ") + ")" }
    return (begun + groups).joined(separator: " & ")
  }
}
