import Storage

/// Every SQL statement about the values of a measure. None is ever overwritten.
struct MeasureValueStore {
  let db: any Transaction

  /// Who enters: somebody signed in, or the holder of a link.
  enum Author: Sendable, Equatable {
    case person(Person.ID)
    case link(String)

    var person: Person.ID? { if case .person(let id) = self { id } else { nil } }
    var link: String? { if case .link(let id) = self { id } else { nil } }
  }

  /// What became of an entry.
  enum Entry: Sendable, Equatable {
    case kept
    /// The very same value stands there already.
    case same
    /// Another value stands for that period: both are kept, and somebody has to choose.
    case beside
  }

  private static let columns: SQL = """
    v.id, v.period, v.value, v.x, v.n, v.parts, v.definition, v.at, COALESCE(p.name, l.holder) AS by_name, v.state, v.why,
    COALESCE(e.name, k.holder) AS ended_by_name, v.ended_at, v.follows_id
    """
  private static let tables: SQL = """
    measure_value v LEFT JOIN person p ON p.id = v.by_id LEFT JOIN entry_link l ON l.id = v.link_id
      LEFT JOIN person e ON e.id = v.ended_by LEFT JOIN entry_link k ON k.id = v.ended_link
    """
  private static let stands: SQL = "v.state IN ('current', 'beside')"

  /// The points of the chart in their order.
  func current(of id: Measure.ID, limit: Int = 2000) throws -> [KeptValue] {
    try db.all(
      """
      SELECT \(Self.columns) FROM \(Self.tables) WHERE v.measure_id = \(id) AND v.state = 'current'
      ORDER BY v.period LIMIT \(limit)
      """)
  }

  /// Everything ever entered, the latest period first.
  func all(of id: Measure.ID, limit: Int = 5000) throws -> [KeptValue] {
    try db.all(
      """
      SELECT \(Self.columns) FROM \(Self.tables) WHERE v.measure_id = \(id) ORDER BY v.period DESC, v.id LIMIT \(limit)
      """)
  }

  /// Values of periods that somebody else had entered first, still undecided.
  func beside(of id: Measure.ID) throws -> [KeptValue] {
    try db.all(
      """
      SELECT \(Self.columns) FROM \(Self.tables) WHERE v.measure_id = \(id) AND v.state = 'beside'
      ORDER BY v.period, v.id LIMIT 200
      """)
  }

  func find(_ id: String, of measure: Measure.ID) throws -> KeptValue? {
    try db.first("SELECT \(Self.columns) FROM \(Self.tables) WHERE v.id = \(id) AND v.measure_id = \(measure)")
  }

  /// A value and what became of it, link by link, up to what stands in its place; the last one may have ended, too.
  func story(of id: String, of measure: Measure.ID) throws -> (ended: KeptValue, now: KeptValue)? {
    guard let first = try find(id, of: measure) else { return nil }
    var last = first
    for _ in 0..<100 {
      guard !last.isStanding else { break }
      let chosen: SQL =
        last.state == .replaced ? "OR (v.state = 'current' AND v.period = \(last.period))" : ""
      let next: KeptValue? = try db.first(
        """
        SELECT \(Self.columns) FROM \(Self.tables)
        WHERE v.measure_id = \(measure) AND (v.follows_id = \(last.id) \(chosen))
        ORDER BY v.follows_id IS NULL, v.id LIMIT 1
        """)
      guard let next else { break }
      last = next
    }
    return (first, last)
  }

  /// Keeps a value. Where another stands for the period, both stay, and neither is lost.
  func add(
    _ value: MeasuredValue, for period: CalendarDate, to measure: Measure, by author: Author, id: String, now: Instant
  ) throws -> Entry {
    let standing = try standing(at: period, of: measure)
    if standing.contains(where: { $0.value == value }) { return .same }
    let isFirst = !standing.contains { $0.state == .current }
    try lock(measure)
    try insert(
      Entered(value, period, measure.definition.number, isFirst ? .current : .beside), measure, author, id: id, now: now
    )
    return isFirst ? .kept : .beside
  }

  private func standing(at period: CalendarDate, of measure: Measure) throws -> [KeptValue] {
    try db.all(
      """
      SELECT \(Self.columns) FROM \(Self.tables)
      WHERE v.measure_id = \(measure.id) AND v.period = \(period) AND \(Self.stands) ORDER BY v.id
      """)
  }

  // MARK: changing what stands

  static let meanwhile = Refusal.conflict("Somebody has changed this value meanwhile. Open the measure again.")

  /// A new value in place of one that stands, which stays in the history with who and why.
  ///
  /// - Throws: `Refusal.conflict` when that one no longer stands; so do the others.
  func correct(
    _ old: String, to value: MeasuredValue, why: String, of measure: Measure, by person: Person.ID, id: String,
    now: Instant
  ) throws {
    let old = try end(old, as: .replaced, why: why, of: measure, by: .person(person), now: now)
    // Where a colleague's value beside it says the very same, that one stands, and nothing is left to choose.
    if try standing(at: old.period, of: measure).contains(where: { $0.value == value }) {
      return try promote(at: old.period, of: measure)
    }
    try lock(measure)
    try insert(
      Entered(value, old.period, measure.definition.number, old.state, follows: old.id), measure, .person(person),
      id: id,
      now: now)
  }

  /// The same value for another period, by the definition under which it was counted; where one stands there already,
  /// both do.
  ///
  /// - Throws: `Refusal.invalid` when the very same value stands there.
  func move(
    _ old: String, to period: CalendarDate, why: String, of measure: Measure, by person: Person.ID, id: String,
    now: Instant
  ) throws {
    guard let kept = try find(old, of: measure.id), kept.isStanding else { throw Self.meanwhile }
    guard kept.period != period else {
      throw Refusal.invalid(["period": "It stands for that \(measure.schedule.rawValue) already."])
    }
    let there = try standing(at: period, of: measure)
    guard !there.contains(where: { $0.value == kept.value }) else {
      throw Refusal.invalid(["period": "The very same value stands there already: withdraw this one instead."])
    }
    try end(old, as: .moved, why: why, of: measure, by: .person(person), now: now)
    try promote(at: kept.period, of: measure)
    let state: KeptValue.State = there.contains { $0.state == .current } ? .beside : .current
    try insert(
      Entered(kept.value, period, kept.definition, state, follows: kept.id), measure, .person(person), id: id, now: now)
  }

  /// It counts in no chart any more. Every lock that it brought about stays.
  func withdraw(_ id: String, why: String, of measure: Measure, by person: Person.ID, now: Instant) throws {
    let old = try end(id, as: .withdrawn, why: why, of: measure, by: .person(person), now: now)
    try promote(at: old.period, of: measure)
  }

  /// What the author entered together with that value and may still take back: values of one paste come at one moment.
  func undoable(_ id: String, of measure: Measure, by author: Author, now: Instant) throws -> [KeptValue] {
    try db.all(
      """
      SELECT \(Self.columns) FROM \(Self.tables) JOIN measure_value w ON w.id = \(id) AND w.measure_id = v.measure_id
      WHERE v.measure_id = \(measure.id) AND v.at = w.at AND v.at > \(now - KeptValue.undoTime) AND v.follows_id IS NULL
        AND \(Self.stands) AND (v.by_id = \(author.person) OR v.link_id = \(author.link))
      ORDER BY v.id
      """)
  }

  /// Takes back what the author has just entered, all that is still as it was.
  ///
  /// - Throws: `Refusal.conflict` when nothing of it is, or the time is over.
  func undo(_ id: String, of measure: Measure, by author: Author, now: Instant) throws {
    let entered = try undoable(id, of: measure, by: author, now: now)
    guard !entered.isEmpty else {
      throw Refusal.conflict(
        "This can no longer be undone: ten minutes are over, or somebody has changed the value meanwhile. It can still be corrected or withdrawn, with a reason."
      )
    }
    for each in entered {
      try end(each.id, as: .undone, why: "Taken back right after it was entered.", of: measure, by: author, now: now)
      try promote(at: each.period, of: measure)
    }
  }

  /// Chooses one of several values for each period; the others that were seen stay in the history, and one that came
  /// since stays beside.
  func settle(_ form: SettlementForm, of measure: Measure, by person: Person.ID, now: Instant) throws {
    let why = form.why.isEmpty ? "Another value was chosen for the same \(measure.schedule.rawValue)." : form.why
    for (period, id) in form.choices.sorted(by: { $0.key < $1.key }) {
      guard let chosen = try find(id, of: measure.id), chosen.isStanding, chosen.period == period else {
        throw Self.meanwhile
      }
      for other in try standing(at: period, of: measure) where other.id != id && form.shown.contains(other.id) {
        try end(other.id, as: .replaced, why: why, of: measure, by: .person(person), now: now)
      }
      try db.run(
        """
        UPDATE measure_value SET state = 'beside'
        WHERE measure_id = \(measure.id) AND period = \(period) AND state = 'current' AND id <> \(id)
        """)
      try db.run("UPDATE measure_value SET state = 'current' WHERE id = \(id)")
    }
  }

  /// What stands for each period, charted or beside, for what is about to be entered.
  func standing(of measure: Measure.ID) throws -> [CalendarDate: [KeptValue]] {
    let values: [KeptValue] = try db.all(
      """
      SELECT \(Self.columns) FROM \(Self.tables) WHERE v.measure_id = \(measure) AND \(Self.stands)
      ORDER BY v.period DESC, v.id LIMIT 5000
      """)
    return Dictionary(grouping: values, by: \.period)
  }

  /// Where the first of several values is gone, the next one is charted.
  private func promote(at period: CalendarDate, of measure: Measure) throws {
    let standing = try standing(at: period, of: measure)
    guard let next = standing.first, !standing.contains(where: { $0.state == .current }) else { return }
    try db.run("UPDATE measure_value SET state = 'current' WHERE id = \(next.id)")
  }

  /// - Returns: the value as it stood.
  @discardableResult private func end(
    _ id: String, as state: KeptValue.State, why: String, of measure: Measure, by author: Author, now: Instant
  ) throws -> KeptValue {
    guard let old = try find(id, of: measure.id), old.isStanding else { throw Self.meanwhile }
    let changed = try db.run(
      """
      UPDATE measure_value SET state = \(state.rawValue), why = \(why), ended_at = \(now), ended_by = \(author.person),
        ended_link = \(author.link)
      WHERE id = \(id) AND state = \(old.state.rawValue)
      """)
    guard changed == 1 else { throw Self.meanwhile }
    return old
  }

  // MARK: keeping

  /// What a row of the table says of a value, beside who entered it.
  private struct Entered {
    let value: MeasuredValue
    let period: CalendarDate
    let definition: Int
    let state: KeptValue.State
    let follows: String?

    init(
      _ value: MeasuredValue, _ period: CalendarDate, _ definition: Int, _ state: KeptValue.State,
      follows: String? = nil
    ) {
      (self.value, self.period, self.definition, self.state, self.follows) = (value, period, definition, state, follows)
    }
  }

  /// A value locks what was said of its time: predictions of cycles that had begun by the end of its period, and phases.
  private func insert(_ row: Entered, _ measure: Measure, _ author: Author, id: String, now: Instant) throws {
    let value = row.value
    try db.run(
      """
      INSERT INTO measure_value (id, measure_id, definition, period, value, x, n, parts, at, by_id, link_id, follows_id, state)
      VALUES (\(id), \(measure.id), \(row.definition), \(row.period), \(value.value), \(value.count), \(value.size),
        \(value.parts.map(MeasuredValue.plain).joined(separator: " ")), \(now), \(author.person), \(author.link), \(row.follows), \(row.state.rawValue))
      """)
    let end = measure.schedule.after(row.period).adding(days: -1)
    try CycleStore(db: db).lock(measure: measure.id.description, on: end, now: now)
    try MeasureStore(db: db).lockPhases(of: measure.id)
  }

  /// From here on no word of the definition can be altered.
  private func lock(_ measure: Measure) throws {
    try db.run(
      """
      INSERT INTO measure_lock (measure_id, number, who, what, how, unit, data_kind, better, chart_kind, rules,
        baseline_until)
      SELECT measure_id, number, who, what, how, unit, data_kind, better, chart_kind, rules, baseline_until
      FROM measure_definition WHERE measure_id = \(measure.id) AND number = \(measure.definition.number)
      ON CONFLICT (measure_id, number) DO NOTHING
      """)
  }
}

extension MeasuredValue: RowReadable {
  init(row: Row) throws {
    self.init(
      try row.read("value"), count: try row.read("x", as: Double?.self), size: try row.read("n", as: Double?.self),
      parts: try row.read("parts", as: String.self).split(separator: " ").compactMap { Double($0) })
  }
}

extension KeptValue: RowReadable {
  init(row: Row) throws {
    id = try row.read("id")
    period = try row.read("period")
    value = try MeasuredValue(row: row)
    definition = try row.read("definition")
    at = try row.read("at")
    by = try row.read("by_name")
    state = State(rawValue: try row.read("state")) ?? .replaced
    why = try row.read("why")
    endedBy = try row.read("ended_by_name")
    endedAt = try row.read("ended_at")
    follows = try row.read("follows_id")
  }
}
