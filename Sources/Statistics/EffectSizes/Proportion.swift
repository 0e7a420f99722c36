import Foundation

/// One share: x of n pupils. Not an effect by itself; pooled to show how common something is.
public struct Proportion: Equatable, Sendable {
  let x: Double
  /// n − x.
  let others: Double
  var n: Double { x + others }
  private var share: Double { x / n }

  /// - Throws: `StatisticsError.input` naming `x` (below 0 or above n) or `n`.
  public init(x: Double, n: Double, zeros: ZeroCells = ZeroCells()) throws {
    guard n > 0, n.isFinite else { throw StatisticsError.input(field: "n", advice: "must be above 0") }
    guard x >= 0 else { throw StatisticsError.input(field: "x", advice: "must not be below 0") }
    guard x <= n else { throw StatisticsError.input(field: "x", advice: "must not be above n") }
    let cells = zeros.adjusted([x, n - x])
    (self.x, others) = (cells[0], cells[1])
  }

  /// PR: the share itself, 0…1. `unbiased` divides by n − 1.
  public func raw(unbiased: Bool = false) -> EffectSize {
    EffectSize(estimate: share, variance: share * (1 - share) / (unbiased ? n - 1 : n))
  }

  /// PLN: its logarithm.
  public func logarithm() -> EffectSize { EffectSize(estimate: log(share), variance: 1 / x - 1 / n) }

  /// PLO: its log odds.
  public func logOdds() -> EffectSize { EffectSize(estimate: log(x / others), variance: 1 / x + 1 / others) }

  /// PAS: the arcsine of its root.
  public func arcsine() -> EffectSize { EffectSize(estimate: asin(share.squareRoot()), variance: 1 / (4 * n)) }

  /// PFT: the double arcsine of Freeman & Tukey 1950.
  public func freemanTukey() -> EffectSize {
    let mean = (asin((x / (n + 1)).squareRoot()) + asin(((x + 1) / (n + 1)).squareRoot())) / 2
    return EffectSize(estimate: mean, variance: 1 / (4 * n + 2))
  }
}
