/// A column of the directory that files or people fill.
package enum SchoolField: String, Sendable, CaseIterable {
  case name, kind
  case kindBasis = "kind_basis"
  case agency
  case agencyState = "agency_state"
  case street, city, state, zip, county, latitude, longitude, locale
  case gradeLow = "grade_low"
  case gradeHigh = "grade_high"
  case students, status, website, phone

  enum Form { case text, whole, real }

  var form: Form {
    switch self {
    case .latitude, .longitude: .real
    case .locale, .gradeLow, .gradeHigh, .students: .whole
    default: .text
    }
  }

  /// How a page names it.
  package var words: String {
    switch self {
    case .kindBasis: "basis of the kind"
    case .agency: "district"
    case .agencyState: "reporting state"
    case .zip: "ZIP code"
    case .gradeLow: "lowest grade"
    case .gradeHigh: "highest grade"
    default: rawValue
    }
  }
}

/// Where a value came from. The newer year wins; in the same year, the source that knows better.
package struct Origin: Sendable, Hashable, Comparable, CustomStringConvertible {
  package enum Source: String, Sendable, CaseIterable {
    /// Read out of a name, for want of a column that tells.
    case guess
    /// Concluded from not being in a complete file.
    case absence
    case acgr, edge, pss, ccd
    case school, office

    var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    /// How a page names it.
    package var words: String {
      switch self {
      case .guess: "its name"
      case .absence: "its absence from a complete file"
      case .acgr: "EDFacts graduation rates"
      case .edge: "NCES EDGE geocodes"
      case .pss: "NCES Private School Survey"
      case .ccd: "NCES Common Core of Data"
      case .school: "the school"
      case .office: "the League office"
      }
    }
  }

  package let source: Source
  /// Fall of the survey's school year; 0 for a guess, which any file outdoes, and 9999 for people, whom none does.
  package let year: Int

  package init(_ source: Source, _ year: SchoolYear) {
    self.source = source
    self.year = year.fall
  }

  init(_ source: Source, year: Int) {
    self.source = source
    self.year = year
  }

  package static let guess = Origin(.guess, year: 0)
  package static let office = Origin(.office, year: 9999)
  package static let school = Origin(.school, year: 9999)

  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ".")
    guard parts.count == 2, let source = Source(rawValue: String(parts[0])), let year = Int(parts[1]) else {
      return nil
    }
    self.init(source, year: year)
  }

  /// "ccd.2014", as the database keeps it.
  package var description: String { "\(source.rawValue).\(year)" }

  /// "NCES Common Core of Data 2014-15".
  package var words: String {
    (1..<9999).contains(year) ? "\(source.words) \(SchoolYear(fall: year))" : source.words
  }

  package static func < (left: Self, right: Self) -> Bool {
    (left.year, left.source.rank) < (right.year, right.source.rank)
  }
}

/// Where each value of a school came from.
package struct Origins: Sendable, Equatable, CustomStringConvertible {
  private(set) var all: [SchoolField: Origin] = [:]

  package init() {}

  /// - Parameter text: `name=ccd.2014 city=edge.2014`, as `description` writes it; what cannot be read is left out.
  package init(_ text: String) {
    for piece in text.split(separator: " ") {
      let halves = piece.split(separator: "=")
      guard halves.count == 2, let field = SchoolField(rawValue: String(halves[0])), let origin = Origin(halves[1])
      else { continue }
      all[field] = origin
    }
  }

  package subscript(field: SchoolField) -> Origin? {
    get { all[field] }
    set { all[field] = newValue }
  }

  package var description: String {
    SchoolField.allCases.compactMap { field in all[field].map { "\(field.rawValue)=\($0)" } }.joined(separator: " ")
  }
}

/// What is said of one school: values as text, each with its origin.
package struct SchoolFacts: Sendable, Equatable {
  package var official: OfficialID?
  private(set) var values: [SchoolField: String] = [:]
  private(set) var origins = Origins()
  package var firstSeen: SchoolYear?
  package var lastSeen: SchoolYear?

  package init(official: OfficialID? = nil) { self.official = official }

  package subscript(field: SchoolField) -> String? { values[field] }

  /// Empty text says nothing, so it is not kept.
  package mutating func set(_ field: SchoolField, _ value: String?, from origin: Origin) {
    guard let value, !value.isEmpty else { return }
    values[field] = value
    origins[field] = origin
  }

  package mutating func set(_ field: SchoolField, _ value: Int?, from origin: Origin) {
    set(field, value.map(String.init), from: origin)
  }

  package mutating func set(_ point: GeoPoint?, from origin: Origin) {
    set(.latitude, point.map { String($0.latitude) }, from: origin)
    set(.longitude, point.map { String($0.longitude) }, from: origin)
  }

  package mutating func seen(in year: SchoolYear) {
    firstSeen = min(firstSeen ?? year, year)
    lastSeen = max(lastSeen ?? year, year)
  }

  /// Takes over whatever `other` knows at least as well: it does not matter in which order files come.
  ///
  /// - Returns: the fields whose value changed.
  @discardableResult package mutating func take(_ other: SchoolFacts) -> [SchoolField] {
    var changed: [SchoolField] = []
    for field in SchoolField.allCases {
      guard let value = other.values[field], let origin = other.origins[field] else { continue }
      if let own = origins[field], values[field] != nil, origin < own { continue }
      if values[field] != value { changed.append(field) }
      values[field] = value
      origins[field] = origin
    }
    for year in [other.firstSeen, other.lastSeen].compactMap(\.self) { seen(in: year) }
    return changed
  }

  /// Puts back a value and its origin; nil takes the value away.
  mutating func restore(_ field: SchoolField, _ value: String?, _ origin: Origin?) {
    values[field] = value
    origins[field] = origin
  }

  var point: GeoPoint? {
    guard let latitude = values[.latitude].flatMap(Double.init), let longitude = values[.longitude].flatMap(Double.init)
    else { return nil }
    return GeoPoint(latitude: latitude, longitude: longitude)
  }
}
