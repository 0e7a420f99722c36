import SignIn
import Storage

/// What a link stops that stands in a letter.
enum LetterStop: Sendable, Equatable {
  case discussion(Discussion.ID)
  case stream(LetterStream)
  /// Every stream that is told in the one letter.
  case digest
  case all

  /// - Parameter subject: as it is kept; that of a notice, or one of `subject`.
  init(subject: String) {
    let parts = subject.split(separator: ":", maxSplits: 1).map(String.init)
    if let discussion = Discussion.named(by: subject) {
      self = .discussion(discussion)
    } else if parts.count == 2, parts[0] == "stream", let stream = LetterStream(rawValue: parts[1]) {
      self = .stream(stream)
    } else {
      self = subject == "digest" ? .digest : .all
    }
  }

  var subject: String {
    switch self {
    case .discussion(let id): Discussion.subject(id)
    case .stream(let stream): "stream:\(stream.rawValue)"
    case .digest: "digest"
    case .all: "all"
    }
  }
}

/// Every SQL statement about the links by which letters are stopped. Only a link's hash is kept; a row that is taken away
/// ends the link.
struct LetterStopStore {
  let db: any Transaction

  struct Link: Sendable, Equatable {
    let person: Person.ID
    let stop: LetterStop
  }

  func add(token: String, person: Person.ID, _ stop: LetterStop, now: Instant) throws {
    try db.run(
      """
      INSERT INTO letter_stop (token_hash, person_id, subject, created_at)
      VALUES (\(sha256(token)), \(person), \(stop.subject), \(now))
      """)
  }

  func find(_ token: String) throws -> Link? {
    try db.rows("SELECT person_id, subject FROM letter_stop WHERE token_hash = \(sha256(token))").first.map {
      Link(person: try $0.read("person_id"), stop: LetterStop(subject: try $0.read("subject")))
    }
  }

  /// Ends the letters that the link stands for, in the same settings that the account's page shows.
  ///
  /// - Parameter stop: that of the link, or `all`.
  func use(_ token: String, of person: Person.ID, _ stop: LetterStop, now: Instant) throws {
    try db.run("UPDATE letter_stop SET used_at = \(now) WHERE token_hash = \(sha256(token)) AND used_at IS NULL")
    let wishes = LetterWishStore(db: db)
    switch stop {
    case .discussion(let id):
      // The letters of a discussion that is gone are none.
      if try DiscussionStore(db: db).find(id) != nil { try ReadingStore(db: db).setLevel(.muted, of: person, in: id) }
    case .stream(let stream): try wishes.stop([stream], for: person)
    case .digest:
      let wished = try wishes.find(person)
      try wishes.stop(LetterStream.allCases.filter { wished.pace($0) == .digest }, for: person)
    case .all: try wishes.setOn(person, false)
    }
  }
}
