/// One round of plan, do, study and act, with what was predicted of it.
package struct Cycle: Sendable, Equatable, Identifiable {
  enum Stage: String, Sendable, CaseIterable { case plan, `do`, study, act, closed }

  /// What the team expected. Never changed: an amendment is another one, with its reason, until the first datum.
  struct Prediction: Sendable, Equatable {
    var number = 1
    let direction: Registration.Prediction.Direction
    /// The smallest difference that counts as a change, units of the measure, above 0.
    let size: Double
    /// How sure the team was that the direction comes true: whole percent, 5…95.
    let probability: Int
    var words = ""
    var why = ""
  }

  package let id: Identifier<Cycle>
  let number: Int
  let follows: Cycle.ID?
  /// A row of the measures' table; nil while none is chosen.
  let measure: String?
  /// The idea of the library that it tries; nil while none was chosen.
  var idea: Idea.ID?
  /// The trial that it was shared as.
  var trial: Trial.ID?
  let question: String
  let plan: String
  let who: String
  let starts: CalendarDate
  /// The day by which the data are studied.
  let study: CalendarDate
  let stage: Stage
  let did: String
  let studied: String
  let act: Project.Decision?
  let actReason: String
  let createdAt: Instant
  /// Every prediction, the first one first.
  var predictions: [Prediction] = []
  /// The number of the prediction in force; nil for the last.
  var inForce: Int?
  var isLocked = false
  /// Planned when values since its beginning stood already: its prediction is none.
  var isAfterData = false
  /// Computed from the measure's values; nil while they are too few.
  var result: CycleResult?

  var prediction: Prediction? {
    inForce.map { number in predictions.first { $0.number == number } } ?? predictions.last
  }

  /// Whether its plan may still change, were it not for values: a study rests on it.
  var mayBePlanned: Bool { stage == .plan || stage == .do }

  /// Days that a team has for deciding once the study day has come.
  static let daysToAct = 14

  /// What is overdue, said once: the study from its day on, the act two weeks later.
  func owed(on day: CalendarDate) -> String? {
    switch stage {
    case .closed: nil
    case .plan, .do, .study: study < day ? "Study cycle \(number)" : nil
    case .act: study.adding(days: Self.daysToAct) < day ? "Decide on cycle \(number)" : nil
    }
  }
}

/// What the measure did after a cycle began, described by one named rule. It says what happened, not why.
struct CycleResult: Sendable, Equatable {
  static let rule = "League prediction check, version 1"
  /// The fewest values on each side.
  static let fewest = 3

  let direction: Registration.Prediction.Direction
  /// Median after less median before, units of the measure.
  let change: Double
  let before: Int
  let after: Int
  /// The last values in a row on the good side of the median before.
  let held: Int

  /// - Parameters:
  ///   - before: values before the cycle's first day.
  ///   - after: from that day to the day of the study, so that the result stays what it was.
  ///   - since: from that day to now, in their order; `after` when nil.
  ///   - better: +1 when higher is better, −1 when lower is.
  ///   - size: the smallest difference that counts, as predicted.
  init?(before: [Double], after: [Double], since: [Double]? = nil, better: Double, size: Double) {
    guard before.count >= Self.fewest, after.count >= Self.fewest else { return nil }
    change = Self.median(after) - Self.median(before)
    self.before = before.count
    self.after = after.count
    let centre = Self.median(before)
    held = (since ?? after).reversed().prefix { ($0 - centre) * better > 0 }.count
    direction = change * better >= size ? .better : change * better <= -size ? .worse : .noChange
  }

  private static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}

/// How well a team's probabilities fit what happened: the Brier score (Brier 1950) over cycles with a computed result.
struct PredictionRecord: Sendable, Equatable {
  let resolved: Int
  let cameTrue: Int
  /// Mean squared difference of probability and outcome, 0…1, 0 is best; nil without a result.
  let brier: Double?
  /// Mean of the probabilities given, whole percent.
  let meant: Int?

  init(_ cycles: [Cycle]) {
    let pairs = cycles.compactMap { cycle in
      cycle.isAfterData
        ? nil
        : cycle.prediction.flatMap { said in
          cycle.result.map { (Double(said.probability) / 100, $0.direction == said.direction ? 1.0 : 0) }
        }
    }
    resolved = pairs.count
    cameTrue = pairs.filter { $0.1 == 1 }.count
    let n = Double(pairs.count)
    brier = pairs.isEmpty ? nil : pairs.reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / n
    meant = pairs.isEmpty ? nil : Int((pairs.reduce(0) { $0 + $1.0 } / n * 100).rounded())
  }
}

/// How far a project is, computed from its record.
struct ProjectProgress: Sendable, Equatable {
  static let rule = "League project progress, version 2"

  /// Half points, 1…10; shown as 0.5…5.
  let halves: Int
  let reason: String

  /// The rule: 0.5 an aim; 1 a cycle planned; 1.5 one begun; 2 one studied; 2.5 one closed; 3 two closed and a change in
  /// the good direction in one; 3.5 in two; 4 three closed, good in two, none worse; 4.5 the same held over 8 values;
  /// 5 held over 16 values and adopted. A cycle written down after its data counts for nothing, and cycles whose days
  /// overlap on one measure count as the first of them: they rest on the same values.
  init(_ all: [Cycle], _ project: Project) {
    let valid = all.filter { !$0.isAfterData }
    let cycles = Self.distinct(valid)
    let closed = cycles.filter { $0.stage == .closed }.count
    let good = cycles.filter { $0.result?.direction == .better }
    let hasWorse = valid.contains { $0.result?.direction == .worse }
    let held = good.map { $0.result?.held ?? 0 }.max() ?? 0
    let isSteady = closed >= 3 && good.count >= 2 && !hasWorse
    (halves, reason) =
      if isSteady, held >= 16, project.conclusion?.decision == .adopt {
        (10, "three cycles closed, better in two or more, held over \(held) values, and adopted")
      } else if isSteady, held >= 8 {
        (9, "three cycles closed, better in two or more, held over \(held) values")
      } else if isSteady {
        (8, "three cycles closed, better in two or more, worse in none")
      } else if closed >= 2, good.count >= 2 {
        (7, "two cycles closed, better in two")
      } else if closed >= 2, good.count == 1 {
        (6, "two cycles closed, better in one")
      } else if closed >= 1 {
        (5, "\(counted(closed, "cycle")) closed, no second one with a change in the good direction")
      } else if cycles.contains(where: { $0.stage == .act }) {
        (4, "a cycle studied, none closed")
      } else if cycles.contains(where: { $0.stage == .do || $0.stage == .study }) {
        (3, "a cycle begun, none studied")
      } else if !cycles.isEmpty {
        (2, "a cycle planned, none begun")
      } else {
        (1, "an aim, no cycle yet")
      }
  }

  private static func distinct(_ cycles: [Cycle]) -> [Cycle] {
    cycles.reduce(into: []) { kept, cycle in
      let isSame = kept.contains {
        $0.measure != nil && $0.measure == cycle.measure && $0.result != nil && cycle.result != nil
          && $0.starts <= cycle.study && cycle.starts <= $0.study
      }
      if !isSame { kept.append(cycle) }
    }
  }

  static func spoken(_ halves: Int) -> String { halves % 2 == 0 ? "\(halves / 2)" : "\(halves / 2).5" }
}
