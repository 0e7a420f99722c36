import Foundation
import HTTPTypes
import Storage
import TestDatabase
import Testing

@testable import App

/// What two people entered for the same weeks is settled in one form, foreseen when pasting, and asked for on Today.
struct ValueConflictTests {
  private static func states(_ world: TestWorld) async throws -> [String] {
    try await world.site.database.read { db in
      try db.rows("SELECT x, period, state FROM measure_value ORDER BY period, id").map {
        "\(Int(try $0.read("x", as: Double.self))) \(try $0.read("period", as: String.self)) \(try $0.read("state", as: String.self))"
      }
    }
  }

  private static func ids(_ world: TestWorld) async throws -> [String] {
    try await world.site.database.read { db in
      try db.rows("SELECT id FROM measure_value ORDER BY period, id").map { try $0.read("id") }
    }
  }

  /// Two columns for the same three weeks; of one week both say the same.
  private static func begun(_ engine: Engine) async throws -> (world: TestWorld, path: String) {
    let world = try await TestWorld(engine)
    let (first, second) = (try await world.browser(as: .educator), try await world.browser(as: .lead))
    let path = try await MeasureTests.begun(world, first)
    _ = try await first.post("\(path)/column", ["pasted": "20/25\n21/25\n22/25", "act": "keep"])
    world.pass(.minutes(1))
    let dry = try await second.post("\(path)/column", ["pasted": "10/25\n21/25\n12/25\n9", "act": "check"])
    #expect(dry.status == 200)
    let checked = try await second.post("\(path)/column", ["pasted": "10/25\n21/25\n12/25", "act": "check"]).text
    #expect(checked.contains("2 lines meet another value for the same week"))
    #expect(checked.contains("1 line stands there already, just so."))
    #expect(checked.contains("20 of 25 (80 %) stands there, by Dana Educator: both are kept"))
    #expect(try await states(world).count == 3)
    _ = try await second.post("\(path)/column", ["pasted": "10/25\n21/25\n12/25", "act": "keep"])
    return (world, path)
  }

  @Test(arguments: Engine.available) func allAreSettledInOneForm(engine: Engine) async throws {
    let (world, path) = try await Self.begun(engine)
    let browser = try await world.browser(as: .educator)
    let page = try await browser.get(path).text
    #expect(page.contains("Several values for 2 weeks."))
    #expect(page.contains("name=\"keep-2026-11-09\"") && page.contains("name=\"keep-2026-11-23\""))
    let today = try await browser.get("/today").text
    #expect(today.contains("Choose among values of “On time to first class”") && today.contains("\(path)#conflicts"))
    let ids = try await Self.ids(world)
    let shown = ids.joined(separator: " ")
    let none = try await browser.post("\(path)/settlement", ["shown": shown, "why": "Counted twice"])
    #expect(none.status == 422 && none.text.contains("value=\"Counted twice\""))
    let settled = try await browser.post(
      "\(path)/settlement",
      [
        "keep-2026-11-09": ids[1], "keep-2026-11-23": ids[3], "keep-2026-11-16": "", "shown": shown,
        "why": "The door list was right",
      ])
    #expect(settled.status == 303)
    #expect(
      try await Self.states(world) == [
        "20 2026-11-09 replaced", "10 2026-11-09 current", "21 2026-11-16 current", "22 2026-11-23 current",
        "12 2026-11-23 replaced",
      ])
    let after = try await browser.get(path).text
    #expect(!after.contains("Several values") && after.contains("The door list was right"))
    #expect(!(try await browser.get("/today").text.contains("Choose among values")))
  }

  /// A value that came after the form was opened is not put aside by it.
  @Test(arguments: Engine.available) func whatNobodyHasSeenStaysOpen(engine: Engine) async throws {
    let (world, path) = try await Self.begun(engine)
    let browser = try await world.browser(as: .educator)
    let ids = try await Self.ids(world)
    _ = try await browser.post("\(path)/values", ["value": "15/25", "period": "2026-11-09"])
    let settled = try await browser.post(
      "\(path)/settlement", ["keep-2026-11-09": ids[1], "shown": ids.joined(separator: " ")])
    #expect(settled.status == 303)
    #expect(
      try await Self.states(world).prefix(3) == [
        "20 2026-11-09 replaced", "10 2026-11-09 current", "15 2026-11-09 beside",
      ])
  }

  @Test(arguments: Engine.available) func aChoiceThatIsGoneSettlesNothing(engine: Engine) async throws {
    let (world, path) = try await Self.begun(engine)
    let browser = try await world.browser(as: .educator)
    let ids = try await Self.ids(world)
    let gone = try await browser.post("\(path)/values/\(ids[4])/withdrawal", ["why": "From the wrong list"])
    #expect(gone.status == 303)
    let late = try await browser.post(
      "\(path)/settlement",
      [
        "keep-2026-11-09": ids[1], "keep-2026-11-23": ids[4], "shown": ids.joined(separator: " "),
        "why": "As the office says",
      ])
    #expect(late.status == 409 && late.text.contains("nothing was settled"))
    #expect(late.text.contains("value=\"As the office says\"") && late.text.contains("value=\"\(ids[1])\" checked"))
    #expect(try await Self.states(world).prefix(2) == ["20 2026-11-09 current", "10 2026-11-09 beside"])
  }

  /// Two people settle and a third enters, all at once: whatever comes first, no value disappears.
  @Test(arguments: Engine.available) func settlingAtOnceLosesNothing(engine: Engine) async throws {
    let (world, path) = try await Self.begun(engine)
    let ids = try await Self.ids(world)
    let shown = ids.joined(separator: " ")
    let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
      for (asker, choice) in [(Asker.educator, ids[0]), (.lead, ids[1])] {
        group.addTask {
          let own = try await world.browser(as: asker)
          return try await own.post("\(path)/settlement", ["keep-2026-11-09": choice, "shown": shown]).status
        }
      }
      group.addTask {
        let own = try await world.browser(as: .lead)
        return try await own.post("\(path)/values", ["value": "1/25", "period": "2026-11-09"]).status
      }
      return try await group.reduce(into: [Int]()) { $0.append($1) }.sorted()
    }
    #expect(statuses == [303, 303, 409])
    let states = try await Self.states(world).filter { $0.contains("2026-11-09") }
    #expect(states.count == 3 && states.count { $0.hasSuffix("current") } == 1)
    #expect(states.contains("1 2026-11-09 beside") && states.count { $0.hasSuffix("replaced") } == 1)
  }

  /// What a project counts, its whole team is asked about, and nobody else of the school.
  @Test(arguments: Engine.available) func theTeamOfAProjectIsAsked(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (starter, project) = try await ProjectTests.begun(world, visibility: "team")
    let (id, colleague) = (String(project.dropFirst("/projects/".count)), try await world.browser(as: .lead))
    _ = try await starter.get("/measures/new")
    let answer = try await starter.post(
      "/measures",
      [
        "name": "Late", "kind": "count", "better": "lower", "who": "All classes", "what": "Late arrivals",
        "how": "Fridays", "role": "outcome", "schedule": "week", "rules": "anhoej", "project": id,
      ])
    let path = String(try #require(answer.location).dropLast("/column".count))
    for value in ["7", "9"] { _ = try await starter.post("\(path)/values", ["value": value]) }
    #expect(!(try await colleague.get("/today").text.contains("Choose among values")))
    try await world.site.database.write { db in
      try ProjectStore(db: db).put(world.person(.lead), .member, on: Project.ID(id), now: world.now)
    }
    #expect(try await colleague.get("/today").text.contains("Choose among values of “Late”"))
    _ = try await starter.post("\(path)/rest")
    #expect(!(try await colleague.get("/today").text.contains("Choose among values")))
  }

  /// Two people paste twelve weeks at the same moment: each of their numbers is kept.
  @Test(arguments: Engine.available) func columnsAtOnceLoseNoNumber(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let path = try await MeasureTests.begun(world, try await world.browser(as: .educator))
    try await withThrowingTaskGroup(of: Int.self) { group in
      for (asker, first) in [(Asker.educator, 1), (.lead, 101)] {
        let pasted = (0..<12).map { "\(first + $0)/250" }.joined(separator: "\n")
        group.addTask {
          let own = try await world.browser(as: asker)
          return try await own.post("\(path)/column", ["pasted": pasted, "act": "keep"]).status
        }
      }
      for try await status in group { #expect(status == 303) }
    }
    let states = try await Self.states(world)
    #expect(states.count == 24 && states.count { $0.hasSuffix(" current") } == 12)
    #expect(states.count { $0.hasSuffix(" beside") } == 12)
    let counts = Set(states.compactMap { Int($0.split(separator: " ")[0]) })
    #expect(counts == Set(1...12).union(101...112))
    #expect(try await world.browser(as: .lead).get(path).text.contains("Several values for 12 weeks."))
  }

  @Test func othersAreNotAsked() async throws {
    let (world, path) = try await Self.begun(.sqlite)
    let other = try await world.browser(as: .otherEducator)
    #expect(!(try await other.get("/today").text.contains("Choose among")))
    #expect(try await other.post("\(path)/settlement", ["keep-2026-11-09": "v"]).status == 404)
  }
}
