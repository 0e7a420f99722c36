import Foundation
import Storage
import TestDatabase
import Testing

@testable import App

/// What became of a project stays to be seen: its states, its decisions, its aims; and a plan changes until data lock it.
struct ProjectHistoryTests {
  private static func edited(_ browser: Browser, _ project: String, aim: String, why: String = "", version: Int)
    async throws -> Answered
  {
    _ = try await browser.get("\(project)/edit")
    return try await browser.post(
      "\(project)/edit",
      all: [
        ("title", "Fewer ninth-graders late"), ("aim", aim), ("measure", "Late a week"), ("visibility", "school"),
        ("version", String(version)), ("why", why),
      ])
  }

  // MARK: states

  @Test(arguments: Engine.available) func aPlannedProjectBeginsWithItsFirstCycle(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let browser = try await world.browser(as: .educator)
    _ = try await browser.get("/projects/new")
    let project = try #require(
      try await browser.post(
        "/projects",
        all: [
          ("title", "Fewer ninth-graders late"), ("aim", "Halve lateness to first period by May."),
          ("visibility", "school"), ("submission", "p1"), ("state", "planned"),
        ]
      ).location)
    let cycle = try await ProjectTests.planned(browser, project)
    let page = try await browser.get(project).text
    #expect(page.contains("planned") && page.contains("Begin it") && !page.contains("What became of it"))
    #expect(!(try await browser.get("/projects/attention").text.contains("Fewer ninth-graders late")))
    #expect(try await browser.post("\(cycle)/beginning", [:]).status == 303)
    let begun = try await browser.get(project).text
    #expect(begun.contains("What became of it") && begun.contains("Cycle 1 began."))
    #expect(begun.contains("Pause it") && !begun.contains("only planned"))
    let back = try await browser.post("\(project)/state", ["state": "planned"])
    #expect(back.status == 409 && back.text.contains("This project has begun"))
  }

  @Test(arguments: Engine.available) func aDecisionTakenBackStaysToBeSeen(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (browser, project) = try await ProjectTests.begun(world)
    _ = try await browser.get("\(project)/decision")
    let reason = "The bell cannot be moved <before> the buses."
    #expect(try await browser.post("\(project)/decision", ["decision": "abandon", "reason": reason]).status == 303)
    #expect(try await browser.post("\(project)/state", ["state": "active"]).status == 303)
    let page = try await browser.get(project).text
    #expect(
      page.contains("Taken up again.") && page.contains("the team abandoned it: The bell cannot be moved &lt;before"))
    #expect(page.contains("Done: abandoned") && page.contains("Went on"))
    let record = try await browser.get("\(project)/record.json").text
    #expect(record.contains("\"decision\" : \"abandon\"") && record.contains("The bell cannot be moved <before>"))
    for attempt: SQL in [
      "UPDATE project_step SET reason = 'None'", "UPDATE project_step SET state = 'active'", "DELETE FROM project_step",
      "UPDATE project_aim SET words = 'Another'", "DELETE FROM project_aim",
    ] {
      await #expect(throws: (any Error).self, "\(attempt)") {
        try await world.site.database.write { db in _ = try db.run(attempt) }
      }
    }
  }

  // MARK: aims

  @Test(arguments: Engine.available) func onceValuesStandAnAimChangesWithAReasonOnly(engine: Engine) async throws {
    let begun = try await ProjectTrialTests.begun(engine, before: [])
    let (browser, project) = (try await begun.browser, begun.project)
    let earlier = try await browser.get(project).text
    #expect(!(try await browser.get("\(project)/edit").text.contains("Why the aim is another one")))
    let free = try await Self.edited(browser, project, aim: "Fewer of them late by the spring.", version: 1)
    #expect(free.status == 303 && !earlier.contains("Earlier aims"))
    try await begun.paste([40, 42], from: "2026-11-16")
    #expect(try await browser.get("\(project)/edit").text.contains("Why the aim is another one"))
    let refused = try await Self.edited(browser, project, aim: "Halve them by the summer.", version: 2)
    #expect(refused.status == 422 && refused.text.contains("say why the aim changes"))
    #expect(refused.text.contains("Halve them by the summer."))
    let kept = try await Self.edited(
      browser, project, aim: "Halve them by the summer.", why: "Spring is too soon: the buses change in May", version: 2
    )
    #expect(kept.status == 303)
    let page = try await browser.get(project).text
    #expect(page.contains("Earlier aims") && page.contains("Fewer of them late by the spring."))
    #expect(page.contains("Spring is too soon: the buses change in May"))
    // The same aim again needs no reason.
    #expect(try await Self.edited(browser, project, aim: "Halve them by the summer.", version: 3).status == 303)
    #expect(try await browser.get("\(project)/record.json").text.contains("Fewer of them late by the spring."))
  }

  // MARK: plans

  private static func plan(_ browser: Browser, _ cycle: String, question: String, measure: String, stamp: String? = nil)
    async throws -> Answered
  {
    let form = try await browser.get("\(cycle)/plan").text
    let there = String(form.firstMatch(of: /name="stamp" value="([^"]+)"/)?.output.1 ?? "")
    return try await browser.post(
      "\(cycle)/plan",
      all: [
        ("question", question), ("plan", "The office calls by nine."), ("who", "Ruth"), ("starts", "2026-11-30"),
        ("study", "2027-01-22"), ("measure", measure), ("stamp", stamp ?? there),
      ])
  }

  @Test(arguments: Engine.available) func aPlanChangesUntilDataLockIt(engine: Engine) async throws {
    let begun = try await ProjectTrialTests.begun(engine)
    let (browser, measure) = (try await begun.browser, String(begun.measure.dropFirst("/measures/".count)))
    let first = try await browser.get("\(begun.cycle)/plan").text
    let stamp = String(try #require(first.firstMatch(of: /name="stamp" value="([^"]+)"/)?.output.1))
    #expect(
      try await Self.plan(browser, begun.cycle, question: "Does it help on Mondays?", measure: measure).status == 303)
    let page = try await browser.get(begun.cycle).text
    #expect(page.contains("Does it help on Mondays?") && page.contains("Fri 22 Jan 2027"))
    let stale = try await Self.plan(browser, begun.cycle, question: "Does it help?", measure: measure, stamp: stamp)
    #expect(stale.status == 409 && stale.text.contains("Somebody changed this plan"))
    let refused = try await Self.plan(browser, begun.cycle, question: "No", measure: measure)
    #expect(refused.status == 422 && refused.text.contains("The office calls by nine."))
    let foreign = try await Self.plan(browser, begun.cycle, question: "Does it help?", measure: "another")
    #expect(foreign.status == 422 && foreign.text.contains("Choose a measure of the project"))
    let other = try await begun.world.browser(as: .otherEducator)
    #expect([403, 404].contains(try await other.get("\(begun.cycle)/plan").status))

    begun.world.pass(.days(20))
    let team = try await begun.browser
    try await begun.paste([25], from: "2026-11-30")
    #expect(try await team.get("\(begun.cycle)/plan").status == 303)
    let held = try await Self.plan(team, begun.cycle, question: "Does it help on Fridays?", measure: "")
    #expect(held.status == 409 && held.text.contains("The plan is held"))
    #expect(try await team.get(begun.cycle).text.contains("Does it help on Mondays?"))
  }

  /// A measure chosen afterwards makes a cycle one that can be shared; with values since its beginning the prediction is none.
  @Test(arguments: Engine.available) func aCycleWithoutAMeasureIsGivenOne(engine: Engine) async throws {
    let begun = try await ProjectTrialTests.begun(engine)
    let (browser, measure) = (try await begun.browser, String(begun.measure.dropFirst("/measures/".count)))
    func without() async throws -> String {
      let kept = try await browser.post(
        "\(begun.project)/cycles",
        all: [
          ("question", "Does a second call help?"), ("starts", "2026-11-30"), ("study", "2027-01-22"),
          ("direction", "better"), ("size", "5"), ("probability", "60"), ("submission", "second"),
        ])
      #expect(kept.location == begun.project)
      return try await begun.world.site.database.read { db in
        "\(begun.project)/cycles/\(try db.value("id", "SELECT id FROM cycle WHERE submission = 'second'", as: String.self) ?? "")"
      }
    }
    let cycle = try await without()
    #expect(try await Self.plan(browser, cycle, question: "Does a second call help?", measure: measure).status == 303)
    #expect(try await browser.get(cycle).text.contains("Predicted: "))
    let early = try await browser.post(
      "\(cycle)/plan",
      all: [
        ("question", "Does a second call help?"), ("starts", "2026-09-07"), ("study", "2027-01-22"),
        ("measure", measure),
        (
          "stamp",
          String(
            try await browser.get("\(cycle)/plan").text.firstMatch(of: /name="stamp" value="([^"]+)"/)?.output.1 ?? "")
        ),
      ])
    #expect(early.status == 303)
    let page = try await browser.get(cycle).text
    #expect(page.contains("Written after the data") && !page.contains("Change the plan"))
  }
}
