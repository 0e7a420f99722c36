import Foundation
import Storage
import TestDatabase
import Testing

@testable import App

struct SchoolImportTests {
  private static let now = Viewer.sampleNow

  private func work(_ engine: Engine = .sqlite) async throws -> (SchoolImport, any Database) {
    let database = try await TestDatabase.open(engine, migrations: Site.migrations)
    return (SchoolImport(database: database, newID: { Secrets.id(at: Self.now) }), database)
  }

  /// A file of rates for `year` with a school for each id.
  private func rates(_ schools: [(id: String, name: String)], year: String = "1415", extra: String = "") throws -> URL {
    let rows = schools.map { "CONNECTICUT,09,0900002,Elm District,\($0.id),\($0.name),100,90\n" }
    return try file(
      "STNAM,FIPST,LEAID,LEANM,NCESSCH,SCHNAM,ALL_COHORT_\(year),ALL_RATE_\(year)\n\(rows.joined())\(extra)")
  }

  private func places(_ ids: [String], year: Int = 2014) throws -> URL {
    let rows = ids.enumerated().map { index, id in
      "\(year),\(id),09,\(index) ELM ST,HARTFORD,CT,06106,\(41.5 + Double(index) / 10),-72.7,HARTFORD COUNTY,12\n"
    }
    return try file(
      "SURVYEAR,NCESSCH,FIPST,LSTREE,LCITY,LSTATE,LZIP,LATCODE,LONGCODE,CONAME,LOCALE\n\(rows.joined())")
  }

  private func file(_ text: String) throws -> URL {
    let url = FileManager.default.temporaryDirectory.appending(path: "schools-\(UUID().uuidString).csv")
    try Data(text.utf8).write(to: url)
    return url
  }

  // MARK: the real files

  /// Counts: README of the files; private schools by state of address, public ones by the state that reports them.
  @Test(.enabled(if: SharedFiles.areHere, "the official files are not here"), arguments: Engine.available)
  func allOfTheOfficialFilesImportAndASecondTimeChangesNothing(_ engine: Engine) async throws {
    let (work, database) = try await work(engine)
    let files = work.read(SharedFiles.official)
    #expect(files.isSound)
    let newest = try #require(files.files.first { $0.name.hasPrefix("acgr-sch-sy2014-15") })
    #expect(newest.reportedBy == ["MA": 389, "CT": 200, "ME": 120, "NH": 92, "VT": 61, "RI": 60])

    let dry = try await work.plan(files)
    let before = try await work.counts()
    #expect(before.isEmpty)
    let done = try await work.carryOut(files, at: Self.now)
    #expect(done.plan.created.count == dry.created.count && done.plan.updated.isEmpty)
    let counts = try await work.counts()
    func count(_ state: String, _ kinds: School.Kind...) -> Int {
      counts.filter { $0.state == state && kinds.contains($0.kind) }.reduce(0) { $0 + $1.count }
    }
    let privates = ["MA": 476, "CT": 250, "NH": 119, "ME": 114, "RI": 83, "VT": 80]
    for (state, expected) in privates { #expect(count(state, .private) == expected, "\(state)") }
    let ofTheYear = try await database.read { db in
      try db.rows(
        """
        SELECT agency_state, COUNT(*) AS schools FROM school
        WHERE kind <> 'private' AND status = 'open' GROUP BY agency_state
        """
      ).reduce(into: [String: Int]()) { $0[try $1.read("agency_state")] = try $1.read("schools") }
    }
    for (state, least) in newest.reportedBy { #expect(ofTheYear[state] ?? 0 >= least, "\(state)") }

    let again = try await work.carryOut(work.read(SharedFiles.official.reversed()), at: Self.now)
    #expect(again.run == nil && again.plan.changesNothing)
    #expect(again.plan.unchanged == dry.created.count)
  }

  @Test(.enabled(if: SharedFiles.areHere, "the official files are not here"))
  func theOfficialFilesKeepTheirEdges() async throws {
    let (work, database) = try await work()
    _ = try await work.carryOut(work.read(SharedFiles.official), at: Self.now)
    try await database.read { db in
      let store = SchoolStore(db: db)
      let rivendell = try #require(try store.find(OfficialID(.nces, "500002400180")))
      #expect(rivendell.state == "NH" && rivendell.agencyState == "VT")
      let prince = try #require(try store.find(OfficialID(.nces, "090000201136")))
      #expect(prince.zip == "06106" && prince.kind == .careerAndTechnical && prince.kindBasis == "name")
      #expect(try store.find(OfficialID(.pss, "00230963"))?.kind == .private)
      let ellsworth = try #require(try store.find(OfficialID(.nces, "231479000270")))
      #expect(ellsworth.status == .closed && ellsworth.lastSeen == SchoolYear(fall: 2013))
      let pairs = try db.rows(
        "SELECT id FROM school_duplicate WHERE first_id = \(ellsworth.id) OR second_id = \(ellsworth.id)")
      #expect(pairs.count == 1)
    }
  }

  /// One transaction or none: the directory is the same after one import of all files and after one for each.
  @Test(.enabled(if: SharedFiles.areHere, "the official files are not here"))
  func theOrderOfTheFilesDoesNotMatter() async throws {
    let (together, first) = try await work()
    _ = try await together.carryOut(together.read(SharedFiles.official), at: Self.now)
    let (apart, second) = try await work()
    let names: (URL) -> Bool = { $0.lastPathComponent.hasPrefix("acgr") || $0.lastPathComponent.hasPrefix("edge") }
    _ = try await apart.carryOut(apart.read(SharedFiles.official.filter(names)), at: Self.now)
    for path in SharedFiles.official.reversed() where !names(path) {
      _ = try await apart.carryOut(apart.read([path]), at: Self.now)
    }
    let sql: SQL = """
      SELECT official_kind, official_id, name, kind, city, state, zip, county, locale, grade_low, grade_high, students,
        status, first_seen, last_seen, origins FROM school ORDER BY official_kind, official_id
      """
    let all = try await first.read { db in try db.rows(sql).map { Array($0.values) } }
    let pieces = try await second.read { db in try db.rows(sql).map { Array($0.values) } }
    #expect(all == pieces)
  }

  // MARK: files that are wrong

  @Test func aWreckedFileNamesItsLinesAndIsNotSound() throws {
    let bad = try rates(
      [("090000200001", "Elm High"), ("90000200002", "Oak High"), ("090000200003", "")],
      extra: "CONNECTICUT,09,0900002\nCONNECTICUT,09,0900002,Elm,090000200001,Elm High again,1,2\n")
    let files = OfficialFiles([bad])
    #expect(!files.isSound)
    #expect(files.files[0].bad.map(\.line) == [3, 4, 5, 6])
    #expect(files.files[0].bad[2].reason == "has 3 fields where the header has 8")
    #expect(files.files[0].bad[3].reason == "NCES 090000200001 stands on line 2 already")
  }

  @Test(arguments: [
    ("name,town\nElm,Hartford\n", "header of no known layout"), ("", "The file is empty."),
    ("PK\u{3}\u{4}\u{0}\u{0}binary", "header of no known layout"),
    (
      "NCESSCH,STNAM,SCHNAM,FIPST,RATE_1415\n",
      "It would be EDFacts graduation rates, but a column is missing: ALL_COHORT_ with a year."
    ),
    ("NCESSCH,LAT,STATE\n", "It would be NCES EDGE geocodes, but a column is missing: LON."),
    ("NCESSCH,STNAM,SCHNAM,FIPST,ALL_COHORT_1415\n", "has a header and no rows"),
    ("NCESSCH,STNAM,SCHNAM,FIPST,ALL_COHORT_1415\n090000200001,\"CONN\n", "opened on line 2 is never closed"),
  ])
  func aFileThatCannotBeUsedSaysWhy(_ text: String, _ reason: String) throws {
    let files = OfficialFiles([try file(text)])
    #expect(!files.isSound)
    #expect(files.files[0].trouble?.contains(reason) == true, "\(files.files[0].trouble ?? "no trouble")")
  }

  @Test func aFileThatIsNotThereSaysSo() {
    #expect(OfficialFiles([URL(filePath: "/nowhere/a.csv")]).files[0].trouble == "/nowhere/a.csv cannot be read.")
  }

  @Test func badRowsComeBackWithTheirReasonsAndMendedTheyImport() async throws {
    let (work, _) = try await work()
    let back = String(
      decoding: OfficialFiles([try rates([("90000200002", "Oak High")])]).files[0].badRowsCSV, as: UTF8.self)
    #expect(back.contains("LINE,REASON") && back.contains("a spreadsheet may have eaten its leading zero"))
    let mended = back.replacing("90000200002", with: "090000200002")
    let plan = try await work.plan(work.read([try file(mended)]))
    #expect(plan.created.map(\.name) == ["Oak High"])
  }

  // MARK: what changes

  @Test(arguments: Engine.available) func aNewerFileUpdatesAndKeepsHistory(_ engine: Engine) async throws {
    let (work, database) = try await work(engine)
    _ = try await work.carryOut(work.read([try rates([("090000200001", "Elm High")])]), at: Self.now)
    let later = try await work.carryOut(
      work.read([try rates([("090000200001", "Elm Academy")], year: "1516")]), at: Self.now + .days(1))
    #expect(later.plan.updated.map(\.name) == ["Elm Academy"])
    let older = try await work.carryOut(
      work.read([try rates([("090000200001", "Elm School")], year: "1213")]), at: Self.now + .days(2))
    #expect(older.plan.updated.isEmpty && older.plan.unchanged == 1)
    try await database.read { db in
      let school = try #require(try SchoolStore(db: db).find(OfficialID(.nces, "090000200001")))
      #expect(school.name == "Elm Academy")
      #expect(school.firstSeen?.fall == 2012 && school.lastSeen?.fall == 2015)
      let lines = try db.rows("SELECT old_value, new_value FROM school_history WHERE field = 'name'")
      let change = try #require(lines.first)
      #expect(lines.count == 1)
      #expect(try change.read("old_value") == "Elm High")
      #expect(try change.read("new_value") == "Elm Academy")
    }
  }

  @Test func aSchoolThatACompleteLaterFileNoLongerHasIsClosed() async throws {
    let (work, database) = try await work()
    let ids = (1...20).map { "0900002000\($0 < 10 ? "0" : "")\($0)" }
    let gone = "090000200099"
    _ = try await work.carryOut(
      work.read([try rates(ids.map { ($0, "School \($0)") }), try rates([(gone, "Gone High")], year: "1112")]),
      at: Self.now)
    let few = try await work.plan(work.read([try places(Array(ids.prefix(3)))]))
    #expect(few.updated.allSatisfy { $0.official.text != gone }, "a file of a few rows closes nobody")
    _ = try await work.carryOut(work.read([try places(ids)]), at: Self.now)
    let closed = try await database.read { db in try SchoolStore(db: db).find(OfficialID(.nces, gone)) }
    #expect(closed?.status == .closed)
    _ = try await work.carryOut(work.read([try rates([(gone, "Gone High")], year: "1617")]), at: Self.now)
    let back = try await database.read { db in try SchoolStore(db: db).find(OfficialID(.nces, gone)) }
    #expect(back?.status == .open, "a later file that has it again opens it again")
  }

  @Test func placesWithoutNamesDoNotBecomeSchools() async throws {
    let (work, _) = try await work()
    let plan = try await work.plan(work.read([try places(["090000200001"])]))
    #expect(plan.created.isEmpty)
    #expect(plan.files.files[0].skipped[.unnamed]?.words() == "2")
  }

  // MARK: undo

  @Test(arguments: Engine.available) func anImportIsTakenBackButForWhatWasTouchedSince(_ engine: Engine) async throws {
    let (work, database) = try await work(engine)
    let first = try await work.carryOut(work.read([try rates([("090000200001", "Elm High")])]), at: Self.now)
    let second = try await work.carryOut(
      work.read([
        try rates(
          [("090000200001", "Elm Academy"), ("090000200002", "Oak High"), ("090000200003", "Ash High")], year: "1516")
      ]),
      at: Self.now + .days(1))
    try await database.write { db in
      let oak = try #require(try SchoolStore(db: db).find(OfficialID(.nces, "090000200002")))
      try SchoolStore(db: db).setMembership(oak.id, "inquiry", since: nil, now: Self.now)
    }
    let kept = try await work.undo(try #require(second.run), at: Self.now + .days(2))
    #expect(kept.map(\.name) == ["Oak High"] && kept.map(\.reason) == ["it has begun to join"])
    try await database.read { db in
      let store = SchoolStore(db: db)
      let elm = try store.find(OfficialID(.nces, "090000200001"))
      #expect(elm?.name == "Elm High" && elm?.origins[.name]?.description == "acgr.2014")
      let ash = try store.find(OfficialID(.nces, "090000200003"))
      #expect(ash == nil)
    }
    let run = try #require(second.run)
    await #expect(throws: Refusal.self) { try await work.undo(run, at: Self.now) }
    let keptOfFirst = try await work.undo(try #require(first.run), at: Self.now)
    #expect(keptOfFirst.isEmpty)
    let counts = try await work.counts()
    #expect(counts.map(\.count) == [1])
  }

  /// A school may only be deleted, and two be merged, where every table that names schools is known.
  @Test func everyTableThatNamesASchoolIsListed() async throws {
    let (_, database) = try await work()
    let named = try await database.read { db in
      try db.rows(
        """
        SELECT m.name AS name FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f
        WHERE m.type = 'table' AND f."table" = 'school'
        """
      ).map { try $0.read("name", as: String.self) }
    }
    let listed = Set(SchoolReferences.tables.map(\.name) + SchoolReferences.ownTables)
    #expect(Set(named).subtracting(listed).isEmpty)
  }
}
