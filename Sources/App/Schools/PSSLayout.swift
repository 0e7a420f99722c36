/// Private schools: NCES Private School Universe Survey. The survey's year is part of the columns' names
/// (`LATITUDE14`, `LOGR2014`), so it is read from there.
struct PSSLayout: OfficialLayout {
  static let title = "NCES Private School Survey"
  static let marks = [["PPIN", "PINST", "LOGR#", "HIGR#"]]

  private let year: SchoolYear
  private let lowest, highest, latitude, longitude, locale: String

  init?(columns: Columns) {
    guard columns.have(Self.marks[0]), let long = columns.year(after: "LOGR"), long.count == 4,
      let spring = Int(long), columns.have(["HIGR" + long])
    else { return nil }
    let short = long.suffix(2)
    year = SchoolYear(fall: spring - 1)
    (lowest, highest) = ("LOGR" + long, "HIGR" + long)
    (latitude, longitude, locale) = ("LATITUDE\(short)", "LONGITUDE\(short)", "ULOCALE\(short)")
  }

  func read(_ row: NamedRow) -> RowReading {
    let id = row["PPIN"].uppercased()
    guard id.utf8.count == 8, id.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) else {
      return .bad("PPIN is \"\(id.prefix(40))\", not 8 letters and digits")
    }
    let isElsewhere = !row["PL_STABB"].isEmpty
    let state = (isElsewhere ? row["PL_STABB"] : row["PSTABB"]).uppercased()
    guard state.utf8.count == 2 else { return .bad("the state \"\(state.prefix(40))\" is no postal code") }
    guard States.codes.contains(state) else { return .skipped(.otherState) }
    guard !row["PINST"].isEmpty else { return .bad("PINST is empty") }
    let place: GeoPoint?
    switch OfficialText.point(row[latitude], row[longitude]) {
    case .failure(let bad): return .bad(bad.words)
    case .success(let value): place = value
    }
    guard let high = Int(row[highest]) else { return .skipped(.unknownGrades) }
    guard (1...17).contains(high) else { return .bad("\(highest) is \(high), not a code from 1 to 17") }
    let grades = School.Grades(low: Int(row[lowest]).flatMap(Self.grade), high: Self.grade(high))
    let isSecondary = (grades.high ?? 0) >= 6 && (grades.low ?? 6) <= 12

    let origin = Origin(.pss, year)
    var facts = SchoolFacts(official: OfficialID(.pss, id))
    facts.seen(in: year)
    facts.set(.name, SchoolName.set(row["PINST"]), from: origin)
    facts.setKind(.private, by: "PSS", from: origin)
    facts.set(.state, state, from: origin)
    facts.set(.street, SchoolName.set(isElsewhere ? row["PL_ADD"] : row["PADDRS"]), from: origin)
    facts.set(.city, SchoolName.set(isElsewhere ? row["PL_CIT"] : row["PCITY"]), from: origin)
    facts.set(.zip, OfficialText.zip(isElsewhere ? row["PL_ZIP"] : row["PZIP"]), from: origin)
    facts.set(.county, OfficialText.county(row["PCNTNM"]), from: origin)
    facts.set(.locale, Int(row[locale]).flatMap(School.Locale.init)?.code, from: origin)
    facts.set(place, from: origin)
    facts.set(.gradeLow, grades.low, from: origin)
    facts.set(.gradeHigh, grades.high, from: origin)
    facts.set(.students, Int(row["NUMSTUDS"]).flatMap { $0 >= 0 ? $0 : nil }, from: origin)
    facts.set(.status, (isSecondary ? School.Status.open : .outside).rawValue, from: origin)
    return .facts(facts)
  }

  /// Codes of the survey: 2 is pre-kindergarten, 3 to 5 kindergarten and the transitional years beside it, 6…17 grades
  /// 1…12; 1, ungraded, is none.
  static func grade(_ code: Int) -> Int? {
    switch code {
    case 2: -1
    case 3...5: 0
    case 6...17: code - 5
    default: nil
    }
  }
}
