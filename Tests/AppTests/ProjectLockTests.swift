import Storage
import TestDatabase
import Testing

@testable import App

/// What a project said before its data stays as it was, also for whoever goes around the forms with SQL; on both engines.
struct ProjectLockTests {
  private static func run(_ statement: SQL, _ world: TestWorld) async -> Bool {
    do {
      try await world.site.database.write { db in _ = try db.run(statement) }
      return true
    } catch { return error is DatabaseError ? false : true }
  }

  /// Each of these would change what is compared with what, or what was said of it.
  private static let attempts: [SQL] = [
    "UPDATE cycle_prediction SET probability = 95", "UPDATE cycle_prediction SET direction = 'worse'",
    "UPDATE cycle_prediction SET size = 0.5", "DELETE FROM cycle_prediction", "UPDATE cycle SET prediction = 2",
    "UPDATE cycle SET starts_on = '2026-10-12'", "UPDATE cycle SET study_on = '2027-06-01'",
    "UPDATE cycle SET after_data = 1", "UPDATE cycle SET created_at = 0", "UPDATE cycle SET measure_id = 'other'",
    "UPDATE cycle_lock SET probability = 95", "DELETE FROM cycle_lock", "DELETE FROM cycle_plan_lock",
    "UPDATE cycle_plan_lock SET after_data = 1",
    "UPDATE measure_definition SET who = 'Some'", "UPDATE measure_definition SET what = 'Else'",
    "UPDATE measure_definition SET how = 'Now and then'", "UPDATE measure_definition SET better = 'higher'",
    "UPDATE measure_definition SET chart_kind = 'i'", "UPDATE measure_definition SET rules = 'nhs'",
    "UPDATE measure_definition SET baseline_until = '2026-10-12'", "DELETE FROM measure_definition",
    "UPDATE measure_definition SET target = 4", "UPDATE measure_definition SET target = NULL",
    "UPDATE measure_definition SET why = 'Another reason'", "UPDATE measure_definition SET at = 0",
    "UPDATE measure_definition SET unit = 'minutes'", "UPDATE measure_definition SET data_kind = 'number'",
    "UPDATE measure SET schedule = 'month'", "UPDATE measure SET subgroup = 'Some of them'", "DELETE FROM measure",
    "UPDATE measure_lock SET number = 2",
    "DELETE FROM measure_lock", "UPDATE measure_lock SET baseline_until = '2026-10-12'",
    "UPDATE measure_mark SET period = '2026-10-19' WHERE kind = 'phase'",
    "UPDATE measure_mark SET words = 'Another reason' WHERE kind = 'phase'",
    "UPDATE measure_mark SET kind = 'change' WHERE kind = 'phase'", "DELETE FROM measure_mark WHERE kind = 'phase'",
    "UPDATE measure_mark SET words = 'Else' WHERE kind = 'change'", "DELETE FROM measure_mark WHERE kind = 'change'",
    "DELETE FROM phase_lock", "UPDATE measure_value SET value = 1", "UPDATE measure_value SET period = '2026-01-05'",
    "UPDATE measure_value SET at = 0", "DELETE FROM measure_value",
  ]

  @Test(arguments: Engine.available) func afterTheFirstValueNothingThatWasSaidCanBeAltered(engine: Engine) async throws
  {
    let begun = try await ProjectTrialTests.begun(engine)
    let world = begun.world
    let browser = try await begun.browser
    let marked = try await browser.post(
      "\(begun.measure)/marks", ["kind": "phase", "period": "2026-10-26", "words": "The bell was moved"])
    #expect(marked.status == 303)
    let changed = try await browser.post(
      "\(begun.measure)/marks", ["kind": "change", "period": "2026-11-02", "words": "A teacher was ill"])
    #expect(changed.status == 303)
    #expect(await Self.run("UPDATE cycle_prediction SET probability = 75", world), "before the data it may change")
    #expect(await Self.run("UPDATE cycle SET study_on = '2027-01-23'", world), "before the data it may change")
    try await begun.studied()
    for attempt in Self.attempts {
      #expect(await !Self.run(attempt, world), "\(attempt)")
    }
  }

  @Test(arguments: Engine.available) func aTrialsRegistrationIsNeverChangedNorItsSeries(engine: Engine) async throws {
    let begun = try await ProjectTrialTests.begun(engine)
    try await begun.studied()
    let browser = try await begun.browser
    _ = try await browser.get("\(begun.cycle)/trial")
    let shared = try await browser.post(
      "\(begun.cycle)/trial",
      all: [("idea", String(begun.idea.dropFirst("/ideas/".count))), ("happened", ProjectTrialTests.story)])
    #expect(shared.status == 303)
    let attempts: [SQL] = [
      "UPDATE trial_registration SET probability = 95", "UPDATE trial_registration SET smallest = 0.1",
      "UPDATE trial_registration SET measure = 'Another'", "UPDATE trial_registration SET at = 0",
      "DELETE FROM trial_registration", "UPDATE trial_series_value SET value = 1", "DELETE FROM trial_series_value",
      "UPDATE trial_series SET students = 400", "UPDATE trial_origin SET published_at = 0", "DELETE FROM trial_origin",
    ]
    for attempt in attempts {
      #expect(await !Self.run(attempt, begun.world), "\(attempt)")
    }
  }

  /// A prediction that somebody slips in afterwards is none: the one in force is shown and scored.
  @Test func aPredictionAddedBehindTheLockIsNotInForce() async throws {
    let begun = try await ProjectTrialTests.begun()
    try await begun.studied()
    let id = String(begun.cycle.split(separator: "/")[3])
    try await begun.world.site.database.write { db in
      try db.run(
        """
        INSERT INTO cycle_prediction (cycle_id, number, at, by_id, why, direction, size, probability)
        VALUES (\(id), 2, 0, 'person-educator', 'to look better', 'no-change', 1, 95)
        """)
    }
    #expect(try await begun.browser.get(begun.cycle).text.contains("Predicted: better, 70 in 100 sure"))
  }

  @Test(arguments: Engine.available) func anAmendedBaselineAndTargetAreSeenWithTheirReason(engine: Engine) async throws
  {
    let begun = try await ProjectTrialTests.begun(engine)
    let browser = try await begun.browser
    let amended = try await browser.post(
      "\(begun.measure)/amendment",
      all: [
        ("basis", "1"), ("name", "x"), ("kind", "count"), ("better", "lower"), ("who", "All 118 ninth-graders"),
        ("what", "Late arrivals"), ("how", "Fridays, from the office's log"), ("rules", "anhoej"), ("role", "outcome"),
        ("schedule", "week"), ("baseline_until", "2026-10-19"), ("target", "4"),
        ("why", "The first month is our baseline."),
      ])
    #expect(amended.status == 303, "\(amended.text.prefix(2000))")
    let page = try await browser.get(begun.measure).text
    #expect(page.contains("The first month is our baseline.") && page.contains("baseline all points"))
    #expect(page.contains("held up to") && page.contains("target none"))
    #expect(page.firstMatch(of: /Version 2, by Dana Educator, \d+ \w+ \d{4}: The first month/) != nil)
    // The amended target is held like the first one.
    for attempt: SQL in ["UPDATE measure_definition SET target = 9 WHERE number = 2", "DELETE FROM measure_definition"]
    {
      #expect(await !Self.run(attempt, begun.world), "\(attempt)")
    }
  }

  /// A phase set by mistake is taken back with the reason; it stays, and neither engine lets the taking back be undone.
  @Test(arguments: Engine.available) func aPhaseIsTakenBackWithItsReason(engine: Engine) async throws {
    let begun = try await ProjectTrialTests.begun(engine)
    try await begun.studied()
    let browser = try await begun.browser
    func sentence() async throws -> String? {
      try await begun.world.site.database.read { db in try db.value("sentence", "SELECT sentence FROM measure") }
    }
    let plain = try await sentence()
    _ = try await browser.post(
      "\(begun.measure)/marks", ["kind": "phase", "period": "2026-10-26", "words": "The bell was moved"])
    let path = try #require(
      try await browser.get(begun.measure).text.firstMatch(of: /href="([^"]*\/marks\/[^"]*\/withdrawal)"/)?.output.1)
    #expect(try await sentence() != plain, "the phase is computed on its own")
    #expect(try await browser.get(String(path)).text.contains("The bell was moved"))
    #expect(try await browser.post(String(path), ["why": "no"]).status == 422)
    let other = try await begun.world.browser(as: .otherEducator)
    #expect(try await other.post(String(path), ["why": "I do not like it"]).status == 404)
    #expect(try await browser.post(String(path), ["why": "It was moved a year earlier"]).status == 303)
    let page = try await browser.get(begun.measure).text
    #expect(page.contains("<del>New phase: The bell was moved</del>"))
    #expect(page.contains("taken back by Dana Educator") && page.contains("It was moved a year earlier"))
    #expect(try await sentence() == plain)
    #expect(try await browser.post(String(path), ["why": "Once more, please"]).status == 404)
    for attempt: SQL in [
      "DELETE FROM mark_withdrawal", "UPDATE mark_withdrawal SET why = 'Another'", "UPDATE mark_withdrawal SET at = 0",
      "DELETE FROM measure_mark WHERE kind = 'phase'",
    ] {
      #expect(await !Self.run(attempt, begun.world), "\(attempt)")
    }
  }
}
