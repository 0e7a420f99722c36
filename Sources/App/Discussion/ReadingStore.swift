import Storage

/// Every SQL statement about how people follow discussions.
struct ReadingStore {
  let db: any Transaction

  func find(_ person: Person.ID, in discussion: Discussion.ID) throws -> Reading {
    let row = try db.rows(
      """
      SELECT level, read_number FROM discussion_reader
      WHERE person_id = \(person) AND discussion_id = \(discussion)
      """
    ).first
    guard let row else { return Reading() }
    return Reading(
      level: ReadingLevel(rawValue: try row.read("level")) ?? .normal, readTo: try row.read("read_number"))
  }

  /// Moves the place read to forward, never back.
  func setRead(_ person: Person.ID, in discussion: Discussion.ID, to number: Int) throws {
    try db.run(
      """
      INSERT INTO discussion_reader (person_id, discussion_id, read_number) VALUES (\(person), \(discussion), \(number))
      ON CONFLICT (person_id, discussion_id) DO UPDATE SET read_number = excluded.read_number
      WHERE discussion_reader.read_number < excluded.read_number
      """)
  }

  func setLevel(_ level: ReadingLevel, of person: Person.ID, in discussion: Discussion.ID) throws {
    try db.run(
      """
      INSERT INTO discussion_reader (person_id, discussion_id, level)
      VALUES (\(person), \(discussion), \(level.rawValue))
      ON CONFLICT (person_id, discussion_id) DO UPDATE SET level = excluded.level
      """)
  }

  /// - Parameter level: taken by somebody new to the discussion; others keep theirs.
  func takePart(_ person: Person.ID, in discussion: Discussion.ID, readTo number: Int, level: ReadingLevel) throws {
    try db.run(
      """
      INSERT INTO discussion_reader (person_id, discussion_id, level, read_number, takes_part)
      VALUES (\(person), \(discussion), \(level.rawValue), \(number), 1)
      ON CONFLICT (person_id, discussion_id) DO UPDATE SET takes_part = 1, read_number = excluded.read_number
      """)
  }

  func watchers(of discussion: Discussion.ID) throws -> [Person.ID] {
    try db.rows(
      "SELECT person_id FROM discussion_reader WHERE discussion_id = \(discussion) AND level = 'watching'"
    ).map { try $0.read("person_id") }
  }

  func muted(among people: some Sequence<Person.ID>, in discussion: Discussion.ID) throws -> Set<Person.ID> {
    let wanted = Array(people)
    guard !wanted.isEmpty else { return [] }
    return Set(
      try db.rows(
        """
        SELECT person_id FROM discussion_reader
        WHERE discussion_id = \(discussion) AND level = 'muted' AND person_id IN \(SQL.list(wanted))
        """
      ).map { try $0.read("person_id", as: Person.ID.self) })
  }
}
