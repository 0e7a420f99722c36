import Foundation
import HTTPTypes
import Storage
import TestDatabase
import Testing

@testable import App

/// One letter a person and week for all numbers that wait; the field itself on Today. On both engines.
struct MeasureReminderTests {
  private static func begun(_ name: String, _ browser: Browser, project: String = "") async throws -> String {
    _ = try await browser.get("/measures/new")
    let answer = try await browser.post(
      "/measures",
      [
        "name": name, "kind": "count", "better": "lower", "who": "All classes", "what": "Late arrivals",
        "how": "Fridays", "role": "outcome", "schedule": "week", "rules": "anhoej", "project": project,
        "submission": name,
      ])
    let path = String(try #require(answer.location).dropLast("/column".count))
    _ = try await browser.post("\(path)/column", ["pasted": "7\n8\n6\n7", "act": "keep"])
    return path
  }

  private static func letters(_ world: TestWorld) async throws -> [String] {
    try await MeasureReminders(site: world.site).send()
    return try await world.site.database.read { db in
      try db.rows("SELECT subject, body FROM mail ORDER BY created_at, id").map {
        try $0.read("subject", as: String.self) + "\n" + (try $0.read("body", as: String.self))
      }
    }
  }

  @Test(arguments: Engine.available) func oneLetterHoldsAllThatWaits(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (browser, other) = (try await world.browser(as: .educator), try await world.browser(as: .lead))
    let (first, _) = (try await Self.begun("Late", browser), try await Self.begun("Absent", browser))
    _ = try await Self.begun("Detentions", other)
    world.pass(.days(15))
    let two = try await Self.letters(world)
    #expect(two.count == 2)
    let own = try #require(two.first { $0.contains("2 numbers wait for you") })
    #expect(own.contains("“Late”") && own.contains("“Absent”") && !own.contains("Detentions"))
    let tokens = own.matches(of: /\/enter\/[0-9a-z]{52}/).map { String($0.output) }
    #expect(Set(tokens).count == 2)
    let reader = Browser(world.site)
    for token in tokens { #expect(try await reader.post(token, ["value": "5"]).text.contains("Saved: 5")) }
    #expect(try #require(two.first { $0.contains("Detentions") }).hasPrefix("One number for “Detentions”"))
    // A measure that begins to wait two days later waits for the week's letter.
    _ = try await world.browser(as: .educator).post("\(first)/values", ["value": "4"])
    world.pass(.days(2))
    #expect(try await Self.letters(world).count == 2)
    world.pass(.days(20))
    #expect(try await Self.letters(world).count == 4)
  }

  @Test(arguments: Engine.available) func workThatRestsOrHasEndedAsksNobody(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (starter, project) = try await ProjectTests.begun(world, visibility: "team")
    let id = String(project.dropFirst("/projects/".count))
    let path = try await Self.begun("Late", starter, project: id)
    world.pass(.days(15))
    let browser = try await world.browser(as: .educator)
    func set(_ state: String) async throws {
      try await world.site.database.write { db in try db.run("UPDATE project SET state = \(state) WHERE id = \(id)") }
    }
    for state in ["paused", "done"] {
      if state == "done" {
        #expect(
          try await browser.post("\(project)/decision", ["decision": "abandon", "reason": "It was not the hour"]).status
            == 303)
      } else {
        try await set(state)
      }
      #expect(try await Self.letters(world).isEmpty, "\(state)")
      #expect(!(try await browser.get("/today").text.contains("Numbers to enter")), "\(state)")
    }
    _ = try await browser.post("\(project)/state", ["state": "active"])
    _ = try await browser.post("\(path)/rest")
    #expect(try await Self.letters(world).isEmpty)
    _ = try await browser.post("\(path)/return")
    #expect(try await Self.letters(world).count == 1)
  }

  /// Open Today, write, Save.
  @Test(arguments: Engine.available) func todayHasTheFieldItself(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let starter = try await world.browser(as: .educator)
    let path = try await Self.begun("Late", starter)
    #expect(!(try await starter.get("/today").text.contains("Numbers to enter")))
    // The Monday after next: the week before is over and has no value.
    world.pass(.days(13))
    let browser = try await world.browser(as: .educator)
    let today = try await browser.get("/today").text
    #expect(today.contains("Numbers to enter") && today.contains("action=\"\(path)/values\""))
    #expect(today.contains("name=\"period\" value=\"2026-11-30\""))
    let refused = try await browser.post("\(path)/values", ["value": "2025", "period": "2026-11-30", "from": "today"])
    #expect(refused.status == 422 && refused.text.contains("value=\"2025\""))
    let saved = try await browser.post("\(path)/values", ["value": "9", "period": "2026-11-30", "from": "today"])
    let after = try await browser.get(try #require(saved.location)).text
    #expect(after.contains("Saved: 9 for 30 Nov 2026.") && after.contains("/undoing"))
    #expect(!after.contains("Numbers to enter"))
    // It is nobody else's number.
    let other = try await world.browser(as: .otherEducator)
    #expect(
      !(try await other.get("/today?measure=\(path.dropFirst("/measures/".count))&entered=x").text.contains("Saved")))
  }

  @Test func eachScheduleAsksForWhatCanBeThere() throws {
    func asked(_ schedule: Schedule, _ day: String) throws -> String {
      schedule.asked(on: try #require(CalendarDate(day))).description
    }
    // Monday 30 November 2026 asks for Friday; Friday asks for its own week.
    #expect(try asked(.day, "2026-11-30") == "2026-11-27" && asked(.day, "2026-11-25") == "2026-11-24")
    #expect(try asked(.day, "2026-11-29") == "2026-11-27" && asked(.day, "2026-11-28") == "2026-11-27")
    #expect(try asked(.week, "2026-11-26") == "2026-11-16" && asked(.week, "2026-11-27") == "2026-11-23")
    #expect(try asked(.month, "2026-11-30") == "2026-10-01")
  }
}
