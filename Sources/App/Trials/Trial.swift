import Statistics

/// One school's attempt at an idea: registered, then reported, or withdrawn with a reason.
package struct Trial: Identifiable, Sendable, Equatable {
  package enum State: String, Sendable { case running, reported, withdrawn }

  /// Characters of the story that are kept for lists.
  static let excerptLimit = 320

  struct Withdrawal: Sendable, Equatable {
    let at: Instant
    let reason: String
  }

  package let id: Identifier<Trial>
  let idea: Idea.ID
  let ideaTitle: String
  /// The version of the idea that was tried.
  let ideaVersion: Int
  let school: SchoolGlance
  /// Who answers questions about it. Shown to members only.
  let person: Person
  let state: State
  let registeredAt: Instant
  /// Told when the results were known already: never evidence of an effect.
  let isAfterData: Bool
  let registration: Registration
  let withdrawal: Withdrawal?
  var report: TrialReport?
  let claim: CompiledClaim?
  /// Nil for a trial that was registered by itself.
  var origin: TrialOrigin?

  /// Nothing has been heard of it although the day has come.
  func isOverdue(on day: CalendarDate) -> Bool { state == .running && registration.due < day }

  /// Educators of the trial's own school report, amend and withdraw.
  func mayChange(_ viewer: Viewer) -> Bool {
    guard let viewing = viewer.person else { return false }
    return viewing == person.id || viewer.belongs(to: school.id)
  }
}

/// What a school said before there was data. Never changed: an amendment is another one, with the reason.
struct Registration: Sendable, Equatable {
  enum Better: String, Sendable, CaseIterable {
    case higher, lower

    var direction: ImprovementDirection { self == .higher ? .increase : .decrease }
  }

  enum Comparison: String, Sendable, CaseIterable {
    case group
    case beforeAfter = "before-after"
    case none

    var words: String {
      switch self {
      case .group: "a comparison group"
      case .beforeAfter: "before and after, no comparison group"
      case .none: "nothing to compare with"
      }
    }
  }

  struct Prediction: Sendable, Equatable {
    enum Direction: String, Sendable, CaseIterable {
      case better
      case noChange = "no-change"
      case worse

      var words: String { self == .noChange ? "no change" : rawValue }
    }

    let direction: Direction
    /// How much, in words; may be empty.
    let words: String
    /// How sure the school was that the direction comes true: whole percent, 5…95.
    let probability: Int
  }

  /// 1 at first, one more with each amendment.
  var number = 1
  var at = Instant(milliseconds: 0)
  var by: Person?
  /// Why it was amended; empty for the first.
  var why = ""
  let participants: String
  let starts: CalendarDate
  let due: CalendarDate
  let measure: String
  /// How it is counted, so that somebody else would count the same.
  let definition: String
  let unit: String
  let better: Better
  let comparison: Comparison
  let comparisonWords: String
  /// Chance decided who got it first.
  let isByLot: Bool
  /// Nil for what was told after the data.
  let prediction: Prediction?
  /// The smallest change worth having: students in 100 for counts, units of the measure for means.
  let smallest: Double?
}

/// What a school found and tells. A correction is another one; the old ones stay.
struct TrialReport: Sendable, Equatable {
  var number = 1
  var at = Instant(milliseconds: 0)
  var by: Person?
  /// Why it was corrected; empty for the first.
  var why = ""
  var outcome: Outcome
  let story: Story

  /// Markdown and what it became.
  struct Story: Sendable, Equatable {
    let changed: String
    let happened: String
    let again: String
    var changedHTML = ""
    var happenedHTML = ""
    var againHTML = ""
    /// The beginning of what happened, as plain text.
    var excerpt = ""
  }
}

/// The numbers of a trial; totals only, never a student.
enum Outcome: Sendable, Equatable {
  /// A series comes from a project's measure and is never typed.
  enum Shape: String, Sendable, CaseIterable { case counts, means, experience, series }

  /// `x` of `n` students have what the measure names.
  struct Count: Sendable, Equatable {
    let x: Int
    let n: Int
    var share: Double { Double(x) / Double(n) }
  }

  struct Mean: Sendable, Equatable {
    let n: Int
    let mean: Double
    let sd: Double
  }

  /// Before and after, and the same of those who did not get it.
  struct Groups<Value: Sendable & Equatable>: Sendable, Equatable {
    let before: Value
    let after: Value
    let otherBefore: Value?
    let otherAfter: Value?
  }

  /// What is known of the way there, for the claim rule.
  struct Circumstances: Sendable, Equatable {
    /// Before and after are the same students.
    var sameStudents = false
    /// Measurements before the change, 1 for one.
    var baselinePoints = 1
    var alreadyImproving = false
    var chosenAtWorst = false
    /// Something that should not suffer did.
    var balancingWorse = false
  }

  case counts(Groups<Count>, Circumstances)
  /// `correlation` of before and after over the same students; nil when unknown.
  case means(Groups<Mean>, correlation: Double?, Circumstances)
  case experience
  /// The values of a project's measure, before and after.
  case series(TrialSeries, Circumstances)

  var shape: Shape {
    switch self {
    case .counts: .counts
    case .means: .means
    case .experience: .experience
    case .series: .series
    }
  }

  var circumstances: Circumstances {
    switch self {
    case .counts(_, let known), .means(_, _, let known), .series(_, let known): known
    case .experience: Circumstances()
    }
  }

  /// Students with data after the change, both groups together.
  var students: Int {
    switch self {
    case .counts(let groups, _): groups.after.n + (groups.otherAfter?.n ?? 0)
    case .means(let groups, _, _): groups.after.n + (groups.otherAfter?.n ?? 0)
    case .experience: 0
    case .series(let series, _): series.students ?? 0
    }
  }
}
