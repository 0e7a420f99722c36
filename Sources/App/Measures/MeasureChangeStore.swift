import Storage

/// Every SQL statement about what was changed of measures themselves.
struct MeasureChangeStore {
  let db: any Transaction

  /// The latest first.
  func all(of measure: Measure.ID) throws -> [MeasureChange] {
    try db.all(
      """
      SELECT c.kind, c.at, c.old_name, c.new_name, c.why, p.name AS by_name
      FROM measure_change c JOIN person p ON p.id = c.by_id
      WHERE c.measure_id = \(measure) ORDER BY c.id DESC LIMIT 100
      """)
  }

  /// - Throws: `Refusal.conflict` when it was renamed since the form was opened.
  func rename(_ measure: Measure.ID, _ form: MeasureNameForm, by person: Person.ID, id: String, now: Instant) throws {
    let changed = try db.run(
      """
      UPDATE measure SET name = \(form.name), folded_name = \(folded(form.name))
      WHERE id = \(measure) AND name = \(form.basis)
      """)
    guard changed == 1 else { throw Refusal.conflict("Somebody renamed this measure meanwhile.") }
    try db.run(
      """
      INSERT INTO measure_change (id, measure_id, kind, at, by_id, old_name, new_name, why)
      VALUES (\(id), \(measure), 'name', \(now), \(person), \(form.basis), \(form.name), \(form.why))
      """)
  }

  /// Asked twice, it is done once.
  func rest(_ measure: Measure.ID, by person: Person.ID, id: String, now: Instant) throws {
    let changed = try db.run(
      "UPDATE measure SET rests_since = \(now) WHERE id = \(measure) AND rests_since IS NULL")
    if changed == 1 { try add(.rest, to: measure, by: person, id: id, now: now) }
  }

  func takeUp(_ measure: Measure.ID, by person: Person.ID, id: String, now: Instant) throws {
    let changed = try db.run(
      "UPDATE measure SET rests_since = NULL WHERE id = \(measure) AND rests_since IS NOT NULL")
    if changed == 1 { try add(.return, to: measure, by: person, id: id, now: now) }
  }

  private func add(_ kind: MeasureChange.Kind, to measure: Measure.ID, by person: Person.ID, id: String, now: Instant)
    throws
  {
    try db.run(
      """
      INSERT INTO measure_change (id, measure_id, kind, at, by_id)
      VALUES (\(id), \(measure), \(kind.rawValue), \(now), \(person))
      """)
  }
}

extension MeasureChange: RowReadable {
  init(row: Row) throws {
    kind = Kind(rawValue: try row.read("kind")) ?? .name
    at = try row.read("at")
    by = try row.read("by_name")
    oldName = try row.read("old_name")
    newName = try row.read("new_name")
    why = try row.read("why")
  }
}
