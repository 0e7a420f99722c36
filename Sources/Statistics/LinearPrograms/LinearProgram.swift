import CLinearProgram

/// One linear program kept in the solver, so that a second question starts from the answer to the first.
///
/// It is used where it is made, by one thread, and gives back its memory when it goes. The solver keeps its state per
/// thread in Debian's build; in a build that shares it between threads this refuses to work. Limits and coefficients must be
/// finite; ±infinity as a limit means none.
struct LinearProgram: ~Copyable {
  enum Goal { case least, greatest }

  enum Answer: Equatable {
    case optimum(Double)
    /// Nothing satisfies all statements together.
    case infeasible
    case unbounded
  }

  let columns: Int
  private var problem: OpaquePointer?
  private var objective: [Int] = []

  /// Sums of unknowns: each row holds (column, coefficient) pairs, columns from 0, none twice.
  /// - Throws: `LinearProgramFailure`.
  init(rows: [LinearRow], columns limits: [Limits]) throws {
    columns = limits.count
    var (rowOf, columnOf, coefficients): ([Int32], [Int32], [Double]) = ([0], [0], [0])
    for (row, sum) in rows.enumerated() {
      for term in sum.terms {
        rowOf.append(Int32(row + 1))
        columnOf.append(Int32(term.column + 1))
        coefficients.append(term.coefficient)
      }
    }
    let isSafe = league_lp_is_thread_local() != 0
    problem =
      isSafe
      ? league_lp_new(
        Int32(rows.count), Int32(limits.count), Int32(rowOf.count - 1), rowOf, columnOf, coefficients,
        rows.map(\.limits.lower), rows.map(\.limits.upper), limits.map(\.lower), limits.map(\.upper)) : nil
    guard problem != nil else { throw LinearProgramFailure() }
  }

  deinit { if let problem { league_lp_free(problem) } }

  /// Changes what an unknown may be.
  mutating func limitColumn(_ column: Int, to limits: Limits) throws {
    try change(isRow: 0, column, limits)
  }

  /// Changes what a row's sum may be.
  mutating func limitRow(_ row: Int, to limits: Limits) throws {
    try change(isRow: 1, row, limits)
  }

  /// What is to be made least or greatest; columns not named count 0.
  mutating func aim(at terms: [LinearTerm]) throws {
    guard let problem else { throw LinearProgramFailure() }
    for column in objective { league_lp_coefficient(problem, Int32(column + 1), 0) }
    for term in terms { league_lp_coefficient(problem, Int32(term.column + 1), term.coefficient) }
    objective = terms.map(\.column)
  }

  /// - Throws: `LinearProgramFailure` when the solver gave up or took over ten seconds.
  mutating func solve(for goal: Goal) throws -> Answer {
    guard let problem else { throw LinearProgramFailure() }
    let status = Int(league_lp_solve(problem, goal == .greatest ? 1 : 0, 10_000))
    switch status {
    case league_lp_optimal: return .optimum(league_lp_objective(problem))
    case league_lp_infeasible: return .infeasible
    case league_lp_unbounded: return .unbounded
    case league_lp_broken:
      self.problem = nil
      throw LinearProgramFailure()
    default: throw LinearProgramFailure()
    }
  }

  /// The unknowns in the solution found last.
  func solution() -> [Double] {
    guard let problem else { return [] }
    return Array(unsafeUninitializedCapacity: columns) { buffer, count in
      league_lp_values(problem, Int32(columns), buffer.baseAddress)
      count = columns
    }
  }

  private mutating func change(isRow: Int32, _ index: Int, _ limits: Limits) throws {
    guard let problem else { throw LinearProgramFailure() }
    let status = Int(league_lp_limit(problem, isRow, Int32(index + 1), limits.lower, limits.upper))
    guard status == league_lp_optimal else {
      self.problem = nil
      throw LinearProgramFailure()
    }
  }
}

/// The solver found no answer: out of memory, out of time or out of digits. Nothing may be published on that ground.
public struct LinearProgramFailure: Error, Equatable, Sendable {
  public init() {}
}

/// An unknown times a number.
struct LinearTerm: Equatable, Sendable {
  let column: Int
  let coefficient: Double

  init(_ column: Int, _ coefficient: Double = 1) {
    self.column = column
    self.coefficient = coefficient
  }
}

/// A sum of unknowns and what it may be.
struct LinearRow: Equatable, Sendable {
  var terms: [LinearTerm]
  var limits: Limits
}

/// From lower to upper, both included; infinite where there is no limit.
struct Limits: Equatable, Sendable {
  var lower: Double
  var upper: Double

  init(_ lower: Double, _ upper: Double) {
    self.lower = lower
    self.upper = upper
  }

  static func exactly(_ value: Double) -> Limits { Limits(value, value) }
  static let nonNegative = Limits(0, .infinity)
  static let free = Limits(-.infinity, .infinity)

  var isPoint: Bool { lower == upper }
}
