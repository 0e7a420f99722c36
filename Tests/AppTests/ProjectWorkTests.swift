import Foundation
import Storage
import TestDatabase
import Testing

@testable import App

/// What leads, coaches and liaisons see of projects; remarks at a point; what is found; what hangs on drivers; what is
/// taken along.
struct ProjectWorkTests {
  // MARK: what is stuck

  @Test(arguments: Engine.available) func whoAnswersForAProjectSeesWhatIsStuck(engine: Engine) async throws {
    let begun = try await ProjectTrialTests.begun(engine)
    let world = begun.world
    // Ten weeks on one side of the median, and higher is not wanted: a signal of concern.
    world.pass(.days(75))
    try await begun.paste([55, 56, 57, 55, 56, 57, 55, 56, 57, 58], from: "2026-11-30")
    let team = try await begun.browser.get("/projects/attention").text
    #expect(team.contains("Study cycle 1"))
    #expect(team.contains("Signals of concern") && team.contains("Late to first period: "))
    let lead = try await world.browser(as: .lead).get("/projects/attention").text
    #expect(lead.contains("Study cycle 1") && lead.contains("the schools that you lead"))
    let liaison = try await world.browser(as: .liaison).get("/projects/attention").text
    #expect(liaison.contains("Study cycle 1") && liaison.contains("the schools of New Hampshire"))
    #expect(try await world.browser(as: .otherLead).get("/projects/attention").text.contains("Nothing is stuck"))
    let list = try await world.browser(as: .lead).get("/projects?view=answered").text
    #expect(list.contains("href=\"\(begun.project)\"") && list.contains("Of my schools"))
    #expect(!(try await begun.browser.get("/projects").text.contains("Of my schools")))
    world.pass(.days(40))
    let later = try await begun.browser.get("/projects/attention").text
    #expect(later.contains("no value since 1 Feb 2027"))
  }

  /// What was found stays found, whatever is called better afterwards; what was written down after its data is no
  /// prediction anywhere, and moves no progress.
  @Test(arguments: Engine.available) func resultsStayWhatTheyWere(engine: Engine) async throws {
    let begun = try await ProjectTrialTests.begun(engine)
    try await begun.studied()
    let browser = try await begun.browser
    _ = try await browser.post(
      "\(begun.cycle)/act", ["decision": "adopt", "reason": "Fewer were late from week one on."])
    let before = try await browser.get(begun.project).text
    #expect(before.contains("What happened: better") && before.contains("as predicted."))
    _ = try await browser.get("\(begun.measure)/amendment")
    let amended = try await browser.post(
      "\(begun.measure)/amendment",
      [
        "basis": "1", "better": "higher", "who": "All 118 ninth-graders", "what": "Arrivals on time",
        "how": "Fridays, from the office's log", "rules": "anhoej", "why": "We turned it round",
      ])
    #expect(amended.status == 303)
    let after = try await browser.get(begun.project).text
    #expect(after.contains("What happened: better") && !after.contains("not as predicted"))
    #expect(try await browser.get(begun.measure).text.contains("log. Less is better"))

    _ = try await browser.get("\(begun.project)/cycles/new")
    let late = try await browser.post(
      "\(begun.project)/cycles",
      all: [
        ("question", "Did it help, looking back?"), ("starts", "2026-12-07"), ("study", "2027-01-22"),
        ("measure", String(begun.measure.dropFirst("/measures/".count))), ("direction", "better"), ("size", "1"),
        ("probability", "95"), ("submission", "c2"),
      ])
    #expect(late.status == 303)
    let list = try await browser.get(begun.project).text
    #expect(list.contains("Written after the data: better, 95 in 100 sure"))
    #expect(try await browser.get("\(begun.project)/print").text.contains("Written after the data"))
    #expect(list.contains("2.5 of 5"), "one cycle closed, as before")
  }

  /// Two cycles over the same weeks of one measure are one finding.
  @Test func cyclesOverTheSameWeeksCountOnce() throws {
    let fell = try #require(
      CycleResult(
        before: [40, 41, 42], after: [20, 21, 22], since: Array(repeating: 20, count: 20), better: -1, size: 5))
    let same = (1...2).map { ProjectSamples.cycle($0, .closed, result: fell, probability: 70, measure: "m1") }
    #expect(ProjectProgress(same, ProjectSamples.project).halves == 5)
    var late = same[0]
    late.isAfterData = true
    #expect(ProjectProgress([late], ProjectSamples.project).halves == 1)
  }

  @Test(arguments: Engine.available) func dataThatNobodyStudiesIsSaid(engine: Engine) async throws {
    let begun = try await ProjectTrialTests.begun(engine)
    try await begun.studied()
    let browser = try await begun.browser
    let closed = try await browser.post(
      "\(begun.cycle)/act", ["decision": "adopt", "reason": "Fewer were late from week one on."])
    #expect(closed.status == 303)
    #expect(!(try await browser.get("/projects/attention").text.contains("that no cycle studies")))
    begun.world.pass(.days(70))
    try await begun.paste([25, 24, 26, 25, 24, 25, 26, 25, 24], from: "2027-01-25")
    let page = try await begun.browser.get("/projects/attention").text
    #expect(page.contains("Late to first period: 9 values that no cycle studies"))
  }

  @Test(arguments: Engine.available) func aLiaisonSeesWhatIsOpenToTheSchoolsOfTheStateAndNoTeamsOwn(engine: Engine)
    async throws
  {
    let world = try await TestWorld(engine)
    let (browser, path) = try await ProjectTests.begun(world, visibility: "school")
    let liaison = try await world.browser(as: .liaison)
    #expect(try await liaison.get(path).status == 200)
    #expect(try await liaison.get("\(path)/edit").status == 403)
    _ = try await browser.post(
      "\(path)/edit",
      all: [
        ("title", "Fewer ninth-graders late"), ("aim", "Halve lateness to first period by May."),
        ("visibility", "team"), ("version", "1"),
      ])
    #expect(try await liaison.get(path).status == 404)
  }

  // MARK: remarks

  @Test(arguments: Engine.available) func whoMaySeeAChartMaySaySomethingAtAPoint(engine: Engine) async throws {
    let begun = try await ProjectTrialTests.begun(engine)
    let other = try await begun.world.browser(as: .otherEducator)
    _ = try await other.get(begun.measure)
    let words = "Was this the week of the storm?"
    let said = try await other.post("\(begun.measure)/remarks", ["point": "2026-10-05", "remark": words])
    #expect(said.status == 303)
    let page = try await begun.browser.get(begun.measure).text
    #expect(page.components(separatedBy: "Dana Othereducator: \(words)").count >= 3, "in the picture and in the table")
    #expect(page.contains("Remark: \(words)"))
    #expect(try await begun.browser.get("/notices").text.contains("says something about a point"))
    let refused = try await other.post("\(begun.measure)/remarks", ["point": "2026-10-05", "remark": "?"])
    #expect(refused.status == 422 && refused.text.contains("What you wrote is still here."))
    _ = try await begun.browser.post(
      "\(begun.project)/edit",
      all: [
        ("title", "Fewer ninth-graders late"), ("aim", "Halve lateness to first period by May."),
        ("measure", "Late a week"), ("visibility", "team"), ("version", "1"),
      ])
    #expect(try await other.post("\(begun.measure)/remarks", ["point": "2026-10-05", "remark": words]).status == 404)
  }

  // MARK: finding

  @Test(arguments: Engine.available) func aProjectOpenToTheLeagueIsFoundByMembersOnly(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (browser, path) = try await ProjectTests.begun(world, visibility: "league")
    let other = try await world.browser(as: .otherEducator)
    #expect(try await other.get("/search?q=lateness").text.contains("href=\"\(path)\""))
    #expect(try await other.get("/search?q=lateness&kind=project").text.contains("href=\"\(path)\""))
    #expect(!(try await world.browser(as: .visitor).get("/search?q=lateness").text.contains(path)))
    _ = try await browser.post("\(path)/decision", ["decision": "abandon", "reason": "The gadwall flew away."])
    #expect(try await other.get("/search?q=gadwall").text.contains("href=\"\(path)\""))
    try await world.site.rebuildSearch { _ in }
    #expect(try await other.get("/search?q=gadwall").text.contains("href=\"\(path)\""))
    _ = try await browser.post(
      "\(path)/edit",
      all: [
        ("title", "Fewer ninth-graders late"), ("aim", "Halve lateness to first period by May."),
        ("visibility", "school"), ("version", "1"),
      ])
    #expect(!(try await other.get("/search?q=lateness").text.contains("href=\"\(path)\"")))
  }

  // MARK: drivers

  @Test(arguments: Engine.available) func anIdeaIsDroppedIntoTheDiagramAndAMeasureHangsOnADriver(engine: Engine)
    async throws
  {
    let begun = try await ProjectTrialTests.begun(engine, hasIdea: false)
    let browser = try await begun.browser
    let page = try await browser.get("\(begun.project)/drivers?idea=conference").text
    #expect(
      page.contains("Put in") && page.contains("A ten-minute conference with every ninth-grader"),
      "\(page.components(separatedBy: "id=\"ideas\"").last?.prefix(1500) ?? "")")
    let driver = try await begun.world.site.database.read { db in
      try db.value("id", "SELECT id FROM driver WHERE kind = 'secondary'", as: String.self)
    }
    let parent = try #require(driver)
    let idea = String(begun.idea.dropFirst("/ideas/".count))
    let dropped = try await browser.post("\(begun.project)/drivers/ideas", ["idea": idea, "parent": parent])
    #expect(dropped.status == 303)
    _ = try await browser.post("\(begun.project)/drivers/ideas", ["idea": idea, "parent": parent])
    let outline = try await browser.get("\(begun.project)/drivers").text
    #expect(outline.components(separatedBy: " /ideas/\(idea)").count == 3, "once in the field, once in its basis")
    let measure = String(begun.measure.dropFirst("/measures/".count))
    let hung = try await browser.post("\(begun.project)/drivers/measures", all: [("on-\(measure)", parent)])
    #expect(hung.status == 303)
    #expect(try await browser.get(begun.project).text.contains("measured by"))
    let basis = try await begun.world.site.database.read { db in
      DriverOutline.text(of: try DriverStore(db: db).all(of: Project.ID(String(begun.project.dropFirst(10)))))
    }
    let kept = try await browser.post(
      "\(begun.project)/drivers", all: [("outline", "Something else"), ("basis", basis)])
    #expect(kept.status == 303)
    #expect(!(try await browser.get(begun.project).text.contains("measured by")))
  }

  @Test func aChangeBecomesAnIdeaWithWhatIsKnownOfItFilledIn() async throws {
    let begun = try await ProjectTrialTests.begun(hasIdea: false)
    let browser = try await begun.browser
    let page = try await browser.get("\(begun.project)/drivers").text
    let link = try #require(page.firstMatch(of: /href="(\/ideas\/new\?title=[^"]+)"/)?.output.1)
    let form = try await browser.get(String(link).replacing("&amp;", with: "&")).text
    #expect(form.contains("value=\"A call by nine\"") && form.contains("Halve lateness to first period by May."))
  }

  // MARK: taking it along

  @Test(arguments: Engine.available) func everythingIsTakenAlong(engine: Engine) async throws {
    let begun = try await ProjectTrialTests.begun(engine)
    let browser = try await begun.browser
    let csv = try await browser.get("\(begun.project)/data.csv").text
    #expect(csv.contains("Late to first period,outcome,,lower,c,2026-09-28,1,40,,,1,current,Dana Educator,"))
    #expect(csv.split(whereSeparator: \.isNewline).count == 9)
    let seen = try await begun.world.browser(as: .otherEducator).get("\(begun.project)/data.csv").text
    #expect(seen.contains("2026-09-28,1,40,,,1,current,,") && !seen.contains("Dana Educator"))
    let json = try await browser.get("\(begun.project)/record.json").text
    let record = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    let measures = try #require(record["measures"] as? [[String: Any]])
    #expect((measures.first?["points"] as? [Any])?.count == 8)
    let definitions = try #require(measures.first?["definitions"] as? [[String: Any]])
    #expect(definitions.first?["who"] as? String == "All 118 ninth-graders")
    let printed = try await browser.get("\(begun.project)/print").text
    #expect(printed.contains("<svg") && printed.contains("Read by the Anhøj rules, version 1"))
    #expect(printed.contains("All 118 ninth-graders: Late arrivals."))
    let other = try await begun.world.browser(as: .outsider)
    #expect(try await other.get("\(begun.project)/data.csv").status != 200)
  }
}
