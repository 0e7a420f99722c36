import Foundation

/// Events over time in two groups: incidents per pupil-day, absences per pupil-term.
public struct TwoRates: Equatable, Sendable {
  let x1: Double
  let t1: Double
  let x2: Double
  let t2: Double

  /// - Parameters:
  ///   - events: counts, 0 or more.
  ///   - time: pupil-time at risk, above 0, one unit for both.
  /// - Throws: `StatisticsError.input` naming `x1`, `t1`, `x2` or `t2`.
  public init(
    treated: (events: Double, time: Double), comparison: (events: Double, time: Double),
    zeros: ZeroCells = ZeroCells()
  ) throws {
    for (name, count) in [("x1", treated.events), ("x2", comparison.events)] {
      guard count >= 0, count.isFinite else { throw StatisticsError.input(field: name, advice: "must not be below 0") }
    }
    for (name, time) in [("t1", treated.time), ("t2", comparison.time)] {
      guard time > 0, time.isFinite else { throw StatisticsError.input(field: name, advice: "must be above 0") }
    }
    let counts = zeros.adjusted([treated.events, comparison.events])
    (x1, x2, t1, t2) = (counts[0], counts[1], treated.time, comparison.time)
  }

  /// IRR: the log of the ratio of rates.
  public func logRatio() -> EffectSize {
    EffectSize(estimate: log(x1 / t1) - log(x2 / t2), variance: 1 / x1 + 1 / x2)
  }

  /// IRD: the difference of rates, events per unit of time.
  public func difference() -> EffectSize {
    EffectSize(estimate: x1 / t1 - x2 / t2, variance: x1 / (t1 * t1) + x2 / (t2 * t2))
  }

  /// IRSD: the difference of the roots of rates, whose variance knows no rate.
  public func rootDifference() -> EffectSize {
    EffectSize(estimate: (x1 / t1).squareRoot() - (x2 / t2).squareRoot(), variance: 1 / (4 * t1) + 1 / (4 * t2))
  }
}
