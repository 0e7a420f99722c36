import Storage

/// One thing that changed about a school.
struct SchoolHistoryLine: Sendable, Equatable {
  let at: Instant
  /// "name", "created", "merged".
  let what: String
  let old: String?
  let new: String?
  let source: String
}

/// Every SQL statement about what was done to a school.
struct SchoolHistoryStore {
  let db: any Transaction

  /// The newest first.
  func lines(of school: School.ID, limit: Int = 30) throws -> [SchoolHistoryLine] {
    try db.all(
      """
      SELECT at, field, old_value, new_value, source FROM school_history WHERE school_id = \(school)
      ORDER BY at DESC, id DESC LIMIT \(limit)
      """)
  }

  func add(
    id: String, _ school: School.ID, _ field: String, old: String?, new: String?, source: String,
    by person: Person.ID?, at now: Instant
  ) throws {
    try db.run(
      """
      INSERT INTO school_history (id, school_id, at, field, old_value, new_value, source, person_id)
      VALUES (\(id), \(school), \(now), \(field), \(old), \(new), \(source), \(person))
      """)
  }
}

extension SchoolHistoryLine: RowReadable {
  init(row: Row) throws {
    at = try row.read("at")
    let field: String = try row.read("field")
    what = SchoolField(rawValue: field)?.words ?? field
    old = try row.read("old_value")
    new = try row.read("new_value")
    source = try row.read("source")
  }
}
