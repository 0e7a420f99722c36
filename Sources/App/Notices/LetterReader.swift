import Storage

/// Somebody who is about to get a letter, with what they may see at this moment.
struct LetterReader: Sendable {
  let person: Person.ID
  let email: EmailAddress
  let viewer: Viewer

  /// Nil for an account that is closed or suspended, or whose address is none.
  static func find(_ person: Person.ID, zone: LeagueZone, now: Instant, _ db: any Transaction) throws -> LetterReader? {
    let row = try db.rows(
      "SELECT email, name FROM person WHERE id = \(person) AND suspended_at IS NULL AND merged_into IS NULL"
    ).first
    guard let row, let email = EmailAddress(try row.read("email")) else { return nil }
    let viewer = Viewer(
      person: person, name: try row.read("name"), roles: try RoleStore(db: db).inForce(for: person, now: now), now: now,
      zone: zone)
    return LetterReader(person: person, email: email, viewer: viewer)
  }

  /// Whether an answer by letter stands for them: a letter shows no second step, so whoever has set one up, or must, writes
  /// on the site.
  func mayReply(_ settings: Settings, _ db: any Transaction) throws -> Bool {
    let mustShow = settings.officeNeedsSecondFactor && viewer.roles.contains(where: \.needsSecondFactor)
    return try viewer.isMember && !mustShow && !PersonStore(db: db).standing(of: person).hasSecondFactor
  }

  /// Whether they may still see what a notice is about; it was told when they did.
  ///
  /// - Parameter subject: see `Notice.subject`.
  func maySee(_ subject: String, _ db: any Transaction) throws -> Bool {
    let parts = subject.split(separator: ":", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return true }
    let id = parts[1]
    switch parts[0] {
    case "discussion":
      guard viewer.isMember, let discussion = try DiscussionStore(db: db).find(Discussion.ID(id)) else { return false }
      let isMuted = try ReadingStore(db: db).find(person, in: discussion.id).level == .muted
      return !discussion.isHidden && !isMuted
    case "project": return try ProjectStore(db: db).find(Project.ID(id), for: viewer) != nil
    case "measure": return try MeasureStore(db: db).find(Measure.ID(id), for: viewer) != nil
    case "membership":
      guard let membership = try MembershipStore(db: db).find(Membership.ID(id)) else { return false }
      return viewer.leads(membership.school) || membership.startedBy == person
    default: return true
    }
  }
}
