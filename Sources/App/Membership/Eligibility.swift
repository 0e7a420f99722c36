/// Whether a school may join, with the reason for each point. A pure function of what the directory knows.
struct Eligibility: Sendable, Equatable {
  enum Outcome: Sendable, Equatable {
    case may
    /// The directory does not know enough; the office looks.
    case officeDecides
    case mayNot
  }

  /// One point of the rule, how it came out, and the sentence that says so.
  struct Point: Sendable, Equatable {
    let name: String
    let outcome: Outcome
    let words: String
  }

  let points: [Point]

  var outcome: Outcome {
    if points.contains(where: { $0.outcome == .mayNot }) { return .mayNot }
    return points.contains { $0.outcome == .officeDecides } ? .officeDecides : .may
  }

  /// The grades of a secondary school as the League counts them.
  static let grades = 6...12

  init(_ school: School) {
    points = [Self.place(school), Self.grades(school), Self.kind(school), Self.standing(school)]
  }

  private static func place(_ school: School) -> Point {
    States.codes.contains(school.state)
      ? Point(name: "State", outcome: .may, words: "It stands in \(school.stateName), one of the six.")
      : Point(
        name: "State", outcome: .mayNot,
        words: "It stands in \(school.state). The League is for \(States.all.map(\.name).joined(separator: ", ")).")
  }

  private static func grades(_ school: School) -> Point {
    guard let low = school.grades.low, let high = school.grades.high, let words = school.grades.words else {
      return Point(
        name: "Grades", outcome: .officeDecides,
        words: "No file says which grades it teaches, so the office asks. It needs any of grades 6 to 12.")
    }
    return low <= grades.upperBound && high >= grades.lowerBound
      ? Point(name: "Grades", outcome: .may, words: "\(words): some of grades 6 to 12.")
      : Point(name: "Grades", outcome: .mayNot, words: "\(words): none of grades 6 to 12.")
  }

  private static func kind(_ school: School) -> Point {
    Point(
      name: "Kind", outcome: .may,
      words: "\(school.kind.words). Every kind may join.")
  }

  private static func standing(_ school: School) -> Point {
    switch school.status {
    case .open: Point(name: "Standing", outcome: .may, words: "It is open.")
    case .closed: Point(name: "Standing", outcome: .mayNot, words: "It has closed.")
    case .merged: Point(name: "Standing", outcome: .mayNot, words: "It merged into another school, which may join.")
    case .outside:
      Point(name: "Standing", outcome: .mayNot, words: "It is no longer a secondary school of the six states.")
    }
  }
}
