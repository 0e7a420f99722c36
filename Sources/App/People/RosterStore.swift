import Storage

/// Every SQL statement about who belongs to a school.
struct RosterStore {
  let db: any Transaction

  /// Those whose term holds or is to come, leads first, then by name.
  func present(at school: School.ID, now: Instant, limit: Int = 1000) throws -> [RosterEntry] {
    try db.all(
      """
      SELECT \(RosterEntry.columns) WHERE r.school_id = \(school) AND (r.ends_at IS NULL OR r.ends_at > \(now))
      ORDER BY CASE r.kind WHEN 'lead' THEN 0 ELSE 1 END, p.folded_name, r.id LIMIT \(limit)
      """)
  }

  /// Those whose term has ended, the latest first.
  func past(at school: School.ID, now: Instant, limit: Int = 50) throws -> [RosterEntry] {
    try db.all(
      """
      SELECT \(RosterEntry.columns) WHERE r.school_id = \(school) AND r.ends_at <= \(now)
      ORDER BY r.ends_at DESC, r.id DESC LIMIT \(limit)
      """)
  }

  /// A role of this school; nil for one of another.
  func find(_ id: RosterEntry.ID, at school: School.ID) throws -> RosterEntry? {
    try db.first("SELECT \(RosterEntry.columns) WHERE r.id = \(id) AND r.school_id = \(school)")
  }

  /// The roles that a person holds there now or will hold.
  func roles(of person: Person.ID, at school: School.ID, now: Instant) throws -> [RosterEntry] {
    try db.all(
      """
      SELECT \(RosterEntry.columns) WHERE r.person_id = \(person) AND r.school_id = \(school)
        AND (r.ends_at IS NULL OR r.ends_at > \(now)) ORDER BY r.starts_at, r.id
      """)
  }

  /// Leads whose term holds now, other than `person`'s own.
  func otherLeads(than person: Person.ID, at school: School.ID, now: Instant) throws -> Int {
    try db.value(
      "n",
      """
      SELECT count(DISTINCT person_id) AS n FROM role
      WHERE school_id = \(school) AND kind = 'lead' AND person_id <> \(person)
        AND starts_at <= \(now) AND (ends_at IS NULL OR ends_at > \(now))
      """) ?? 0
  }

  func leads(of school: School.ID, now: Instant) throws -> [Person.ID] {
    try db.rows(
      """
      SELECT DISTINCT r.person_id FROM role r JOIN person p ON p.id = r.person_id
      WHERE r.school_id = \(school) AND r.kind = 'lead' AND r.starts_at <= \(now)
        AND (r.ends_at IS NULL OR r.ends_at > \(now)) AND p.suspended_at IS NULL ORDER BY r.person_id LIMIT 50
      """
    ).map { try $0.read("person_id") }
  }

  func leadEmails(of school: School.ID, now: Instant) throws -> [EmailAddress] {
    try db.rows(
      """
      SELECT DISTINCT p.email FROM role r JOIN person p ON p.id = r.person_id
      WHERE r.school_id = \(school) AND r.kind = 'lead' AND r.starts_at <= \(now)
        AND (r.ends_at IS NULL OR r.ends_at > \(now)) ORDER BY p.email LIMIT 20
      """
    ).compactMap { EmailAddress(try $0.read("email", as: String.self)) }
  }

  /// The mail domain by which its educators come in by themselves; empty for none.
  func domain(of school: School.ID) throws -> String {
    try db.value("domain", "SELECT domain FROM school WHERE id = \(school)") ?? ""
  }

  func setTitle(_ id: RosterEntry.ID, _ title: String) throws {
    try db.run("UPDATE role SET title = \(title) WHERE id = \(id)")
  }

  // MARK: putting somebody on the roster

  /// What came of a naming.
  enum Outcome: Sendable, Equatable {
    /// - Parameter isNewAccount: whether the person had no account before.
    case given(role: RosterEntry.ID, person: Person.ID, isNewAccount: Bool)
    case retitled(role: RosterEntry.ID, from: String)
    case unchanged
  }

  /// What `put` would do, without doing it.
  func outlook(_ naming: RosterNaming, at school: School.ID, now: Instant) throws -> Outcome {
    guard let person = try PersonStore(db: db).find(email: naming.email.description) else {
      return .given(role: RosterEntry.ID(""), person: Person.ID(""), isNewAccount: true)
    }
    let held = try roles(of: person, at: school, now: now)
    // Whoever leads stays a lead: a list that calls them an educator does not take that away.
    guard let same = held.first(where: { $0.kind == naming.kind }) ?? held.first(where: { $0.kind == .lead }) else {
      return .given(role: RosterEntry.ID(""), person: person, isNewAccount: false)
    }
    let isRenamed = !naming.title.isEmpty && naming.title != same.title
    return isRenamed ? .retitled(role: same.id, from: same.title) : .unchanged
  }

  /// Puts a person on the roster: the account where there is none, the role where it is not held. Doing it twice is
  /// doing it once. Somebody who becomes a lead is no longer listed as an educator besides.
  func put(
    _ naming: RosterNaming, at school: School.ID, from start: Instant, until end: Instant?, person fresh: Person.ID,
    role id: String, by giver: Person.ID, now: Instant
  ) throws -> Outcome {
    switch try outlook(naming, at: school, now: now) {
    case .unchanged: return .unchanged
    case .retitled(let role, let old):
      try setTitle(role, naming.title)
      return .retitled(role: role, from: old)
    case .given(_, _, let isNew):
      let people = PersonStore(db: db)
      let person =
        try people.find(email: naming.email.description)
        ?? people.add(id: fresh, email: naming.email.description, name: naming.name, now: now)
      if naming.kind == .lead, start <= now {
        for old in try roles(of: person, at: school, now: now) where old.kind == .educator {
          try RoleStore(db: db).end(old.id.description, now: now, by: giver, reason: "Became a lead")
        }
      }
      try RoleStore(db: db).give(
        naming.kind, to: person, school: school, title: naming.title, id: id, from: start, until: end, by: giver,
        now: now)
      return .given(role: RosterEntry.ID(id), person: person, isNewAccount: isNew)
    }
  }
}

extension RosterEntry: RowReadable {
  /// The columns and the tables they come from.
  static let columns: SQL = """
    r.id, r.school_id, r.person_id, p.name, p.email, r.kind, r.title, r.starts_at, r.ends_at, r.end_reason
    FROM role r JOIN person p ON p.id = r.person_id
    """

  init(row: Row) throws {
    id = try row.read("id")
    school = try row.read("school_id")
    person = try row.read("person_id")
    name = try row.read("name")
    email = try row.read("email")
    kind = Role.Kind(rawValue: try row.read("kind")) ?? .educator
    title = try row.read("title")
    startsAt = try row.read("starts_at")
    endsAt = try row.read("ends_at")
    endReason = try row.read("end_reason")
  }
}
