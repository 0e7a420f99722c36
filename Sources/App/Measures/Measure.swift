import Statistics

/// What a school counts, how, and how often; its values are points of a chart.
package struct Measure: Identifiable, Sendable, Equatable {
  enum Role: String, Sendable, CaseIterable {
    case outcome, process, balancing

    var words: String {
      switch self {
      case .outcome: "Outcome: what should get better for students"
      case .process: "Process: whether the change really happens"
      case .balancing: "Balancing: what must not suffer meanwhile"
      }
    }
  }

  package let id: Identifier<Measure>
  let school: School.ID
  let schoolName: String
  /// Nil for a measure that the school keeps outside of any project.
  var project: Project.ID?
  /// The driver of the project's diagram that it hangs on.
  var driver: Driver.ID?
  let name: String
  /// Since when nobody is asked for values; nil while it is being taken.
  var restsSince: Instant?
  let role: Role
  let subgroup: String
  let schedule: Schedule
  /// All members may see it; otherwise only educators of the school.
  let isShared: Bool
  let definition: MeasureDefinition
  /// Compiled from the values.
  let points: Int
  let last: CalendarDate?
  /// The last points, with a hole where a period has none.
  let spark: [Double?]
  let sentence: String

  /// Educators of the measure's school enter, correct and amend.
  func mayChange(_ viewer: Viewer) -> Bool { viewer.belongs(to: school) && viewer.isMember }
}

/// How a measure is counted. Never changed once a value rests on it: an amendment is another one, with the reason.
struct MeasureDefinition: Sendable, Equatable {
  enum Better: String, Sendable, CaseIterable {
    case higher, lower, neither

    var words: String {
      switch self {
      case .higher: "More is better"
      case .lower: "Less is better"
      case .neither: "Neither"
      }
    }
  }

  /// 1 at first, one more with each amendment.
  var number = 1
  var at = Instant(milliseconds: 0)
  var byName = ""
  var why = ""
  /// Who counts, as a group.
  let who: String
  /// What counts as having it.
  let what: String
  /// When and how it is taken.
  let how: String
  let unit: String
  let kind: DataKind
  let better: Better
  let chart: ChartKind
  let rules: RuleSet
  let target: Double?
  /// The last period of the baseline, whose centre and limits are then held; nil while they rest on every point.
  let baselineUntil: CalendarDate?
}

extension MeasureDefinition {
  /// - Throws: `Refusal.invalid` naming `value`.
  func read(_ typed: String, _ reading: ShareReading? = nil) throws(Refusal) -> MeasuredValue {
    try MeasuredValue(typed, as: kind, chart: chart, reading: reading)
  }

  var example: String { kind == .share ? "23/25, 92% or 0.92" : MeasuredValue.example(kind, chart) }
}

extension ChartKind {
  /// Each point is an event, on its day: there is nothing that is due, and nothing missing between two of them.
  var isOfEvents: Bool { self == .gap || self == .time }
}

/// The chart that fits a kind of data, and why; the team may choose another that fits.
struct ChartProposal: Sendable, Equatable {
  let kind: ChartKind
  let reason: String

  init(_ kind: DataKind) {
    switch kind {
    case .share:
      self.kind = .proportion
      reason = "A share of a group: the p chart's limits widen where fewer students were counted."
    case .count:
      self.kind = .count
      reason = "A count over equal stretches of time: the c chart's limits follow from the count itself."
    case .number:
      self.kind = .individuals
      reason = "One measured number a time: the I chart takes its limits from how much neighbours differ."
    }
  }

  /// Every kind that some data may have.
  static let all: [ChartKind] = [.run, .individuals, .proportion, .proportionPrime, .count, .rate, .mean, .gap, .time]

  /// The kind with what it is for.
  static func words(_ kind: ChartKind) -> String {
    let what =
      switch kind {
      case .run: "any number, no limits"
      case .individuals: "one measured number a time"
      case .proportion: "so many of so many"
      case .proportionPrime: "shares of very many, which differ by more than chance"
      case .count: "counts over equal stretches"
      case .rate: "counts over unequal stretches, 7 in 230"
      case .mean: "the mean of a group of numbers"
      case .gap: "how many cases between two rare events"
      case .time: "how long between two rare events"
      default: ""
      }
    return what.isEmpty ? kind.title : "\(kind.title): \(what)"
  }

  /// The kinds that a person may choose for such data.
  static func choices(_ kind: DataKind) -> [ChartKind] {
    switch kind {
    case .share: [.proportion, .proportionPrime, .run, .individuals]
    case .count: [.count, .rate, .individuals, .run, .gap]
    case .number: [.individuals, .mean, .run, .time]
    }
  }
}

/// A dated word at a measure: a phase begins, something was changed, somebody says something about a point.
struct MeasureMark: Sendable, Equatable {
  enum Kind: String, Sendable, CaseIterable { case phase, change, comment }

  /// Who took it back, when and why: it stays to be seen, and the chart is read without it.
  struct Withdrawal: Sendable, Equatable {
    let at: Instant
    let by: String
    let why: String
  }

  /// Nil for a cycle of the project, which is noted where it is planned.
  var id: String?
  let kind: Kind
  let period: CalendarDate
  /// The day itself, where it is known: a cycle's first one.
  var day: CalendarDate?
  let words: String
  let at: Instant
  let by: String
  var withdrawal: Withdrawal?

  /// Phases and changes set by mistake can be taken back; a remark is what somebody said.
  var mayBeWithdrawn: Bool { id != nil && kind != .comment && withdrawal == nil }
}
