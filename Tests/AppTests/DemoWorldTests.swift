import Foundation
import Markup
import Storage
import TestDatabase
import Testing

@testable import App

/// The fictional network of the demonstration.
struct DemoWorldTests {
  /// A site whose database holds the demonstration and nothing else.
  static func site(_ engine: Engine = .sqlite) async throws -> Site {
    let site = try await TestWorld(engine, isEmpty: true).site
    try await DemoWorld(site: site, root: Repository.root).load { _ in }
    return site
  }

  @Test(arguments: Engine.available) func itNeverStandsAmongWhatIsReal(engine: Engine) async throws {
    let site = try await TestWorld(engine, isEmpty: true).site
    try await site.database.write { db in
      try db.run(
        """
        INSERT INTO school (id, name, folded_name, city, folded_city, state, fictional)
        VALUES ('real', 'A school of the official files', 'a school', 'Keene', 'keene', 'NH', 0)
        """)
    }
    let refusal = SettingsError(
      description:
        "the database holds schools already; the demonstration needs an empty one: name another place with data or database"
    )
    await #expect(throws: refusal) { try await DemoWorld(site: site, root: Repository.root).load { _ in } }
    await #expect(throws: refusal) {
      try await LargeWorld(site: site, root: Repository.root, size: LargeWorldTests.small).load { _ in }
    }
    let (schools, isLoaded) = try await site.database.read { db in
      (try db.value("n", "SELECT count(*) AS n FROM school", as: Int.self), try DemoWorld.isLoaded(db))
    }
    #expect(schools == 1 && !isLoaded)
  }

  @Test func everyPageSaysThatItIsInventedWhateverTheSettings() async throws {
    let folder = try TemporaryFolder()
    let flags = ["data=\(folder.url.path)", "files=\(Repository.root.path)"]
    func assets(_ more: [String] = []) async throws -> Assets {
      try await Opening.site(Settings(flags: flags + more)).files.assets
    }
    #expect(try await !assets().isDemonstration)
    #expect(try await !assets(["demo=yes"]).isDemonstration, "the setting alone makes nothing fictional")
    let site = try await Opening.site(Settings(flags: flags))
    try await site.database.write { db in
      try AuditStore(db: db).add(
        id: "a-1", by: nil, DemoWorld.mark, "league", "demonstration", now: Instant(milliseconds: 0))
    }
    let banner = Layout.document(Page("A page") {}, for: .sampleVisitor, assets: try await assets()).string
    #expect(banner.contains("A fictional world.") && !banner.contains("href=\"/demo\""))
    let doors = Layout.document(Page("A page") {}, for: .sampleVisitor, assets: try await assets(["demo=yes"])).string
    #expect(doors.contains("A fictional world.") && doors.contains("href=\"/demo\""))
  }
}
