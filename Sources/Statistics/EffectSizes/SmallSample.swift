import Foundation

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
  /// Unbiased (Hedges 1983, eq. 9; of changes, Viechtbauer 2007, eq. 26 and 37).
  case unbiased = "UB"
  /// As if the true effect were 0; undefined up to 2 degrees of freedom.
  case null = "H0"

  /// The variance of an effect g = J·d.
  /// - Parameters:
  ///   - sampling: the variance of the difference itself, in squared standard deviations.
  ///   - unbiasedSampling: the same without bias, for the forms that ask for it.
  ///   - size: twice this divides d².
  func callAsFunction(
    d: Double, correction j: Double, sampling: Double, unbiasedSampling: Double, degrees: Double, size: Double
  ) -> Double {
    let g = j * d
    return switch self {
    case .ls: sampling + g * g / (2 * size)
    case .ls2: j * j * (sampling + d * d / (2 * size))
    case .unbiased: unbiasedSampling + (1 - (degrees - 2) / (degrees * j * j)) * g * g
    case .null: degrees > 2 ? j * j * unbiasedSampling * degrees / (degrees - 2) : .nan
    }
  }
}

/// The unbiased estimate of a correlation: r · ₂F₁(1/2, 1/2; (n − 2)/2; 1 − r²). Source: Olkin & Pratt 1958, eq. 2.3.
/// NaN up to 4 pairs.
func unbiasedCorrelation(_ r: Double, n: Double) -> Double {
  guard n > 4 else { return .nan }
  guard r != 0, abs(r) < 1 else { return r }
  // Euler's integral with t = cos² φ, by the tanh-sinh rule on 0…π/2.
  let factor = 2 * Gamma.halfStepRatio((n - 2) / 2) / Double.pi.squareRoot()
  let step = 1.0 / 64
  var sum = 0.0
  for index in -320...320 {
    let at = Double(index) * step
    let slope = Double.pi / 2 * cosh(at)
    let bend = Double.pi / 2 * sinh(at)
    let angle = Double.pi / 2 / (1 + exp(-2 * bend))
    let weight = Double.pi / 4 * slope / (cosh(bend) * cosh(bend))
    let (s, c) = (sin(angle), cos(angle))
    let height = pow(s, n - 4) / (s * s + r * r * c * c).squareRoot()
    if height.isFinite { sum += weight * height }
  }
  return r * factor * step * sum
}
