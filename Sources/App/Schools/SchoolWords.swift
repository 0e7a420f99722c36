/// A school in words, as lists, pages and downloads say it.
enum SchoolWords {
  /// "Bath, Maine · Public · Grades 9–12 · 612 students · Rural, remote"
  static func about(_ school: School) -> String {
    let place = [school.city, school.stateName].filter { !$0.isEmpty }.joined(separator: ", ")
    var parts = [place] + kind(school)
    if school.status != .open { parts.append(school.status.words) }
    return parts.joined(separator: " · ")
  }

  /// What kind of school it is, piece by piece; what is not known is left out.
  static func kind(_ school: School) -> [String] {
    [
      school.kind.words, school.grades.words, school.students.map { counted($0, "student") }, school.locale?.words,
    ].compactMap(\.self)
  }

  /// How its kind was decided, for those who ask.
  static func basis(_ school: School) -> String {
    switch school.kindBasis {
    case "": "as entered"
    case "name": "as far as its name tells"
    case "PSS": "listed in the Private School Survey"
    default: "by the column \(school.kindBasis)"
    }
  }

  static let columns = [
    "id", "official id", "name", "kind", "kind by", "district", "street", "city", "state", "zip", "county", "latitude",
    "longitude", "locale", "lowest grade", "highest grade", "students", "status", "membership", "member since",
    "website",
    "phone", "first seen", "last seen",
  ]

  /// One line of the downloaded list.
  static func fields(_ school: School) -> [String] {
    [
      school.id.description, school.official?.text ?? "", school.name, school.kind.rawValue, school.kindBasis,
      school.agency, school.street, school.city, school.state, school.zip, school.county,
      school.point.map { "\($0.latitude)" } ?? "", school.point.map { "\($0.longitude)" } ?? "",
      school.locale.map { "\($0.code)" } ?? "", school.grades.low.map(School.Grades.name) ?? "",
      school.grades.high.map(School.Grades.name) ?? "", school.students.map(String.init) ?? "", school.status.rawValue,
      school.membership, school.memberSince?.description ?? "", school.website, school.phone,
      school.firstSeen?.description ?? "", school.lastSeen?.description ?? "",
    ]
  }
}
