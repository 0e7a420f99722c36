import Storage

/// Notices of one subject that wait to be mailed to one person, in one letter.
struct WaitingLetter: Sendable {
  let reader: LetterReader
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

  /// What the letter's link stops: its discussion, else its stream.
  var stop: LetterStop {
    if let discussion { return .discussion(discussion.id) }
    return notices.last.flatMap { LetterStream(kind: $0.notice.kind) }.map { .stream($0) } ?? .all
  }
}

/// Every SQL statement about notices on their way to a letter.
///
/// A notice is due `window` after it came. Then its person's wishes sort it: into a letter at once, or after the quiet
/// hours, into the next digest, or to the site alone.
struct LetterQueue {
  let db: any Transaction
  let zone: LeagueZone

  /// A discussion's first notice opens a window of this length; at its end one letter holds all that came meanwhile.
  static let window = Span.minutes(15)

  private static let isUnsorted: SQL = "mailed_at IS NULL AND digest = 0"

  /// Persons and subjects whose window has ended, the longest waiting first.
  func due(now: Instant, limit: Int = 100) throws -> [(person: Person.ID, subject: String)] {
    try db.rows(
      """
      SELECT DISTINCT person_id, subject FROM (
        SELECT person_id, subject FROM notice WHERE \(Self.isUnsorted) AND due_at <= \(now)
        ORDER BY due_at LIMIT \(limit)) waiting
      """
    ).map { (try $0.read("person_id"), try $0.read("subject")) }
  }

  /// Puts what the person wants in the digest, or not at all, or not now, where it belongs.
  ///
  /// - Returns: whether what remains may be written now.
  func sort(_ person: Person.ID, _ subject: String, now: Instant) throws -> Bool {
    let wishes = try LetterWishStore(db: db).find(person)
    let found = try db.rows(
      """
      SELECT DISTINCT kind FROM notice WHERE \(Self.isUnsorted) AND person_id = \(person) AND subject = \(subject)
      """
    ).map { try $0.read("kind", as: String.self) }
    let kinds = Dictionary(grouping: found, by: wishes.pace(kind:))
    func change(_ pace: LetterPace, _ change: SQL) throws {
      guard let those = kinds[pace] else { return }
      try db.run(
        """
        UPDATE notice SET \(change)
        WHERE \(Self.isUnsorted) AND person_id = \(person) AND subject = \(subject) AND kind IN \(SQL.list(those))
        """)
    }
    try change(.site, "mailed_at = \(now)")
    try change(.digest, "digest = 1, due_at = \(wishes.nextDigest(after: now, zone))")
    let hour = wishes.hour(for: now, zone)
    if hour > now { try change(.once, "due_at = \(hour)") }
    return hour == now && kinds[.once] != nil
  }

  /// What the letter has to say: notices neither mailed nor read, of what the person may still see. Nil when nothing is
  /// left, or their address takes no letters.
  func letter(to person: Person.ID, about subject: String, now: Instant) throws -> WaitingLetter? {
    guard let reader = try reader(person, now: now) else { return nil }
    let lines = try lines("digest = 0 AND n.subject = \(subject)", for: reader, limit: 50)
    guard !lines.isEmpty else { return nil }
    return WaitingLetter(
      reader: reader, subject: subject, notices: lines,
      discussion: try Discussion.named(by: subject).flatMap { try DiscussionStore(db: db).find($0) })
  }

  /// Nil as well when their letters come back.
  private func reader(_ person: Person.ID, now: Instant) throws -> LetterReader? {
    let reader = try LetterReader.find(person, zone: zone, now: now, db)
    return try reader.flatMap { try AddressTroubleStore(db: db).hasEnded($0.email.description) ? nil : $0 }
  }

  /// The oldest `limit` of those that the reader may still see: what is hidden from them takes no place.
  private func lines(_ condition: SQL, for reader: LetterReader, limit: Int) throws -> [WaitingLetter.Line] {
    let rows = try db.rows(
      """
      SELECT n.id, n.kind, n.subject, n.path, n.words, n.why, n.created_at, n.read_at, n.event, p.name AS by_name
      FROM notice n LEFT JOIN person p ON p.id = n.by_id
      WHERE n.mailed_at IS NULL AND n.person_id = \(reader.person) AND \(condition) AND n.read_at IS NULL
      ORDER BY n.created_at, n.id
      """)
    var lines: [WaitingLetter.Line] = []
    var seen: [String: Bool] = [:]
    for row in rows {
      if lines.count == limit { break }
      let (notice, event) = (try Notice(row: row), try row.read("event", as: String?.self) ?? "")
      let maySee = try seen[notice.subject] ?? reader.maySee(notice.subject, db)
      seen[notice.subject] = maySee
      guard maySee else { continue }
      let post = event.hasPrefix("post:") ? try PostStore(db: db).find(Post.ID(String(event.dropFirst(5)))) : nil
      if let post, post.isDeleted { continue }
      lines.append(.init(notice: notice, by: try row.read("by_name", as: String?.self) ?? "", post: post))
    }
    return lines
  }

  /// All of them are dealt with, mailed or dropped.
  func settle(_ person: Person.ID, _ subject: String, now: Instant) throws {
    try db.run(
      """
      UPDATE notice SET mailed_at = \(now)
      WHERE \(Self.isUnsorted) AND person_id = \(person) AND subject = \(subject)
      """)
  }

  // MARK: the digest

  /// People for whom a digest is due, by id.
  func digests(now: Instant, after last: Person.ID?, limit: Int = 200) throws -> [Person.ID] {
    try db.rows(
      """
      SELECT DISTINCT person_id FROM notice
      WHERE mailed_at IS NULL AND digest = 1 AND due_at <= \(now) AND person_id > \(last ?? Person.ID(""))
      ORDER BY person_id LIMIT \(limit)
      """
    ).map { try $0.read("person_id") }
  }

  /// Puts the person's digest off when it came late, into their quiet hours.
  ///
  /// - Returns: whether it may be written now.
  func mayWriteDigest(to person: Person.ID, now: Instant) throws -> Bool {
    let hour = try LetterWishStore(db: db).find(person).hour(for: now, zone)
    guard hour > now else { return true }
    try db.run(
      """
      UPDATE notice SET due_at = \(hour)
      WHERE mailed_at IS NULL AND digest = 1 AND person_id = \(person) AND due_at <= \(now)
      """)
    return false
  }

  /// What has waited for the digest that is due now, and is neither read nor hidden meanwhile. Nil when nothing is left.
  func digest(for person: Person.ID, now: Instant) throws -> WaitingDigest? {
    guard let reader = try reader(person, now: now) else { return nil }
    let wishes = try LetterWishStore(db: db).find(person)
    let lines = try lines("digest = 1 AND n.due_at <= \(now)", for: reader, limit: WaitingDigest.most + 1)
    guard !lines.isEmpty, wishes.isOn else { return nil }
    return WaitingDigest(
      person: person, email: reader.email, name: reader.viewer.name, rhythm: wishes.rhythm,
      zone: wishes.clock(zone), lines: lines,
      titles: try titles(Set(lines.map(\.notice.subject))))
  }

  private func titles(_ subjects: Set<String>) throws -> [String: String] {
    let pairs = try subjects.sorted().compactMap { subject -> (String, String)? in
      let title = try Discussion.named(by: subject).flatMap { try DiscussionStore(db: db).find($0)?.title }
      return title.map { (subject, $0) }
    }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }

  func settleDigest(of person: Person.ID, now: Instant) throws {
    try db.run(
      """
      UPDATE notice SET mailed_at = \(now)
      WHERE mailed_at IS NULL AND digest = 1 AND person_id = \(person) AND due_at <= \(now)
      """)
  }
}
