import Foundation

/// Functions of the gamma family, accurate in both tails.
public enum Gamma {
  /// ln Γ(x) for x > 0; infinite at 0, NaN below it.
  public static func logGamma(_ x: Double) -> Double {
    guard x > 0 else { return x == 0 ? .infinity : .nan }
    return lgamma(x)
  }

  /// ln B(a, b) = ln Γ(a) + ln Γ(b) − ln Γ(a + b), for a, b > 0.
  public static func logBeta(_ a: Double, _ b: Double) -> Double { logGamma(a) + logGamma(b) - logGamma(a + b) }

  /// Γ(a) / Γ(a − 1/2): what the exact small-sample correction of a standardised difference needs, a > 1/2.
  /// From a = 40 by its asymptotic series, where the difference of two log-gammas would lose digits.
  static func halfStepRatio(_ a: Double) -> Double {
    guard a >= 40 else { return exp(logGamma(a) - logGamma(a - 0.5)) }
    let x = a - 0.5
    let series = 1 / (8 * x) - 1 / (192 * pow(x, 3)) + 1 / (640 * pow(x, 5)) - 17 / (14336 * pow(x, 7))
    return x.squareRoot() * exp(-series)
  }

  /// The regularised incomplete gamma function: lower P(a, x) and upper Q(a, x), for a > 0, x ≥ 0.
  /// Series below the mean, continued fraction above it. Source: NIST DLMF 8.11.4 and 8.9.2.
  public static func incomplete(_ a: Double, _ x: Double) -> Tails {
    guard a > 0, x >= 0, a.isFinite else { return .undefined }
    if x == 0 { return .allAbove }
    if x == .infinity { return .allBelow }
    let density = Self.density(a, x)
    if x < a + 1 {
      let lower = min(1, density * x / a * lowerSeries(a, x))
      return Tails(lower: lower, upper: 1 - lower)
    }
    let upper = min(1, density * x * upperFraction(a, x))
    return Tails(lower: 1 - upper, upper: upper)
  }

  /// x^(a−1) e^(−x) / Γ(a), the density of the gamma distribution with shape a and scale 1.
  static func density(_ a: Double, _ x: Double) -> Double {
    if a < 1 { return exp((a - 1) * log(x) - x - logGamma(a)) }
    return SaddlePoint.poisson(a - 1, x)
  }

  /// Σ xⁿ / ((a+1)…(a+n)).
  private static func lowerSeries(_ a: Double, _ x: Double) -> Double {
    var term = 1.0
    var sum = 1.0
    var n = a
    while term > sum * 1e-17 {
      n += 1
      term *= x / n
      sum += term
    }
    return sum
  }

  /// 1/(x+1−a− 1(1−a)/(x+3−a− …)), by Lentz's method.
  private static func upperFraction(_ a: Double, _ x: Double) -> Double {
    let tiny = 1e-300
    var b = x + 1 - a
    var c = 1 / tiny
    var d = 1 / (b == 0 ? tiny : b)
    var value = d
    for n in 1...100_000 {
      let numerator = -Double(n) * (Double(n) - a)
      b += 2
      d = numerator * d + b
      d = 1 / (abs(d) < tiny ? tiny : d)
      c = b + numerator / c
      if abs(c) < tiny { c = tiny }
      value *= c * d
      if abs(c * d - 1) < 1e-16 { break }
    }
    return value
  }
}
