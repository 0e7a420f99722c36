/// The directory of public schools: Common Core of Data, `ccd_sch_029`, 65 columns.
///
/// Kind: `CHARTER_TEXT` Yes is a charter school, else `SCH_TYPE` 3 a career-and-technical one, else public. Where a file
/// leaves both empty, only the name can tell, and the school's kind says so.
struct CCDDirectoryLayout: OfficialLayout {
  static let title = "NCES CCD directory"
  static let marks = [["NCESSCH", "SCH_NAME", "SCHOOL_YEAR", "SCH_TYPE"] + (6...12).map { "G_\($0)_OFFERED" }]

  init?(columns: Columns) {
    guard columns.have(Self.marks[0]) else { return nil }
  }

  func read(_ row: NamedRow) -> RowReading {
    let state = row.first("LSTATE", "MSTATE", "ST").uppercased()
    let id: OfficialID
    switch OfficialText.ncesID(row["NCESSCH"]) {
    case .failure(let bad): return .bad(bad.words)
    case .success(let value): id = value
    }
    guard state.utf8.count == 2 else { return .bad("the state \"\(state.prefix(40))\" is no postal code") }
    guard States.codes.contains(state) else { return .skipped(.otherState) }
    guard !row["SCH_NAME"].isEmpty else { return .bad("SCH_NAME is empty") }
    guard let year = OfficialText.schoolYear(row["SCHOOL_YEAR"]) else {
      return .bad("SCHOOL_YEAR is \"\(row["SCHOOL_YEAR"].prefix(40))\", not a year such as 2014-2015")
    }
    let status = row.first("UPDATED_STATUS", "SY_STATUS")
    if status == "7" { return .skipped(.notOpened) }

    let origin = Origin(.ccd, year)
    var facts = SchoolFacts(official: id)
    facts.seen(in: year)
    facts.set(.name, SchoolName.set(row["SCH_NAME"]), from: origin)
    facts.set(.agency, SchoolName.set(row["LEA_NAME"]), from: origin)
    facts.set(.agencyState, States.code(fips: row["FIPST"]) ?? row["ST"], from: origin)
    facts.set(.state, state, from: origin)
    facts.set(.street, SchoolName.set(row.first("LSTREET1", "MSTREET1")), from: origin)
    facts.set(.city, SchoolName.set(row.first("LCITY", "MCITY")), from: origin)
    facts.set(.zip, OfficialText.zip(row.first("LZIP", "MZIP")), from: origin)
    facts.set(.phone, row["PHONE"], from: origin)
    facts.set(.website, row["WEBSITE"], from: origin)
    setKind(row, &facts, origin)
    return .facts(closed(status) ? closing(facts, origin) : opening(row, facts, origin))
  }

  /// Inactive schools teach nobody, so they count as closed.
  private func closed(_ status: String) -> Bool { status == "2" || status == "6" }

  private func closing(_ facts: SchoolFacts, _ origin: Origin) -> SchoolFacts {
    var facts = facts
    facts.set(.status, School.Status.closed.rawValue, from: origin)
    return facts
  }

  private func opening(_ row: NamedRow, _ facts: SchoolFacts, _ origin: Origin) -> SchoolFacts {
    var facts = facts
    let grades = CCDGrades(row)
    facts.set(.gradeLow, grades.low, from: origin)
    facts.set(.gradeHigh, grades.high, from: origin)
    if grades.isSecondary != false { facts.set(.status, School.Status.open.rawValue, from: origin) }
    if grades.isSecondary == false { facts.set(.status, School.Status.outside.rawValue, from: origin) }
    return facts
  }

  private func setKind(_ row: NamedRow, _ facts: inout SchoolFacts, _ origin: Origin) {
    let charter = OfficialText.answer(row["CHARTER_TEXT"])
    let type = Int(row["SCH_TYPE"])
    if charter == true {
      facts.setKind(.charter, by: "CHARTER_TEXT", from: origin)
    } else if let type {
      facts.setKind(type == 3 ? .careerAndTechnical : .public, by: "SCH_TYPE", from: origin)
    } else {
      facts.setKind(SchoolKindGuess.kind(of: row["SCH_NAME"], agency: row["LEA_NAME"]), by: "name", from: .guess)
    }
  }
}

extension SchoolFacts {
  mutating func setKind(_ kind: School.Kind, by column: String, from origin: Origin) {
    set(.kind, kind.rawValue, from: origin)
    set(.kindBasis, column, from: origin)
  }
}

/// The grades that a row of the CCD directory says are offered.
struct CCDGrades: Equatable {
  var low: Int?
  var high: Int?
  /// Whether any of grades 6 to 12 is offered; nil where the row does not tell.
  var isSecondary: Bool?

  init(_ row: NamedRow) {
    let offered = (1...13).map { OfficialText.answer(row["G_\($0)_OFFERED"]) }
    let early = [-1: OfficialText.answer(row["G_PK_OFFERED"]), 0: OfficialText.answer(row["G_KG_OFFERED"])]
    func isOffered(_ grade: Int) -> Bool? { grade < 1 ? early[grade] ?? nil : offered[grade - 1] }
    low = Self.grade(row["GSLO"])
    high = Self.grade(row["GSHI"])
    let known = (-1...13).filter { isOffered($0) == true }
    if low == nil, let lowest = known.first, (-1..<max(-1, lowest)).allSatisfy({ isOffered($0) == false }) {
      low = lowest
    }
    if high == nil { high = known.last }
    let secondary = (6...12).map(isOffered)
    if secondary.contains(true) {
      isSecondary = true
    } else if secondary.allSatisfy({ $0 == false }) {
      isSecondary = false
    } else if let low, let high {
      isSecondary = low <= 12 && high >= 6
    }
  }

  /// `PK`, `KG`, `01`…`13`; nil for `UG`, `AE`, `M`, `N` and empty.
  static func grade(_ text: String) -> Int? {
    switch text.uppercased() {
    case "PK": -1
    case "KG": 0
    default: Int(text).flatMap { (1...13).contains($0) ? $0 : nil }
    }
  }
}

/// Students by school: Common Core of Data, `ccd_sch_052`, one row for each grade, group and total.
struct CCDMembershipLayout: OfficialLayout {
  static let title = "NCES CCD membership"
  static let marks = [["NCESSCH", "SCHOOL_YEAR", "STUDENT_COUNT", "TOTAL_INDICATOR"]]

  init?(columns: Columns) {
    guard columns.have(Self.marks[0]) else { return nil }
  }

  func read(_ row: NamedRow) -> RowReading {
    guard row["TOTAL_INDICATOR"] == "Education Unit Total" else { return .skipped(.part) }
    let id: OfficialID
    switch OfficialText.ncesID(row["NCESSCH"]) {
    case .failure(let bad): return .bad(bad.words)
    case .success(let value): id = value
    }
    guard let year = OfficialText.schoolYear(row["SCHOOL_YEAR"]) else { return .bad("SCHOOL_YEAR is no year") }
    var facts = SchoolFacts(official: id)
    let count = Int(row["STUDENT_COUNT"]).flatMap { $0 >= 0 ? $0 : nil }
    facts.set(.students, count, from: Origin(.ccd, year))
    return .facts(facts)
  }
}

/// School characteristics: Common Core of Data, `ccd_sch_129`. Known, so that a folder of CCD files can be given whole.
struct CCDCharacteristicsLayout: OfficialLayout {
  static let title = "NCES CCD characteristics"
  static let marks = [["NCESSCH", "SHARED_TIME", "NSLP_STATUS"]]

  init?(columns: Columns) {
    guard columns.have(Self.marks[0]) else { return nil }
  }

  func read(_ row: NamedRow) -> RowReading { .skipped(.nothingKept) }
}
