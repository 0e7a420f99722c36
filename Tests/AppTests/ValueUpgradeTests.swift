import Storage
import TestDatabase
import Testing

@testable import App

/// Values that were kept before they could be moved or withdrawn are all there afterwards, and held as new ones are.
struct ValueUpgradeTests {
  @Test(arguments: Engine.available) func oldValuesComeThroughTheSteps(engine: Engine) async throws {
    let before = Array(Site.migrations.prefix { $0.name != "0027_values_moved" })
    let database = try await TestDatabase.open(engine)
    try await database.migrate(before)
    try await database.write { db in
      try db.run(
        "INSERT INTO school (id, name, folded_name, kind, state) VALUES ('s', 'Alder', 'alder', 'public', 'ME')")
      try db.run(
        """
        INSERT INTO person (id, email, name, folded_name, handle, created_at)
        VALUES ('p', 'p@alder.test', 'Pat', 'pat', 'pat', 0)
        """)
      try db.run(
        """
        INSERT INTO measure (id, school_id, person_id, name, folded_name, role, schedule, shared, definition, created_at,
          submission)
        VALUES ('m', 's', 'p', 'Late', 'late', 'outcome', 'week', 0, 1, 0, 'm')
        """)
      try db.run(
        """
        INSERT INTO measure_definition (measure_id, number, at, by_id, who, what, how, data_kind, better, chart_kind, rules)
        VALUES ('m', 1, 0, 'p', 'All', 'Late', 'Fridays', 'share', 'lower', 'p', 'anhoej')
        """)
      try db.run(
        """
        INSERT INTO measure_lock (measure_id, number, who, what, how, unit, data_kind, better, chart_kind, rules,
          baseline_until)
        VALUES ('m', 1, 'All', 'Late', 'Fridays', '', 'share', 'lower', 'p', 'anhoej', '')
        """)
      try db.run(
        "INSERT INTO entry_link (id, measure_id, digest, holder, by_id, made_at, expires_at) VALUES ('l', 'm', 'd', 'Ms Roy', 'p', 0, 1)"
      )
      for (id, period, state) in [
        ("a", "2026-11-09", "replaced"), ("b", "2026-11-09", "current"), ("c", "2026-11-09", "beside"),
        ("d", "2026-11-16", "current"),
      ] {
        let isOver = state == "replaced"
        try db.run(
          """
          INSERT INTO measure_value (id, measure_id, definition, period, value, x, n, at, by_id, link_id, state, why,
            ended_at, ended_by)
          VALUES (\(id), 'm', 1, \(period), 0.8, 20, 25, 7, \(id == "c" ? nil : "p"), \(id == "c" ? "l" : nil), \(state),
            \(isOver ? "Two were on the bus" : ""), \(isOver ? 9 : nil), \(isOver ? "p" : nil))
          """)
      }
    }
    try await database.migrate(Site.migrations)
    let values = try await database.read { db in try MeasureValueStore(db: db).all(of: Measure.ID("m")) }
    #expect(
      values.map { "\($0.id) \($0.state) \($0.by)" } == [
        "d current Pat", "a replaced Pat", "b current Pat", "c beside Ms Roy",
      ])
    #expect(values.allSatisfy { $0.value == MeasuredValue(0.8, count: 20, size: 25) && $0.follows == nil })
    #expect(values[1].why == "Two were on the bus" && values[1].endedBy == "Pat")
    for attempt: SQL in [
      "DELETE FROM measure_value", "UPDATE measure_value SET value = 1", "UPDATE measure_value SET parts = '1 2'",
      "UPDATE measure_value SET state = 'current' WHERE id = 'a'",
      "UPDATE measure_value SET state = 'gone' WHERE id = 'd'",
      "UPDATE measure_value SET state = 'withdrawn' WHERE id = 'd'",
      "UPDATE measure_value SET state = 'current' WHERE id = 'c'",
      "UPDATE measure SET subgroup = 'Some'", "DELETE FROM measure",
    ] {
      await #expect(throws: DatabaseError.self, "\(attempt)") {
        try await database.write { db in try db.run(attempt) }
      }
    }
  }
}
