/// The exact small-sample correction J(m) of a standardised difference with m degrees of freedom:
/// Γ(m/2) / (√(m/2) Γ((m−1)/2)), about 1 − 3/(4m − 1). Source: Hedges 1981, eq. 6e. NaN for m ≤ 1.
public func smallSampleCorrection(_ m: Double) -> Double {
  m > 1 ? Gamma.halfStepRatio(m / 2) / (m / 2).squareRoot() : .nan
}

/// Which large-sample variance a standardised effect gets. They differ by a few per cent in small trials: say which.
public enum StandardisedVariance: String, Sendable {
  /// With the corrected effect in it (Hedges 1982, eq. 8; metafor's default).
  case ls = "LS"
  /// The variance of d times J² (Borenstein et al. 2009, eq. 4.20 and 4.24).
  case ls2 = "LS2"
  /// Unbiased (Hedges 1983, eq. 9).
  case unbiased = "UB"
}
