import Storage

extension Site {
  /// What can be found, and the words by which it can.
  ///
  /// `title`, `body` and `marks` are folded for the index; `shown_title` and `shown_text` are what people read.
  /// `search_spelling` holds each word without one of its letters, for words that are mistyped.
  static let search = Migration(
    "0008_search",
    [
      """
      CREATE TABLE search_document (
        \(SQL.rowNumber),
        kind TEXT NOT NULL CHECK (kind IN ('idea', 'trial', 'person', 'school', 'discussion')),
        noun_id TEXT NOT NULL,
        part TEXT NOT NULL DEFAULT '',
        title TEXT NOT NULL,
        body TEXT NOT NULL,
        marks TEXT NOT NULL,
        shown_title TEXT NOT NULL,
        shown_text TEXT NOT NULL,
        path TEXT NOT NULL,
        about TEXT NOT NULL DEFAULT '',
        updated_at BIGINT NOT NULL,
        UNIQUE (kind, noun_id, part)
      )
      """
    ] + FullText(table: "search_document").creation + [
      "CREATE TABLE search_word (word TEXT PRIMARY KEY)",
      """
      CREATE TABLE search_spelling (
        piece TEXT NOT NULL,
        word TEXT NOT NULL,
        PRIMARY KEY (piece, word)
      )
      """,
    ])
}
