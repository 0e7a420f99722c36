import Storage

/// What measures ask of those who work on them.
struct MeasureDuties {
  let db: any Transaction

  /// Measures that the viewer works on: their project's, on whose team they are; without one, those that they began.
  static func own(of viewer: Viewer) -> SQL {
    """
    m.rests_since IS NULL AND m.school_id IN \(SQL.list(viewer.schools)) AND (
      (m.project_id IS NULL AND m.person_id = \(viewer.person))
      OR EXISTS (SELECT 1 FROM project p JOIN project_member t ON t.project_id = p.id
        WHERE p.id = m.project_id AND t.person_id = \(viewer.person) AND t.until IS NULL AND t.role IN ('lead', 'member')
          AND \(ProjectStore.visible(to: viewer))))
    """
  }

  /// Measures of running work whose latest value is missing, those that wait longest first; after a quarter nobody is asked
  /// any more.
  func values(for viewer: Viewer, today: CalendarDate, limit: Int) throws -> [Measure] {
    func missing(_ schedule: Schedule) -> SQL {
      "(m.schedule = \(schedule.rawValue) AND m.last_on < \(schedule.asked(on: today)))"
    }
    return try MeasureStore(db: db).all(
      where: """
        \(Self.own(of: viewer)) AND (\(missing(.day)) OR \(missing(.week)) OR \(missing(.month)))
          AND m.last_on >= \(today.adding(days: -120)) AND d.chart_kind NOT IN ('g', 't')
          AND (m.project_id IS NULL OR EXISTS (
            SELECT 1 FROM project j WHERE j.id = m.project_id AND j.state IN ('planned', 'active')))
        """, order: "m.last_on, m.id", limit: limit)
  }

  /// What the viewer has just entered at one of their measures; nil where there is nothing that they may take back.
  func entered(_ value: String, at id: Measure.ID, by viewer: Viewer, today: CalendarDate) throws -> MeasureView? {
    let store = MeasureStore(db: db)
    guard let person = viewer.person, let measure = try store.find(id, for: viewer),
      try store.mayChange(measure, viewer)
    else { return nil }
    let values = try MeasureValueStore(db: db).undoable(value, of: measure, by: .person(person), now: viewer.now)
    return values.isEmpty
      ? nil
      : MeasureView(
        measure: measure, values: values, beside: [], history: [], marks: [], definitions: [], project: nil, links: [],
        today: today, mayChange: true, entered: values)
  }

  /// Values of one period among which nobody has chosen yet.
  func conflicts(for viewer: Viewer) throws -> [Today.Item] {
    try db.rows(
      """
      SELECT m.id, m.name, m.schedule, COUNT(DISTINCT v.period) AS n
      FROM measure m JOIN measure_value v ON v.measure_id = m.id AND v.state = 'beside'
      WHERE \(Self.own(of: viewer)) GROUP BY m.id, m.name, m.schedule ORDER BY m.id LIMIT \(Today.most)
      """
    ).map { row in
      let count = try row.read("n", as: Int.self)
      return Today.Item(
        title: "Choose among values of “\(try row.read("name", as: String.self))”",
        path: "/measures/\(try row.read("id", as: String.self))#conflicts",
        tag: counted(count, try row.read("schedule", as: String.self)),
        text: "More than one person entered a value. All are kept; the chart waits for your choice.")
    }
  }
}
