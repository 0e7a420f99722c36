import Storage
import TestDatabase
import Testing

@testable import App

/// A link by which values are entered is no way round the end of an account, of a term or of a membership.
struct EntryLinkAttackTests {
  /// A measure of the educator's, and the path of a link that they made for themselves.
  private func link(_ world: TestWorld) async throws -> String {
    let browser = try await world.browser(as: .educator)
    let path = try await MeasureTests.begun(world, browser)
    let made = try await browser.post("\(path)/links", ["holder": "Me, later"])
    return String(try #require(made.text.firstMatch(of: /\/enter\/[0-9a-z]{52}/)?.output))
  }

  private func values(_ world: TestWorld) async throws -> Int {
    try await world.site.database.read { db in try db.rows("SELECT id FROM measure_value").count }
  }

  /// What ends its maker's access, and what gives it back.
  private static let ends: [(end: SQL, restore: SQL)] = [
    (
      "UPDATE person SET suspended_at = 1 WHERE id = 'person-educator'",
      "UPDATE person SET suspended_at = NULL WHERE id = 'person-educator'"
    ),
    (
      "UPDATE role SET ends_at = starts_at WHERE id = 'role-educator'",
      "UPDATE role SET ends_at = NULL WHERE id = 'role-educator'"
    ),
    (
      "UPDATE school SET membership = 'none' WHERE id = 'ashuelot'",
      "UPDATE school SET membership = 'active' WHERE id = 'ashuelot'"
    ),
  ]

  @Test(arguments: Engine.available) func aLinkEndsWithItsMakersAccess(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let (path, stranger) = (try await link(world), Browser(world.site))
    for (number, each) in Self.ends.enumerated() {
      try await world.site.database.write { db in try db.run(each.end) }
      let shown = try await stranger.get(path)
      #expect(shown.status == 410 && !shown.text.contains("On time to first class"))
      #expect(try await stranger.post(path, ["value": "91%"]).status == 410)
      #expect(try await stranger.post("\(path)/values/anything/undoing").status == 410)
      #expect(try await values(world) == number)
      try await world.site.database.write { db in try db.run(each.restore) }
      #expect(try await stranger.post(path, ["value": "9\(number)%"]).status == 200)
      #expect(try await values(world) == number + 1)
    }
  }
}
