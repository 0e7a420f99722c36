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
    let start = try #require(CalendarDate(year: 2024, month: 9, day: 9))
    let weeks = (0..<104).map { start.adding(days: 7 * $0) }
    var last = ""
    for number in 1...6 {
      let path = try await Self.begin("Measure number \(number)", in: world, browser, kind: "share")
      // As many students as were there, so that each point has limits of its own; a summer without school.
      let lines = weeks.enumerated().map { index, day in
        let size = 80 + (index * 37 + number * 11) % 40
        return "\(index < 34 ? day : day.adding(days: 70)),\(size - 20 + (index * (number + 3)) % 17),\(size)"
      }
      let pasted = "date,count,n\n" + lines.joined(separator: "\n")
      #expect(try await browser.post("\(path)/column", ["pasted": pasted, "act": "keep"]).status == 303)
      last = path
    }
    let page = try await browser.get("/projects/pr").text
    #expect(page.components(separatedBy: "class=\"small\"").count - 1 == 6)
    #expect(page.components(separatedBy: "class=\"limit\"").count - 1 == 6)
    #expect(page.components(separatedBy: "p chart, 104 weeks").count - 1 == 6)
    #expect(try Self.weight(page) <= Self.most)
    let one = try await browser.get(last).text
    #expect(one.contains("9 Sep 2024") && one.contains("9 Nov 2026") && one.contains("no value for 10 weeks"))
    #expect(try Self.weight(one) <= Self.most)
  }

  /// 300 measures of 340 points, read to the last page.
  @Test(arguments: Engine.available) func aHundredThousandPointsAreReadAPageAtATime(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let browser = try await world.browser(as: .educator)
    let path = try await Self.begin("Late minutes", in: world, browser, project: false)
    let twelve = "6\n7\n5\n6\n8\n7\n6\n5\n7\n6\n8\n7"
    #expect(try await browser.post("\(path)/column", ["pasted": twelve, "act": "keep"]).status == 303)
    try await Self.copy(path.replacing("/measures/", with: ""), times: 299, points: 340, in: world)

    var (next, seen, pages) = ("/measures/network?name=late%20minutes", Set<String>(), 0)
    while true {
      let page = try await browser.get(next).text
      #expect(try Self.weight(page) <= Self.most)
      #expect(page.components(separatedBy: "class=\"spark\"").count - 1 <= MeasureNetwork.pageLength)
      for match in page.matches(of: /<a href="\/measures\/([^"?]+)">Ashuelot/) { seen.insert(String(match.1)) }
      pages += 1
      guard let more = page.firstMatch(of: /href="(\/measures\/network\?[^"]*)" rel="next"/), pages < 40 else { break }
      next = String(more.1).replacing("&amp;", with: "&")
    }
    #expect(pages == 8 && seen.count == 300)
  }

  private static func copy(_ id: String, times: Int, points: Int, in world: TestWorld) async throws {
    try await world.site.database.write { db in
      try db.run(
        """
        WITH RECURSIVE k(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM k WHERE i < \(times))
        INSERT INTO measure (id, school_id, person_id, name, folded_name, role, schedule, shared, definition, created_at,
          submission, points, spark, sentence)
        SELECT 'net-' || i, m.school_id, m.person_id, m.name, m.folded_name, m.role, m.schedule, 1, 1, m.created_at,
          'net-' || i, \(points), m.spark, m.sentence FROM measure m, k WHERE m.id = \(id)
        """)
      try db.run(
        """
        INSERT INTO measure_definition (measure_id, number, at, by_id, who, what, how, data_kind, better, chart_kind, rules)
        SELECT m.id, 1, d.at, d.by_id, d.who, d.what, d.how, d.data_kind, d.better, d.chart_kind, d.rules
        FROM measure m, measure_definition d WHERE m.id LIKE 'net-%' AND d.measure_id = \(id)
        """)
      try db.run(
        """
        INSERT INTO measure_lock SELECT d.measure_id, 1, d.who, d.what, d.how, d.unit, d.data_kind, d.better, d.chart_kind,
          d.rules, d.baseline_until FROM measure_definition d WHERE d.measure_id LIKE 'net-%'
        """)
      try db.run(
        """
        WITH RECURSIVE k(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM k WHERE i < \(points))
        INSERT INTO measure_value (id, measure_id, definition, period, value, at, by_id, state)
        SELECT m.id || '-' || i, m.id, 1, 'p' || i, 0.5, 0, m.person_id, 'current' FROM measure m, k
        WHERE m.id LIKE 'net-%'
        """)
    }
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
    _ name: String, in world: TestWorld, _ browser: Browser, kind: String = "count", project: Bool = true
  ) async throws -> String {
    var fields = Fields([
      "name": name, "kind": kind, "better": "lower", "who": "All ninth-graders", "what": "Late to the first bell",
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
