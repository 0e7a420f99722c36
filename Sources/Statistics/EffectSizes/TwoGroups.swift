import Foundation

/// Mean, standard deviation and size of one group.
public struct GroupSummary: Equatable, Sendable {
  public let mean: Double
  /// Sample standard deviation (n − 1), 0 or more, in the units of the mean.
  public let sd: Double
  /// Number of pupils, 2 or more.
  public let n: Double

  /// - Throws: `StatisticsError.input` naming `mean`, `sd` or `n`.
  public init(mean: Double, sd: Double, n: Double) throws {
    guard mean.isFinite else { throw StatisticsError.input(field: "mean", advice: "must be a finite number") }
    guard sd >= 0, sd.isFinite else { throw StatisticsError.input(field: "sd", advice: "must not be below 0") }
    guard n >= 2, n.isFinite else { throw StatisticsError.input(field: "n", advice: "must be 2 or more") }
    (self.mean, self.sd, self.n) = (mean, sd, n)
  }

  /// sd²/n, the variance of the mean.
  var varianceOfMean: Double { sd * sd / n }
  /// The squared coefficient of variation over n.
  var relativeVariance: Double { varianceOfMean / (mean * mean) }
}

/// Two independent groups: those who tried it and those who did not. Effects above 0 mean that the first has more.
public struct TwoGroups: Equatable, Sendable {
  public let treated: GroupSummary
  public let comparison: GroupSummary

  public init(treated: GroupSummary, comparison: GroupSummary) {
    self.treated = treated
    self.comparison = comparison
  }

  private var difference: Double { treated.mean - comparison.mean }
  private var total: Double { treated.n + comparison.n }
  /// 1/n₁ + 1/n₂.
  private var sampling: Double { 1 / treated.n + 1 / comparison.n }

  /// The standard deviation within groups, pooled over n₁ + n₂ − 2 degrees of freedom.
  public var pooledSD: Double {
    let squares = (treated.n - 1) * treated.sd * treated.sd + (comparison.n - 1) * comparison.sd * comparison.sd
    return (squares / (total - 2)).squareRoot()
  }

  /// MD, in the units of the measure. `pooled`: assume equal variances in both groups.
  public func meanDifference(pooled: Bool = false) -> EffectSize {
    EffectSize(
      estimate: difference,
      variance: pooled ? pooledSD * pooledSD * sampling : treated.varianceOfMean + comparison.varianceOfMean)
  }

  /// SMD: Hedges' g, or Cohen's d when not `corrected`, by the pooled standard deviation.
  public func standardisedDifference(
    corrected: Bool = true, variance: StandardisedVariance = .ls
  ) -> EffectSize {
    standardised(by: pooledSD, degrees: total - 2, size: total, corrected: corrected, variance: variance)
  }

  /// SMD1: Glass's delta, by the standard deviation of the comparison group.
  public func glassDifference(corrected: Bool = true, variance: StandardisedVariance = .ls) -> EffectSize {
    standardised(
      by: comparison.sd, degrees: comparison.n - 1, size: comparison.n, corrected: corrected, variance: variance)
  }

  /// SMD1H: Glass's delta where the groups' spreads differ. Source: Bonett 2008, eq. 12.
  public func glassDifferenceUnequal(corrected: Bool = true) -> EffectSize {
    let (degrees, ratio) = (comparison.n - 1, treated.sd / comparison.sd)
    let g = (corrected ? smallSampleCorrection(degrees) : 1) * difference / comparison.sd
    return EffectSize(
      estimate: g, variance: ratio * ratio / (treated.n - 1) + 1 / degrees + g * g / (2 * degrees))
  }

  private func standardised(
    by sd: Double, degrees: Double, size: Double, corrected: Bool, variance: StandardisedVariance
  ) -> EffectSize {
    let j = corrected ? smallSampleCorrection(degrees) : 1
    let d = difference / sd
    return EffectSize(
      estimate: j * d,
      variance: variance(
        d: d, correction: j, sampling: sampling, unbiasedSampling: sampling, degrees: degrees, size: size))
  }

  /// How the variance of a difference of unequal spreads counts pupils.
  public enum UnequalVariance: String, Sendable {
    /// By n − 1 throughout (Bonett 2008, eq. 8).
    case ls = "LS"
    /// By n throughout.
    case ls2 = "LS2"
    /// By n for the means and n − 1 for the spreads (the delta method).
    case ls3 = "LS3"
  }

  /// SMDH: by the mean of both variances, which may differ. Source: Bonett 2008, eq. 8.
  public func unequalVarianceDifference(corrected: Bool = true, variance: UnequalVariance = .ls) -> EffectSize {
    let (v1, v2) = (treated.sd * treated.sd, comparison.sd * comparison.sd)
    let mean = (v1 + v2) / 2
    let g = (corrected ? smallSampleCorrection(total - 2) : 1) * difference / mean.squareRoot()
    let (less, spreadLess) = (variance == .ls ? 1.0 : 0, variance == .ls2 ? 0.0 : 1)
    let spread = (v1 * v1 / (treated.n - spreadLess) + v2 * v2 / (comparison.n - spreadLess)) / (8 * mean * mean)
    return EffectSize(
      estimate: g, variance: g * g * spread + (v1 / (treated.n - less) + v2 / (comparison.n - less)) / mean)
  }

  /// What the variance of a ratio of means assumes of both groups.
  public enum RatioVariance: String, Sendable {
    case ls = "LS"
    /// The same standard deviation.
    case pooled = "HO"
    /// The same coefficient of variation, averaged over pupils.
    case oneVariation = "AVHO"
    /// To the second order (Lajeunesse 2015, eq. 9).
    case ls2 = "LS2"
  }

  /// ROM: the log of the ratio of means, both of one sign. `corrected`: Lajeunesse 2015, eq. 8.
  public func logRatioOfMeans(corrected: Bool = true, variance: RatioVariance = .ls) throws -> EffectSize {
    guard treated.mean * comparison.mean > 0 else {
      throw StatisticsError.input(field: "mean", advice: "must have one sign in both groups and not be 0")
    }
    let correction = (treated.relativeVariance - comparison.relativeVariance) / 2
    let squares = pooledSD * pooledSD
    let (one, two) = (treated.relativeVariance, comparison.relativeVariance)
    let variation =
      (treated.n * treated.sd / treated.mean + comparison.n * comparison.sd / comparison.mean) / total
    let v =
      switch variance {
      case .ls: one + two
      case .pooled:
        squares / (treated.n * treated.mean * treated.mean)
          + squares / (comparison.n * comparison.mean * comparison.mean)
      case .oneVariation: variation * variation * sampling
      case .ls2: one + two + (one * one + two * two) / 2
      }
    return EffectSize(
      estimate: log(treated.mean / comparison.mean) + (corrected ? correction : 0),
      variance: v)
  }
}
