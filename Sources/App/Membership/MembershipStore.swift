import Storage

/// Every SQL statement about memberships. `move` is the only one that changes a state.
struct MembershipStore {
  let db: any Transaction

  /// Who takes a step, and what is written down about it.
  struct Act {
    let party: MembershipParty
    let person: Person.ID?
    /// A name, or "Rule".
    let words: String
    var why = ""
    /// The id of the event.
    let id: String
    let now: Instant
  }

  /// The school's membership: the one that has not ended, else the latest.
  func latest(of school: School.ID) throws -> Membership? {
    try db.first(
      """
      SELECT \(Membership.columns) WHERE m.school_id = \(school)
      ORDER BY CASE WHEN m.ended_at IS NULL THEN 0 ELSE 1 END, m.started_at DESC, m.id DESC LIMIT 1
      """)
  }

  /// What a person began and what has neither ended nor made the school a member yet; for Today.
  func begun(by person: Person.ID, limit: Int = 5) throws -> [Membership] {
    try db.all(
      """
      SELECT \(Membership.columns) WHERE m.started_by = \(person) AND m.ended_at IS NULL
        AND m.state IN ('inquiry', 'agreement-issued', 'signatures-pending', 'received') ORDER BY m.started_at, m.id LIMIT \(limit)
      """)
  }

  func find(_ id: Membership.ID) throws -> Membership? {
    try db.first("SELECT \(Membership.columns) WHERE m.id = \(id)")
  }

  /// Begins a school's way with an inquiry.
  ///
  /// - Throws: `Refusal.conflict` when the school is on its way already.
  func begin(_ id: Membership.ID, school: School.ID, _ act: Act) throws {
    if let open = try latest(of: school), !open.state.isEnd {
      throw Refusal.conflict("The school is on its way already. Look at where it stands.")
    }
    guard MembershipStep.allowed(nil, .inquiry, by: act.party) != nil else { throw Refusal.notFound }
    try db.run(
      """
      INSERT INTO membership (id, school_id, state, started_by, started_at, state_since)
      VALUES (\(id), \(school), 'inquiry', \(act.person), \(act.now), \(act.now))
      """)
    try record(id, from: nil, to: .inquiry, act)
    try SchoolStore(db: db).setMembership(school, MembershipState.inquiry.rawValue, since: nil, now: act.now)
  }

  /// Takes a step, writes down who, when and why, and lets the school's page know.
  ///
  /// - Throws: `Refusal.conflict` when nobody may go that way from where the school stands now, `.invalid` without a
  ///   reason where one is needed.
  func move(_ id: Membership.ID, to state: MembershipState, today: CalendarDate, _ act: Act) throws {
    let old = try find(id).orRefuse(.notFound)
    guard let step = MembershipStep.allowed(old.state, state, by: act.party) else {
      throw Refusal.conflict(
        "The school stands at \"\(old.state.words)\" by now; from there this step cannot be taken. Nothing was changed."
      )
    }
    if step.needsReason, act.why.isEmpty { throw Refusal.invalid(["why": "Say why, in a sentence."]) }
    let activeOn = old.activeOn ?? (state == .active ? today : nil)
    let reaffirmed = state == .active && old.activeOn != nil ? today : old.reaffirmedOn
    try db.run(
      """
      UPDATE membership SET state = \(state.rawValue), state_since = \(state == old.state ? old.stateSince : act.now),
        active_on = \(activeOn), reaffirmed_on = \(reaffirmed), reminded_at = NULL,
        ended_at = \(state.isEnd ? act.now : nil)
      WHERE id = \(id)
      """)
    try record(id, from: old.state, to: state, act)
    try SchoolStore(db: db).setMembership(old.school, state.rawValue, since: activeOn, now: act.now)
  }

  private func record(_ id: Membership.ID, from: MembershipState?, to: MembershipState, _ act: Act) throws {
    try db.run(
      """
      INSERT INTO membership_event (id, membership_id, at, by_id, by_words, from_state, to_state, why)
      VALUES (\(act.id), \(id), \(act.now), \(act.person), \(act.words), \(from?.rawValue), \(to.rawValue), \(act.why))
      """)
  }

  /// Binds the text that the school asks to sign, or is to sign. It stays the same once the inquiry is over.
  func issue(_ agreement: AgreementVersion, to id: Membership.ID) throws {
    try db.run(
      """
      UPDATE membership SET agreement = \(agreement.version), agreement_hash = \(agreement.hash)
      WHERE id = \(id) AND state = 'inquiry'
      """)
  }

  /// The steps taken, the first first.
  func events(of id: Membership.ID) throws -> [MembershipEvent] {
    try db.all(
      """
      SELECT at, by_id, by_words, from_state, to_state, why FROM membership_event
      WHERE membership_id = \(id) ORDER BY at, id LIMIT 200
      """)
  }

  func markReminded(_ id: Membership.ID, now: Instant) throws {
    try db.run("UPDATE membership SET reminded_at = \(now) WHERE id = \(id)")
  }
}

extension Membership: RowReadable {
  /// The columns and the tables they come from.
  static let columns: SQL = """
    m.id, m.school_id, s.name AS school_name, s.state AS school_state, m.state, m.started_by, p.name AS started_name,
    m.started_at, m.state_since, m.agreement, m.agreement_hash, m.active_on, m.reaffirmed_on, m.reminded_at
    FROM membership m JOIN school s ON s.id = m.school_id LEFT JOIN person p ON p.id = m.started_by
    """

  init(row: Row) throws {
    id = try row.read("id")
    school = try row.read("school_id")
    schoolName = try row.read("school_name")
    schoolState = try row.read("school_state")
    state = MembershipState(rawValue: try row.read("state")) ?? .inquiry
    startedBy = try row.read("started_by")
    startedByName = try row.read("started_name", as: String?.self) ?? ""
    startedAt = try row.read("started_at")
    stateSince = try row.read("state_since")
    agreement = try row.read("agreement")
    agreementHash = try row.read("agreement_hash")
    activeOn = try row.read("active_on")
    reaffirmedOn = try row.read("reaffirmed_on")
    remindedAt = try row.read("reminded_at")
  }
}

extension MembershipEvent: RowReadable {
  init(row: Row) throws {
    at = try row.read("at")
    by = try row.read("by_id")
    byWords = try row.read("by_words")
    from = try row.read("from_state", as: String?.self).flatMap(MembershipState.init(rawValue:))
    to = MembershipState(rawValue: try row.read("to_state")) ?? .inquiry
    why = try row.read("why")
  }
}
