import Foundation

/// One group measured twice: the same pupils before and after, in pairs. Effects above 0 mean a rise.
///
/// A change says how pupils changed, not that anything caused it: see `ClaimRule`.
public struct MeanChange: Equatable, Sendable {
  public let after: GroupSummary
  public let before: GroupSummary
  /// Correlation of both measurements over pupils, −1…1. When it is not known, ask for a `CorrelationRange`.
  public let correlation: Double

  /// - Throws: `StatisticsError.input` naming `r` or `n` (both measurements must be of the same pairs).
  public init(after: GroupSummary, before: GroupSummary, correlation: Double) throws {
    guard (-1...1).contains(correlation) else {
      throw StatisticsError.input(field: "r", advice: "must lie in −1…1")
    }
    guard after.n == before.n else {
      throw StatisticsError.input(field: "n", advice: "must be the number of pupils measured twice")
    }
    (self.after, self.before, self.correlation) = (after, before, correlation)
  }

  private var n: Double { before.n }
  private var change: Double { after.mean - before.mean }
  /// The variance of the pupils' own changes.
  private var changeVariance: Double {
    let gap = after.sd - before.sd
    return gap * gap + 2 * (1 - correlation) * after.sd * before.sd
  }

  /// MC: in the units of the measure.
  public func raw() -> EffectSize { EffectSize(estimate: change, variance: changeVariance / n) }

  /// SMCC: by the standard deviation of the changes. It grows without bound with the correlation, so it compares badly
  /// with other trials: prefer `byOneSD`.
  public func byChangeSD(corrected: Bool = true, variance: StandardisedVariance = .ls) -> EffectSize {
    standardised(by: changeVariance.squareRoot(), own: 1 / n, unbiasedOwn: 1 / n, corrected, variance)
  }

  /// SMCR: by the standard deviation of the first measurement (before). Source: Becker 1988, eq. 13. League's default.
  public func byBeforeSD(corrected: Bool = true, variance: StandardisedVariance = .ls) -> EffectSize {
    byOneSD(before.sd, corrected, variance)
  }

  /// SMCR by the standard deviation of the second measurement.
  func byAfterSD(corrected: Bool = true, variance: StandardisedVariance = .ls) -> EffectSize {
    byOneSD(after.sd, corrected, variance)
  }

  private func byOneSD(_ sd: Double, _ corrected: Bool, _ variance: StandardisedVariance) -> EffectSize {
    let unbiased = [.unbiased, .null].contains(variance) ? unbiasedCorrelation(correlation, n: n) : .nan
    return standardised(
      by: sd, own: 2 * (1 - correlation) / n, unbiasedOwn: 2 * (1 - unbiased) / n, corrected, variance)
  }

  private func standardised(
    by sd: Double, own: Double, unbiasedOwn: Double, _ corrected: Bool, _ variance: StandardisedVariance
  ) -> EffectSize {
    let degrees = n - 1
    let j = corrected ? smallSampleCorrection(degrees) : 1
    let d = change / sd
    return EffectSize(
      estimate: j * d,
      variance: variance(
        d: d, correction: j, sampling: own, unbiasedSampling: unbiasedOwn, degrees: degrees, size: n))
  }

  /// SMCRH: as SMCR, but the two standard deviations may differ. Source: Bonett 2008, eq. 13. `size` is n − 1 as there,
  /// or n ("LS2").
  public func byBeforeSDUnequal(corrected: Bool = true, variance: StandardisedVariance = .ls) -> EffectSize {
    unequal(by: before.sd, corrected, variance)
  }

  func byAfterSDUnequal(corrected: Bool = true, variance: StandardisedVariance = .ls) -> EffectSize {
    unequal(by: after.sd, corrected, variance)
  }

  private func unequal(by sd: Double, _ corrected: Bool, _ variance: StandardisedVariance) -> EffectSize {
    let g = (corrected ? smallSampleCorrection(n - 1) : 1) * change / sd
    let size = variance == .ls2 ? n : n - 1
    return EffectSize(estimate: g, variance: changeVariance / (sd * sd * size) + g * g / (2 * size))
  }

  /// SMCRPH: as SMCRP, but the two variances may differ. Source: Bonett 2008, eq. 9 and 12, and Cousineau 2020 for the
  /// degrees of freedom. `variance` as for SMCRH.
  public func byBothSDsUnequal(corrected: Bool = true, variance: StandardisedVariance = .ls) -> EffectSize {
    let r2 = correlation * correlation
    let (a, b) = (after.sd * after.sd, before.sd * before.sd)
    let mean = (a + b) / 2
    let g = (corrected ? smallSampleCorrection(2 * (n - 1) / (1 + r2)) : 1) * change / mean.squareRoot()
    let size = variance == .ls2 ? n : n - 1
    let spread = (a * a + b * b + 2 * r2 * a * b) / (8 * mean * mean * size)
    return EffectSize(estimate: g, variance: g * g * spread + changeVariance / (mean * size))
  }

  /// SMCRP: by the root of the mean of both variances. Source: Cousineau 2020, eq. 2.
  public func byBothSDs(corrected: Bool = true) -> EffectSize {
    let r2 = correlation * correlation
    let sd = ((after.sd * after.sd + before.sd * before.sd) / 2).squareRoot()
    let g = (corrected ? smallSampleCorrection(2 * (n - 1) / (1 + r2)) : 1) * change / sd
    return EffectSize(estimate: g, variance: 2 * (1 - correlation) / n + g * g * (1 + r2) / (4 * n))
  }

  /// ROMC: the log of the ratio of means, both of one sign. Source: Lajeunesse 2011, eq. 6; `corrected`: Senior et al.
  /// 2020, eq. 7 (metafor 3.8 did not correct, 5.1 does).
  /// `secondOrder`: the variance of its eq. 19.
  public func logRatioOfMeans(corrected: Bool = true, secondOrder: Bool = false) throws -> EffectSize {
    guard after.mean * before.mean > 0 else {
      throw StatisticsError.input(field: "mean", advice: "must have one sign before and after and not be 0")
    }
    let correction = (after.relativeVariance - before.relativeVariance) / 2
    let (a, b) = (after.relativeVariance, before.relativeVariance)
    let gap = a.squareRoot() - b.squareRoot()
    let first = gap * gap + 2 * (1 - correlation) * (a * b).squareRoot()
    let (m2, k2) = (after.mean * after.mean, before.mean * before.mean)
    let second = (a * a + b * b) / 2 + correlation * correlation * a * b * (m2 / k2 + k2 / m2) / 2
    return EffectSize(
      estimate: log(after.mean / before.mean) + (corrected ? correction : 0),
      variance: secondOrder ? first + second : first)
  }
}

/// A change whose correlation between the two measurements is not known: both ends of what it may be, never a guess.
public struct CorrelationRange: Equatable, Sendable {
  /// The correlations that were tried, lowest and highest.
  public let correlations: Interval
  /// The effect at both ends.
  public let atLowest: EffectSize
  public let atHighest: EffectSize
  /// From the smaller to the larger estimate, and variance, over all correlations between, a hundredth apart: some
  /// variances are least in the middle.
  public let estimates: Interval
  public let variances: Interval

  /// Correlations of school measurements a term or a year apart: from none to .9.
  public static let usual = Interval(lower: 0, upper: 0.9)

  /// - Parameter measure: which standardised change is wanted, such as `{ $0.byBeforeSD() }`.
  public init(
    after: GroupSummary, before: GroupSummary, correlations: Interval = Self.usual,
    _ measure: (MeanChange) throws -> EffectSize
  ) throws {
    self.correlations = correlations
    atLowest = try measure(MeanChange(after: after, before: before, correlation: correlations.lower))
    atHighest = try measure(MeanChange(after: after, before: before, correlation: correlations.upper))
    let steps = Int((correlations.width * 100).rounded(.up))
    let between = try (0..<max(steps, 1)).dropFirst().map { step in
      try measure(
        MeanChange(
          after: after, before: before,
          correlation: correlations.lower + correlations.width * Double(step) / Double(steps)))
    }
    estimates = Self.span((between + [atLowest, atHighest]).map(\.estimate))
    variances = Self.span((between + [atLowest, atHighest]).map(\.variance))
  }

  private static func span(_ values: [Double]) -> Interval {
    Interval(lower: values.min() ?? .nan, upper: values.max() ?? .nan)
  }

  /// The end with the larger variance: what a careful claim uses.
  public var cautious: EffectSize { atLowest.variance >= atHighest.variance ? atLowest : atHighest }
}
