import Foundation
import Storage
import Testing
import TestDatabase

@testable import App

/// Trials from the promise to the claim, through the browser, on both engines.
struct TrialTests {
  static func registration(_ changed: [String: String] = [:]) -> [(String, String)] {
    let whole: [(String, String)] = [
      ("participants", "All 118 ninth-graders"), ("starts", "2026-11-16"), ("due", "2027-04-30"),
      ("measure", "Late often"), ("definition", "Six or more unexcused arrivals in a quarter, from the office's log"),
      ("unit", ""), ("better", "lower"), ("comparison", "group"), ("comparison_words", "Grade 10"),
      ("predicted", "better"), ("predicted_words", "a third fewer"), ("probability", "70"), ("smallest", "5 %"),
      ("submission", "t1"),
    ]
    return whole.map { ($0.0, changed[$0.0] ?? $0.1) }
  }

  static func counts(_ changed: [String: String] = [:]) -> [(String, String)] {
    let whole: [(String, String)] = [
      ("shape", "counts"), ("basis", "0"), ("before_x", "90"), ("before_n", "300"), ("after_x", "30"),
      ("after_n", "300"), ("other_before_x", "90"), ("other_before_n", "300"), ("other_after_x", "88"),
      ("other_after_n", "300"), ("changed", "Eight minutes, not ten."),
      ("happened", "Lateness fell. The first month was worse than before."), ("again", "Yes, with a script."),
    ]
    return whole.map { ($0.0, changed[$0.0] ?? $0.1) }
  }

  /// An idea of Ashuelot Valley, and a trial of it at Kettle Cove.
  static func begun(_ world: TestWorld, _ changed: [String: String] = [:]) async throws -> (idea: String, trial: String)
  {
    let idea = try #require(try await IdeaTests.share(try await world.browser(as: .educator)).location)
    let trying = try await world.browser(as: .otherEducator)
    _ = try await trying.get("\(idea)/trials/new")
    let trial = try #require(try await trying.post("\(idea)/trials", all: registration(changed)).location)
    return (idea, trial)
  }

  @Test(arguments: Engine.available) func aTrialIsRegisteredReportedAndItsClaimCompiled(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (idea, trial) = try await Self.begun(world)
    let visitor = try await world.browser(as: .visitor)
    #expect(try await visitor.get(trial).text.contains("the report is due on Fri 30 Apr 2027"))
    #expect(try await visitor.get(idea).text.contains("Nobody has reported yet. One school is at it."))
    let trying = try await world.browser(as: .otherEducator)
    _ = try await trying.get("\(trial)/report")
    #expect(try await trying.post("\(trial)/report", all: Self.counts()).location == trial)
    let page = try await visitor.get(trial).text
    // 90 of 300 to 30 of 300 against 90 to 88: log odds ratio -1.3499 - (-0.0321) = -1.3178, × √3/π = -0.7265.
    #expect(page.contains("It worked here."))
    #expect(page.contains("Late often fell from 30 in 100 to 10 in 100 (90 of 300, then 30 of 300)."))
    #expect(page.contains("+0.73"))
    #expect(page.contains("League trial claim, version 1"))
    #expect(!page.contains("Dana Othereducator"))
    let ideaPage = try await visitor.get(idea).text
    #expect(ideaPage.contains("One school tried it."))
    #expect(ideaPage.contains("1 worked"))
    #expect(try await visitor.get("/ideas?evidence=worked").text.contains("href=\"\(idea)\""))
    #expect(!(try await visitor.get("/ideas?evidence=did-not-work").text.contains("href=\"\(idea)\"")))
    #expect(try await visitor.get("\(idea)/evidence").text.contains("One school: +0.73"))
  }

  @Test func noFormHasAFieldForAVerdict() async throws {
    let world = try await TestWorld()
    let (idea, trial) = try await Self.begun(world)
    let trying = try await world.browser(as: .otherEducator)
    for path in [
      "\(trial)/report", "\(trial)/report?shape=means", "\(idea)/trials/new", "\(idea)/trials/new?done=1", "/ideas/new",
    ] {
      #expect(
        try await trying.get(path).text.firstMatch(of: /name="(?:verdict|claim|worked|effect)"/) == nil, "\(path)")
    }
    _ = try await trying.post("\(trial)/report", all: Self.counts(["after_x": "92"]) + [("verdict", "worked")])
    #expect(!(try await trying.get(trial).text.contains("It worked here")))
  }

  @Test(arguments: Engine.available) func theSchemaItselfLocksARegistrationOnceAnOutcomeStands(engine: Engine)
    async throws
  {
    let world = try await TestWorld(engine)
    let (_, trial) = try await Self.begun(world)
    let id = String(trial.split(separator: "/")[1])
    let trying = try await world.browser(as: .otherEducator)
    _ = try await trying.post("\(trial)/report", all: Self.counts())
    var refused = false
    do {
      try await world.site.database.write { db in
        try db.run(
          """
          INSERT INTO trial_registration (trial_id, number, at, by_id, why, participants, starts_on, due_on, measure,
            definition, better, comparison)
          VALUES (\(id), 2, 0, 'person-lead', 'to look better', 'x', '2026-01-01', '2026-01-02', 'm', 'd', 'higher', 'none')
          """)
        try db.run("UPDATE trial SET registration = 2 WHERE id = \(id)")
      }
    } catch DatabaseError.foreignKey { refused = true }
    #expect(refused)
    let amended = try await trying.post(
      "\(trial)/amendment", all: Self.registration() + [("basis", "1"), ("why", "We want it to look better.")])
    #expect(amended.status == 409)
  }

  @Test(arguments: Engine.available) func anAmendmentBeforeTheDataStaysVisible(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (_, trial) = try await Self.begun(world)
    let trying = try await world.browser(as: .otherEducator)
    _ = try await trying.get("\(trial)/amendment")
    let without = try await trying.post(
      "\(trial)/amendment", all: Self.registration(["due": "2027-06-15"]) + [("basis", "1"), ("why", "")])
    #expect(without.status == 422)
    let amended = try await trying.post(
      "\(trial)/amendment",
      all: Self.registration(["due": "2027-06-15"]) + [("basis", "1"), ("why", "The timetable starts a month later.")])
    #expect(amended.status == 303)
    let page = try await world.browser(as: .visitor).get(trial).text
    #expect(page.contains("The timetable starts a month later."))
    #expect(page.contains("16 Nov 2026 to 15 Jun 2027") && page.contains("16 Nov 2026 to 30 Apr 2027"))
  }

  /// A promise made when results are in sight is none, whether by a new registration or by moving the days of an old one.
  @Test func aPromiseComesInTheFirstHalfOfItsTrial() async throws {
    let world = try await TestWorld()
    let (idea, trial) = try await Self.begun(world)
    let trying = try await world.browser(as: .otherEducator)
    let late = Self.registration(["starts": "2025-09-01", "due": "2026-11-28", "submission": "t2"])
    let refused = try await trying.post("\(idea)/trials", all: late)
    #expect(refused.status == 422 && refused.text.contains("a promise comes before results are in sight"))
    #expect(refused.text.contains("value=\"2025-09-01\""), "what was typed stays")
    let moved = try await trying.post(
      "\(trial)/amendment", all: late + [("basis", "1"), ("why", "We began long ago.")])
    #expect(moved.status == 422 && moved.text.contains("a promise comes before results are in sight"))
  }

  @Test func nothingIsReportedBeforeItsTimeWithoutAWord() async throws {
    let world = try await TestWorld()
    let (_, coming) = try await Self.begun(world, ["starts": "2027-01-11"])
    let trying = try await world.browser(as: .otherEducator)
    let refused = try await trying.post("\(coming)/report", all: Self.counts())
    #expect(refused.status == 422 && refused.text.contains("It begins on Mon 11 Jan 2027"))
    let (_, running) = try await Self.begun(world, ["submission": "t2"])
    #expect(try await trying.post("\(running)/report", all: Self.counts()).status == 303)
    #expect(try await trying.get(running).text.contains("days before the day that was set"))
  }

  @Test(arguments: Engine.available) func aCorrectionKeepsTheOldFigures(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (_, trial) = try await Self.begun(world)
    let trying = try await world.browser(as: .otherEducator)
    _ = try await trying.post("\(trial)/report", all: Self.counts())
    let corrected = try await trying.post(
      "\(trial)/report",
      all: Self.counts(["basis": "1", "after_x": "85"]) + [("why", "Two homerooms had been left out.")])
    #expect(corrected.status == 303)
    let page = try await trying.get(trial).text
    #expect(page.contains("Two homerooms had been left out."))
    #expect(page.contains("90 of 300, then 85 of 300") && page.contains("90 of 300, then 30 of 300"))
    #expect(!page.contains("It worked here"))
  }

  @Test(arguments: Engine.available) func whatIsToldAfterItsDataIsExperienceAndNeverPooled(engine: Engine) async throws
  {
    let world = try await TestWorld(engine)
    let idea = try #require(try await IdeaTests.share(try await world.browser(as: .educator)).location)
    let trying = try await world.browser(as: .otherEducator)
    let begun = try await trying.post(
      "\(idea)/trials",
      all: Self.registration([
        "starts": "2025-09-01", "due": "2026-04-30", "predicted": "", "probability": "", "smallest": "",
      ])
        + [("done", "1")])
    let form = try #require(begun.location)
    #expect(form.hasSuffix("/report"))
    let trial = String(form.dropLast("/report".count))
    _ = try await trying.post(form, all: Self.counts())
    let page = try await trying.get(trial).text
    #expect(page.contains("Experience, not measured"))
    #expect(page.contains("not registered before its data"))
    #expect(page.contains("registered after the data"))
    let evidence = try await trying.get(idea).text
    #expect(evidence.contains("None registered it before the data"))
    #expect(evidence.contains("1 told without data"))
    #expect(!evidence.contains("class=\"chart\""))
  }

  @Test(arguments: Engine.available) func aTrialThatNeverReportsIsCountedAndCanBeWithdrawnWithAReason(engine: Engine)
    async throws
  {
    let world = try await TestWorld(engine)
    let (idea, trial) = try await Self.begun(world)
    world.pass(.days(200))
    let visitor = try await world.browser(as: .visitor)
    #expect(try await visitor.get(idea).text.contains("1 was started and never reported"))
    #expect(try await visitor.get("/ideas").text.contains("1 was started and never reported"))
    #expect(try await visitor.get(trial).text.contains("the report was due on Fri 30 Apr 2027"))
    let owed = try await world.site.database.read { [today = world.site.settings.zone.date(of: world.now)] db in
      try TrialListStore(db: db).overdue(of: Person.ID("person-otherEducator"), on: today)
    }
    #expect(owed.count == 1)
    let trying = try await world.browser(as: .otherEducator)
    _ = try await trying.get("\(trial)/withdrawal")
    #expect(try await trying.post("\(trial)/withdrawal", ["reason": ""]).status == 422)
    #expect(try await trying.post("\(trial)/withdrawal", ["reason": "The adviser who ran it has left."]).status == 303)
    #expect(try await visitor.get(idea).text.contains("The adviser who ran it has left."))
    #expect(try await trying.post("\(trial)/resumption").status == 303)
    #expect(!(try await visitor.get(trial).text.contains("The adviser who ran it has left.")))
  }

  @Test func othersCanNeitherReportNorAmendNorWithdraw() async throws {
    let world = try await TestWorld()
    let (_, trial) = try await Self.begun(world)
    for other in [Asker.educator, .lead, .liaison, .office] {
      let browser = try await world.browser(as: other)
      for act in ["report", "amendment", "withdrawal", "resumption"] {
        #expect(try await browser.post("\(trial)/\(act)", all: Self.counts()).status == 404, "\(other) \(act)")
      }
    }
    #expect(try await world.browser(as: .otherLead).get("\(trial)/report").status == 200)
  }

  @Test(arguments: Engine.available) func formsSentTwiceCountOnce(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (idea, trial) = try await Self.begun(world)
    let trying = try await world.browser(as: .otherEducator)
    _ = try await trying.get(trial)
    #expect(try await trying.post("\(idea)/trials", all: Self.registration()).location == trial)
    _ = try await trying.get("\(trial)/report")
    #expect(try await trying.post("\(trial)/report", all: Self.counts()).location == trial)
    #expect(try await trying.post("\(trial)/report", all: Self.counts()).location == trial)
    let reports = try await world.site.database.read { db in
      try db.value("n", "SELECT count(*) AS n FROM trial_report", as: Int.self)
    }
    #expect(reports == 1)
  }

  @Test func wrongFiguresAreNamedBesideTheirFields() async throws {
    let world = try await TestWorld()
    let (_, trial) = try await Self.begun(world)
    let trying = try await world.browser(as: .otherEducator)
    _ = try await trying.get("\(trial)/report")
    let answer = try await trying.post(
      "\(trial)/report",
      all: Self.counts(["before_x": "301", "after_n": "many", "other_after_x": "", "other_after_n": ""]))
    #expect(answer.status == 422)
    #expect(answer.text.contains("That is more than there were in all (300)."))
    #expect(answer.text.contains("id=\"field-after_n-problem\""))
    #expect(answer.text.contains("id=\"field-other_after_n-problem\""), "a comparison group was registered")
    #expect(answer.text.contains("The first month was worse than before."))
  }

  @Test func aRegistrationNeedsItsPrediction() async throws {
    let world = try await TestWorld()
    let idea = try #require(try await IdeaTests.share(try await world.browser(as: .educator)).location)
    let trying = try await world.browser(as: .otherEducator)
    _ = try await trying.get("\(idea)/trials/new")
    let answer = try await trying.post(
      "\(idea)/trials",
      all: Self.registration(["probability": "100", "due": "2026-11-01", "starts": "2026-10-01", "smallest": "0"]))
    #expect(answer.status == 422)
    #expect(answer.text.contains("from 5 to 95 percent"))
    #expect(answer.text.contains("We tried this already"))
    #expect(answer.text.contains("a number above 0"))
  }

  @Test(arguments: Engine.available) func meansComeOutAsHedgesOrTheChange(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (_, trial) = try await Self.begun(
      world, ["better": "higher", "comparison": "before-after", "unit": "points", "smallest": "2"])
    let trying = try await world.browser(as: .otherEducator)
    let means: [(String, String)] = [
      ("shape", "means"), ("basis", "0"), ("before_n", "60"), ("before_mean", "22"), ("before_sd", "4.47"),
      ("after_n", "60"), ("after_mean", "26"), ("after_sd", "5,48"), ("correlation", "0.7"), ("same_students", "on"),
      ("baseline_points", "12"), ("happened", "The scores rose by four points on average."),
    ]
    _ = try await trying.get("\(trial)/report")
    #expect(try await trying.post("\(trial)/report", all: means).location == trial)
    let stored = try await world.site.database.read { db in
      try db.rows("SELECT effect, variance, verdict, finding FROM trial WHERE state = 'reported'").first
    }
    let row = try #require(stored)
    // Standardised mean change by the SD before is 4/4.47 = .8949; J(59) = 1 - 3/(4·59 - 1) = .98723 gives .8834 (Becker 1988).
    #expect(abs(try row.read("effect", as: Double.self) - 0.8834) < 2e-4)
    #expect(try row.read("verdict", as: String.self) == "worked")
    #expect(try row.read("finding", as: String.self) == "Late often rose from 22 to 26 points on average.")
  }

  @Test(arguments: Engine.available) func claimsOfAnEarlierRuleAreCompiledAgain(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (idea, trial) = try await Self.begun(world)
    let trying = try await world.browser(as: .otherEducator)
    _ = try await trying.post("\(trial)/report", all: Self.counts())
    let today = world.site.settings.zone.date(of: world.now)
    let again = try await world.site.database.write { [now = world.now] db in
      try db.run("UPDATE trial SET rule = 'an older rule', verdict = 'tooEarly'")
      return try EvidenceStore(db: db).recompile(now: now, today: today)
    }
    #expect(again == 1)
    #expect(try await trying.get(trial).text.contains("It worked here."))
    #expect(try await trying.get(idea).text.contains("1 worked"))
  }
}
