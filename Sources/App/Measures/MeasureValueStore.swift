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
    v.id, v.period, v.value, v.x, v.n, v.definition, v.at, COALESCE(p.name, l.holder) AS by_name, v.state, v.why,
    e.name AS ended_by_name
    """
  private static let tables: SQL = """
    measure_value v LEFT JOIN person p ON p.id = v.by_id LEFT JOIN entry_link l ON l.id = v.link_id
      LEFT JOIN person e ON e.id = v.ended_by
    """

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

  /// Keeps a value. Where another stands for the period, both stay, and neither is lost.
  func add(
    _ value: MeasuredValue, for period: CalendarDate, to measure: Measure, by author: Author, id: String, now: Instant
  ) throws -> Entry {
    let standing: [KeptValue] = try db.all(
      """
      SELECT \(Self.columns) FROM \(Self.tables)
      WHERE v.measure_id = \(measure.id) AND v.period = \(period) AND v.state <> 'replaced' ORDER BY v.id
      """)
    if standing.contains(where: { $0.value == value }) { return .same }
    let isFirst = !standing.contains { $0.state == .current }
    try lock(measure)
    try insert(value, period, measure, author, id: id, state: isFirst ? .current : .beside, now: now)
    try CycleStore(db: db).lock(
      measure: measure.id.description, on: measure.schedule.after(period).adding(days: -1), now: now)
    return isFirst ? .kept : .beside
  }

  /// A new value in place of one that stands, which stays in the history with who and why.
  ///
  /// - Throws: `Refusal.conflict` when that one no longer stands.
  func correct(
    _ old: KeptValue, to value: MeasuredValue, why: String, of measure: Measure, by person: Person.ID, id: String,
    now: Instant
  ) throws {
    try replace(old, of: measure, why: why, by: person, now: now)
    try lock(measure)
    try insert(value, old.period, measure, .person(person), id: id, state: old.state, now: now)
  }

  /// Chooses one of several values for a period; the others stay in the history.
  func settle(_ chosen: KeptValue, of measure: Measure, why: String, by person: Person.ID, now: Instant) throws {
    let others: [KeptValue] = try db.all(
      """
      SELECT \(Self.columns) FROM \(Self.tables)
      WHERE v.measure_id = \(measure.id) AND v.period = \(chosen.period) AND v.state <> 'replaced' AND v.id <> \(chosen.id)
      """)
    for other in others { try replace(other, of: measure, why: why, by: person, now: now) }
    try db.run("UPDATE measure_value SET state = 'current' WHERE id = \(chosen.id) AND state <> 'replaced'")
  }

  private func replace(_ old: KeptValue, of measure: Measure, why: String, by person: Person.ID, now: Instant) throws {
    let changed = try db.run(
      """
      UPDATE measure_value SET state = 'replaced', why = \(why), ended_at = \(now), ended_by = \(person)
      WHERE id = \(old.id) AND measure_id = \(measure.id) AND state = \(old.state.rawValue)
      """)
    guard changed == 1 else {
      throw Refusal.conflict("Somebody has corrected this value meanwhile. Open the measure again.")
    }
  }

  private func insert(
    _ value: MeasuredValue, _ period: CalendarDate, _ measure: Measure, _ author: Author, id: String,
    state: KeptValue.State, now: Instant
  ) throws {
    try db.run(
      """
      INSERT INTO measure_value (id, measure_id, definition, period, value, x, n, at, by_id, link_id, state)
      VALUES (\(id), \(measure.id), \(measure.definition.number), \(period), \(value.value), \(value.count),
        \(value.size), \(now), \(author.person), \(author.link), \(state.rawValue))
      """)
    try CycleStore(db: db).lock(measure: "\(measure.id)", on: period, now: now)
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

extension KeptValue: RowReadable {
  init(row: Row) throws {
    id = try row.read("id")
    period = try row.read("period")
    value = MeasuredValue(
      try row.read("value"), count: try row.read("x", as: Double?.self), size: try row.read("n", as: Double?.self))
    definition = try row.read("definition")
    at = try row.read("at")
    by = try row.read("by_name")
    state = State(rawValue: try row.read("state")) ?? .replaced
    why = try row.read("why")
    endedBy = try row.read("ended_by_name")
  }
}
