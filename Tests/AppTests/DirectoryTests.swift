import Foundation
import HTTPTypes
import Storage
import TestDatabase
import Testing

@testable import App

/// The directory as visitors, leads and the office use it.
struct DirectoryTests {
  private func facts(
    _ name: String, _ city: String, _ state: String, kind: School.Kind = .public, grades: ClosedRange<Int> = 9...12,
    students: Int = 400, locale: Int = 41, county: String = "Elm", at place: (Double, Double) = (43, -71.5),
    id: String? = nil
  ) -> SchoolFacts {
    var facts = SchoolFacts(official: id.map { OfficialID(.nces, $0) })
    let origin = Origin(.ccd, SchoolYear(fall: 2024))
    facts.set(.name, name, from: origin)
    facts.setKind(kind, by: "SCH_TYPE", from: origin)
    facts.set(.city, city, from: origin)
    facts.set(.state, state, from: origin)
    facts.set(.agencyState, state, from: origin)
    facts.set(.county, county, from: origin)
    facts.set(.gradeLow, grades.lowerBound, from: origin)
    facts.set(.gradeHigh, grades.upperBound, from: origin)
    facts.set(.students, students, from: origin)
    facts.set(.locale, locale, from: origin)
    facts.set(GeoPoint(latitude: place.0, longitude: place.1), from: origin)
    return facts
  }

  /// Five schools, as visitors find them; they are beside the three that every test world has.
  private func world(_ engine: Engine = .sqlite) async throws -> TestWorld {
    let world = try await TestWorld(engine)
    let schools = [
      (
        "bath",
        facts("Morse High School", "Bath", "ME", students: 600, locale: 31, county: "Sagadahoc", at: (43.9, -69.8))
      ),
      (
        "portland",
        facts(
          "Portland High School", "Portland", "ME", students: 900, locale: 12, at: (43.66, -70.26), id: "230993000284")
      ),
      (
        "portland-arts",
        facts("Portland Arts Academy", "Portland", "ME", kind: .careerAndTechnical, at: (43.66, -70.27))
      ),
      (
        "elm", facts("Elm Street School", "Keene", "NH", kind: .private, grades: 6...8, students: 90, at: (42.9, -72.3))
      ),
      ("formula", facts("=SUM(1) Charter", "Barre", "VT", kind: .charter, at: (44.2, -72.5))),
    ]
    try await world.site.database.write { db in
      for (id, facts) in schools { try SchoolStore(db: db).add(facts, id: School.ID(id), isFictional: true) }
    }
    return world
  }

  private func found(_ path: String, _ world: TestWorld) async throws -> [String] {
    let page = try await Browser(world.site).get(path)
    #expect(page.status == 200)
    return page.text.matches(of: /<h2><a href="\/schools\/([^"]+)">/).map { String($0.output.1) }
  }

  // MARK: finding

  @Test(
    arguments: Engine.available,
    [
      ("state=ME", ["kettle-cove", "bath", "portland-arts", "portland"]), ("kind=charter", ["formula"]),
      ("state=ME&county=Sagadahoc", ["bath"]), ("grade=7", ["elm"]), ("size=tiny", ["elm"]),
      ("state=ME&size=large", ["portland"]), ("area=town", ["bath"]), ("member=yes", ["ashuelot", "kettle-cove"]),
      ("state=NH&member=no", ["elm"]), ("status=closed", []),
      ("state=XX&kind=nothing&page=-3&grade=99&county=Sagadahoc", nil),
    ] as [(String, [String]?)])
  func eachFilterShowsWhatItSays(_ engine: Engine, _ filter: (String, [String]?)) async throws {
    let ids = try await found("/schools?\(filter.0)", try await world(engine))
    if let expected = filter.1 { #expect(ids == expected) } else { #expect(ids.count == 8, "nonsense filters nothing") }
  }

  @Test(
    arguments: Engine.available,
    [
      ("portland", ["portland-arts", "portland"]), ("portlnad", ["portland-arts", "portland"]),
      ("prtland hihg", ["portland"]), ("port", ["portland-arts", "portland"]), ("morse", ["bath"]), ("morze", ["bath"]),
      ("bath", ["bath"]), ("PORTLAND maine high", ["portland"]), ("academy", ["portland-arts"]), ("zzyzx", []),
      ("elm street", ["elm"]), ("%25'\"--", nil), ("street", ["elm"]),
    ] as [(String, [String]?)])
  func namesAreFoundThroughTypingErrors(_ engine: Engine, _ search: (String, [String]?)) async throws {
    let query = search.0.replacing(" ", with: "+").replacing("\"", with: "%22")
    let ids = try await found("/schools?name=\(query)", try await world(engine))
    if let expected = search.1 {
      #expect(ids == expected)
    } else {
      #expect(ids.count == 8, "signs alone filter nothing")
    }
  }

  @Test func aSearchKeepsTheOtherFilters() async throws {
    let world = try await world()
    #expect(try await found("/schools?name=portland&kind=public", world) == ["portland"])
    #expect(try await found("/schools?name=portland&state=NH", world) == [])
  }

  @Test func longListsHavePages() async throws {
    let world = try await TestWorld()
    let all = (1...120).map { facts("School number \($0 + 1000)", "Keene", "NH") }
    try await world.site.database.write { db in
      for (index, facts) in all.enumerated() { try SchoolStore(db: db).add(facts, id: School.ID("n\(index)")) }
    }
    #expect(try await found("/schools?state=NH", world).count == 50)
    let last = try await Browser(world.site).get("/schools?state=NH&page=3")
    #expect(last.text.contains("101–121 of 121"))
    #expect(last.text.contains("href=\"/schools?state=NH&amp;page=2\""))
    #expect(try await found("/schools?state=NH&page=4", world).isEmpty)
  }

  /// RFC 4180 with a byte order mark, every row of the filter, formulas made text.
  @Test func theDownloadIsExactlyWhatIsShown() async throws {
    let world = try await world()
    let answer = try await Browser(world.site).get("/schools.csv?state=VT")
    #expect(answer.headers[.contentType] == "text/csv; charset=utf-8")
    #expect(answer.headers[.contentDisposition] == "attachment; filename=\"schools.csv\"")
    var reader = try CSVReader(bytes: Array(answer.text.utf8))
    let header = try #require(try reader.row()).fields
    let row = try #require(try reader.row())
    #expect(header == SchoolWords.columns)
    #expect(row[try #require(header.firstIndex(of: "name"))] == "'=SUM(1) Charter")
    #expect(row[try #require(header.firstIndex(of: "latitude"))] == "44.2")
    #expect(try reader.row() == nil)
  }

  // MARK: one school

  @Test func aSchoolsPageTellsWhoItIsAndWhereThatComesFrom() async throws {
    let world = try await world()
    let page = try await Browser(world.site).get("/schools/bath")
    for words in ["Morse High School", "Sagadahoc", "600 students", "NCES Common Core of Data 2024-25", "Not a member"]
    {
      #expect(page.text.contains(words), "\(words)")
    }
    #expect(try await Browser(world.site).get("/schools/nowhere").status == 404)
  }

  @Test func onlyThoseWhoSpeakForASchoolChangeItsWords() async throws {
    let world = try await world()
    let lead = try await world.browser(as: .lead)
    let saved = try await lead.post(
      "/schools/ashuelot/words", ["about": "Two <mills>", "working_on": "Advisory", "visitors": ""])
    #expect(saved.location == "/schools/ashuelot")
    let page = try await lead.get("/schools/ashuelot")
    #expect(page.text.contains("Two &lt;mills&gt;") && page.text.contains("/schools/ashuelot/words"))
    let long = try await lead.post("/schools/ashuelot/words", ["about": String(repeating: "x", count: 1201)])
    #expect(long.status == 422 && long.text.contains(String(repeating: "x", count: 1201)))
    #expect(try await world.browser(as: .otherLead).post("/schools/ashuelot/words", ["about": "No"]).status == 403)
    #expect(try await world.browser(as: .liaison).get("/schools/ashuelot/words").status == 200)
    #expect(try await world.browser(as: .liaison).get("/schools/kettle-cove/words").status == 403)
  }

  // MARK: two that are one

  @Test(arguments: Engine.available) func aMergedSchoolPointsOnAndGivesUpItsPeople(_ engine: Engine) async throws {
    let world = try await world(engine)
    let office = try await world.browser(as: .office)
    let merged = try await office.post("/schools/ashuelot/merger", ["into": "http://league.test/schools/elm"])
    #expect(merged.location == "/schools/elm")
    let old = try await Browser(world.site).get("/schools/ashuelot")
    #expect(old.text.contains("Merged into another school") && old.text.contains("/schools/elm"))
    #expect(try await found("/schools?state=NH", world) == ["elm"])
    let roles = try await world.site.database.read { db in
      try RoleStore(db: db).inForce(for: world.person(.lead), now: world.now)
    }
    #expect(roles.map(\.school) == [School.ID("elm")] && roles.map(\.schoolIsMember) == [true])

    let upkeep = try await office.get("/office/schools")
    let path = try #require(upkeep.text.firstMatch(of: /\/office\/schools\/mergers\/[^"]+\/undoing/)).output
    _ = try await office.post(String(path))
    #expect(try await found("/schools?state=NH&member=yes", world) == ["ashuelot"])
    let back = try await world.site.database.read { db in
      try RoleStore(db: db).inForce(for: world.person(.lead), now: world.now)
    }
    #expect(back.map(\.school) == [TestWorld.ashuelot])
    let again = try await office.post(String(path))
    #expect(again.status == 409)
  }

  @Test func mergersDoNotRunInCircles() async throws {
    let world = try await world()
    let office = try await world.browser(as: .office)
    #expect(try await office.post("/schools/elm/merger", ["into": "elm"]).status == 422)
    #expect(try await office.post("/schools/bath/merger", ["into": "230993000284"]).location == "/schools/portland")
    #expect(try await office.post("/schools/portland/merger", ["into": "bath"]).status == 409)
    #expect(try await office.post("/schools/bath/merger", ["into": "elm"]).status == 409)
    #expect(try await office.post("/schools/elm/merger", ["into": "nowhere"]).status == 422)
  }

  @Test(arguments: Engine.available) func likeSchoolsAreFoundAndSettledOnce(_ engine: Engine) async throws {
    let world = try await world(engine)
    let database = world.site.database
    let found = try await database.write { db in
      try SchoolStore(db: db).add(
        facts("Portland High", "Portland", "ME", at: (43.6601, -70.2601)), id: School.ID("p2"), isFictional: true)
      try SchoolStore(db: db).add(
        facts("Morse High School", "Bath", "ME", at: (44.5, -69)), id: School.ID("m2"), isFictional: true)
      try SchoolStore(db: db).add(
        facts("Morse High School", "Bath", "NH", at: (44.5, -71)), id: School.ID("m3"), isFictional: true)
      return try SchoolDuplicateStore(db: db).look(
        at: ["p2", "m2", "m3"].map { School.ID($0) }, run: "r", now: world.now)
    }
    #expect(found == 2)
    let pairs = try await database.read { db in try SchoolDuplicateStore(db: db).open() }
    #expect(
      Set(pairs.map { Set([$0.first.id.description, $0.second.id.description]) }) == [
        ["p2", "portland"], ["m2", "bath"],
      ])
    let near = try #require(pairs.first { $0.reason == .near })
    #expect((10...20).contains(try #require(near.metres)), "0.0001° of latitude and of longitude: about 14 m")

    let office = try await world.browser(as: .office)
    _ = try await office.post("/office/schools/pairs/\(near.id)/apart")
    let again = try await database.write { db in
      try SchoolDuplicateStore(db: db).look(at: [School.ID("p2")], run: "s", now: world.now)
    }
    #expect(again == 0, "what was settled is not asked again")
    let other = try #require(pairs.first { $0.reason == .sameName })
    let settled = try await office.post("/office/schools/pairs/\(other.id)/merger", ["stays": "bath"])
    #expect(settled.location == "/office/schools")
    let gone = try await database.read { db in try SchoolStore(db: db).find(School.ID("m2")) }
    #expect(gone?.status == .merged && gone?.successor == School.ID("bath"))
    #expect(try await acts(world) == ["are two schools", "merge"])
  }

  /// What the log says that the office did, in order.
  private func acts(_ world: TestWorld) async throws -> [String] {
    let office = world.person(.office)
    return try await world.site.database.read { db in
      try db.rows("SELECT action FROM audit WHERE person_id = \(office) AND kind = 'act' ORDER BY id").map {
        try $0.read("action")
      }
    }
  }

  @Test func theOfficeUndoesAnImport() async throws {
    let world = try await world()
    let file = FileManager.default.temporaryDirectory.appending(path: "undo-\(UUID().uuidString).csv")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data("STNAM,FIPST,LEANM,NCESSCH,SCHNAM,ALL_COHORT_1415\nMAINE,23,D,230000000001,New High,5\n".utf8).write(
      to: file)
    let work = SchoolImport(database: world.site.database, newID: world.site.newID)
    let done = try await work.carryOut(work.read([file]), at: world.now)
    let office = try await world.browser(as: .office)
    let undone = try await office.post("/office/schools/imports/\(try #require(done.run))/undoing")
    #expect(undone.status == 200 && undone.text.contains("The import is undone"))
    #expect(try await acts(world) == ["import undone"])
    #expect(try await found("/schools?name=new+high", world) == [])
  }
}
