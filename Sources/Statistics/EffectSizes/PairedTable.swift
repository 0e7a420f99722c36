import Foundation

/// The same pupils asked yes or no twice: a yes both times, b only the first time, c only the second, d never.
/// Only b and c say anything about change.
public struct PairedTable: Equatable, Sendable {
  let a: Double
  let b: Double
  let c: Double
  let d: Double

  /// - Throws: `StatisticsError.input` naming the cell below 0, or that there are no pairs.
  public init(a: Double, b: Double, c: Double, d: Double, zeros: ZeroCells = ZeroCells()) throws {
    for (name, cell) in [("a", a), ("b", b), ("c", c), ("d", d)] {
      guard cell >= 0, cell.isFinite else { throw StatisticsError.input(field: name, advice: "must not be below 0") }
    }
    guard a + b + c + d > 0 else { throw StatisticsError.input(field: "a", advice: "must count at least one pair") }
    let cells = zeros.adjusted([a, b, c, d])
    (self.a, self.b, self.c, self.d) = (cells[0], cells[1], cells[2], cells[3])
  }

  private var n: Double { a + b + c + d }
  private var first: Double { (a + b) / n }
  private var second: Double { (a + c) / n }
  private var changed: Double { (b + c) / n }
  /// n times the variance of the difference of both shares.
  private var changeVariance: Double {
    let (p, q) = (b / n, c / n)
    return p * (1 - p) + 2 * p * q + q * (1 - q)
  }

  /// MPRD: the share at first less the share at last.
  public func riskDifference() -> EffectSize {
    EffectSize(estimate: first - second, variance: changeVariance / n)
  }

  /// MPRR: the log of the ratio of both shares.
  public func logRiskRatio() -> EffectSize {
    EffectSize(estimate: log(first) - log(second), variance: changed / (n * first * second))
  }

  /// MPOR: the log ratio of both (marginal) odds.
  public func logMarginalOddsRatio() -> EffectSize {
    EffectSize(
      estimate: log(first / (1 - first)) - log(second / (1 - second)),
      variance: changeVariance / (n * first * (1 - first) * second * (1 - second)))
  }

  /// MPORC: the log odds ratio of pairs that changed, b against c (conditional; McNemar).
  public func logConditionalOddsRatio() -> EffectSize {
    EffectSize(estimate: log(b) - log(c), variance: 1 / b + 1 / c)
  }

  /// MPPETO: the same by Peto's method.
  public func peto() -> EffectSize {
    let variance = (b + c) / 4
    return EffectSize(estimate: (b - (b + c) / 2) / variance, variance: 1 / variance)
  }
}
