import Statistics
import Storage

/// Every SQL statement about measures and their definitions; values are in `MeasureValueStore`.
struct MeasureStore {
  let db: any Transaction

  /// Shared measures are open to members; those of a project to who may see it; the others to educators of the school.
  static func visible(to viewer: Viewer) -> SQL {
    guard viewer.isMember else { return "1 = 0" }
    return """
      (m.shared = 1 OR (m.project_id IS NULL AND m.school_id IN \(SQL.list(viewer.schools)))
        OR EXISTS (SELECT 1 FROM project p WHERE p.id = m.project_id AND \(ProjectStore.visible(to: viewer))))
      """
  }

  private static let columns: SQL = """
    m.id, m.school_id, m.project_id, m.driver_id, s.name AS school_name, m.name, m.rests_since, m.role, m.subgroup, m.schedule, m.shared, m.points, m.last_on,
    m.spark, m.sentence, d.number, d.at, d.why, d.who, d.what, d.how, d.unit, d.data_kind, d.better, d.chart_kind,
    d.rules, d.target, d.baseline_until, p.name AS by_name
    """
  private static let tables: SQL = """
    measure m JOIN school s ON s.id = m.school_id
      JOIN measure_definition d ON d.measure_id = m.id AND d.number = m.definition JOIN person p ON p.id = d.by_id
    """

  func find(_ id: Measure.ID, for viewer: Viewer) throws -> Measure? {
    try db.first(
      "SELECT \(Self.columns) FROM \(Self.tables) WHERE m.id = \(id) AND \(Self.visible(to: viewer))")
  }

  /// For the program's own work, whoever may see it.
  func findAny(_ id: Measure.ID) throws -> Measure? {
    try db.first("SELECT \(Self.columns) FROM \(Self.tables) WHERE m.id = \(id)")
  }

  /// Educators of the school work on its measures; on those of a project, its team alone.
  func mayChange(_ measure: Measure, _ viewer: Viewer) throws -> Bool {
    guard measure.mayChange(viewer) else { return false }
    guard let project = measure.project else { return true }
    return try ProjectStore(db: db).find(project, for: viewer)?.mayEdit(viewer) ?? false
  }

  /// Those of a condition on `m` that has been found to show nothing hidden.
  func all(where condition: SQL, order: SQL, limit: Int) throws -> [Measure] {
    try db.all(
      "SELECT \(Self.columns) FROM \(Self.tables) WHERE \(condition) ORDER BY \(order) LIMIT \(limit)")
  }

  /// Measures of the viewer's own schools, newest first.
  func own(of viewer: Viewer, limit: Int = 100) throws -> [Measure] {
    try db.all(
      """
      SELECT \(Self.columns) FROM \(Self.tables)
      WHERE m.school_id IN \(SQL.list(viewer.schools)) AND \(Self.visible(to: viewer))
      ORDER BY m.id DESC LIMIT \(limit)
      """)
  }

  /// Measures of a project that the caller has found to be visible, the oldest first.
  func all(of project: Project.ID, limit: Int = 50) throws -> [Measure] {
    try db.all(
      "SELECT \(Self.columns) FROM \(Self.tables) WHERE m.project_id = \(project) ORDER BY m.id LIMIT \(limit)")
  }

  /// The same with every point, mark and definition: for what is taken along.
  func whole(of project: Project.ID) throws -> [ProjectMeasure] {
    try all(of: project).map { measure in
      ProjectMeasure(
        measure: measure, values: try MeasureValueStore(db: db).current(of: measure.id),
        record: try MeasureValueStore(db: db).all(of: measure.id).reversed(),
        marks: try marks(of: measure, withCycles: true),
        definitions: try definitions(of: measure.id))
    }
  }

  /// A page of those who share a measure of that name, by school name: no order of merit.
  ///
  /// - Parameter after: the last measure of the page before; one that is not shared under the name begins anew.
  /// - Returns: up to `limit` measures, whether there are more, and how many schools share it in all.
  func network(_ foldedName: String, after: Measure.ID?, limit: Int) throws -> MeasureNetwork {
    let shared: SQL = "m.shared = 1 AND m.folded_name = \(foldedName)"
    let last: (school: String, id: Measure.ID)? = try after.flatMap { id in
      try db.rows("SELECT s.name AS name FROM \(Self.tables) WHERE \(shared) AND m.id = \(id)").first
        .map { (try $0.read("name"), id) }
    }
    let later: SQL = last.map { "(s.name > \($0.school) OR (s.name = \($0.school) AND m.id > \($0.id)))" } ?? "1 = 1"
    let found: [Measure] = try db.all(
      """
      SELECT \(Self.columns) FROM \(Self.tables) WHERE \(shared) AND \(later) ORDER BY s.name, m.id LIMIT \(limit + 1)
      """)
    let schools: Int? = try db.value("n", "SELECT COUNT(DISTINCT m.school_id) AS n FROM measure m WHERE \(shared)")
    return MeasureNetwork(
      measures: Array(found.prefix(limit)), hasMore: found.count > limit, isLater: last != nil, schools: schools ?? 0)
  }

  func find(submission: String, by person: Person.ID) throws -> Measure.ID? {
    try db.value("id", "SELECT id FROM measure WHERE person_id = \(person) AND submission = \(submission)")
  }

  // MARK: starting and amending

  func add(
    _ new: NewMeasure, id: Measure.ID, school: School.ID, project: Project.ID?, by person: Person.ID,
    submission: String, now: Instant
  ) throws {
    try db.run(
      """
      INSERT INTO measure (id, school_id, project_id, person_id, name, folded_name, role, subgroup, schedule, shared, definition,
        created_at, submission)
      VALUES (\(id), \(school), \(project), \(person), \(new.name), \(folded(new.name)), \(new.role.rawValue), \(new.subgroup),
        \(new.schedule.rawValue), \(new.isShared), 1, \(now), \(submission))
      """)
    try add(new.definition, number: 1, why: "", to: id, by: person, now: now)
  }

  /// - Throws: `Refusal.conflict` when somebody else amended it meanwhile.
  func amend(
    _ measure: Measure, with definition: MeasureDefinition, why: String, by person: Person.ID, now: Instant
  ) throws {
    let next = measure.definition.number + 1
    let changed = try db.run(
      "UPDATE measure SET definition = \(next) WHERE id = \(measure.id) AND definition = \(next - 1)")
    guard changed == 1 else {
      throw Refusal.conflict("Somebody amended this measure meanwhile. Open it again; copy your words first.")
    }
    try add(definition, number: next, why: why, to: measure.id, by: person, now: now)
  }

  private func add(
    _ definition: MeasureDefinition, number: Int, why: String, to id: Measure.ID, by person: Person.ID, now: Instant
  ) throws {
    try db.run(
      """
      INSERT INTO measure_definition (measure_id, number, at, by_id, why, who, what, how, unit, data_kind, better,
        chart_kind, rules, target, baseline_until)
      VALUES (\(id), \(number), \(now), \(person), \(why), \(definition.who), \(definition.what), \(definition.how),
        \(definition.unit), \(definition.kind.rawValue), \(definition.better.rawValue), \(definition.chart.rawValue),
        \(definition.rules.rawValue), \(definition.target), \(definition.baselineUntil?.description ?? ""))
      """)
  }

  /// Every definition of a measure, the first one first.
  func definitions(of id: Measure.ID) throws -> [MeasureDefinition] {
    try db.all(
      """
      SELECT d.*, p.name AS by_name FROM measure_definition d JOIN person p ON p.id = d.by_id
      WHERE d.measure_id = \(id) ORDER BY d.number LIMIT 100
      """)
  }

  // MARK: marks

  /// What was noted at the measure, and the project's cycles on the day they began.
  ///
  /// - Parameter withCycles: whether the viewer may see the project; a shared measure shows no cycle of a hidden one.
  func marks(of measure: Measure, withCycles: Bool, limit: Int = 300) throws -> [MeasureMark] {
    let cycles = try (withCycles ? measure.project : nil).map { try self.cycles(of: $0, at: measure) } ?? []
    return try (noted(at: measure.id, limit: limit) + cycles).sorted { $0.period < $1.period }
  }

  private func cycles(of project: Project.ID, at measure: Measure) throws -> [MeasureMark] {
    try db.rows(
      """
      SELECT c.number, c.question, c.starts_on, c.created_at, p.name AS by_name
      FROM cycle c JOIN person p ON p.id = c.created_by
      WHERE c.project_id = \(project) AND (c.measure_id IS NULL OR c.measure_id = \(measure.id))
      ORDER BY c.starts_on, c.number LIMIT 50
      """
    ).map { row in
      let day: CalendarDate = try row.read("starts_on")
      return MeasureMark(
        kind: .change, period: measure.schedule.period(of: day), day: day,
        words: "Cycle \(try row.read("number", as: Int.self)): \(try row.read("question", as: String.self))",
        at: try row.read("created_at"), by: try row.read("by_name"))
    }
  }

  /// Who began it, and is told of what others say there.
  func keeper(of id: Measure.ID) throws -> Person.ID {
    try db.value("person_id", "SELECT person_id FROM measure WHERE id = \(id)").orRefuse(.notFound)
  }

  private func noted(at id: Measure.ID, limit: Int) throws -> [MeasureMark] {
    try db.all(
      """
      SELECT \(Self.markColumns) FROM \(Self.markTables) WHERE k.measure_id = \(id) ORDER BY k.period, k.id LIMIT \(limit)
      """)
  }

  private static let markColumns: SQL = """
    k.id, k.kind, k.period, k.words, k.at, p.name AS by_name, w.at AS withdrawn_at, w.why AS withdrawn_why,
    e.name AS withdrawn_by
    """
  private static let markTables: SQL = """
    measure_mark k JOIN person p ON p.id = k.by_id
      LEFT JOIN mark_withdrawal w ON w.mark_id = k.id LEFT JOIN person e ON e.id = w.by_id
    """

  func mark(_ id: String, of measure: Measure.ID) throws -> MeasureMark? {
    try db.first(
      "SELECT \(Self.markColumns) FROM \(Self.markTables) WHERE k.id = \(id) AND k.measure_id = \(measure)")
  }

  /// Takes back a phase or a change that was set by mistake; the mark itself stays as it was.
  ///
  /// - Throws: `Refusal.conflict` when somebody else has taken it back.
  func withdraw(_ mark: String, why: String, by person: Person.ID, now: Instant) throws {
    let added = try db.run(
      """
      INSERT INTO mark_withdrawal (mark_id, at, by_id, why) VALUES (\(mark), \(now), \(person), \(why))
      ON CONFLICT (mark_id) DO NOTHING
      """)
    guard added == 1 else { throw Refusal.conflict("Somebody has taken this back meanwhile. Open the measure again.") }
  }

  func add(
    _ kind: MeasureMark.Kind, at period: CalendarDate, words: String, to id: Measure.ID, by person: Person.ID,
    markID: String, now: Instant
  ) throws {
    try db.run(
      """
      INSERT INTO measure_mark (id, measure_id, kind, period, words, at, by_id)
      VALUES (\(markID), \(id), \(kind.rawValue), \(period), \(words), \(now), \(person))
      """)
    if kind == .phase { try lockPhases(of: id) }
  }

  /// From the first value in it on, be it withdrawn since, no word of a phase can be altered.
  func lockPhases(of id: Measure.ID) throws {
    try db.run(
      """
      INSERT INTO phase_lock (mark_id, measure_id, kind, period, words)
      SELECT k.id, k.measure_id, k.kind, k.period, k.words FROM measure_mark k
      WHERE k.measure_id = \(id) AND k.kind = 'phase'
        AND EXISTS (SELECT 1 FROM measure_value v WHERE v.measure_id = k.measure_id AND v.period >= k.period)
        AND NOT EXISTS (SELECT 1 FROM phase_lock l WHERE l.mark_id = k.id)
      """)
  }

  /// Hangs a measure of a project on one of its drivers, or on none.
  func hang(_ id: Measure.ID, on driver: Driver.ID?, of project: Project.ID) throws {
    try db.run("UPDATE measure SET driver_id = \(driver) WHERE id = \(id) AND project_id = \(project)")
  }

  // MARK: compiling

  /// Computes what lists and the network view show, in the transaction that changed a value.
  func compile(_ id: Measure.ID) throws {
    guard let measure = try findAny(id) else { return }
    let values = try MeasureValueStore(db: db).current(of: id)
    let chart = MeasureChart(measure, values, try marks(of: measure, withCycles: false))
    let concern = chart.isConcern ? chart.sentence : ""
    let line = spark(Array(values.suffix(24)), measure.schedule).joined(separator: " ")
    try db.run(
      """
      UPDATE measure SET points = \(values.count), last_on = \(values.last?.period.description), spark = \(line),
        sentence = \(chart.sentence), concern = \(concern)
      WHERE id = \(id)
      """)
  }
}

/// The last points as they are kept for lists: a dash for a period without one.
private func spark(_ values: [KeptValue], _ schedule: Schedule) -> [String] {
  guard let time = TimeAxis(values.map(\.period), schedule) else { return [] }
  var words = time.names.map { _ in "-" }
  for (value, slot) in zip(values, time.slots) { words[slot] = MeasuredValue.plain(value.value.value) }
  return Array(words.suffix(52))
}

extension Measure: RowReadable {
  package init(row: Row) throws {
    id = try row.read("id")
    school = try row.read("school_id")
    schoolName = try row.read("school_name")
    project = try row.read("project_id")
    driver = try row.read("driver_id")
    name = try row.read("name")
    restsSince = try row.read("rests_since")
    role = Role(rawValue: try row.read("role")) ?? .outcome
    subgroup = try row.read("subgroup")
    schedule = Schedule(rawValue: try row.read("schedule")) ?? .week
    isShared = try row.read("shared")
    points = try row.read("points")
    last = try row.read("last_on")
    spark = try row.read("spark", as: String.self).split(separator: " ").map { Double($0) }
    sentence = try row.read("sentence")
    definition = try MeasureDefinition(row: row)
  }
}

extension MeasureDefinition: RowReadable {
  init(row: Row) throws {
    number = try row.read("number")
    at = try row.read("at")
    byName = try row.read("by_name")
    why = try row.read("why")
    who = try row.read("who")
    what = try row.read("what")
    how = try row.read("how")
    unit = try row.read("unit")
    kind = DataKind(rawValue: try row.read("data_kind")) ?? .number
    better = Better(rawValue: try row.read("better")) ?? .neither
    chart = ChartKind(rawValue: try row.read("chart_kind")) ?? .run
    rules = RuleSet(rawValue: try row.read("rules")) ?? .anhoej
    target = try row.read("target")
    baselineUntil = CalendarDate(try row.read("baseline_until", as: String.self))
  }
}

extension MeasureMark: RowReadable {
  init(row: Row) throws {
    id = try row.read("id")
    kind = Kind(rawValue: try row.read("kind")) ?? .comment
    period = try row.read("period")
    words = try row.read("words")
    at = try row.read("at")
    by = try row.read("by_name")
    withdrawal = try row.read("withdrawn_at", as: Instant?.self).map {
      Withdrawal(at: $0, by: try row.read("withdrawn_by"), why: try row.read("withdrawn_why"))
    }
  }
}
