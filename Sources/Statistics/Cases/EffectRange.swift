/// An effect that hangs on a correlation nobody gave: everything it may be, never a guess.
struct EffectRange {
  let correlations: Interval
  let estimates: Interval
  let variances: Interval

  init(_ range: CorrelationRange) {
    (correlations, estimates, variances) = (range.correlations, range.estimates, range.variances)
  }

  private init(correlations: Interval, estimates: Interval, variances: Interval) {
    (self.correlations, self.estimates, self.variances) = (correlations, estimates, variances)
  }

  /// One group's change less another's, independent of it; known when both are.
  static func difference(_ treated: EffectQuestion.Answer, _ comparison: EffectQuestion.Answer) -> EffectQuestion.Answer
  {
    if case .known(let t) = treated, case .known(let c) = comparison {
      return .known(EffectSize(estimate: t.estimate - c.estimate, variance: t.variance + c.variance))
    }
    let (t, c) = (span(treated), span(comparison))
    return .range(
      EffectRange(
        correlations: CorrelationRange.usual,
        estimates: Interval(lower: t.estimates.lower - c.estimates.upper, upper: t.estimates.upper - c.estimates.lower),
        variances: Interval(
          lower: t.variances.lower + c.variances.lower, upper: t.variances.upper + c.variances.upper)))
  }

  private static func span(_ answer: EffectQuestion.Answer) -> EffectRange {
    switch answer {
    case .range(let range): range
    case .known(let effect):
      EffectRange(
        correlations: CorrelationRange.usual, estimates: Interval(lower: effect.estimate, upper: effect.estimate),
        variances: Interval(lower: effect.variance, upper: effect.variance))
    }
  }
}
