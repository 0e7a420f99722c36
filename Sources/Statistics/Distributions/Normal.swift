import Foundation

/// The standard normal distribution.
public enum Normal {
  /// P(Z ≤ z).
  public static func cumulative(_ z: Double) -> Double { 0.5 * erfc(-z * 0.5.squareRoot()) }

  /// P(Z > z), without cancellation for large z.
  public static func upper(_ z: Double) -> Double { 0.5 * erfc(z * 0.5.squareRoot()) }

  /// Both at once for little more than one: only the larger is a difference from 1.
  static func tails(_ z: Double) -> Tails {
    let smaller = 0.5 * erfc(abs(z) * 0.5.squareRoot())
    return z < 0 ? Tails(lower: smaller, upper: 1 - smaller) : Tails(lower: 1 - smaller, upper: smaller)
  }

  /// P(|Z| > |z|), the two-sided p value.
  public static func twoSided(_ z: Double) -> Double { erfc(abs(z) * 0.5.squareRoot()) }

  /// The density at z.
  public static func density(_ z: Double) -> Double { exp(-z * z / 2) / (2 * Double.pi).squareRoot() }

  /// The z with P(Z ≤ z) = p; −∞ at 0, ∞ at 1, NaN outside.
  public static func quantile(_ p: Double) -> Double {
    guard p >= 0, p <= 1 else { return .nan }
    if p == 0.5 { return 0 }
    return p < 0.5 ? lowerQuantile(p) : -lowerQuantile(1 - p)
  }

  /// For p < ½: a rational start (Abramowitz & Stegun 26.2.23, error below 4.5e-4), then Halley's steps.
  private static func lowerQuantile(_ p: Double) -> Double {
    if p == 0 { return -.infinity }
    let t = (-2 * log(p)).squareRoot()
    var z = (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t
    for _ in 0..<4 {
      let step = (cumulative(z) - p) / density(z)
      let next = z - step / (1 + z * step / 2)
      if !next.isFinite || next == z { break }
      z = next
    }
    return z
  }
}
