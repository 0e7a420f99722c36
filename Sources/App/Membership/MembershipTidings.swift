import Storage

/// Who is told on the site of what happens on a school's way through membership: its leads, and whoever began it.
struct MembershipTidings {
  let db: any Transaction
  let now: Instant

  /// A seat was taken; the last one is told with what follows from it.
  func signed(_ signature: Signature, of membership: Membership, by person: Person.ID?) throws {
    let seats = try SignatureStore(db: db).all(of: membership.id)
    let count = seats.count(where: \.isSigned)
    let rest =
      count == seats.count
      ? "All have signed; the League office confirms it next." : "\(count) of \(seats.count) have signed."
    try tell(
      membership, "\(signature.name) signed for \(membership.schoolName). \(rest)", by: person,
      event: "signed:\(signature.id)")
  }

  func issued(_ membership: Membership, by person: Person.ID?, event: String) throws {
    try tell(
      membership, "The agreement for \(membership.schoolName) is there: say who signs.", by: person,
      event: "membership:\(event)")
  }

  /// - Parameter written: those who have a letter of their own about it.
  func confirmed(_ membership: Membership, by person: Person.ID?, event: String, written: Set<Person.ID>) throws {
    try tell(
      membership, "\(membership.schoolName) is a member of the League from today.", by: person,
      event: "membership:\(event)", written: written)
  }

  func ended(_ membership: Membership, as state: MembershipState, why: String, by person: Person.ID?, event: String)
    throws
  {
    try tell(
      membership, "\(membership.schoolName) is no longer an active member (\(state.words.lowercased())): \(why)",
      by: person, event: "membership:\(event)")
  }

  private func tell(
    _ membership: Membership, _ words: String, by person: Person.ID?, event: String, written: Set<Person.ID> = []
  ) throws {
    var told = try RosterStore(db: db).leads(of: membership.school, now: now).map {
      (person: $0, why: "you lead the school")
    }
    if let starter = membership.startedBy, !told.contains(where: { $0.person == starter }) {
      told.append((person: starter, why: "you began its membership"))
    }
    for each in told {
      try NoticeStore(db: db).tell(
        each.person, kind: "membership", subject: "membership:\(membership.id)",
        path: "/schools/\(membership.school)/membership", words: words, why: each.why, by: person,
        id: "\(event)-\(each.person)", now: now, event: event, isWritten: written.contains(each.person))
    }
  }
}
