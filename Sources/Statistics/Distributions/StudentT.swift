import Foundation

/// Student's t distribution with `df` degrees of freedom, above 0 and not necessarily whole; ∞ means the normal.
public enum StudentT {
  /// P(T ≤ t) and P(T > t).
  public static func tails(_ t: Double, df: Double) -> Tails {
    guard df > 0, !t.isNaN else { return .undefined }
    if df == .infinity { return Tails(lower: Normal.cumulative(t), upper: Normal.upper(t)) }
    if t.isInfinite { return t > 0 ? .allBelow : .allAbove }
    let beyond = 0.5 * outside(t, df: df)
    let tails = Tails(lower: 1 - beyond, upper: beyond)
    return t < 0 ? tails.mirrored : tails
  }

  /// P(|T| > |t|), the two-sided p value.
  public static func twoSided(_ t: Double, df: Double) -> Double {
    guard df > 0 else { return .nan }
    if df == .infinity { return Normal.twoSided(t) }
    return t.isInfinite ? 0 : outside(t, df: df)
  }

  private static func outside(_ t: Double, df: Double) -> Double {
    let square = t * t
    return Beta.tails(df / (df + square), complement: square / (df + square), df / 2, 0.5).lower
  }

  /// The density at t.
  public static func density(_ t: Double, df: Double) -> Double {
    exp(-(df + 1) / 2 * log1p(t * t / df) - Gamma.logBeta(df / 2, 0.5)) / df.squareRoot()
  }

  /// The t with P(T ≤ t) = p; NaN unless 0 ≤ p ≤ 1.
  public static func quantile(_ p: Double, df: Double) -> Double {
    guard df > 0, p >= 0, p <= 1 else { return .nan }
    if df == .infinity { return Normal.quantile(p) }
    if p == 0.5 { return 0 }
    if p > 0.5 { return -quantile(1 - p, df: df) }
    if p == 0 { return -.infinity }
    if df == 1 { return -1 / tan(.pi * p) }
    if df == 2 { return -(1 - 2 * p) / (2 * p * (1 - p)).squareRoot() }
    return Quantile.solve(
      tail: .lower(p), from: -.infinity, to: 0, start: Normal.quantile(p),
      tails: { tails($0, df: df) }, density: { density($0, df: df) })
  }
}
