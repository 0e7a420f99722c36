/// Unknown numbers and all that is known of them: what each may be, and sums of them.
///
/// Answers what a question (a sum of unknowns) can at least and at most be, by linear programming. Known unknowns
/// (lower = upper) are put in first, and what hangs together is solved apart from what does not.
struct LinearSystem: Sendable {
  var limits: [Limits]
  var rows: [LinearRow]

  /// Slack for rounding in the solver, relative to 1: bounds that come this close to a whole number are that number.
  static let tolerance = 1e-6

  /// The least and greatest value of each question over everything that fits; infinite where nothing bounds it.
  ///
  /// - Parameter enough: when given, a question is left as soon as what was seen of it (a part of its range) is enough.
  /// - Throws: `Contradiction` when nothing fits all that is known; `LinearProgramFailure`.
  func ranges(
    of questions: [[LinearTerm]], enough: ((_ question: Int, _ seen: Limits) -> Bool)? = nil
  ) throws -> [Limits] {
    var ranges = [Limits](repeating: .exactly(0), count: questions.count)
    var constants = [Double](repeating: 0, count: questions.count)
    var open = questions
    for (index, terms) in questions.enumerated() {
      open[index] = terms.filter { !limits[$0.column].isPoint }
      constants[index] = terms.reduce(0) {
        $0 + (limits[$1.column].isPoint ? $1.coefficient * limits[$1.column].lower : 0)
      }
      if open[index].isEmpty { ranges[index] = .exactly(constants[index]) }
    }
    guard limits.allSatisfy({ $0.lower <= $0.upper }), rows.allSatisfy({ $0.limits.lower <= $0.limits.upper }) else {
      throw Contradiction()
    }
    let reduced = try rowsWithoutKnown()
    for part in parts(rows: reduced, questions: open) {
      try solve(part, rows: reduced, questions: open, constants: constants, into: &ranges, enough: enough)
    }
    return ranges
  }

  /// Rows over what is still unknown, known amounts taken off.
  private func rowsWithoutKnown() throws -> [LinearRow] {
    var reduced: [LinearRow] = []
    for row in rows {
      var known = 0.0
      var terms: [LinearTerm] = []
      for term in row.terms {
        let limit = limits[term.column]
        if limit.isPoint { known += term.coefficient * limit.lower } else { terms.append(term) }
      }
      let rest = Limits(row.limits.lower - known, row.limits.upper - known)
      if terms.isEmpty {
        let slack = Self.tolerance * max(1, abs(known))
        guard rest.lower <= slack, rest.upper >= -slack else { throw Contradiction() }
      } else {
        reduced.append(LinearRow(terms: terms, limits: rest))
      }
    }
    return reduced
  }

  private struct Part {
    var rows: [Int] = []
    var questions: [Int] = []
  }

  /// Groups of rows and questions that share unknowns.
  private func parts(rows: [LinearRow], questions: [[LinearTerm]]) -> [Part] {
    var leader = Array(limits.indices)
    func root(_ column: Int) -> Int {
      var column = column
      while leader[column] != column {
        leader[column] = leader[leader[column]]
        column = leader[column]
      }
      return column
    }
    for terms in rows.map(\.terms) + questions {
      guard let first = terms.first else { continue }
      for term in terms.dropFirst() { leader[root(term.column)] = root(first.column) }
    }
    var parts: [Int: Part] = [:]
    for (index, row) in rows.enumerated() { parts[root(row.terms[0].column), default: Part()].rows.append(index) }
    for (index, terms) in questions.enumerated() {
      if let first = terms.first { parts[root(first.column), default: Part()].questions.append(index) }
    }
    return parts.sorted { $0.key < $1.key }.map(\.value)
  }

  private func solve(
    _ part: Part, rows: [LinearRow], questions: [[LinearTerm]], constants: [Double], into ranges: inout [Limits],
    enough: ((Int, Limits) -> Bool)?
  ) throws {
    guard !part.questions.isEmpty else { return }
    var columns: [Int] = []
    var place: [Int: Int] = [:]
    func local(_ terms: [LinearTerm]) -> [LinearTerm] {
      terms.map { term in
        if place[term.column] == nil {
          place[term.column] = columns.count
          columns.append(term.column)
        }
        return LinearTerm(place[term.column] ?? 0, term.coefficient)
      }
    }
    let localRows = part.rows.map { LinearRow(terms: local(rows[$0].terms), limits: rows[$0].limits) }
    let localQuestions = part.questions.map { local(questions[$0]) }
    var program = try LinearProgram(rows: localRows, columns: columns.map { limits[$0] })
    var seen = [Limits?](repeating: nil, count: localQuestions.count)

    for (position, question) in part.questions.enumerated() {
      func isEnough() -> Bool {
        guard let enough, let range = seen[position] else { return false }
        return enough(question, range.shifted(by: constants[question]))
      }
      var range = Limits(-.infinity, .infinity)
      var stopped = isEnough()
      if !stopped {
        try program.aim(at: localQuestions[position])
        for goal in [LinearProgram.Goal.greatest, .least] where !stopped {
          switch try program.solve(for: goal) {
          case .infeasible: throw Contradiction()
          case .unbounded: if enough != nil { seen[position] = .free }
          case .optimum(let value):
            if goal == .greatest { range.upper = value } else { range.lower = value }
            if enough != nil { Self.note(program.solution(), localQuestions, &seen) }
          }
          stopped = goal == .greatest && isEnough()
        }
      }
      ranges[question] = (stopped ? seen[position] ?? range : range).shifted(by: constants[question])
    }
  }

  /// Widens what was seen of every question by one more solution.
  private static func note(_ solution: [Double], _ questions: [[LinearTerm]], _ seen: inout [Limits?]) {
    for (index, terms) in questions.enumerated() {
      var value = 0.0
      for term in terms { value += term.coefficient * solution[term.column] }
      guard let range = seen[index] else {
        seen[index] = .exactly(value)
        continue
      }
      seen[index] = Limits(min(range.lower, value), max(range.upper, value))
    }
  }
}

/// Nothing fits all that is said: the statements contradict each other.
public struct Contradiction: Error, Equatable, Sendable {
  public init() {}
}

extension Limits {
  func shifted(by amount: Double) -> Limits { Limits(lower + amount, upper + amount) }

  /// The whole numbers within: rounded inwards, with slack for the solver's rounding.
  var whole: Limits {
    let slack = { (value: Double) in LinearSystem.tolerance * max(1, abs(value) * 1e-3) }
    return Limits((lower - slack(lower)).rounded(.up), (upper + slack(upper)).rounded(.down))
  }
}
