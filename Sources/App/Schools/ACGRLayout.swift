/// Names of public high schools: EDFacts four-year adjusted cohort graduation rates by school. The rates themselves are
/// not read here.
///
/// A school in it has a graduating cohort, so it teaches grade 12. No column tells its kind: the name is all there is.
struct ACGRLayout: OfficialLayout {
  static let title = "EDFacts graduation rates"
  static let marks = [["NCESSCH", "SCHNAM", "STNAM", "ALL_COHORT_#"]]

  private let year: SchoolYear

  init?(columns: Columns) {
    guard columns.have(Self.marks[0]), let digits = columns.year(after: "ALL_COHORT_"), digits.count == 4,
      let start = Int(digits.prefix(2))
    else { return nil }
    year = SchoolYear(fall: 2000 + start)
  }

  func read(_ row: NamedRow) -> RowReading {
    let id: OfficialID
    switch OfficialText.ncesID(row["NCESSCH"]) {
    case .failure(let bad): return .bad(bad.words)
    case .success(let value): id = value
    }
    guard !row["STNAM"].isEmpty else { return .bad("STNAM is empty") }
    let fips = row["FIPST"].count == 1 ? "0" + row["FIPST"] : row["FIPST"]
    guard let state = States.code(named: row["STNAM"]) else { return .skipped(.otherState) }
    guard States.code(fips: fips) == state || fips.isEmpty else {
      return .bad("STNAM is \(row["STNAM"]) but FIPST is \(fips.prefix(10))")
    }
    guard !row["SCHNAM"].isEmpty else { return .bad("SCHNAM is empty") }
    let origin = Origin(.acgr, year)
    var facts = SchoolFacts(official: id)
    facts.seen(in: year)
    facts.set(.name, SchoolName.set(row["SCHNAM"]), from: origin)
    facts.set(.agency, SchoolName.set(row["LEANM"]), from: origin)
    facts.set(.agencyState, state, from: origin)
    facts.set(.state, state, from: Origin(.guess, year: 0))
    facts.set(.gradeHigh, 12, from: origin)
    facts.set(.status, School.Status.open.rawValue, from: origin)
    facts.setKind(SchoolKindGuess.kind(of: row["SCHNAM"], agency: row["LEANM"]), by: "name", from: .guess)
    return .facts(facts)
  }
}

/// The kind of a public school as far as its name tells. Used only where no column does, and said to be a guess.
enum SchoolKindGuess {
  static func kind(of name: String, agency: String) -> School.Kind {
    let words = " \(folded(name)) \(folded(agency)) "
    if charter.contains(where: words.contains) { return .charter }
    let isCollege = words.contains(" technical community ") || words.contains(" community college ")
    if !isCollege, technical.contains(where: words.contains) { return .careerAndTechnical }
    return .public
  }

  private static let charter = [" charter ", " horace mann "]
  private static let technical = [
    " vocational ", " technical ", " agricultural ", " career tech ", " career and tech ", " voc ",
  ]
}
