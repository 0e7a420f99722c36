import Storage

/// Notices of one subject that wait to be mailed to one person, in one letter.
struct WaitingLetter: Sendable, Equatable {
  let person: Person.ID
  let email: String
  let name: String
  let subject: String
  let notices: [Line]
  /// Set when the letter is about a discussion.
  let discussion: Discussion?

  /// One notice with the words that it tells of.
  struct Line: Sendable, Equatable {
    let notice: Notice
    /// Who did it; empty when nobody did.
    let by: String
    let post: Post?
  }
}

/// Every SQL statement about notices on their way to a letter.
struct LetterQueue {
  let db: any Transaction

  /// A discussion's first notice opens a window of this length; at its end one letter holds all that came meanwhile.
  static let window = Span.minutes(15)

  /// Persons and subjects whose window has ended, the longest waiting first.
  func due(now: Instant, limit: Int = 100) throws -> [(person: Person.ID, subject: String)] {
    try db.rows(
      """
      SELECT DISTINCT person_id, subject FROM (
        SELECT person_id, subject FROM notice WHERE mailed_at IS NULL AND created_at <= \(now - Self.window)
        ORDER BY created_at LIMIT \(limit)) waiting
      """
    ).map { (try $0.read("person_id"), try $0.read("subject")) }
  }

  /// What the letter has to say: notices neither mailed nor read, whose posts still stand. Nil when nothing is left, or
  /// the person wants no letters.
  func letter(to person: Person.ID, about subject: String) throws -> WaitingLetter? {
    let row = try db.rows(
      "SELECT email, name, letter FROM person WHERE id = \(person) AND suspended_at IS NULL"
    ).first
    guard let row, try row.read("letter", as: String.self) == "each" else { return nil }
    let lines = try db.rows(
      """
      SELECT n.id, n.kind, n.subject, n.path, n.words, n.why, n.created_at, n.read_at, n.event, p.name AS by_name
      FROM notice n LEFT JOIN person p ON p.id = n.by_id
      WHERE n.mailed_at IS NULL AND n.person_id = \(person) AND n.subject = \(subject) AND n.read_at IS NULL
      ORDER BY n.created_at, n.id LIMIT 50
      """
    ).compactMap { row -> WaitingLetter.Line? in
      let event = try row.read("event", as: String?.self) ?? ""
      let post = event.hasPrefix("post:") ? try PostStore(db: db).find(Post.ID(String(event.dropFirst(5)))) : nil
      if let post, post.isDeleted { return nil }
      return WaitingLetter.Line(
        notice: try Notice(row: row), by: try row.read("by_name", as: String?.self) ?? "", post: post)
    }
    guard !lines.isEmpty else { return nil }
    let stop = LetterStopStore.Stop(person: person, subject: subject, isUsed: false)
    return WaitingLetter(
      person: person, email: try row.read("email"), name: try row.read("name"), subject: subject, notices: lines,
      discussion: try stop.discussion.flatMap { try DiscussionStore(db: db).find($0) })
  }

  /// All of them are dealt with, mailed or dropped.
  func settle(_ person: Person.ID, _ subject: String, now: Instant) throws {
    try db.run(
      """
      UPDATE notice SET mailed_at = \(now) WHERE mailed_at IS NULL AND person_id = \(person) AND subject = \(subject)
      """)
  }
}
