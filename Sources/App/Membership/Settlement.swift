import Storage

/// What follows from a signature.
struct Settlement {
  let db: any Transaction

  /// Once every seat has signed, in whatever order, the agreement is received.
  func settle(_ id: Membership.ID, event: String, today: CalendarDate, now: Instant) throws {
    let seats = try SignatureStore(db: db).all(of: id)
    guard !seats.isEmpty, seats.allSatisfy(\.isSigned) else { return }
    try MembershipStore(db: db).move(
      id, to: .received, today: today,
      .init(
        party: .rule, person: nil, words: "Rule",
        why: seats.count == 1 ? "The one signature is there." : "All \(seats.count) signatures are there.", id: event,
        now: now))
  }
}
