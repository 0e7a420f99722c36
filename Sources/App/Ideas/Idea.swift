/// A change that a school can try, told so that another school can try it.
package struct Idea: Identifiable, Sendable, Equatable {
  package enum State: String, Sendable { case draft, published }

  /// Marked as no longer right, by whom it concerns and with the reason.
  package struct Outdated: Sendable, Equatable {
    let at: Instant
    let reason: String
  }

  package let id: Identifier<Idea>
  let state: State
  /// 1 at first, one more with each change of the content.
  let version: Int
  let content: IdeaContent
  /// Sanitised HTML, made from the Markdown when the idea was saved.
  let problemHTML: String
  let practiceHTML: String
  let school: SchoolGlance
  let owner: Person
  let createdAt: Instant
  let publishedAt: Instant?
  let changedAt: Instant
  /// When somebody last said that every sentence still holds.
  let reviewedOn: CalendarDate
  let reviewDue: CalendarDate
  let outdated: Outdated?
  /// Another school's idea that this one was made from.
  let adaptedFrom: Identifier<Idea>?
  /// What was changed from it.
  let adaptation: String

  /// How long a review holds: a year, the rhythm in which schools change.
  static let reviewDays = 365

  func isStale(on day: CalendarDate) -> Bool { reviewDue < day }

  /// The owner, the leads of the owner's school and the office may change what the idea says.
  func mayChange(_ viewer: Viewer) -> Bool {
    guard let person = viewer.person else { return false }
    return person == owner.id || viewer.leads(school.id) || viewer.isOffice
  }
}

/// What an idea says, without where it stands: the part that has versions.
package struct IdeaContent: Codable, Sendable, Equatable {
  /// A sentence: "A ten-minute conference with every ninth-grader, every week".
  package var title: String
  package var summary: String
  /// Markdown.
  package var problem: String
  /// What to do. Markdown.
  package var practice: String
  /// What must be kept for it to be this idea.
  package var core: [String] = []
  /// What may be changed.
  package var adaptable: [String] = []
  /// What has to be true first.
  package var conditions: [String] = []
  package var effort: Effort
  package var effortWords = ""
  package var cost = YearlyCost()
  package var grades: GradeSpan
  /// Keys of the taxonomy.
  package var topics: [String] = []
  package var subjects: [String] = []

  package init(title: String, summary: String, problem: String, practice: String, effort: Effort, grades: GradeSpan) {
    self.title = title
    self.summary = summary
    self.problem = problem
    self.practice = practice
    self.effort = effort
    self.grades = grades
  }
}

/// How much work an idea asks of the people who do it.
package enum Effort: String, Codable, Sendable, CaseIterable {
  case low, medium, high

  var meaning: String {
    switch self {
    case .low: "fits into a week as it is"
    case .medium: "some hours a week, for a team"
    case .high: "changes the timetable or many people's work"
    }
  }
}

/// What an idea costs a school in a year, whole dollars.
package struct YearlyCost: Codable, Sendable, Equatable {
  /// Nil where nobody has said.
  package var low: Int?
  package var high: Int?
  package var words = ""

  package init(low: Int? = nil, high: Int? = nil, words: String = "") {
    self.low = low
    self.high = high
    self.words = words
  }

  /// "nothing", "up to $2,000 a year", "$500 to $2,000 a year"; nil where nobody has said.
  var spoken: String? {
    switch (low ?? 0, high) {
    case (0, nil): low == nil ? nil : "from nothing up"
    case (let low, nil): "from $\(grouped(low)) a year"
    case (0, 0?): "nothing"
    case (0, let high?): "up to $\(grouped(high)) a year"
    case (let low, let high?) where low == high: "$\(grouped(low)) a year"
    case (let low, let high?): "$\(grouped(low)) to $\(grouped(high)) a year"
    }
  }
}

/// Grades that an idea is for, 6…12, low not above high.
package struct GradeSpan: Codable, Sendable, Equatable {
  package let low: Int
  package let high: Int

  package init?(low: Int, high: Int) {
    guard (6...12).contains(low), (low...12).contains(high) else { return nil }
    self.low = low
    self.high = high
  }

  package static let all = GradeSpan(checkedLow: 6, high: 12)

  private init(checkedLow low: Int, high: Int) {
    self.low = low
    self.high = high
  }

  /// "9", "7–9".
  var words: String { low == high ? "\(low)" : "\(low)–\(high)" }
}

/// What was said about an idea's age, and when.
struct IdeaReview: Sendable, Equatable {
  enum Finding: String, Sendable {
    case verified, outdated
    case currentAgain = "current again"
  }

  let at: Instant
  let by: Person
  let finding: Finding
  let reason: String
}

/// An earlier or the present text of an idea.
struct IdeaVersion: Sendable, Equatable {
  let number: Int
  let content: IdeaContent
  let at: Instant
  let by: Person
  /// What was changed and why, in the words of who changed it.
  let note: String
}

/// An idea in a few words, for lists and lineage.
struct IdeaGlance: Identifiable, Sendable, Equatable {
  let id: Identifier<Idea>
  let title: String
  let school: SchoolGlance
  /// What was changed, where it stands as an adaptation.
  let adaptation: String
}
