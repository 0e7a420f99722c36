import Foundation
import HTTPTypes
import Storage
import TestDatabase
import Testing

@testable import App

/// Whether 0.25 is a quarter or a quarter of a percent is asked, never guessed; on both engines.
struct ShareReadingTests {
  private static func values(_ world: TestWorld) async throws -> [Double] {
    try await world.site.database.read { db in
      try db.rows("SELECT value FROM measure_value WHERE state = 'current' ORDER BY period").map {
        try $0.read("value")
      }
    }
  }

  @Test(arguments: Engine.available) func aPastedColumnOfFractionsIsAskedAbout(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let browser = try await world.browser(as: .educator)
    let path = try await MeasureTests.begun(world, browser)
    let pasted = "0,25\n0,30\n0,28"
    let dry = try await browser.post("\(path)/column", ["pasted": pasted, "act": "check"]).text
    #expect(dry.contains("What does 0.25 mean?") && dry.contains("25 % or 0.25 %"))
    let unsaid = try await browser.post("\(path)/column", ["pasted": pasted, "act": "keep"])
    #expect(unsaid.status == 422 && unsaid.text.contains("nothing is kept before"))
    #expect(unsaid.text.contains("0,28"))
    #expect(try await Self.values(world).isEmpty)
    let kept = try await browser.post("\(path)/column", ["pasted": pasted, "reading": "percent", "act": "keep"])
    #expect(kept.status == 303)
    #expect(try await Self.values(world).map { ($0 * 10000).rounded() } == [25, 30, 28])
    // Percent signs and counts leave nothing to ask.
    let plain = try await browser.post("\(path)/column", ["pasted": "25%\n3/10\n30", "act": "check"]).text
    #expect(!plain.contains("mean?"))
  }

  @Test(arguments: Engine.available) func oneValueIsAskedAboutWithBothAnswers(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let browser = try await world.browser(as: .educator)
    let path = try await MeasureTests.begun(world, browser)
    let asked = try await browser.post("\(path)/values", ["value": "0,25", "period": "2026-11-09"])
    #expect(asked.status == 422 && asked.text.contains("value=\"0,25\"") && asked.text.contains("value=\"2026-11-09\""))
    #expect(asked.text.contains(">25 %</button>") && asked.text.contains(">0.25 %</button>"))
    #expect(try await Self.values(world).isEmpty)
    let saved = try await browser.post(
      "\(path)/values", ["value": "0,25", "period": "2026-11-09", "reading": "percent"])
    #expect(saved.status == 303)
    #expect(try await Self.values(world) == [0.0025])
    // Now it is known how this measure's numbers are meant.
    #expect(try await browser.post("\(path)/values", ["value": "0.3"]).status == 303)
    #expect(try await Self.values(world) == [0.0025, 0.003])
    #expect(try await browser.get(path).text.contains("0.3 %"))
  }

  @Test func aPhoneShowsNumbersWhereOnlyNumbersFit() async throws {
    let world = try await TestWorld()
    let browser = try await world.browser(as: .educator)
    let share = try await MeasureTests.begun(world, browser)
    #expect(!(try await browser.get(share).text.contains("inputmode")))
    for typed in ["23/25", "92%"] { #expect(try await browser.post("\(share)/values", ["value": typed]).status == 303) }
    let answer = try await browser.post(
      "/measures",
      [
        "name": "Late", "kind": "count", "better": "lower", "who": "All classes", "what": "Late arrivals",
        "how": "Fridays", "role": "outcome", "schedule": "week", "rules": "anhoej",
      ])
    let count = String(try #require(answer.location).dropLast("/column".count))
    #expect(try await browser.get(count).text.contains("inputmode=\"decimal\""))
  }
}
