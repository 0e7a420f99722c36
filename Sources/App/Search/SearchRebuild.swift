import Storage

/// Fills the search anew from everything that is there, a batch at a time.
package struct SearchRebuild {
  let db: any Transaction
  let now: Instant

  package init(db: any Transaction, now: Instant) {
    self.db = db
    self.now = now
  }

  /// Documents of a batch.
  static let batch = 1000

  /// Forgets everything that could be found.
  package func clear() throws {
    try db.liftTimeLimit()
    for table in ["search_document", "search_word", "search_spelling"] {
      try db.run("DELETE FROM \(SQL.name(table))")
    }
  }

  /// Everything in one transaction, for a database of ordinary size.
  ///
  /// - Returns: the number of documents.
  @discardableResult package func all() throws -> Int {
    try clear()
    var count = 0
    for source in Source.allCases {
      var place = ""
      while let step = try add(source, after: place) { (place, count) = (step.last, count + step.count) }
    }
    return count
  }

  /// Where documents come from, each read in the order of its ids.
  package enum Source: String, Sendable, CaseIterable { case schools, people, ideas, trials, projects, posts }

  /// Adds the next batch.
  ///
  /// - Parameter place: the last id of the batch before; empty for the first.
  /// - Returns: the last id of this batch and its documents' number; nil when nothing was left.
  package func add(_ source: Source, after place: String) throws -> (last: String, count: Int)? {
    try db.liftTimeLimit()
    let documents = try SearchSources(db: db).documents(source, after: place, limit: Self.batch, now: now)
    guard let last = documents.last else { return nil }
    try SearchStore(db: db).add(documents.map(\.document))
    return (last.id, documents.count)
  }
}

extension Site {
  /// Fills the search anew while the site may be running, in many short transactions.
  package func rebuildSearch(progress: @Sendable (String) -> Void) async throws {
    let now = now()
    try await database.write { db in try SearchRebuild(db: db, now: now).clear() }
    for source in SearchRebuild.Source.allCases {
      var (place, count) = ("", 0)
      while let step = try await database.write({ [place] db in
        try SearchRebuild(db: db, now: now).add(source, after: place)
      }) {
        (place, count) = (step.last, count + step.count)
      }
      progress("\(count) \(source.rawValue)")
    }
  }
}
