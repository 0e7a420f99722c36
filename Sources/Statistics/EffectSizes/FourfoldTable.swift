import Foundation

/// What happens to a table with an empty cell, where logarithms would not exist.
public struct ZeroCells: Equatable, Sendable {
  public enum Tables: String, Sendable {
    /// Only a table with an empty cell (metafor's default).
    case withZero = "only0"
    case all
    case none
  }

  /// Added to every cell of the table.
  public let add: Double
  public let to: Tables

  public init(add: Double = 0.5, to: Tables = .withZero) {
    self.add = add
    self.to = to
  }

  public static let none = ZeroCells(add: 0, to: .none)

  func adjusted(_ cells: [Double]) -> [Double] {
    switch to {
    case .none: cells
    case .all: cells.map { $0 + add }
    case .withZero: cells.contains(0) ? cells.map { $0 + add } : cells
    }
  }
}

/// Counts of pupils: a and b with and without the outcome among those who tried it, c and d among the others.
public struct FourfoldTable: Equatable, Sendable {
  let a: Double
  let b: Double
  let c: Double
  let d: Double

  /// - Throws: `StatisticsError.input` naming the cell below 0, or an empty group.
  public init(a: Double, b: Double, c: Double, d: Double, zeros: ZeroCells = ZeroCells()) throws {
    for (name, cell) in [("a", a), ("b", b), ("c", c), ("d", d)] {
      guard cell >= 0, cell.isFinite else { throw StatisticsError.input(field: name, advice: "must not be below 0") }
    }
    guard a + b > 0 else { throw StatisticsError.input(field: "a", advice: "and b must not both be 0") }
    guard c + d > 0 else { throw StatisticsError.input(field: "c", advice: "and d must not both be 0") }
    let cells = zeros.adjusted([a, b, c, d])
    (self.a, self.b, self.c, self.d) = (cells[0], cells[1], cells[2], cells[3])
  }

  private var n1: Double { a + b }
  private var n2: Double { c + d }
  private var n: Double { n1 + n2 }
  private var p1: Double { a / n1 }
  private var p2: Double { c / n2 }

  /// The share of both groups together, and 1/n₁ + 1/n₂: what a variance under "no effect" is made of.
  private var common: Double { (a + c) / n }
  private var sampling: Double { 1 / n1 + 1 / n2 }

  /// OR: the log odds ratio (Woolf 1955). `underNull`: its variance as if both groups had one share.
  public func logOddsRatio(underNull: Bool = false) -> EffectSize {
    EffectSize(
      estimate: log(a / b) - log(c / d),
      variance: underNull ? sampling / (common * (1 - common)) : 1 / a + 1 / b + 1 / c + 1 / d)
  }

  /// RR: the log risk ratio.
  public func logRiskRatio(underNull: Bool = false) -> EffectSize {
    EffectSize(
      estimate: log(p1) - log(p2),
      variance: underNull ? sampling * (1 - common) / common : 1 / a - 1 / n1 + 1 / c - 1 / n2)
  }

  /// RD: the difference of shares, −1…1. `unbiased` divides by n − 1.
  public func riskDifference(unbiased: Bool = false, underNull: Bool = false) -> EffectSize {
    if underNull { return EffectSize(estimate: p1 - p2, variance: sampling * common * (1 - common)) }
    let less = unbiased ? 1.0 : 0.0
    return EffectSize(
      estimate: p1 - p2, variance: p1 * (1 - p1) / (n1 - less) + p2 * (1 - p2) / (n2 - less))
  }

  /// AS: the difference of arcsines of the roots of shares, whose variance knows no share.
  public func arcsineDifference() -> EffectSize {
    EffectSize(
      estimate: asin(p1.squareRoot()) - asin(p2.squareRoot()), variance: 1 / (4 * n1) + 1 / (4 * n2))
  }

  /// PETO: the log odds ratio of Peto (Yusuf et al. 1985); for rare outcomes.
  public func peto() -> EffectSize {
    let (with, without) = (a + c, b + d)
    let variance = with * without * (n1 / n) * (n2 / n) / (n - 1)
    return EffectSize(estimate: (a - with * n1 / n) / variance, variance: 1 / variance)
  }

  /// PHI: the correlation of both yes-no variables, by the variance for a sample of n pupils (Yule 1912, p. 603) or for
  /// groups of fixed size (`stratified`).
  public func phi(stratified: Bool = false) -> EffectSize {
    let phi = (a * d - b * c) / (n1 * n2 * (a + c) * (b + d)).squareRoot()
    return EffectSize(estimate: phi, variance: stratified ? stratifiedPhiVariance : sampledPhiVariance(phi))
  }

  private func sampledPhiVariance(_ phi: Double) -> Double {
    let (row1, row2, column1, column2) = (n1 / n, n2 / n, (a + c) / n, (b + d) / n)
    let rows = row1 - row2
    let columns = column1 - column2
    let skew = rows * columns / (row1 * row2 * column1 * column2).squareRoot()
    let spread = rows * rows / (row1 * row2) + columns * columns / (column1 * column2)
    return (1 - phi * phi + phi * (1 + phi * phi / 2) * skew - 0.75 * phi * phi * spread) / n
  }

  private var stratifiedPhiVariance: Double {
    let (q1, q2) = (1 - p1, 1 - p2)
    let cross = p2 * q1 + p1 * q2
    let first = 4 * pow(n1, 3) * p1 * p1 * p2 * q1 * q1 * q2 + 4 * pow(n2, 3) * p1 * p2 * p2 * q1 * q2 * q2
    let second = n1 * n2 * n2 * p2 * q2 * cross * (p2 * q1 + p1 * (4 * q1 + q2))
    let third = n1 * n1 * n2 * p1 * q1 * cross * (p1 * q2 + p2 * (q1 + 4 * q2))
    return n * n * (first + second + third) / (4 * pow(a + c, 3) * pow(b + d, 3))
  }

  /// OR2DL: the log odds ratio on the scale of standardised differences, by the logistic distribution:
  /// times √3/π (Cox 1970; Chinn 2000). How League puts counts on the SMD scale.
  public func logisticDifference(underNull: Bool = false) -> EffectSize {
    let odds = logOddsRatio(underNull: underNull)
    let factor = 3.0.squareRoot() / .pi
    return EffectSize(estimate: factor * odds.estimate, variance: factor * factor * odds.variance)
  }

  /// OR2DN: the same by the normal distribution: over 1.65 (Cox & Snell 1989).
  public func coxSnellDifference(underNull: Bool = false) -> EffectSize {
    let odds = logOddsRatio(underNull: underNull)
    return EffectSize(estimate: odds.estimate / 1.65, variance: odds.variance / (1.65 * 1.65))
  }

  /// PBIT: the difference of probits. Source: Sánchez-Meca et al. 2003, eq. 21.
  public func probitDifference() -> EffectSize {
    let (z1, z2) = (Normal.quantile(p1), Normal.quantile(p2))
    return EffectSize(
      estimate: z1 - z2,
      variance: 2 * .pi * p1 * (1 - p1) * exp(z1 * z1) / n1 + 2 * .pi * p2 * (1 - p2) * exp(z2 * z2) / n2)
  }
}
