import Foundation
import HTTPTypes
import Storage
import TestDatabase
import Testing

@testable import App

/// Many points stay light: six charts of two years on a project's page, a hundred thousand points in the network's view.
struct MeasureWeightTests {
  /// Bytes of HTML, compressed as they are sent.
  private static let most = 14 * 1024

  @Test(arguments: Engine.available) func sixChartsOfTwoYearsAreALightPage(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let browser = try await world.browser(as: .educator)
    try await Self.beginProject(world)
    let start = try #require(CalendarDate(year: 2024, month: 11, day: 18))
    let weeks = (0..<104).map { start.adding(days: 7 * $0) }
    var last = ""
    for number in 1...6 {
      let path = try await Self.begin("Measure number \(number)", in: world, browser)
      let lines = weeks.enumerated().map { "\($1),\(20 + ($0 * (number + 3)) % 11)" }
      let pasted = "date,count\n" + lines.joined(separator: "\n")
      #expect(try await browser.post("\(path)/column", ["pasted": pasted, "act": "keep"]).status == 303)
      last = path
    }
    let page = try await browser.get("/projects/pr").text
    #expect(page.components(separatedBy: "class=\"spark\"").count - 1 == 6)
    #expect(try Self.weight(page) <= Self.most)
    let one = try await browser.get(last).text
    #expect(one.contains("18 Nov 2024") && one.contains("9 Nov 2026"))
    #expect(try Self.weight(one) <= Self.most)
  }

  @Test(arguments: Engine.available) func aHundredThousandPointsAreReadAPageAtATime(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let browser = try await world.browser(as: .educator)
    let first = try await Self.begin("Late minutes", in: world, browser, project: false)
    let id = first.replacing("/measures/", with: "")
    try await world.site.database.write { db in
      let spark = (0..<26).map { String(0.5 + Double($0 % 7) / 20) }.joined(separator: " ")
      try db.run("UPDATE measure SET points = 104, spark = \(spark), sentence = 'Nothing to see.' WHERE id = \(id)")
      for number in 1..<1000 {
        let (school, copy) = ("many-\(number)", "\(id)-\(number)")
        try db.run(
          """
          INSERT INTO measure (id, school_id, project_id, person_id, name, folded_name, role, subgroup, schedule, shared,
            definition, created_at, submission, points, spark, sentence)
          SELECT \(copy), school_id, NULL, person_id, name, folded_name, role, subgroup, schedule, 1, 1, created_at, \(school),
            points, spark, sentence FROM measure WHERE id = \(id)
          """)
        try db.run(
          """
          INSERT INTO measure_definition SELECT \(copy), number, at, by_id, why, who, what, how, unit, data_kind, better,
            chart_kind, rules, target, baseline_until FROM measure_definition WHERE measure_id = \(id)
          """)
      }
    }
    var (path, seen, pages) = ("/measures/network?name=late%20minutes", Set<String>(), 0)
    while true {
      let page = try await browser.get(path).text
      #expect(try Self.weight(page) <= Self.most)
      for match in page.matches(of: /<a href="\/measures\/([^"?]+)">Ashuelot/) { seen.insert(String(match.1)) }
      pages += 1
      guard let next = page.firstMatch(of: /href="(\/measures\/network\?[^"]*)" rel="next"/), pages < 40 else { break }
      path = String(next.1).replacing("&amp;", with: "&")
    }
    #expect(pages == 25 && seen.count == 1000)
  }

  private static func beginProject(_ world: TestWorld) async throws {
    try await world.site.database.write { db in
      try db.run(
        """
        INSERT INTO project (id, school_id, title, aim, visibility, state, created_at, created_by, changed_at, submission)
        VALUES ('pr', \(TestWorld.ashuelot), 'On time', 'Everybody on time', 'team', 'active', \(world.now),
          'person-educator', \(world.now), 'one')
        """)
      try ProjectStore(db: db).put(world.person(.educator), .lead, on: Project.ID("pr"), now: world.now)
    }
  }

  private static func begin(
    _ name: String, in world: TestWorld, _ browser: Browser, project: Bool = true
  ) async throws -> String {
    var fields = Fields([
      "name": name, "kind": "count", "better": "lower", "who": "All ninth-graders", "what": "Late to the first bell",
      "how": "Fridays, from the door list", "role": "outcome", "schedule": "week", "rules": "anhoej",
      "submission": world.site.newID(),
    ])
    if project { fields.add("project", "pr") } else { fields.add("shared", "on") }
    fields.add("token", browser.token)
    let answer = try await browser.send(.post, "/measures", body: fields.encoded)
    let path = try #require(answer.location)
    return String(path.dropLast("/column".count))
  }

  private static func weight(_ page: String) throws -> Int { try #require(gzip(Array(page.utf8), level: 1)).count }
}
