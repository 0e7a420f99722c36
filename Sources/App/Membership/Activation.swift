import Storage

/// What happens once, when a school becomes a member: its principal and whoever began lead it, and are told.
struct Activation: Sendable {
  private let viewer: Viewer
  private let settings: Settings
  /// Made before the transaction, so that it can be run again.
  private let people: [(person: Person.ID, role: String, letter: String)]

  init(site: Site, viewer: Viewer) {
    self.viewer = viewer
    settings = site.settings
    people = (0..<2).map { _ in (person: Person.ID(site.newID()), role: site.newID(), letter: site.newID()) }
  }

  /// - Returns: those who were written to.
  func run(_ membership: Membership, _ db: any Transaction) throws -> Set<Person.ID> {
    let store = PersonStore(db: db)
    var written: Set<Person.ID> = []
    let seats = try SignatureStore(db: db).all(of: membership.id)
    if let principal = seats.first(where: { $0.role.key == "principal" }) ?? seats.first {
      let person =
        try store.find(email: principal.email)
        ?? store.add(id: people[0].person, email: principal.email, name: principal.name, now: viewer.now)
      if try lead(person, title: principal.role.words, membership, people[0].role, people[0].letter, db) {
        written.insert(person)
      }
    }
    if let starter = membership.startedBy,
      try lead(starter, title: "", membership, people[1].role, people[1].letter, db)
    {
      written.insert(starter)
    }
    return written
  }

  /// - Returns: false where the person leads the school already.
  private func lead(
    _ person: Person.ID, title: String, _ membership: Membership, _ role: String, _ letter: String,
    _ db: any Transaction
  ) throws -> Bool {
    let given = try RoleStore(db: db).give(
      .lead, to: person, school: membership.school, title: title, id: role, from: viewer.now, by: viewer.person)
    guard given == role, let email = EmailAddress(try PersonStore(db: db).email(of: person)) else {
      return false
    }
    try MailStore(db: db).add(
      MembershipLetters(settings: settings).confirmed(
        school: membership.school, name: membership.schoolName, to: email, id: letter), now: viewer.now)
    return true
  }
}
