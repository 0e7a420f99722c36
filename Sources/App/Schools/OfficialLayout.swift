/// What a row of an official file amounts to.
enum RowReading: Sendable, Equatable {
  case facts(SchoolFacts)
  case skipped(SkipReason)
  /// The row contradicts its own layout; the text says how.
  case bad(String)
}

/// Why a sound row is left out of the directory.
package enum SkipReason: String, Sendable, Hashable, CaseIterable {
  case otherState, noGrade, unknownGrades, notOpened, closed, part, nothingKept, unnamed

  package var words: String {
    switch self {
    case .otherState: "outside the six states"
    case .noGrade: "none of grades 6 to 12"
    case .unknownGrades: "grades not reported"
    case .notOpened: "not opened yet"
    case .closed: "closed, and never in the directory"
    case .part: "a part of a school's count, not its total"
    case .nothingKept: "this layout holds nothing that the directory keeps"
    case .unnamed: "no file names this school or tells its grades"
    }
  }
}

/// One kind of official file: how to know it by its header, and what its rows say.
protocol OfficialLayout: Sendable {
  /// As people call it: "NCES CCD directory".
  static var title: String { get }
  /// The columns that its files are known by, one list for each of its forms; `#` at the end stands for a year's digits.
  static var marks: [[String]] { get }

  /// - Parameter columns: of the header row. Nil when the file is of another layout.
  init?(columns: Columns)

  func read(_ row: NamedRow) -> RowReading
}

/// Where each column of a header stands. Names are compared without regard to case.
struct Columns: Sendable {
  let names: [String]
  private let places: [String: Int]

  init(_ names: [String]) {
    self.names = names.map { $0.trimmingSpaces.uppercased() }
    places = Dictionary(self.names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }

  func place(_ name: String) -> Int? { places[name] }
  func have(_ marks: [String]) -> Bool { missing(of: marks).isEmpty }

  /// Those of a layout's marks that the header lacks.
  func missing(of marks: [String]) -> [String] {
    marks.filter { $0.hasSuffix("#") ? year(after: String($0.dropLast())) == nil : places[$0] == nil }
  }

  /// The end of the one column that begins so and ends in digits: `LOGR` finds `2014` in `LOGR2014`.
  func year(after prefix: String) -> String? {
    names.first { $0.hasPrefix(prefix) && $0.count > prefix.count && $0.dropFirst(prefix.count).allSatisfy(\.isNumber) }
      .map { String($0.dropFirst(prefix.count)) }
  }
}

/// A row whose fields are found by the names of their columns.
struct NamedRow: Sendable {
  let row: CSVRow
  let columns: Columns

  /// The field without its outer spaces; empty where the column is missing or the file writes `.` for "missing".
  subscript(name: String) -> String {
    guard let place = columns.place(name) else { return "" }
    let text = row[place].trimmingSpaces
    return text == "." ? "" : text
  }

  /// The first of the columns that says something.
  func first(_ names: String...) -> String { names.lazy.map { self[$0] }.first { !$0.isEmpty } ?? "" }
}

extension StringProtocol {
  var trimmingSpaces: String {
    let isSpace = { (character: Character) in character.isWhitespace || character == "\u{A0}" }
    guard let start = firstIndex(where: { !isSpace($0) }), let end = lastIndex(where: { !isSpace($0) }) else {
      return ""
    }
    return String(self[start...end])
  }
}

/// What the layouts have in common.
enum OfficialText {
  /// The 12 digits of an NCES school id, or what is wrong with them.
  static func ncesID(_ text: String) -> Result<OfficialID, BadValue> {
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), !text.isEmpty else {
      return .failure(BadValue("NCESSCH is \"\(text.prefix(40))\", not 12 digits"))
    }
    guard text.utf8.count == 12 else {
      let hint = text.utf8.count == 11 ? "; a spreadsheet may have eaten its leading zero" : ""
      return .failure(BadValue("NCESSCH has \(text.utf8.count) digits in place of 12\(hint)"))
    }
    return .success(OfficialID(.nces, text))
  }

  /// Five digits; zeros that a spreadsheet has eaten are put back, since no ZIP code is shorter.
  static func zip(_ text: String) -> String? {
    guard (3...5).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return String(repeating: "0", count: 5 - text.utf8.count) + text
  }

  /// "HARTFORD COUNTY" → "Hartford".
  static func county(_ text: String) -> String {
    let name = SchoolName.set(text)
    return name.hasSuffix(" County") ? String(name.dropLast(7)) : name
  }

  static func point(_ latitude: String, _ longitude: String) -> Result<GeoPoint?, BadValue> {
    if latitude.isEmpty, longitude.isEmpty { return .success(nil) }
    guard let north = Double(latitude), let east = Double(longitude) else {
      return .failure(BadValue("the coordinates \"\(latitude)\", \"\(longitude)\" are no numbers"))
    }
    if north == 0, east == 0 { return .success(nil) }
    guard let point = GeoPoint(latitude: north, longitude: east) else {
      return .failure(BadValue("the coordinates \(latitude), \(longitude) lie off the globe"))
    }
    return .success(point)
  }

  /// The year out of "2014-2015" or "2014".
  static func schoolYear(_ text: String) -> SchoolYear? {
    Int(text.prefix(4)).flatMap { (1986...2100).contains($0) ? SchoolYear(fall: $0) : nil }
  }

  /// `CHARTER_TEXT`-like answers: true, false, or nil where the file does not say.
  static func answer(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "yes", "1": true
    case "no", "not applicable", "2": false
    default: nil
    }
  }
}

/// A field that cannot be what its column says.
struct BadValue: Error, Equatable {
  let words: String
  init(_ words: String) { self.words = words }
}
