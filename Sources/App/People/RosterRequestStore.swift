import Storage

/// Every SQL statement about people who ask to be put on a roster.
struct RosterRequestStore {
  let db: any Transaction

  /// - Returns: false when the person waits already.
  func add(
    _ id: RosterRequest.ID, school: School.ID, person: Person.ID, title: String, words: String, now: Instant
  ) throws -> Bool {
    guard try waiting(person, at: school) == nil else { return false }
    try db.run(
      """
      INSERT INTO roster_request (id, school_id, person_id, title, words, at)
      VALUES (\(id), \(school), \(person), \(title), \(words), \(now))
      """)
    return true
  }

  /// Those that wait, the first first.
  func waiting(at school: School.ID) throws -> [RosterRequest] {
    try db.all(
      "SELECT \(RosterRequest.columns) WHERE q.school_id = \(school) AND q.decided_at IS NULL ORDER BY q.at, q.id LIMIT 100"
    )
  }

  func waiting(_ person: Person.ID, at school: School.ID) throws -> RosterRequest? {
    try db.first(
      """
      SELECT \(RosterRequest.columns)
      WHERE q.school_id = \(school) AND q.person_id = \(person) AND q.decided_at IS NULL
      """)
  }

  /// A request to this school that nobody has decided.
  func find(_ id: RosterRequest.ID, at school: School.ID) throws -> RosterRequest? {
    try db.first(
      "SELECT \(RosterRequest.columns) WHERE q.id = \(id) AND q.school_id = \(school) AND q.decided_at IS NULL")
  }

  func decide(_ id: RosterRequest.ID, approved: Bool, by person: Person.ID, now: Instant) throws {
    try db.run(
      """
      UPDATE roster_request SET decided_at = \(now), decided_by = \(person),
        verdict = \(approved ? "approved" : "declined")
      WHERE id = \(id) AND decided_at IS NULL
      """)
  }
}

extension RosterRequest: RowReadable {
  static let columns: SQL = """
    q.id, q.school_id, q.person_id, p.name, p.email, q.title, q.words, q.at
    FROM roster_request q JOIN person p ON p.id = q.person_id
    """

  init(row: Row) throws {
    id = try row.read("id")
    school = try row.read("school_id")
    person = try row.read("person_id")
    name = try row.read("name")
    email = try row.read("email")
    title = try row.read("title")
    words = try row.read("words")
    at = try row.read("at")
  }
}
