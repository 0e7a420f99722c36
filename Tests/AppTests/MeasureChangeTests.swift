import Foundation
import HTTPTypes
import Storage
import TestDatabase
import Testing

@testable import App

/// A measure is renamed with its history, rests, and is taken up again; on both engines.
struct MeasureChangeTests {
  @Test(arguments: Engine.available) func anotherNameKeepsTheEarlierOne(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (browser, other) = (try await world.browser(as: .educator), try await world.browser(as: .lead))
    let path = try await MeasureTests.begun(world, browser, shared: true)
    let form = try await browser.get("\(path)/name").text
    #expect(form.contains("value=\"On time to first class\""))
    let same: KeyValuePairs = ["name": "On time to first class", "basis": "On time to first class"]
    #expect(try await browser.post("\(path)/name", same).status == 422)
    let named = try await other.post(
      "\(path)/name",
      ["name": "In the room at the bell", "why": "Nobody said “on time”", "basis": "On time to first class"])
    #expect(named.status == 303)
    // Whoever was slower learns of it and loses no word.
    let slower = try await browser.post(
      "\(path)/name", ["name": "Punctual", "why": "Shorter", "basis": "On time to first class"])
    #expect(slower.status == 409 && slower.text.contains("value=\"Punctual\"") && slower.text.contains("Shorter"))
    #expect(slower.text.contains("name=\"basis\" value=\"In the room at the bell\""))
    let page = try await browser.get(path).text
    #expect(page.contains("<h1>In the room at the bell</h1>"))
    #expect(page.contains("Called “On time to first class” until 24 Nov 2026; renamed by"))
    #expect(page.contains("Nobody said “on time”"))
    let network = try await browser.get("/measures/network?name=in%20the%20room%20at%20the%20bell").text
    #expect(network.contains("Ashuelot Valley Regional"))
    await #expect(throws: DatabaseError.self) {
      try await world.site.database.write { db in try db.run("UPDATE measure_change SET old_name = 'Else'") }
    }
  }

  @Test(arguments: Engine.available) func aMeasureThatRestsAsksNobody(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let browser = try await world.browser(as: .educator)
    let path = try await MeasureTests.begun(world, browser)
    _ = try await browser.post("\(path)/values", ["value": "20/25"])
    let made = try await browser.post("\(path)/links", ["holder": "Ms Roy"]).text
    let link = String(try #require(made.firstMatch(of: /\/enter\/[0-9a-z]{52}/)).output)
    #expect(try await browser.post("\(path)/rest").status == 303)
    #expect(try await browser.post("\(path)/rest").status == 303)
    let page = try await browser.get(path).text
    #expect(page.contains("This measure rests since Tue 24 Nov 2026.") && !page.contains("name=\"value\""))
    #expect(!page.contains("Paste a column") && !page.contains("Make a link"))
    #expect(page.components(separatedBy: "Rested from 24 Nov 2026 on").count == 2)
    let list = try await browser.get("/measures").text
    #expect(list.contains("1 measure rests") && !list.contains("class=\"spark\""))
    // What comes too late is not kept, and stays in its form.
    let late = try await browser.post("\(path)/values", ["value": "21/25", "period": "2026-11-09"])
    #expect(late.status == 422 && late.text.contains("value=\"21/25\"") && late.text.contains("This measure rests."))
    let column = try await browser.post("\(path)/column", ["pasted": "20/25\n21/25", "act": "keep"])
    #expect(column.status == 422 && column.text.contains("21/25"))
    #expect(try await Browser(world.site).get(link).status == 410)
    world.pass(.days(20))
    try await MeasureReminders(site: world.site).send()
    func letters() async throws -> Int? {
      try await world.site.database.read { db in try db.value("n", "SELECT COUNT(*) AS n FROM mail") }
    }
    #expect(try await letters() == 0)
    let later = try await world.browser(as: .educator)
    #expect(try await later.post("\(path)/return").status == 303)
    try await MeasureReminders(site: world.site).send()
    #expect(try await letters() == 1)
    let after = try await later.get(path).text
    #expect(after.contains("name=\"value\"") && after.contains("Taken up again"))
    #expect(try await later.post("\(path)/values", ["value": "21/25"]).status == 303)
  }

  @Test func onlyTheSchoolItselfRenamesAndRests() async throws {
    let world = try await TestWorld()
    let path = try await MeasureTests.begun(world, try await world.browser(as: .educator), shared: true)
    for asker in [Asker.otherEducator, .office] {
      let stranger = try await world.browser(as: asker)
      #expect(try await stranger.get(path).status == 200)
      #expect(try await stranger.get("\(path)/name").status == 404)
      let named = try await stranger.post("\(path)/name", ["name": "Mine", "basis": "On time to first class"])
      #expect(named.status == 404)
      #expect(try await stranger.post("\(path)/rest").status == 404)
      #expect(try await stranger.post("\(path)/return").status == 404)
    }
    let changes = try await world.site.database.read { db in try db.rows("SELECT id FROM measure_change").count }
    #expect(changes == 0)
  }
}
