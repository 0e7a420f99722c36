import Foundation
import HTTPTypes
import Statistics
import Storage
import TestDatabase
import Testing

@testable import App

/// Rates, groups and events: entered, kept, and drawn by the chart that fits them. Expected values follow from the numbers.
struct ChartKindTests {
  private static func begun(_ kind: DataKind, _ chart: ChartKind, _ world: TestWorld) async throws -> (Browser, String)
  {
    let browser = try await world.browser(as: .educator)
    _ = try await browser.get("/measures/new")
    let answer = try await browser.post(
      "/measures",
      [
        "name": "Late", "kind": kind.rawValue, "better": "lower", "who": "All buses", "what": "Late arrivals",
        "how": "Fridays", "role": "outcome", "schedule": chart.isOfEvents ? "day" : "week", "rules": "anhoej",
        "chart": chart.rawValue, "submission": world.site.newID(),
      ])
    return (browser, String(try #require(answer.location).dropLast("/column".count)))
  }

  private static func chart(_ path: String, _ world: TestWorld) async throws -> ControlChart {
    let id = Measure.ID(String(path.dropFirst("/measures/".count)))
    return try await world.site.database.read { db in
      let measure = try #require(try MeasureStore(db: db).findAny(id))
      return try #require(MeasureChart(measure, try MeasureValueStore(db: db).current(of: id), []).plot?.chart)
    }
  }

  @Test(arguments: Engine.available) func aRateIsHowManyInHowMuch(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (browser, path) = try await Self.begun(.count, .rate, world)
    let pasted = "date,late,buses\n2026-11-02,7,10\n2026-11-09,12,8\n2026-11-16,0,9"
    #expect(try await browser.post("\(path)/column", ["pasted": pasted, "act": "keep"]).status == 303)
    #expect(try await browser.post("\(path)/values", ["value": "9 in 12"]).status == 303)
    let refused = try await browser.post("\(path)/values", ["value": "9"])
    #expect(refused.status == 422 && refused.text.contains("Write how many, and in how much: 7/230."))
    let chart = try await Self.chart(path, world)
    #expect(chart.kind == .rate && chart.values == [0.7, 1.5, 0, 0.75])
    #expect(abs((chart.phases[0].centre ?? 0) - 28.0 / 39) < 1e-12)
    #expect(try await browser.get(path).text.contains("12 in 8 (1.5)"))
  }

  @Test(arguments: Engine.available) func aGroupKeepsEachOfItsNumbers(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (browser, path) = try await Self.begun(.number, .mean, world)
    let pasted = "2026-11-02\t12\t14\t11\t9\n2026-11-09,10,12.5,9,10.5\n2026-11-16;8;9;9;10"
    #expect(try await browser.post("\(path)/column", ["pasted": pasted, "act": "keep"]).status == 303)
    #expect(try await browser.post("\(path)/values", ["value": "7 8 9 12"]).status == 303)
    let refused = try await browser.post("\(path)/values", ["value": "7"])
    #expect(refused.status == 422 && refused.text.contains("two to thirty"))
    let chart = try await Self.chart(path, world)
    let expected = try ControlChart(
      .mean, ChartSeries(subgroups: [[12, 14, 11, 9], [10, 12.5, 9, 10.5], [8, 9, 9, 10], [7, 8, 9, 12]]))
    #expect(chart == expected && chart.values == [11.5, 10.5, 9, 9])
    #expect(try await browser.get(path).text.contains("9, the mean of 7, 8, 9, 12"))
    #expect(try await browser.get("\(path)/values.csv").text.contains(",7 8 9 12"))
    await #expect(throws: DatabaseError.self) {
      try await world.site.database.write { db in try db.run("UPDATE measure_value SET parts = '1 2'") }
    }
  }

  @Test func eventsAreNeitherDueNorMissing() async throws {
    let world = try await TestWorld()
    let (browser, path) = try await Self.begun(.count, .gap, world)
    let pasted = "2026-09-14,40\n2026-10-02,31\n2026-10-27,55\n2026-11-10,62"
    #expect(try await browser.post("\(path)/column", ["pasted": pasted, "act": "keep"]).status == 303)
    let page = try await browser.get(path).text
    #expect(page.contains("on a g chart") && !page.contains("no value for"))
    #expect(try await Self.chart(path, world).kind == .gap)
    world.pass(.days(20))
    #expect(!(try await browser.get("/today").text.contains("Numbers to enter")))
    try await MeasureReminders(site: world.site).send()
    let letters = try await world.site.database.read { db in
      try db.value("n", "SELECT COUNT(*) AS n FROM mail", as: Int.self)
    }
    #expect(letters == 0)
  }
}
