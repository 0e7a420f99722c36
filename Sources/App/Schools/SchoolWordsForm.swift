/// What a school says of itself; `checked()` is the only way from here to the store.
struct SchoolWordsForm: Sendable, Equatable {
  var about = ""
  var workingOn = ""
  var visitors = ""

  /// The most characters of each.
  static let limit = 1200

  init(_ school: School) {
    about = school.about
    workingOn = school.workingOn
    visitors = school.visitors
  }

  init(_ fields: Fields) {
    about = fields["about"]
    workingOn = fields["working_on"]
    visitors = fields["visitors"]
  }

  /// - Throws: `Refusal.invalid` for words that are too long.
  func checked() throws(Refusal) -> SchoolWordsForm {
    var problems: [String: String] = [:]
    for (name, text) in [("about", about), ("working_on", workingOn), ("visitors", visitors)]
    where text.count > Self.limit {
      problems[name] = "Keep this under \(grouped(Self.limit)) characters; it has \(grouped(text.count))."
    }
    guard problems.isEmpty else { throw .invalid(problems) }
    return self
  }
}
