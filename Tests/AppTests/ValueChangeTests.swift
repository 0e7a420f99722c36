import Foundation
import HTTPTypes
import Storage
import TestDatabase
import Testing

@testable import App

/// Values are moved, withdrawn and taken back through the browser, on both engines; none is ever lost.
struct ValueChangeTests {
  private static func values(_ world: TestWorld) async throws -> [(
    id: String, period: String, x: Double, state: String
  )] {
    try await world.site.database.read { db in
      try db.rows("SELECT id, period, x, state FROM measure_value ORDER BY id").map {
        (try $0.read("id"), try $0.read("period"), try $0.read("x"), try $0.read("state"))
      }
    }
  }

  private static func states(_ world: TestWorld) async throws -> [String] {
    try await values(world).map { "\(Int($0.x)) \($0.period) \($0.state)" }
  }

  @Test(arguments: Engine.available) func whatWasJustEnteredIsTakenBackForTenMinutes(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (browser, other) = (try await world.browser(as: .educator), try await world.browser(as: .lead))
    let path = try await MeasureTests.begun(world, browser)
    let kept = try await browser.post("\(path)/values", ["value": "20/25"])
    let page = try await browser.get(try #require(kept.location)).text
    #expect(page.contains("Saved: 20 of 25 (80 %) for 23 Nov 2026.") && page.contains("/undoing"))
    let undoing = "\(path)/values/\(try await Self.values(world)[0].id)/undoing"
    // Only who entered it: a colleague corrects or withdraws, with a reason.
    #expect(try await other.post(undoing).status == 409)
    #expect(try await browser.post(undoing).status == 303)
    #expect(try await Self.states(world) == ["20 2026-11-23 undone"])
    let after = try await browser.get(path).text
    #expect(after.contains("Nothing has been measured yet.") && after.contains("taken back by Dana Educator"))
    #expect(try await browser.post(undoing).status == 409)

    world.pass(.minutes(1))
    _ = try await browser.post("\(path)/values", ["value": "21/25"])
    let late = "\(path)/values/\(try await Self.values(world)[1].id)/undoing"
    world.pass(.minutes(10))
    let refused = try await browser.post(late)
    #expect(refused.status == 409 && refused.text.contains("corrected or withdrawn, with a reason"))
    #expect(try await Self.states(world).last == "21 2026-11-23 current")
  }

  @Test(arguments: Engine.available) func aPastedColumnIsTakenBackAsOne(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let browser = try await world.browser(as: .educator)
    let path = try await MeasureTests.begun(world, browser)
    _ = try await browser.post("\(path)/values", ["value": "19/25", "period": "2026-11-09"])
    world.pass(.minutes(1))
    let kept = try await browser.post("\(path)/column", ["pasted": "20/25\n21/25\n22/25", "act": "keep"])
    let page = try await browser.get(try #require(kept.location)).text
    #expect(page.contains("Saved: 3 values."))
    let undo = try #require(page.firstMatch(of: /action="([^"]*\/undoing)"/)).output.1
    #expect(try await browser.post(String(undo)).status == 303)
    #expect(
      try await Self.states(world) == [
        "19 2026-11-09 current", "20 2026-11-09 undone", "21 2026-11-16 undone", "22 2026-11-23 undone",
      ])
  }

  @Test(arguments: Engine.available) func whoEntersByALinkTakesItBackByTheLink(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (browser, colleague) = (try await world.browser(as: .educator), Browser(world.site))
    let path = try await MeasureTests.begun(world, browser)
    var links: [String] = []
    for holder in ["Ms Roy", "Mr Roy"] {
      let made = try await browser.post("\(path)/links", ["holder": holder]).text
      links.append(String(try #require(made.firstMatch(of: /\/enter\/[0-9a-z]{52}/)).output))
    }
    let saved = try await colleague.post(links[0], ["value": "20/25"]).text
    let undo = String(try #require(saved.firstMatch(of: /action="([^"]*\/undoing)"/)).output.1)
    #expect(undo.hasPrefix(links[0]))
    #expect(try await colleague.post(undo.replacing(links[0], with: links[1])).status == 409)
    #expect(try await colleague.post(undo).text.contains("Taken back."))
    #expect(try await Self.states(world) == ["20 2026-11-23 undone"])
    #expect(try await browser.get(path).text.contains("taken back by Ms Roy"))
  }

  @Test(arguments: Engine.available) func aValueIsMovedAndItsOldPlaceStaysInTheRecord(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let browser = try await world.browser(as: .educator)
    let path = try await MeasureTests.begun(world, browser)
    for (day, value) in [("2026-11-16", "20/25"), ("2026-11-23", "21/25")] {
      _ = try await browser.post("\(path)/values", ["value": value, "period": day])
    }
    let (first, second) = (try await Self.values(world)[0].id, try await Self.values(world)[1].id)
    let move = "\(path)/values/\(first)/move"
    #expect(try await browser.get(move).text.contains("value=\"2026-11-16\""))
    for (period, why, advice) in [
      ("2026-11-17", "Wrong week", "for that week already"), ("2027-01-04", "Wrong week", "still to come"),
      ("2026-11-09", "", "what was wrong"),
    ] {
      let refused = try await browser.post(move, ["period": period, "why": why])
      #expect(refused.status == 422 && refused.text.contains(advice) && refused.text.contains("value=\"\(period)\""))
    }
    #expect(try await browser.post(move, ["period": "2026-11-11", "why": "Entered a week late"]).status == 303)
    #expect(
      try await Self.states(world) == ["20 2026-11-16 moved", "21 2026-11-23 current", "20 2026-11-09 current"])
    let page = try await browser.get(path).text
    #expect(page.contains("now of 9 Nov 2026") && page.contains("Entered a week late"))
    // Where another value stands already, both do.
    #expect(
      try await browser.post("\(path)/values/\(second)/move", ["period": "2026-11-09", "why": "So it was"]).status
        == 303)
    #expect(try await browser.get(path).text.contains("Two values for 9 Nov 2026."))
    #expect(try await Self.states(world).last == "21 2026-11-09 beside")
  }

  @Test(arguments: Engine.available) func aWithdrawnValueStaysInSightAndCountsInNoChart(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (browser, other) = (try await world.browser(as: .educator), try await world.browser(as: .lead))
    let path = try await MeasureTests.begun(world, browser)
    _ = try await browser.post("\(path)/values", ["value": "20/25"])
    _ = try await other.post("\(path)/values", ["value": "21/25"])
    let id = try await Self.values(world)[0].id
    let withdrawal = "\(path)/values/\(id)/withdrawal"
    let refused = try await browser.post(withdrawal, ["why": "Bad"])
    #expect(refused.status == 422 && refused.text.contains("value=\"Bad\""))
    #expect(try await browser.post(withdrawal, ["why": "A fire drill that Friday"]).status == 303)
    // The one beside it is charted now; nothing is undecided any more.
    #expect(try await Self.states(world) == ["20 2026-11-23 withdrawn", "21 2026-11-23 current"])
    let page = try await browser.get(path).text
    #expect(page.contains("<del>20 of 25 (80 %)</del>") && page.contains("A fire drill that Friday"))
    #expect(!page.contains("Two values for"))
    let csv = try await browser.get("\(path)/values.csv").text
    #expect(csv.contains(",withdrawn,Dana Educator,A fire drill that Friday"))
    // What has ended stays ended, for SQL, too.
    for attempt: SQL in [
      "UPDATE measure_value SET state = 'current' WHERE state = 'withdrawn'",
      "UPDATE measure_value SET why = 'Else' WHERE state = 'withdrawn'",
      "UPDATE measure_value SET follows_id = id", "DELETE FROM measure_value",
    ] {
      await #expect(throws: DatabaseError.self) { try await world.site.database.write { db in try db.run(attempt) } }
    }
  }

  /// Whoever has seen values has seen them, whatever became of them since.
  @Test(arguments: Engine.available) func nobodyUnlocksAPredictionByWithdrawing(engine: Engine) async throws {
    let begun = try await ProjectTrialTests.begun(engine)
    let (world, browser) = (begun.world, try await begun.browser)
    func locks() async throws -> Int? {
      try await world.site.database.read { db in try db.value("n", "SELECT COUNT(*) AS n FROM cycle_lock") }
    }
    #expect(try await locks() == 0)
    world.pass(.days(8))
    _ = try await browser.post("\(begun.measure)/values", ["value": "7"])
    #expect(try await locks() == 1)
    let id = try await world.site.database.read { db in
      try db.value("id", "SELECT id FROM measure_value ORDER BY id DESC LIMIT 1", as: String.self)
    }
    let withdrawal = "\(begun.measure)/values/\(try #require(id))/withdrawal"
    #expect(try await browser.post(withdrawal, ["why": "It was not to be seen"]).status == 303)
    #expect(try await locks() == 1)
    let measure = String(begun.measure.dropFirst("/measures/".count))
    let isAfterData = try await world.site.database.write { db in
      var form = CycleForm(submission: "later")
      (form.question, form.measure) = ("Does it help now?", measure)
      let project: Project.ID? = try db.value("project_id", "SELECT project_id FROM cycle LIMIT 1")
      try CycleStore(db: db).add(
        form,
        CycleForm.Plan(
          starts: try #require(CalendarDate("2026-11-02")), study: try #require(CalendarDate("2026-12-14")),
          prediction: Cycle.Prediction(direction: .better, size: 1, probability: 70)),
        CycleStore.Origin(
          id: Cycle.ID("later"), project: try #require(project), person: Person.ID("person-educator"), now: world.now))
      return try db.value("after_data", "SELECT after_data FROM cycle WHERE id = 'later'", as: Bool.self)
    }
    #expect(isAfterData == true)
  }

  /// Ten people change one value at once: one of them does, the others are shown what became of it, with their own words.
  @Test(arguments: Engine.available) func changesAtOnceLoseNoWord(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let browser = try await world.browser(as: .educator)
    let path = try await MeasureTests.begun(world, browser)
    _ = try await browser.post("\(path)/values", ["value": "20/25", "period": "2026-11-16"])
    let value = "\(path)/values/\(try await Self.values(world)[0].id)"
    let answers = try await withThrowingTaskGroup(of: (status: Int, kept: Bool).self) { group in
      for index in 0..<9 {
        group.addTask {
          let own = try await world.browser(as: index % 2 == 0 ? .educator : .lead)
          let why = "Reason number \(index)"
          let answer =
            switch index % 3 {
            case 0: try await own.post("\(value)/correction", ["value": "\(index + 1)/25", "why": why])
            case 1: try await own.post("\(value)/move", ["period": "2026-11-02", "why": why])
            default: try await own.post("\(value)/withdrawal", ["why": why])
            }
          return (answer.status, answer.text.contains(why))
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(answers.count { $0.status == 303 } == 1)
    #expect(answers.count { $0.status == 409 && $0.kept } == 8)
    let rows = try await Self.values(world)
    #expect(rows.count <= 2 && rows[0].state != "current")
    let standing = rows.count { $0.state == "current" }
    #expect(standing == rows.count - 1)
  }

  @Test(arguments: Engine.available) func whoWasSlowerCorrectsWhatStandsNow(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (browser, other) = (try await world.browser(as: .educator), try await world.browser(as: .lead))
    let path = try await MeasureTests.begun(world, browser)
    _ = try await browser.post("\(path)/values", ["value": "20/25"])
    let correction = "\(path)/values/\(try await Self.values(world)[0].id)/correction"
    _ = try await other.post(correction, ["value": "21/25", "why": "One was in the office"])
    let slower = try await browser.post(correction, ["value": "22/25", "why": "Two were on the bus"])
    #expect(slower.status == 409 && slower.text.contains("One was in the office"))
    #expect(slower.text.contains("value=\"22/25\"") && slower.text.contains("value=\"Two were on the bus\""))
    let action = String(try #require(slower.text.firstMatch(of: /action="([^"]*\/correction)"/)).output.1)
    #expect(action != correction)
    #expect(try await browser.post(action, ["value": "22/25", "why": "Two were on the bus"]).status == 303)
    #expect(
      try await Self.states(world) == ["20 2026-11-23 replaced", "21 2026-11-23 replaced", "22 2026-11-23 current"])
  }

  /// Corrected to what a colleague had entered, a value leaves nothing to choose.
  @Test(arguments: Engine.available) func aCorrectionToWhatStandsBesideSettles(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (browser, other) = (try await world.browser(as: .educator), try await world.browser(as: .lead))
    let path = try await MeasureTests.begun(world, browser)
    _ = try await browser.post("\(path)/values", ["value": "20/25"])
    _ = try await other.post("\(path)/values", ["value": "21/25"])
    let correction = "\(path)/values/\(try await Self.values(world)[0].id)/correction"
    #expect(try await browser.post(correction, ["value": "21/25", "why": "One was in the office"]).status == 303)
    #expect(try await Self.states(world) == ["20 2026-11-23 replaced", "21 2026-11-23 current"])
    #expect(!(try await browser.get(path).text.contains("Two values for")))
  }

  @Test func strangersChangeNothing() async throws {
    let world = try await TestWorld()
    let browser = try await world.browser(as: .educator)
    let path = try await MeasureTests.begun(world, browser, shared: true)
    _ = try await browser.post("\(path)/values", ["value": "20/25"])
    let value = "\(path)/values/\(try await Self.values(world)[0].id)"
    for asker in [Asker.otherEducator, .office] {
      let stranger = try await world.browser(as: asker)
      for change in ValueChange.allCases {
        #expect(try await stranger.get("\(value)/\(change.rawValue)").status == 404)
        #expect(
          try await stranger.post("\(value)/\(change.rawValue)", ["value": "1/2", "why": "Because I can"]).status == 404
        )
      }
      #expect(try await stranger.post("\(value)/undoing").status == 404)
    }
    #expect(try await Self.states(world) == ["20 2026-11-23 current"])
  }
}
