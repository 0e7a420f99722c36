/// Where public schools stand: NCES EDGE geocodes. They tell neither grades nor, before 2015, names, so a row becomes a
/// school only together with a file that does.
struct EDGELayout: OfficialLayout {
  static let title = "NCES EDGE geocodes"
  static let marks = [["NCESSCH", "LATCODE", "LONGCODE", "LSTATE"], ["NCESSCH", "LAT", "LON", "STATE"]]

  private let street, city, state, zip, latitude, longitude, county, year: String

  init?(columns: Columns) {
    if columns.have(Self.marks[0]) {
      (street, city, state, zip) = ("LSTREE", "LCITY", "LSTATE", "LZIP")
      (latitude, longitude, county, year) = ("LATCODE", "LONGCODE", "CONAME", "SURVYEAR")
    } else if columns.have(Self.marks[1]) {
      (street, city, state, zip) = ("STREET", "CITY", "STATE", "ZIP")
      (latitude, longitude, county, year) = ("LAT", "LON", "NMCNTY", "SCHOOLYEAR")
    } else {
      return nil
    }
  }

  /// The columns of the files that come without a header, from 2015-16.
  static let headerless = Columns([
    "NCESSCH", "LEAID", "NAME", "OPSTFIPS", "STREET", "CITY", "STATE", "ZIP", "STFIP", "CNTY", "NMCNTY", "LOCALE",
    "LAT",
    "LON", "CBSA", "NMCBSA", "CBSATYPE", "CSA", "NMCSA", "CD", "SLDL", "SLDU", "SCHOOLYEAR",
  ])

  /// Whether a file that begins with `row` is one of those: 23 fields, an id first, coordinates where they belong.
  static func begins(_ row: CSVRow) -> Bool {
    guard row.count == headerless.names.count, case .success = OfficialText.ncesID(row[0].trimmingSpaces) else {
      return false
    }
    return Double(row[12].trimmingSpaces) != nil && Double(row[13].trimmingSpaces) != nil
  }

  func read(_ row: NamedRow) -> RowReading {
    let id: OfficialID
    switch OfficialText.ncesID(row["NCESSCH"]) {
    case .failure(let bad): return .bad(bad.words)
    case .success(let value): id = value
    }
    let place: GeoPoint?
    switch OfficialText.point(row[latitude], row[longitude]) {
    case .failure(let bad): return .bad(bad.words)
    case .success(let value): place = value
    }
    guard row[state].utf8.count == 2 else { return .bad("the state \"\(row[state].prefix(40))\" is no postal code") }
    guard States.codes.contains(row[state].uppercased()) else { return .skipped(.otherState) }
    guard let year = OfficialText.schoolYear(row[year]) else {
      return .bad("\(year) is \"\(row[year].prefix(40))\", not a year")
    }
    let origin = Origin(.edge, year)
    var facts = SchoolFacts(official: id)
    facts.seen(in: year)
    facts.set(.name, SchoolName.set(row["NAME"]), from: origin)
    facts.set(.street, SchoolName.set(row[street]), from: origin)
    facts.set(.city, SchoolName.set(row[city]), from: origin)
    facts.set(.state, row[state].uppercased(), from: origin)
    facts.set(.agencyState, States.code(fips: String(id.text.prefix(2))), from: origin)
    facts.set(.zip, OfficialText.zip(row[zip]), from: origin)
    facts.set(.county, OfficialText.county(row[county]), from: origin)
    facts.set(.locale, Int(row["LOCALE"]).flatMap(School.Locale.init)?.code, from: origin)
    facts.set(place, from: origin)
    facts.set(.status, School.Status.open.rawValue, from: origin)
    return .facts(facts)
  }
}
