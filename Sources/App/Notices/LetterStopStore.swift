import SignIn
import Storage

/// Every SQL statement about the links by which letters are stopped. Only a link's hash is kept; a row that is taken away
/// ends the link.
struct LetterStopStore {
  let db: any Transaction

  struct Stop: Sendable, Equatable {
    let person: Person.ID
    /// What the letter was about; see `Notice.subject`.
    let subject: String
    let isUsed: Bool
  }

  func add(token: String, person: Person.ID, subject: String, now: Instant) throws {
    try db.run(
      """
      INSERT INTO letter_stop (token_hash, person_id, subject, created_at)
      VALUES (\(sha256(token)), \(person), \(subject), \(now))
      """)
  }

  func find(_ token: String) throws -> Stop? {
    try db.rows("SELECT person_id, subject, used_at FROM letter_stop WHERE token_hash = \(sha256(token))").first.map {
      Stop(
        person: try $0.read("person_id"), subject: try $0.read("subject"),
        isUsed: try $0.read("used_at", as: Instant?.self) != nil)
    }
  }

  /// Ends the letters that the link stands for: those of one discussion, or all where the subject is no discussion.
  func use(_ token: String, _ stop: Stop, all: Bool, now: Instant) throws {
    try db.run("UPDATE letter_stop SET used_at = \(now) WHERE token_hash = \(sha256(token)) AND used_at IS NULL")
    if !all, let discussion = stop.discussion, try DiscussionStore(db: db).find(discussion) != nil {
      try ReadingStore(db: db).setLevel(.muted, of: stop.person, in: discussion)
    } else {
      try db.run("UPDATE person SET letter = 'none' WHERE id = \(stop.person)")
    }
  }
}

extension LetterStopStore.Stop {
  /// Nil when the letter was about something else.
  var discussion: Discussion.ID? {
    let parts = subject.split(separator: ":", maxSplits: 1)
    return parts.count == 2 && parts[0] == "discussion" ? Discussion.ID(String(parts[1])) : nil
  }
}
