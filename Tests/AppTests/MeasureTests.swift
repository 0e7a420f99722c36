import Foundation
import HTTPTypes
import Statistics
import Storage
import TestDatabase
import Testing

@testable import App

/// Measures through the browser, on both engines.
struct MeasureTests {
  /// A measure of the Ashuelot school, begun by its educator; gives its path.
  static func begun(_ world: TestWorld, _ browser: Browser, shared: Bool = false) async throws -> String {
    var fields = Fields([
      "name": "On time to first class", "kind": "share", "better": "higher", "who": "All ninth-graders",
      "what": "In the room when the bell rings", "how": "Fridays, from the door list", "role": "outcome",
      "schedule": "week", "rules": "anhoej", "submission": world.site.newID(),
    ])
    if shared { fields.add("shared", "on") }
    fields.add("token", browser.token)
    let answer = try await browser.send(.post, "/measures", body: fields.encoded)
    #expect(answer.status == 303)
    let path = try #require(answer.location)
    #expect(path.hasSuffix("/column"))
    return String(path.dropLast("/column".count))
  }

  private static func enter(_ value: String, as asker: Asker, _ path: String, _ world: TestWorld) async throws -> Int {
    try await world.browser(as: asker).post("\(path)/values", ["value": value]).status
  }

  private static let twelve = "60%\n62%\n58%\n61%\n59%\n63%\n80%\n81%\n82%\n83%\n84%\n85%"

  @Test(arguments: Engine.available) func twelvePastedPointsBecomeAChart(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let browser = try await world.browser(as: .educator)
    let path = try await Self.begun(world, browser)
    let dry = try await browser.post("\(path)/column", ["pasted": Self.twelve, "act": "check"])
    #expect(dry.text.contains("12 lines can be kept, 0 lines cannot."))
    #expect(try await browser.get(path).text.contains("Nothing has been measured yet."))
    let kept = try await browser.post("\(path)/column", ["pasted": Self.twelve, "act": "keep"])
    #expect(kept.status == 303 && kept.location?.hasPrefix(path) == true)
    let page = try await browser.get(path).text
    #expect(page.contains("<svg"))
    #expect(page.contains("Read by the Anhøj rules, version 1, on a run chart"))
    #expect(page.contains("in place of the p chart"))
  }

  @Test(arguments: Engine.available) func aProjectsPageShowsWhatItsMeasuresSay(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (browser, other) = (try await world.browser(as: .educator), try await world.browser(as: .lead))
    let id = Project.ID("pr")
    try await world.site.database.write { db in
      try db.run(
        """
        INSERT INTO project (id, school_id, title, aim, aim_measure, visibility, state, created_at, created_by, changed_at, submission)
        VALUES (\(id), \(TestWorld.ashuelot), 'On time', 'Everybody on time', 'Late to first period, each week', 'team', 'active', \(world.now),
          'person-educator', \(world.now), 'one')
        """)
      try ProjectStore(db: db).put(world.person(.educator), .lead, on: id, now: world.now)
    }
    #expect(try await browser.get("/projects/pr").text.contains("Nothing is measured yet"))
    let form = try await browser.get("/measures/new?project=pr").text
    #expect(form.contains("name=\"project\" value=\"pr\""))
    // What the team said it would count, it need not type again.
    #expect(form.contains("name=\"name\" type=\"text\" value=\"Late to first period, each week\""))
    #expect(try await other.get("/measures/new?project=pr").status == 404)
    let answer = try await browser.post(
      "/measures",
      [
        "name": "On time", "kind": "count", "better": "lower", "who": "All classes", "what": "Late arrivals",
        "how": "Fridays", "role": "outcome", "schedule": "week", "rules": "anhoej", "project": "pr",
      ])
    let path = String(try #require(answer.location).dropLast("/column".count))
    _ = try await browser.post("\(path)/column", ["pasted": "7\n8\n6\n7", "first": "2026-09-07", "act": "keep"])
    // The first value after a cycle's start locks what was predicted.
    let measure = String(path.dropFirst("/measures/".count))
    try await world.site.database.write { db in
      try db.run(
        """
        INSERT INTO cycle (id, project_id, number, measure_id, question, starts_on, study_on, prediction, stage,
          created_at, created_by, submission)
        VALUES ('c1', 'pr', 1, \(measure), 'Does a greeting help?', '2026-11-17', '2026-12-01', 1, 'plan', 0,
          'person-educator', 'c1')
        """)
      try db.run(
        """
        INSERT INTO cycle_prediction (cycle_id, number, at, by_id, direction, size, probability)
        VALUES ('c1', 1, 0, 'person-educator', 'better', 1, 70)
        """)
    }
    func locks() async throws -> Int? {
      try await world.site.database.read { db in try db.value("n", "SELECT COUNT(*) AS n FROM cycle_lock") }
    }
    _ = try await browser.post("\(path)/values", ["value": "5", "period": "2026-10-20"])
    #expect(try await locks() == 0)
    _ = try await browser.post("\(path)/values", ["value": "4"])
    #expect(try await locks() == 1)
    #expect(try await browser.get(path).text.contains("Cycle 1: Does a greeting help?"))
    let page = try await browser.get("/projects/pr").text
    #expect(!(try await browser.get("/measures/new?project=pr").text.contains("Late to first period, each week")))
    #expect(page.contains("What the measures say") && page.contains("class=\"small\""))
    #expect(page.contains("weeks off the mean only a large change could show"))
    // A measure of a team's own project is the team's own.
    #expect(try await other.get(path).status == 404)
    #expect(try await other.get("/measures").text.contains("Nothing is measured yet"))
  }

  @Test(arguments: Engine.available) func oneValueIsOneFieldAndOneButton(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let browser = try await world.browser(as: .educator)
    let path = try await Self.begun(world, browser)
    #expect(try await browser.post("\(path)/values", ["value": "23/25"]).status == 303)
    #expect(try await browser.get(path).text.contains("23 of 25 (92 %)"))
    let refused = try await browser.post("\(path)/values", ["value": "2025"])
    #expect(refused.status == 422)
    #expect(refused.text.contains("2025 cannot be a share: it looks like a year."))
    #expect(refused.text.contains("value=\"2025\""))
    #expect(try await browser.post("\(path)/values", ["value": "9/10", "period": "2030-01-01"]).status == 422)
  }

  @Test(arguments: Engine.available) func twoValuesForOneWeekAreBothKept(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let first = try await world.browser(as: .educator)
    let path = try await Self.begun(world, first)
    async let one = Self.enter("20/25", as: .educator, path, world)
    async let two = Self.enter("21/25", as: .lead, path, world)
    #expect(try await [one, two] == [303, 303])
    let page = try await first.get(path).text
    #expect(page.contains("Two values for 23 Nov 2026."))
    #expect(page.contains("20 of 25 (80 %)") && page.contains("21 of 25 (84 %)"))
    // The same value again is no third one.
    #expect(try await first.post("\(path)/values", ["value": "20/25"]).status == 303)
    let rows = try await world.site.database.read { db in
      try db.rows("SELECT id, x FROM measure_value WHERE state <> 'replaced' ORDER BY x")
    }
    #expect(rows.count == 2)
    let chosen = try rows[1].read("id", as: String.self)
    let all = try rows.map { try $0.read("id", as: String.self) }.joined(separator: " ")
    #expect(
      try await first.post("\(path)/settlement", ["keep-2026-11-23": chosen, "shown": all]).status == 303)
    let after = try await first.get(path).text
    #expect(!after.contains("Two values for"))
    #expect(after.contains("replaced by Dana Educator"))
    let current = try await world.site.database.read { db in
      try db.rows("SELECT x FROM measure_value WHERE state = 'current'").map { try $0.read("x", as: Double.self) }
    }
    #expect(current == [21])
  }

  @Test(arguments: Engine.available) func aCorrectionKeepsTheOldValue(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let browser = try await world.browser(as: .educator)
    let path = try await Self.begun(world, browser)
    _ = try await browser.post("\(path)/values", ["value": "20/25"])
    let id = try await world.site.database.read { db in
      try db.value("id", "SELECT id FROM measure_value", as: String.self)
    }
    let correction = "\(path)/values/\(try #require(id))/correction"
    #expect(try await browser.post(correction, ["value": "22/25", "why": ""]).status == 422)
    #expect(try await browser.post(correction, ["value": "22/25", "why": "Two were on the bus"]).status == 303)
    let page = try await browser.get(path).text
    #expect(page.contains("22 of 25 (88 %)"))
    #expect(page.contains("<del>20 of 25 (80 %)</del> 22 of 25 (88 %)"))
    #expect(page.contains("replaced by Dana Educator, 24 Nov 2026: Two were on the bus"))
    #expect(try await browser.get(correction).status == 404)
  }

  @Test(arguments: Engine.available) func aLinkEntersAndDoesNothingElse(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (browser, colleague) = (try await world.browser(as: .educator), Browser(world.site))
    let path = try await Self.begun(world, browser)
    let made = try await browser.post("\(path)/links", ["holder": "Ms Roy"])
    let token = try #require(made.text.firstMatch(of: /\/enter\/([0-9a-z]{52})/)?.output.1)
    let stored = try await world.site.database.read { db in
      try db.value("digest", "SELECT digest FROM entry_link", as: String.self)
    }
    #expect(stored != String(token) && stored?.count == 64)
    let shown = try await colleague.get("/enter/\(token)")
    #expect(shown.status == 200 && shown.text.contains("name=\"value\""))
    let before = try await world.site.database.read { db in
      try db.value("n", "SELECT COUNT(*) AS n FROM measure_value", as: Int.self)
    }
    #expect(before == 0)
    // Opened, written, sent: one form, whose one empty field is the value.
    #expect(shown.text.matches(of: /<form[^>]*method="post"/).count == 1)
    let main = try #require(shown.text.range(of: "<main")).lowerBound
    #expect(shown.text[main...].matches(of: /<input[^>]*value=""/).count == 1)
    let refused = try await colleague.post("/enter/\(token)", ["value": "2025"])
    #expect(refused.status == 422 && refused.text.contains("2025 cannot be a share: it looks like a year."))
    for typed in ["92%", "0,92"] {
      #expect(try await colleague.post("/enter/\(token)", ["value": typed]).text.contains("Saved: 92 %"))
    }
    #expect(try await colleague.get(path).status == 303)
    #expect(try await browser.get(path).text.contains("Ms Roy"))
    let link = try await world.site.database.read { db in
      try db.value("id", "SELECT id FROM entry_link", as: String.self)
    }
    _ = try await browser.post("\(path)/links/\(try #require(link))/end")
    let ended = try await colleague.get("/enter/\(token)")
    #expect(ended.status == 410 && ended.text.contains("Ask whoever gave you the link for a new one."))
    let late = try await colleague.post("/enter/\(token)", ["value": "50%"])
    #expect(late.status == 410 && late.text.contains("“50%” was not saved.") && !late.text.contains("first class"))
    #expect(try await colleague.get("/enter/\(token.dropLast())x").status == 404)
  }

  @Test func aLinkExpiresAndIsLimited() async throws {
    let world = try await TestWorld()
    let (browser, colleague) = (try await world.browser(as: .educator), Browser(world.site))
    let path = try await Self.begun(world, browser)
    let made = try await browser.post("\(path)/links", ["holder": "Ms Roy"])
    let token = try #require(made.text.firstMatch(of: /\/enter\/([0-9a-z]{52})/)?.output.1)
    var statuses: Set<Int> = []
    for _ in 0..<31 { statuses.insert(try await colleague.post("/enter/\(token)", ["value": "92%"]).status) }
    #expect(statuses == [200, 429])
    world.pass(EntryLink.lifetime)
    #expect(try await colleague.get("/enter/\(token)").status == 410)
  }

  @Test(arguments: Engine.available) func aReminderComesOnceAWeekWithItsForm(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let browser = try await world.browser(as: .educator)
    let path = try await Self.begun(world, browser)
    _ = try await browser.post("\(path)/values", ["value": "20/25"])
    func letters() async throws -> [String] {
      try await MeasureReminders(site: world.site).send()
      return try await world.site.database.read { db in
        try db.rows("SELECT body FROM mail ORDER BY created_at, id").map { try $0.read("body", as: String.self) }
      }
    }
    #expect(try await letters().isEmpty)
    world.pass(.days(15))
    #expect(try await letters().count == 1)
    world.pass(.days(6))
    #expect(try await letters().count == 1)
    world.pass(.days(1))
    let bodies = try await letters()
    #expect(bodies.count == 2)
    let tokens = bodies.compactMap { $0.firstMatch(of: /\/enter\/([0-9a-z]{52})/).map { String($0.output.1) } }
    #expect(tokens.count == 2)
    let reader = Browser(world.site)
    #expect(try await reader.get("/enter/\(tokens[0])").status == 410)
    #expect(try await reader.post("/enter/\(tokens[1])", ["value": "23/25"]).text.contains("Saved: 23 of 25"))
    world.pass(.days(7))
    #expect(try await letters().count == 2)
    // No door is mailed to whom all doors are closed.
    try await world.site.database.write { [now = world.now] db in try db.run("UPDATE person SET suspended_at = \(now)")
    }
    world.pass(.days(8))
    #expect(try await letters().count == 2)
    try await world.site.database.write { db in try db.run("UPDATE person SET suspended_at = NULL") }
    #expect(try await letters().count == 3)
  }

  /// 300 schools with 340 points each: the network's page reads what was compiled on save, never the points.
  @Test(arguments: Engine.available) func aDefinitionWithValuesCannotBeAltered(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let browser = try await world.browser(as: .educator)
    let path = try await Self.begun(world, browser)
    _ = try await browser.post("\(path)/values", ["value": "20/25"])
    for column in ["who", "what", "how", "better", "baseline_until"] {
      await #expect(throws: DatabaseError.self) {
        try await world.site.database.write { db in
          try db.run("UPDATE measure_definition SET \(SQL.name(column)) = 'lower'")
        }
      }
    }
    await #expect(throws: DatabaseError.self) {
      try await world.site.database.write { db in try db.run("DELETE FROM measure_lock") }
    }
    let amendment: KeyValuePairs = [
      "basis": "1", "better": "higher", "who": "All tenth-graders", "what": "In the room when the bell rings",
      "how": "Fridays, from the door list", "rules": "anhoej", "why": "The team moved up a grade",
    ]
    #expect(try await browser.post("\(path)/amendment", amendment).status == 303)
    let page = try await browser.get(path).text
    #expect(page.contains("All tenth-graders") && page.contains("All ninth-graders"))
    #expect(page.contains("The team moved up a grade"))
  }

  @Test(arguments: Engine.available) func othersSeeOnlyWhatIsShared(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (own, other) = (try await world.browser(as: .educator), try await world.browser(as: .otherEducator))
    let hidden = try await Self.begun(world, own)
    let shared = try await Self.begun(world, own, shared: true)
    _ = try await own.post("\(shared)/column", ["pasted": Self.twelve, "act": "keep"])
    #expect(try await other.get(hidden).status == 404)
    let seen = try await other.get(shared)
    #expect(seen.status == 200 && !seen.text.contains("name=\"value\""))
    #expect(try await other.post("\(shared)/values", ["value": "1/2"]).status == 404)
    #expect(try await other.post("\(shared)/links", ["holder": "Me, please"]).status == 404)
    #expect(try await other.get("\(hidden)/values.csv").status == 404)
    let csv = try await other.get("\(shared)/values.csv").text
    #expect(csv.contains("0.85") && !csv.contains("Dana"))
    let network = try await other.get("/measures/network?name=on%20time%20to%20first%20class").text
    #expect(network.contains("Ashuelot Valley Regional") && network.contains("nobody is ranked"))
  }

  /// A measure may be open to all while its project is the team's own: no word of the project is seen at it.
  @Test(arguments: Engine.available) func aSharedMeasureShowsNoCycleOfAHiddenProject(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (own, project) = try await ProjectTests.begun(world, visibility: "team")
    _ = try await ProjectTests.planned(own, project)
    _ = try await own.get("/measures/new")
    let answer = try await own.post(
      "/measures",
      [
        "name": "On time", "kind": "count", "better": "lower", "who": "All classes", "what": "Late arrivals",
        "how": "Fridays", "role": "outcome", "schedule": "week", "rules": "anhoej", "shared": "on",
        "project": String(project.dropFirst("/projects/".count)),
      ])
    let path = String(try #require(answer.location).dropLast("/column".count))
    _ = try await own.post("\(path)/column", ["pasted": "7\n8\n6\n7", "act": "keep"])
    let mine = try await own.get(path).text
    #expect(mine.contains("Does a call home help?") && mine.contains("href=\"\(project)\""))
    for stranger in [Asker.lead, .otherEducator, .office] {
      let browser = try await world.browser(as: stranger)
      #expect(try await browser.get(project).status == 404)
      let seen = try await browser.get(path)
      #expect(seen.status == 200 && !seen.text.contains("call home") && !seen.text.contains(project), "\(stranger)")
    }
  }

  /// A refused value comes back with its day: corrected, it would else be kept for another week.
  @Test func aRefusedValueKeepsItsDay() async throws {
    let world = try await TestWorld()
    let own = try await world.browser(as: .educator)
    let path = try await Self.begun(world, own)
    let refused = try await own.post("\(path)/values", ["value": "2025", "period": "2026-10-07"])
    #expect(refused.status == 422 && refused.text.contains("value=\"2026-10-07\""))
    _ = try await own.post("\(path)/links", ["holder": "Ms Roy"])
    let made = try await own.post("\(path)/links", ["holder": "Mr Roy"]).text
    let link = try #require(made.firstMatch(of: /\/enter\/[a-z0-9]+/)).output
    let answer = try await Browser(world.site).post(String(link), ["value": "2025", "period": "2026-10-07"])
    #expect(answer.status == 422 && answer.text.contains("value=\"2026-10-07\""))
  }

  /// The page's sentence and every signal are what `league statistics chart` prints for the downloaded file.
  @Test func theChartSaysWhatTheCommandLineSays() async throws {
    let world = try await TestWorld()
    let browser = try await world.browser(as: .educator)
    let path = try await Self.begun(world, browser)
    let counts = [18, 17, 19, 18, 16, 18, 17, 19, 18, 17, 18, 19, 18, 25]
    let pasted = counts.map { "\($0)/25" }.joined(separator: "\n")
    _ = try await browser.post("\(path)/column", ["pasted": pasted, "act": "keep"])
    func sentences() async throws -> (page: String, command: String) {
      let id = Measure.ID(String(path.dropFirst("/measures/".count)))
      let chart = try await world.site.database.read { db in
        MeasureChart(
          try #require(try MeasureStore(db: db).findAny(id)), try MeasureValueStore(db: db).current(of: id), [])
      }
      let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).csv")
      defer { try? FileManager.default.removeItem(at: file) }
      let all = try await browser.get("\(path)/values.csv").text
      let current = all.split(separator: "\r\n").filter { !$0.contains(",replaced,") }
      try Data(current.joined(separator: "\r\n").utf8).write(to: file)
      var request = ChartRequest()
      (request.value, request.size, request.kind, request.unit) = ("count", "n", .proportion, "week")
      request.date = "date"
      let plot = try request.plot(ColumnFile(file))
      let own = try #require(chart.plot)
      #expect(own.rules.signals(in: own.chart) == plot.rules.signals(in: plot.chart))
      #expect(own.chart == plot.chart)
      #expect(try await browser.get(path).text.contains(chart.sentence))
      func sentence(_ labels: [String]) -> String {
        ChartSentence(plot.chart, rules: plot.rules, unit: plot.unit, labels: labels).text
      }
      #expect(chart.sentence == sentence(own.labels))
      #expect(
        plot.report.hasPrefix(sentence(plot.labels)), "the two differ in how a date is written, and in nothing else")
      return (chart.sentence, plot.report)
    }
    let before = try await sentences()
    // One point moved across a limit changes the sentence.
    let id = try await world.site.database.read { db in
      try db.value("id", "SELECT id FROM measure_value WHERE period = '2026-11-23'", as: String.self)
    }
    _ = try await browser.post(
      "\(path)/values/\(try #require(id))/correction", ["value": "5/25", "why": "Read from the wrong row"])
    let after = try await sentences()
    #expect(after.page != before.page && after.command != before.command)
    #expect(after.page.contains("beyond the limits"))
  }
}
