import Storage

/// The memberships that the office and the liaisons look after, as lists.
struct MembershipQueue {
  let db: any Transaction

  /// One line of the queue.
  struct Entry: Sendable, Equatable {
    let membership: Membership
    let signed: Int
    let signers: Int
    /// Why it stands where it stands: the words of the last step.
    let why: String
    let by: String
  }

  /// What is asked for.
  struct Filter: Sendable, Equatable {
    var state: MembershipState?
    /// Postal code of a school's state.
    var place: String?
    /// Only members whose autumn passed without an answer.
    var overdue = false

    var isSet: Bool { state != nil || place != nil || overdue }
  }

  /// Those that have waited longest first.
  ///
  /// - Parameter states: those that the viewer looks after; nil for all.
  func entries(_ filter: Filter, in states: [String]?, today: CalendarDate, limit: Int = 100) throws -> [Entry] {
    var conditions: [SQL] = [scope(states)]
    if let state = filter.state { conditions.append("m.state = \(state.rawValue)") }
    if let place = filter.place { conditions.append("s.state = \(place)") }
    if filter.overdue { conditions.append(overdue(today)) }
    if !filter.isSet {
      conditions.append("m.state IN ('inquiry', 'agreement-issued', 'signatures-pending', 'received')")
    }
    return try db.rows(
      """
      SELECT \(Self.signedCount) AS signed, \(Self.seatCount) AS seats, \(last("why")) AS why, \(last("by_words")) AS by_words,
        \(Membership.columns)
      WHERE \(SQL.all(conditions)) ORDER BY m.state_since, m.id LIMIT \(limit)
      """
    ).map { row in
      Entry(
        membership: try Membership(row: row), signed: try row.read("signed"), signers: try row.read("seats"),
        why: try row.read("why", as: String?.self) ?? "", by: try row.read("by_words", as: String?.self) ?? "")
    }
  }

  /// How many stand in each state.
  func counts(in states: [String]?) throws -> [MembershipState: Int] {
    let rows = try db.rows(
      """
      SELECT m.state, count(*) AS n FROM membership m JOIN school s ON s.id = m.school_id
      WHERE \(scope(states)) GROUP BY m.state
      """)
    return try rows.reduce(into: [:]) { counts, row in
      if let state = MembershipState(rawValue: try row.read("state")) { counts[state] = try row.read("n") }
    }
  }

  func overdueCount(in states: [String]?, today: CalendarDate) throws -> Int {
    try db.value(
      "n",
      """
      SELECT count(*) AS n FROM membership m JOIN school s ON s.id = m.school_id
      WHERE \(SQL.all([scope(states), overdue(today)]))
      """) ?? 0
  }

  private func scope(_ states: [String]?) -> SQL {
    guard let states else { return "1 = 1" }
    return "s.state IN \(SQL.list(states))"
  }

  /// Members that did not reaffirm in the autumn that ended last.
  private func overdue(_ today: CalendarDate) -> SQL {
    let opens = Reaffirmation.opening(today)
    // While an autumn is open, only those that missed the one before it are overdue.
    let isOpen = today.month >= 9 && today.month <= 11
    let limit = isOpen ? CalendarDate(year: opens.year - 1, month: 9, day: 1) ?? opens : opens
    return "m.state = 'active' AND COALESCE(m.reaffirmed_on, m.active_on) < \(limit)"
  }

  private static let signedCount: SQL = """
    (SELECT count(*) FROM signature g WHERE g.membership_id = m.id AND g.replaced_at IS NULL AND g.signed_at IS NOT NULL)
    """
  private static let seatCount: SQL =
    "(SELECT count(*) FROM signature g WHERE g.membership_id = m.id AND g.replaced_at IS NULL)"

  private func last(_ column: String) -> SQL {
    """
    (SELECT e.\(SQL.name(column)) FROM membership_event e WHERE e.membership_id = m.id ORDER BY e.at DESC, e.id DESC LIMIT 1)
    """
  }
}
