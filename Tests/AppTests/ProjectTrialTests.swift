import Foundation
import Storage
import TestDatabase
import Testing

@testable import App

/// From a project's cycle to a trial of an idea, through the browser, on both engines.
struct ProjectTrialTests {
  /// A project of Ashuelot Valley with a cycle that tries an idea of the library, its measure and its values.
  struct Begun {
    let world: TestWorld
    let idea: String
    let project: String
    let measure: String
    let cycle: String

    var browser: Browser { get async throws { try await world.browser(as: .educator) } }

    /// Values one a week from `first` on.
    func paste(_ values: [Int], from first: String) async throws {
      let browser = try await browser
      _ = try await browser.get("\(measure)/column")
      let kept = try await browser.post(
        "\(measure)/column",
        ["pasted": values.map(String.init).joined(separator: "\n"), "first": first, "act": "keep"])
      #expect(kept.status == 303)
    }

    /// Two months later: the values after the change, and what the team made of them.
    func studied(_ after: [Int] = ProjectTrialTests.after) async throws {
      world.pass(.days(61))
      try await paste(after, from: "2026-11-30")
      let browser = try await browser
      _ = try await browser.get(cycle)
      let answer = try await browser.post(
        "\(cycle)/study", ["did": "The office called every family.", "studied": "Fewer were late from week one on."])
      #expect(answer.status == 303)
    }
  }

  static let before = [40, 42, 41, 39, 40, 42, 41, 39]
  static let after = [25, 27, 26, 24, 25, 27, 26, 24]
  static let story = "We called by nine. Two families asked us to stop, and we did."

  static func begun(_ engine: Engine = .sqlite, before: [Int] = before, hasIdea: Bool = true) async throws -> Begun {
    let world = try await TestWorld(engine)
    let browser = try await world.browser(as: .educator)
    let idea = try #require(try await IdeaTests.share(browser).location)
    let (_, project) = try await ProjectTests.begun(world, visibility: "league")
    let outline = "Families know\n  The office calls\n    A call by nine" + (hasIdea ? " \(idea)" : "")
    #expect(try await browser.post("\(project)/drivers", all: [("outline", outline), ("basis", "")]).status == 303)
    let id = String(project.dropFirst("/projects/".count))
    let column = try #require(
      try await browser.post(
        "/measures",
        [
          "name": "Late to first period", "kind": "count", "better": "lower", "who": "All 118 ninth-graders",
          "what": "Late arrivals", "how": "Fridays, from the office's log", "role": "outcome", "schedule": "week",
          "rules": "anhoej", "project": id, "submission": "m1",
        ]
      ).location)
    let measure = String(column.dropLast("/column".count))
    let early = Begun(world: world, idea: idea, project: project, measure: measure, cycle: "")
    if !before.isEmpty { try await early.paste(before, from: "2026-09-28") }
    _ = try await browser.get("\(project)/cycles/new")
    let planned = try await browser.post(
      "\(project)/cycles",
      all: [
        ("question", "Does a call home help?"), ("starts", "2026-11-30"), ("study", "2027-01-22"),
        ("measure", String(measure.dropFirst("/measures/".count))),
        ("idea", hasIdea ? String(idea.dropFirst("/ideas/".count)) : ""), ("direction", "better"), ("size", "5"),
        ("probability", "70"), ("submission", "c1"),
      ])
    #expect(planned.status == 303, "\(planned.text.prefix(2000))")
    let page = try await browser.get(project).text
    let match = try #require(page.firstMatch(of: /\/projects\/[^"\/]+\/cycles\/(id-[0-9]+)/))
    return Begun(
      world: world, idea: idea, project: project, measure: measure, cycle: "\(project)/cycles/\(match.1)")
  }

  private static func fields(_ begun: Begun, _ changed: [String: String] = [:]) -> [(String, String)] {
    [
      ("idea", changed["idea"] ?? String(begun.idea.dropFirst("/ideas/".count))),
      ("students", changed["students"] ?? "118"), ("happened", changed["happened"] ?? story),
    ]
  }

  /// Mean 40.5 of 118 to 25.5 of 118: log odds -0.6490 to -1.2886, difference times √3/π = -0.3526; lower is better.
  @Test(arguments: Engine.available) func aCycleBecomesATrialWithItsClaimCompiled(engine: Engine) async throws {
    let begun = try await Self.begun(engine)
    let early = try await begun.browser.get("\(begun.cycle)/trial").text
    #expect(early.contains("has no value between the beginning") && early.contains("has not been studied yet"))
    try await begun.studied()
    let browser = try await begun.browser
    #expect(try await browser.get(begun.cycle).text.contains("Share this cycle as a trial"))
    let proposal = try await browser.get("\(begun.cycle)/trial").text
    #expect(proposal.contains("It worked here."))
    #expect(proposal.contains("It counts as registered on 24 Nov 2026, when the prediction was made"))
    #expect(proposal.contains("Fewer were late from week one on."))
    #expect(proposal.contains("it has no place on the scale of the others"))
    let shared = try await browser.post("\(begun.cycle)/trial", all: Self.fields(begun))
    let trial = try #require(shared.location)
    #expect(trial.hasPrefix("/trials/"))
    let page = try await Browser(begun.world.site).get(trial).text
    #expect(page.contains("It worked here.") && page.contains("League series claim, version 1"))
    #expect(page.contains("Late to first period fell from 40.5 a week to 25.5 on average (8 weeks before, 8 after)."))
    #expect(page.contains("registered 24 Nov 2026") && page.contains("published as a trial on 24 Jan 2027"))
    #expect(page.contains("better, 70 % sure"))
    #expect(!page.contains("As a table"), "single values stay with members")
    #expect(try await browser.get(trial).text.contains("As a table"))
    #expect(try await Browser(begun.world.site).get(begun.idea).text.contains("One school tried it."))
    #expect(
      try await Browser(begun.world.site).get("\(begun.idea)/evidence").text.contains("One school: +0.35"))
    #expect(try await browser.get(begun.cycle).text.contains("href=\"\(trial)\""))
  }

  /// Whoever saw the claim and does not tell is counted: else only what went well would be shared.
  @Test(arguments: Engine.available) func aCycleThatIsNeverSharedCountsAsUnreported(engine: Engine) async throws {
    let begun = try await Self.begun(engine)
    try await begun.studied()
    let said = "1 cycle of projects that was never shared as a trial"
    #expect(!(try await Browser(begun.world.site).get(begun.idea).text.contains(said)))
    begun.world.pass(.days(40))
    #expect(try await Browser(begun.world.site).get(begun.idea).text.contains(said))
    let browser = try await begun.browser
    _ = try await browser.get("\(begun.cycle)/trial")
    #expect(try await browser.post("\(begun.cycle)/trial", all: Self.fields(begun)).status == 303)
    begun.world.pass(.days(1))
    #expect(!(try await Browser(begun.world.site).get(begun.idea).text.contains(said)))
  }

  @Test(arguments: Engine.available) func itIsSharedOnceHoweverOftenItIsSent(engine: Engine) async throws {
    let begun = try await Self.begun(engine)
    try await begun.studied()
    let browser = try await begun.browser
    _ = try await browser.get("\(begun.cycle)/trial")
    let first = try await browser.post("\(begun.cycle)/trial", all: Self.fields(begun)).location
    let second = try await browser.post("\(begun.cycle)/trial", all: Self.fields(begun)).location
    #expect(first != nil && first == second)
    #expect(try await browser.get("\(begun.cycle)/trial").location == first)
    let count = try await begun.world.site.database.read { db in
      try db.value("n", "SELECT COUNT(*) AS n FROM trial", as: Int.self)
    }
    #expect(count == 1)
  }

  @Test func noFieldTakesAVerdictAndNoFactMakesOneBetter() async throws {
    let begun = try await Self.begun()
    try await begun.studied(Self.before)
    let browser = try await begun.browser
    let form = try await browser.get("\(begun.cycle)/trial").text
    #expect(form.firstMatch(of: /name="(?:verdict|claim|worked|effect|finding)"/) == nil)
    #expect(form.contains("It did not work here."))
    let look = try await browser.post(
      "\(begun.cycle)/trial",
      all: Self.fields(begun) + [("verdict", "worked"), ("act", "look"), ("chosen_at_worst", "on")])
    #expect(look.status == 200 && look.text.contains("It did not work here.") && look.text.contains(Self.story))
    let shared = try await browser.post("\(begun.cycle)/trial", all: Self.fields(begun) + [("verdict", "worked")])
    #expect(try await browser.get(try #require(shared.location)).text.contains("It did not work here."))
  }

  @Test func moreCountedThanThereAreStudentsIsRefusedWithTheWordsKept() async throws {
    let begun = try await Self.begun()
    try await begun.studied()
    let browser = try await begun.browser
    _ = try await browser.get("\(begun.cycle)/trial")
    let refused = try await browser.post("\(begun.cycle)/trial", all: Self.fields(begun, ["students": "41"]))
    #expect(refused.status == 422 && refused.text.contains("must be 42 or more") && refused.text.contains(Self.story))
    let silent = try await browser.post("\(begun.cycle)/trial", all: Self.fields(begun, ["happened": ""]))
    #expect(silent.status == 422 && silent.text.contains("Tell what happened"))
  }

  @Test(arguments: Engine.available) func twoValuesBeforeGiveNumbersAndNoClaim(engine: Engine) async throws {
    let begun = try await Self.begun(engine, before: [41, 40])
    try await begun.studied()
    let browser = try await begun.browser
    let page = try await browser.get("\(begun.cycle)/trial").text
    #expect(page.contains("Too early to say.") && page.contains("2 values before the change cannot show"))
    let shared = try await browser.post("\(begun.cycle)/trial", all: Self.fields(begun))
    let explained = try await browser.get("\(begun.idea)/evidence").text
    #expect(shared.status == 303 && explained.contains("No school has reported data yet."))
  }

  /// A cycle planned over values that stand already is told after its data, and is no evidence.
  @Test func whatWasPlannedAfterItsDataIsExperience() async throws {
    let begun = try await Self.begun(before: Self.before + [30, 29])
    try await begun.world.site.database.write { db in
      try db.run("UPDATE cycle SET after_data = 1 WHERE id = \(String(begun.cycle.split(separator: "/")[3]))")
    }
    try await begun.studied()
    let browser = try await begun.browser
    let page = try await browser.get("\(begun.cycle)/trial").text
    #expect(page.contains("Experience, not measured") && page.contains("told after its data"))
    let shared = try await browser.post("\(begun.cycle)/trial", all: Self.fields(begun))
    let trial = try await browser.get(try #require(shared.location)).text
    #expect(trial.contains("registered after the data"))
  }

  @Test func onlyTheTeamSharesAndHiddenLooksMissing() async throws {
    let begun = try await Self.begun()
    try await begun.studied()
    let other = try await begun.world.browser(as: .otherEducator)
    #expect(try await other.get("\(begun.cycle)/trial").status == 403)
    #expect(try await other.post("\(begun.cycle)/trial", all: Self.fields(begun)).status == 403)
    #expect(try await begun.browser.get("\(begun.project)/cycles/none/trial").status == 404)
  }

  @Test func withoutAnIdeaItSaysWhereToLinkOne() async throws {
    let begun = try await Self.begun(hasIdea: false)
    try await begun.studied()
    let browser = try await begun.browser
    let page = try await browser.get("\(begun.cycle)/trial").text
    #expect(page.contains("No idea of the library is linked") && page.contains("href=\"\(begun.project)/drivers\""))
    #expect(try await browser.post("\(begun.cycle)/trial", all: Self.fields(begun)).status == 422)
  }

  @Test(arguments: Engine.available) func aCorrectionReadsTheMeasureAgainAndKeepsTheOldFigures(engine: Engine)
    async throws
  {
    let begun = try await Self.begun(engine)
    try await begun.studied()
    let browser = try await begun.browser
    _ = try await browser.get("\(begun.cycle)/trial")
    let trial = try #require(try await browser.post("\(begun.cycle)/trial", all: Self.fields(begun)).location)
    let value = try await begun.world.site.database.read { db in
      try db.value("id", "SELECT id FROM measure_value WHERE period = '2026-11-30'", as: String.self)
    }
    _ = try await browser.post(
      "\(begun.measure)/values/\(try #require(value))/correction", ["value": "41", "why": "Two rooms were left out"])
    #expect(try await browser.get(trial).text.contains("to 25.5 on average"), "what was shared stands")
    let form = try await browser.get("\(trial)/report").text
    #expect(form.contains("The figures are read from the project") && !form.contains("before_x"))
    let corrected = try await browser.post(
      "\(trial)/report",
      all: [
        ("shape", "counts"), ("basis", "1"), ("students", "118"), ("happened", Self.story),
        ("why", "A value of the measure was corrected."),
      ])
    #expect(corrected.status == 303, "\(corrected.text.prefix(3000))")
    let page = try await browser.get(trial).text
    #expect(page.contains("to 27.5 on average") && page.contains("to 25.5 on average"))
    #expect(page.contains("A value of the measure was corrected."))
  }

  /// As long as the trial stands, neither its prediction nor its lock can be taken away, whatever speaks SQL.
  @Test(arguments: Engine.available) func theSchemaItselfHoldsTheOriginOfATrial(engine: Engine) async throws {
    let begun = try await Self.begun(engine)
    try await begun.studied()
    let browser = try await begun.browser
    _ = try await browser.get("\(begun.cycle)/trial")
    _ = try await browser.post("\(begun.cycle)/trial", all: Self.fields(begun))
    let attempts: [SQL] = [
      "DELETE FROM cycle_lock", "UPDATE cycle_prediction SET probability = 95",
      "UPDATE cycle SET prediction = 2", "DELETE FROM trial_report",
      "UPDATE trial_origin SET cycle_id = 'another'", "UPDATE trial_series_value SET report = 2",
    ]
    for attempt in attempts {
      await #expect(throws: DatabaseError.self) {
        try await begun.world.site.database.write { db in _ = try db.run(attempt) }
      }
    }
  }

  /// A rule that changes compiles each trial by its own kind of rule again, and leaves what is current alone.
  @Test func aNewRuleCompilesASeriesByTheSeriesRule() async throws {
    let begun = try await Self.begun()
    try await begun.studied()
    let browser = try await begun.browser
    _ = try await browser.get("\(begun.cycle)/trial")
    let trial = try #require(try await browser.post("\(begun.cycle)/trial", all: Self.fields(begun)).location)
    let today = LeagueZone.newYork.date(of: begun.world.now)
    let now = begun.world.now
    func recompiled() async throws -> Int {
      try await begun.world.site.database.write { db in try EvidenceStore(db: db).recompile(now: now, today: today) }
    }
    #expect(try await recompiled() == 0)
    try await begun.world.site.database.write { db in
      try db.run("UPDATE trial SET rule = 'League series claim, version 0', verdict = 'mixed'")
    }
    #expect(try await recompiled() == 1)
    #expect(try await browser.get(trial).text.contains("League series claim, version 1"))
    #expect(try await browser.get(trial).text.contains("It worked here."))
  }
}
