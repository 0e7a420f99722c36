import Statistics
import Storage
import TestDatabase
import Testing

@testable import App

/// A cycle's school beside matched schools that did not try the idea, on both engines.
struct SeriesComparisonTests {
  /// Schools like Ashuelot Valley that count the same thing, each at its level, and hardly move.
  private static func add(_ levels: [Double], students: [Int], to begun: ProjectTrialTests.Begun) async throws {
    let world = begun.world
    try await world.site.database.write { db in
      for (index, level) in levels.enumerated() {
        let (school, measure) = (School.ID("peer-\(index)"), Measure.ID("measure-\(index)"))
        try db.run(
          """
          INSERT INTO school (id, name, folded_name, kind, city, folded_city, state, grade_low, grade_high, students,
                              locale, membership, fictional)
          VALUES (\(school), \("Peer \(index)"), \("peer \(index)"), 'public', 'Keene', 'keene', 'NH', 9, 12,
            \(students[index]), 41, 'active', 1)
          """)
        let definition = MeasureDefinition(
          who: "All ninth-graders", what: "Late arrivals", how: "Fridays", unit: "", kind: .count, better: .lower,
          chart: .run, rules: .anhoej, target: nil, baselineUntil: nil)
        try MeasureStore(db: db).add(
          NewMeasure(
            name: "Late to first period", role: .outcome, subgroup: "", schedule: .week, isShared: true,
            definition: definition), id: measure, school: school, project: nil, by: world.person(.office),
          submission: "peer-\(index)", now: world.now)
        let kept = try #require(try MeasureStore(db: db).findAny(measure))
        for week in 0..<17 where week != 8 {
          let period = try #require(CalendarDate("2026-09-28")).adding(days: 7 * week)
          let value = level + (week < 8 ? 0 : Double(index % 3) - 1)
          _ = try MeasureValueStore(db: db).add(
            MeasuredValue(value), for: period, to: kept, by: .person(world.person(.office)), id: "v\(index)-\(week)",
            now: world.now)
        }
      }
    }
  }

  /// Levels 38, 40, 41 and 43 around Ashuelot's 40.5; changes -1, 0, 1 and -1, so -0.25 on average against -15.
  @Test(arguments: Engine.available) func schoolsLikeItAreSetBesideIt(engine: Engine) async throws {
    let begun = try await ProjectTrialTests.begun(engine)
    try await begun.studied()
    try await Self.add([38, 40, 41, 43], students: [390, 400, 420, 430], to: begun)
    let page = try await begun.browser.get("\(begun.cycle)/comparison").text
    #expect(page.contains("changed by −15 here and by −0.25 in 4 schools like yours that did not try it"))
    #expect(page.contains("yours lies outside of that"))
    #expect(page.contains("Peer 3") && page.contains("Distance"))
    // A school that tried the idea is no comparison.
    try await begun.world.site.database.write { db in
      try db.run("UPDATE trial SET school_id = 'peer-0'")
      try db.run(
        """
        INSERT INTO project (id, school_id, title, aim, visibility, state, created_at, created_by, changed_at, submission)
        VALUES ('p2', 'peer-0', 'Calls', 'Call', 'team', 'active', 0, 'person-office', 0, 'p2')
        """)
      try db.run("INSERT INTO project_idea (project_id, idea_id) SELECT 'p2', idea_id FROM project_idea")
      try db.run("UPDATE school SET membership = 'none' WHERE id = 'peer-1'")
    }
    let fewer = try await begun.browser.get("\(begun.cycle)/comparison").text
    #expect(fewer.contains("No fair comparison.") && fewer.contains("2 schools that did not try it"))
  }

  @Test func itRefusesWithASentenceWhenNobodyFits() async throws {
    let begun = try await ProjectTrialTests.begun()
    let early = try await begun.browser.get("\(begun.cycle)/comparison").text
    #expect(early.contains("No fair comparison.") && early.contains("Your own measure needs 5 values"))
    try await begun.studied()
    let alone = try await begun.browser.get("\(begun.cycle)/comparison").text
    #expect(alone.contains("0 schools that did not try it share a measure of this name"))
    try await Self.add([20, 21, 22, 23], students: [390, 400, 420, 430], to: begun)
    let elsewhere = try await begun.browser.get("\(begun.cycle)/comparison").text
    #expect(elsewhere.contains("is no fair start"))
  }

  @Test func schoolsOfAnotherSizeAreNoPeers() async throws {
    let begun = try await ProjectTrialTests.begun()
    try await begun.studied()
    try await Self.add([38, 40, 41, 43], students: [1500, 1600, 1700, 1800], to: begun)
    let page = try await begun.browser.get("\(begun.cycle)/comparison").text
    #expect(page.contains("No fair peers: even the nearest 3 differ on students"))
  }

  @Test func whoMaySeeTheProjectMayCompare() async throws {
    let begun = try await ProjectTrialTests.begun()
    #expect(try await begun.world.browser(as: .otherEducator).get("\(begun.cycle)/comparison").status == 200)
    #expect(try await begun.world.browser(as: .outsider).get("\(begun.cycle)/comparison").status != 200)
  }
}
