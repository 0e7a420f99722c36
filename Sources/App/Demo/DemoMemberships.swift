import Storage

/// The demonstration's memberships, at every stage, each with its steps and signatures.
struct DemoMemberships {
  let db: any Transaction
  let files: DemoFiles
  let calendar: DemoCalendar
  let agreements: Agreements

  /// - Returns: how many there are.
  func load() throws -> Int {
    try AgreementStore(db: db).take(agreements)
    let schools = files.schools.filter { $0.membership.stage != "none" }
    for school in schools { try add(school) }
    return schools.count
  }

  private func add(_ school: DemoSchool) throws {
    let (id, steps) = (Membership.ID("membership-\(school.key)"), school.membership.history)
    guard let first = steps.first, let last = steps.last, let state = MembershipState(rawValue: last.stage) else {
      return
    }
    let active = steps.filter { $0.stage == MembershipState.active.rawValue }
    let version = agreements.versions.first { $0.version == school.membership.agreement }
    try db.run(
      """
      INSERT INTO membership (id, school_id, state, started_by, started_at, state_since, agreement, agreement_hash,
        active_on, reaffirmed_on, ended_at)
      VALUES (\(id), \(school.key), \(state.rawValue), \(person(first.by)), \(try calendar.moment(first.on)),
        \(try calendar.moment(state == .active ? active.first?.on ?? last.on : last.on)), \(version?.version),
        \(version?.hash), \(try active.first.map { try calendar.date($0.on) }),
        \(try active.count > 1 ? active.last.map { try calendar.date($0.on) } : nil),
        \(state.isEnd ? try calendar.moment(last.on) : nil))
      """)
    for (number, step) in steps.enumerated() {
      try record(step, after: number == 0 ? nil : steps[number - 1], number, of: id)
    }
    if let version { try sign(version, school, state, id) }
  }

  private func record(
    _ step: DemoSchool.Step, after previous: DemoSchool.Step?, _ number: Int, of id: Membership.ID
  ) throws {
    let person = person(step.by)
    let words =
      files.people.first { $0.key == step.by }?.name ?? (step.by == "office" ? "League office" : "The principal")
    try db.run(
      """
      INSERT INTO membership_event (id, membership_id, at, by_id, by_words, from_state, to_state, why)
      VALUES (\("\(id)-\(two(number))"), \(id), \(try calendar.moment(step.on)), \(person), \(words),
        \(previous?.stage), \(step.stage), \(step.why))
      """)
  }

  /// Those who are known by name only, such as "office", are nobody's account.
  private func person(_ key: String) -> String? { files.people.contains { $0.key == key } ? key : nil }

  /// The seats of the agreement. While signatures are pending those are taken of which the files say so; before that
  /// nobody was named. The older agreement was signed on paper.
  private func sign(
    _ version: AgreementVersion, _ school: DemoSchool, _ state: MembershipState, _ id: Membership.ID
  ) throws {
    guard state != .inquiry, state != .agreementIssued, let first = school.membership.history.first else { return }
    let stages = [MembershipState.received.rawValue, MembershipState.active.rawValue]
    let settled = school.membership.history.first { stages.contains($0.stage) } ?? school.membership.history.last
    let issued = school.membership.history.first { $0.stage == MembershipState.agreementIssued.rawValue } ?? first
    let onPaper = version.dated < agreements.versions.map(\.dated).max() ?? version.dated
    for (number, role) in version.signers.enumerated() {
      let isOpen = state == .signaturesPending && !(school.membership.signed ?? []).contains(role.key)
      let day = isOpen ? nil : settled?.on ?? issued.on
      let how: Signature.How = onPaper ? .paper : .code
      let (person, email) = (name(for: role, at: school, on: day ?? issued.on, number), "\(role.key)@\(school.domain)")
      let signedAt = try day.map { try calendar.moment($0) }
      let paperDate = try onPaper ? day.map { try calendar.date($0) } : nil
      try db.run(
        """
        INSERT INTO signature (id, membership_id, role, name, email, asked_at, signed_at, signed_how, signed_hash,
          attested_by, paper_date)
        VALUES (\("\(id)-\(role.key)"), \(id), \(role.key), \(person), \(email), \(try calendar.moment(issued.on)),
          \(signedAt), \(day == nil ? nil : how.rawValue), \(day == nil ? nil : version.hash),
          \(onPaper ? day.flatMap(officer) : nil), \(paperDate))
        """)
    }
  }

  /// Who of the office attested what was signed on paper then.
  private func officer(on day: String) -> String? {
    files.people.last { $0.office && ($0.since ?? day) <= day }?.key ?? files.people.first { $0.office }?.key
  }

  /// The principal of that day where the files name one; the other signers have no part in the world but this.
  private func name(for role: SignerRole, at school: DemoSchool, on day: String, _ number: Int) -> String {
    let principal = files.people.first { person in
      person.roles.contains {
        $0.school == school.key && $0.role == "principal" && $0.from <= day && day <= $0.to ?? day
      }
    }
    if role.key == "principal", let principal { return principal.name }
    let seed = school.key.utf8.reduce(number) { $0 + Int($1) }
    let (given, family) = (files.names.given, files.names.family)
    guard !given.isEmpty, !family.isEmpty else { return role.words }
    return "\(given[(seed * 5) % given.count]) \(family[(seed * 3) % family.count])"
  }
}
