import Foundation
import Testing

@testable import App

/// What single rows of each layout say. Column names and codes: NCES, CCD school directory file documentation 2022-23;
/// EDGE public school geocode documentation; PSS 2013-14 data file user's manual.
struct SchoolLayoutTests {
  private func reading(_ header: String, _ row: String) throws -> RowReading {
    var reader = try CSVReader(bytes: Array("\(header)\n\(row)\n".utf8))
    let columns = Columns(try #require(try reader.row()).fields)
    let layout = try #require(OfficialLayouts.recognise(columns))
    return layout.read(NamedRow(row: try #require(try reader.row()), columns: columns))
  }

  private func facts(_ header: String, _ row: String) throws -> SchoolFacts {
    let reading = try reading(header, row)
    guard case .facts(let facts) = reading else {
      Issue.record("not facts but \(reading)")
      return SchoolFacts()
    }
    return facts
  }

  private static let ccd =
    "SCHOOL_YEAR,FIPST,ST,SCH_NAME,LEA_NAME,NCESSCH,LSTREET1,LCITY,LSTATE,LZIP,UPDATED_STATUS,SCH_TYPE,CHARTER_TEXT,"
    + "G_PK_OFFERED,G_KG_OFFERED,G_1_OFFERED,G_2_OFFERED,G_3_OFFERED,G_4_OFFERED,G_5_OFFERED,G_6_OFFERED,G_7_OFFERED,"
    + "G_8_OFFERED,G_9_OFFERED,G_10_OFFERED,G_11_OFFERED,G_12_OFFERED,G_13_OFFERED,GSLO,GSHI"

  private func ccd(
    state: String = "CT", status: String = "1", type: String = "1", charter: String = "No",
    yes: ClosedRange<Int>? = 9...12,
    span: String = "09,12"
  ) throws -> RowReading {
    let grades = (-1...13).map { yes?.contains($0) == true ? "Yes" : yes == nil ? "Not reported" : "No" }
    return try reading(
      Self.ccd,
      "2022-2023,09,CT,Elm High School,Elm District,090000200001,1 ELM ST,HARTFORD,\(state),06106,\(status),\(type),"
        + "\(charter),\(grades.joined(separator: ",")),\(span)")
  }

  @Test func aDirectoryRowTellsAllOfASchool() throws {
    guard case .facts(let facts) = try ccd() else {
      Issue.record("no facts")
      return
    }
    #expect(facts.official == OfficialID(.nces, "090000200001"))
    #expect(facts[.name] == "Elm High School")
    #expect(facts[.city] == "Hartford")
    #expect(facts[.zip] == "06106")
    #expect([facts[.gradeLow], facts[.gradeHigh]] == ["9", "12"])
    #expect(facts.lastSeen?.description == "2022-23")
    #expect(facts.origins[.name]?.description == "ccd.2022")
  }

  @Test(arguments: [
    ("1", "No", "public", "SCH_TYPE"), ("3", "No", "career-and-technical", "SCH_TYPE"),
    ("1", "Yes", "charter", "CHARTER_TEXT"), ("3", "Yes", "charter", "CHARTER_TEXT"),
    ("4", "Not applicable", "public", "SCH_TYPE"), ("", "", "public", "name"),
  ])
  func theKindIsDecidedByItsColumn(_ type: String, _ charter: String, _ kind: String, _ column: String) throws {
    guard case .facts(let facts) = try ccd(type: type, charter: charter) else {
      Issue.record("no facts")
      return
    }
    #expect(facts[.kind] == kind)
    #expect(facts[.kindBasis] == column)
  }

  @Test func aSchoolThatEndsWithGradeFiveIsNotSecondary() throws {
    guard case .facts(let facts) = try ccd(yes: -1...5, span: "PK,05") else {
      Issue.record("no facts")
      return
    }
    #expect(facts[.status] == "outside")
  }

  @Test(arguments: ["2", "6"]) func closedAndInactiveSchoolsAreClosed(_ status: String) throws {
    guard case .facts(let facts) = try ccd(status: status, yes: nil, span: "N,N") else {
      Issue.record("no facts")
      return
    }
    #expect(facts[.status] == "closed")
  }

  @Test func futureSchoolsAndOtherStatesAreSkipped() throws {
    #expect(try ccd(status: "7") == .skipped(.notOpened))
    #expect(try ccd(state: "NY") == .skipped(.otherState))
  }

  @Test func aLostLeadingZeroIsNamed() throws {
    let reading = try reading("NCESSCH,STNAM,SCHNAM,FIPST,ALL_COHORT_1415", "90000200001,CONNECTICUT,Elm,09,10")
    #expect(reading == .bad("NCESSCH has 11 digits in place of 12; a spreadsheet may have eaten its leading zero"))
  }

  @Test func graduationRatesTellNameAndGradeTwelve() throws {
    let facts = try facts(
      "STNAM,FIPST,LEAID,LEANM,NCESSCH,SCHNAM,ALL_COHORT_1112,ALL_RATE_1112",
      "VERMONT,50,5000024,Rivendell,500002400180,Rivendell Academy,30,PS")
    #expect(facts[.gradeHigh] == "12" && facts[.gradeLow] == nil)
    #expect(facts.lastSeen?.description == "2011-12")
    #expect(facts[.kindBasis] == "name")
  }

  /// The state in which the school stands comes from the location file, whichever file is newer.
  @Test func aSchoolStandsWhereItsAddressSaysNotWhereItIsReported() throws {
    var school = try facts(
      "STNAM,FIPST,LEANM,NCESSCH,SCHNAM,ALL_COHORT_1920", "VERMONT,50,Rivendell,500002400180,Rivendell Academy,30")
    school.take(
      try facts(
        "SURVYEAR,NCESSCH,LSTREE,LCITY,LSTATE,LZIP,LATCODE,LONGCODE,CONAME,LOCALE",
        "2014,500002400180,1 MAIN ST,ORFORD,NH,03777,43.9,-72.1,GRAFTON COUNTY,43"))
    #expect(school[.state] == "NH" && school[.agencyState] == "VT")
    #expect(school[.county] == "Grafton" && school[.locale] == "43")
  }

  @Test func theYearOfAPrivateSchoolSurveyStandsInItsColumns() throws {
    for (short, long, fall) in [("14", "2014", 2013), ("24", "2024", 2023)] {
      let facts = try facts(
        "PPIN,PINST,PADDRS,PCITY,PSTABB,PZIP,PCNTNM,PL_ADD,PL_CIT,PL_STABB,PL_ZIP,ULOCALE\(short),LATITUDE\(short),"
          + "LONGITUDE\(short),LOGR\(long),HIGR\(long),NUMSTUDS",
        "00230963,ST. MARY'S SCHOOL,PO BOX 1,BOSTON,MA,02108,SUFFOLK,5 OAK ST,QUINCY,MA,02169,21,42.25,-71,2,13,210")
      #expect(facts.official == OfficialID(.pss, "00230963"))
      #expect(facts[.name] == "St. Mary's School")
      #expect(facts[.city] == "Quincy" && facts[.zip] == "02169")
      #expect([facts[.gradeLow], facts[.gradeHigh]] == ["-1", "8"])
      #expect(facts.lastSeen == SchoolYear(fall: fall))
    }
  }

  @Test func privateSchoolsBelowGradeSixAreNotSecondary() throws {
    let facts = try facts("PPIN,PINST,PSTABB,LOGR2014,HIGR2014", "00230963,A,MA,2,10")
    #expect(facts[.status] == "outside")
  }

  @Test func locationFilesWithoutAHeaderAreKnownByTheirShape() throws {
    let row =
      "090000200001|0900002|Elm High School|09|1 ELM ST|HARTFORD|CT|06106|09|09003|Hartford County|12|41.7|-72.7|1|A|1|"
      + "1|A|0901|1|1|2024-2025"
    var reader = try CSVReader(bytes: Array("\(row)\n".utf8))
    let first = try #require(try reader.row())
    #expect(EDGELayout.begins(first))
    let layout = try #require(OfficialLayouts.recognise(EDGELayout.headerless))
    guard case .facts(let facts) = layout.read(NamedRow(row: first, columns: EDGELayout.headerless)) else {
      Issue.record("no facts")
      return
    }
    #expect(facts[.county] == "Hartford")
    #expect(facts.lastSeen == SchoolYear(fall: 2024))
  }

  @Test func onlyTotalsTellASchoolsStudents() throws {
    let header = "SCHOOL_YEAR,NCESSCH,GRADE,RACE_ETHNICITY,SEX,STUDENT_COUNT,TOTAL_INDICATOR,DMS_FLAG"
    let total = try facts(header, "2022-2023,090000200001,No Category Codes,x,x,431,Education Unit Total,Reported")
    #expect(total[.students] == "431")
    #expect(try reading(header, "2022-2023,090000200001,Grade 9,x,x,31,Category Set A,Reported") == .skipped(.part))
  }

  @Test(arguments: [
    ("Bay Path Regional Vocational Technical High School", "", School.Kind.careerAndTechnical),
    ("Minuteman Regional High", "Minuteman Regional Vocational Technical", .careerAndTechnical),
    ("Gateway to College at Springfield Technical Community Colleg", "Springfield", .public),
    ("The Academy of Information Technology", "Stamford", .public), ("Phoenix Charter Academy", "", .charter),
    ("Edward M. Kennedy Academy for Health Careers (Horace Mann Ch", "", .charter), ("Bath High School", "", .public),
  ])
  func aNameMayTellTheKindWhereNothingElseDoes(_ name: String, _ agency: String, _ kind: School.Kind) {
    #expect(SchoolKindGuess.kind(of: name, agency: agency) == kind)
  }

  @Test func whatIsNewerWinsAndInOneYearWhatKnowsBetter() {
    var old = SchoolFacts()
    old.set(.name, "From rates", from: Origin(.acgr, SchoolYear(fall: 2013)))
    var edge = SchoolFacts()
    edge.set(.name, "From geocodes", from: Origin(.edge, SchoolYear(fall: 2014)))
    var ccd = SchoolFacts()
    ccd.set(.name, "From the directory", from: Origin(.ccd, SchoolYear(fall: 2014)))
    for order in [[old, edge, ccd], [ccd, edge, old], [edge, ccd, old]] {
      var school = SchoolFacts()
      for facts in order { school.take(facts) }
      #expect(school[.name] == "From the directory")
    }
    var office = ccd
    office.set(.name, "From the office", from: .office)
    office.take(ccd)
    #expect(office[.name] == "From the office")
  }
}
