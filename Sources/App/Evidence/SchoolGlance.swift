/// A school as ideas and trials show it: its name and what kind of school it is.
package struct SchoolGlance: Identifiable, Sendable, Equatable {
  package let id: Identifier<School>
  let name: String
  /// Postal code.
  let state: String
  /// Enrolment, a count.
  var students: Int?
  /// NCES urban-centric locale code, 11…43.
  var locale: Int?
  var gradeLow: Int?
  var gradeHigh: Int?
  /// `public`, `charter`, `private`, `career-and-technical`; empty where unknown.
  var kind = ""

  var stateName: String { Self.states[state] ?? state }

  /// "city", "suburb", "town", "rural"; nil where unknown. The first digit of the NCES code.
  var area: String? {
    switch (locale ?? 0) / 10 {
    case 1: "city"
    case 2: "suburb"
    case 3: "town"
    case 4: "rural"
    default: nil
    }
  }

  /// "Rural, 410 students, grades 9–12 · Maine".
  var context: String {
    var parts: [String] = []
    if let area { parts.append(area.prefix(1).uppercased() + area.dropFirst()) }
    if kind == "career-and-technical" { parts.append("career and technical") }
    if kind == "charter" || kind == "private" { parts.append(kind) }
    if let students, students > 0 { parts.append(counted(students, "student")) }
    if let gradeLow, let gradeHigh {
      let low = max(gradeLow, 6)
      parts.append(low == gradeHigh ? "grade \(low)" : "grades \(low)–\(gradeHigh)")
    }
    return parts.isEmpty ? stateName : parts.joined(separator: ", ") + " · " + stateName
  }

  private static let states = [
    "CT": "Connecticut", "ME": "Maine", "MA": "Massachusetts", "NH": "New Hampshire", "RI": "Rhode Island",
    "VT": "Vermont",
  ]
}
