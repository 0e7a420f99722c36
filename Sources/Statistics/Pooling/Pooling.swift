/// Random-effects and equal-effects pooling of independent trials.
public enum Pooling {
  /// The pooled effect of `studies`.
  /// - Parameter level: coverage of the intervals, between 0 and 1.
  /// - Throws: `StatisticsError.input` naming `studies[i]` when a number is not finite or a variance not above 0, or
  ///   when there is no study; `.noConvergence` when tau² is not found.
  public static func pool(
    _ studies: [EffectSize], _ heterogeneity: HeterogeneityMethod = .reml,
    interval: IntervalMethod = .hartungKnappAdHoc, level: Double = 0.95
  ) throws -> PooledEffect {
    try check(studies)
    return try pool(Design(studies), heterogeneity, interval: interval, level: level)
  }

  static func pool(
    _ design: Design, _ method: HeterogeneityMethod, interval: IntervalMethod, level: Double = 0.95
  ) throws -> PooledEffect {
    let tauSquared = try TauSquared.estimate(design, method)
    let plain = try WeightedFit(design, tauSquared: 0)
    let fit = tauSquared == 0 ? plain : try WeightedFit(design, tauSquared: tauSquared)
    let spread = IntervalScale(fit, design, interval)
    let standardError = (fit.covariance[0, 0] * spread.factor).squareRoot()
    let estimate = fit.coefficients[0]
    let share = heterogeneityShare(tauSquared, plain, design, method)
    return PooledEffect(
      k: design.k, heterogeneityMethod: method, intervalMethod: interval, estimate: estimate,
      standardError: standardError, statistic: estimate / standardError,
      pValue: StudentT.twoSided(estimate / standardError, df: spread.degreesOfFreedom),
      degreesOfFreedom: spread.degreesOfFreedom, level: level,
      interval: Interval(
        centre: estimate,
        halfWidth: StudentT.quantile((1 + level) / 2, df: spread.degreesOfFreedom) * standardError),
      tauSquared: tauSquared, iSquared: share.iSquared, hSquared: share.hSquared,
      heterogeneity: HeterogeneityTest(q: plain.q, degreesOfFreedom: design.k - design.p),
      typicalVariance: share.typicalVariance)
  }

  /// I² (percent), H² and the typical sampling variance. Source: Higgins & Thompson 2002, eq. 9 and 10; for equal
  /// effects, where tau² says nothing, from Q itself (eq. 6).
  static func heterogeneityShare(
    _ tauSquared: Double, _ plain: WeightedFit, _ design: Design, _ method: HeterogeneityMethod
  ) -> (iSquared: Double, hSquared: Double, typicalVariance: Double) {
    guard design.k > design.p else { return (0, 1, design.variances[0]) }
    let typical = design.residualDegrees / plain.trace
    if method == .equalEffects {
      let excess = plain.q - design.residualDegrees
      return (excess > 0 ? 100 * excess / plain.q : 0, plain.q / design.residualDegrees, typical)
    }
    return (100 * tauSquared / (tauSquared + typical), tauSquared / typical + 1, typical)
  }

  /// - Throws: `StatisticsError.input` naming the first wrong study, counted from 1.
  static func check(_ studies: [EffectSize]) throws {
    guard !studies.isEmpty else { throw StatisticsError.input(field: "studies", advice: "must hold at least one") }
    for (index, study) in studies.enumerated() {
      guard study.estimate.isFinite else {
        throw StatisticsError.input(field: "studies[\(index + 1)].yi", advice: "must be a finite number")
      }
      guard study.variance > 0, study.variance.isFinite else {
        throw StatisticsError.input(field: "studies[\(index + 1)].vi", advice: "must be a finite number above 0")
      }
    }
  }
}

/// By what the model's variances are multiplied and which t distribution judges them.
struct IntervalScale {
  /// Hartung-Knapp's Q(tau²)/(k − p), or 1.
  let factor: Double
  /// k − p, or ∞ for the normal distribution.
  let degreesOfFreedom: Double

  init(_ fit: WeightedFit, _ design: Design, _ method: IntervalMethod) {
    guard method != .wald, design.k > design.p else {
      factor = 1
      degreesOfFreedom = .infinity
      return
    }
    let observed = fit.q / design.residualDegrees
    factor = method == .hartungKnappAdHoc ? max(1, observed) : observed
    degreesOfFreedom = design.residualDegrees
  }
}
