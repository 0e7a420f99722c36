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
        INSERT INTO school (id, name, folded_name, kind, city, folded_city, state, fictional)
        VALUES ('real', 'A school of the official files', 'a school', 'public', 'Keene', 'keene', 'NH', 0)
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

  @Test(arguments: Engine.available) func somethingWaitsForEverybodyWhomOneMayBe(engine: Engine) async throws {
    let site = try await Self.site(engine)
    func pages(_ person: String, _ paths: String...) async throws -> [String] {
      let browser = Browser(site)
      let stepped = try await browser.post("/demo/\(person)")
      #expect(stepped.status == 303)
      var texts: [String] = []
      for path in paths { texts.append(try await browser.get(path).text) }
      return texts
    }
    func expect(_ page: String, _ words: String...) {
      for each in words { #expect(page.contains(each), "\(engine): \(each)") }
    }
    let ruth = try await pages("ruth-ouellette", "/notices", "/today")
    expect(ruth[0], "Jess Dubuque called you", "June Abernathy asks to be on the roster")
    expect(
      ruth[1], "Jess Dubuque asks you: How do you begin", "Report what came of “Stand at the door", "Study",
      "June Abernathy asks to be on your school&#39;s list")
    let kofi = try await pages("kofi-mensah", "/notices", "/today")
    expect(kofi[0], "Isaac Bloom called you")
    expect(kofi[1], "Isaac Bloom asks you", "Monday opens with Friday", "because your school works on")
    let abigail = try await pages("abigail-stinson", "/notices", "/today")
    expect(abigail[0], "Bette Ames called you", "June Abernathy")
    expect(abigail[1], "Bette Ames asks you", "June Abernathy asks", "Reaffirm the membership of Kettle Cove")
    let jo = try await pages("jo-batchelor", "/notices", "/today")
    expect(jo[0], "Hannah Brodeur called you")
    expect(jo[1], "Hannah Brodeur asks you", "1 school asked to join")
    let office = try await pages(
      "marguerite-thibodeau", "/office/schools", "/office/membership", "/schools/grand-point")
    expect(office[0], "Tunxis Meadow Middle School", "Grand Point School")
    expect(office[1], "Salmon Weir")
    expect(office[2], "took over", "Grand Point School")
  }

  @Test func everyRunMakesTheSame() async throws {
    func world() async throws -> [[String]] {
      try await Self.site().database.read { db in
        try ["person", "school", "membership", "signature", "notice", "discussion", "trial", "roster_request", "cycle"]
          .map { table in
            try db.rows("SELECT * FROM \(SQL.name(table)) ORDER BY id").map { "\($0)" }
          }
      }
    }
    let first = try await world()
    #expect(first[0].count == 400)
    #expect(try await world() == first)
  }

  @Test(arguments: Engine.available) func aSecondRunIsRefusedAndChangesNothing(engine: Engine) async throws {
    let site = try await Self.site(engine)
    func rows() async throws -> [String: Int] {
      try await site.database.read { db in
        let tables = try db.tableShapes().map(\.name)
        return Dictionary(
          uniqueKeysWithValues: try tables.map { table in
            (table, try db.value("n", "SELECT count(*) AS n FROM \(SQL.name(table))") ?? 0)
          })
      }
    }
    let before = try await rows()
    let refusal = await #expect(throws: SettingsError.self) {
      try await DemoWorld(site: site, root: Repository.root).load { _ in }
    }
    #expect(refusal?.description.contains("the database holds people, schools") == true)
    await #expect(throws: SettingsError.self) {
      try await LargeWorld(site: site, root: Repository.root, size: LargeWorldTests.small).load { _ in }
    }
    #expect(try await rows() == before)
  }

  @Test func aSchoolsStaffIsOneThatASchoolMayHave() async throws {
    let staffs = try await Self.site().database.read { db in
      try db.rows(
        """
        SELECT r.school_id, p.title FROM role r JOIN person p ON p.id = r.person_id
        WHERE p.id LIKE 'educator-%' ORDER BY r.school_id, p.id
        """
      ).map { (try $0.read("school_id", as: String.self), try $0.read("title", as: String.self)) }
    }
    for (school, people) in Dictionary(grouping: staffs, by: { $0.0 }) {
      let titles = people.map(\.1)
      #expect(Set(titles).count == titles.count, "\(school): \(titles)")
      #expect(titles.count { $0.contains("eacher") } * 2 >= titles.count, "\(school): \(titles)")
    }
    let island = staffs.filter { $0.0 == "kettle-cove" }.map(\.1)
    #expect(island.count > 5 && !island.contains { $0.hasSuffix("grade 6") || $0.hasSuffix("grade 7") })
  }

  @Test func whoSignedAgreesWithWhatIsToldOfIt() async throws {
    let (versions, seats) = try await Self.site().database.read { db in
      (
        try db.value(
          "n", "SELECT count(*) AS n FROM membership WHERE active_on < '2026-02-02' AND agreement <> '2011-1'",
          as: Int.self),
        try ["kettle-cove", "paper-mill-falls"].map {
          try SignatureStore(db: db).all(of: Membership.ID("membership-\($0)"))
        }
      )
    }
    #expect(versions == 0)
    #expect(
      seats[0].count == 4 && seats[0].allSatisfy { $0.how == .paper && $0.paperDate == CalendarDate("2012-01-12") })
    #expect(seats[0].first { $0.role.key == "principal" }?.name == "Abigail Stinson")
    #expect(seats[1].filter(\.isSigned).map(\.role.key).sorted() == ["principal", "superintendent"])
    #expect(seats[1].count == 4)
  }
}
