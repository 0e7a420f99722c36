import Foundation

/// The beta distribution on 0…1 with shapes a, b > 0; the root of t, F and the binomial.
public enum Beta {
  /// The regularised incomplete beta function I_x(a, b) and its complement.
  public static func tails(_ x: Double, _ a: Double, _ b: Double) -> Tails {
    tails(x, complement: 1 - x, a, b)
  }

  /// The same with 1 − x given as well, for callers that know it more exactly than 1 − x would be.
  /// Continued fraction: NIST DLMF 8.17.22, evaluated by Lentz's method on the side where it converges.
  static func tails(_ x: Double, complement y: Double, _ a: Double, _ b: Double) -> Tails {
    guard a > 0, b > 0, a.isFinite, b.isFinite, !x.isNaN, !y.isNaN else { return .undefined }
    if x <= 0 { return .allAbove }
    if y <= 0 { return .allBelow }
    if x > (a + 1) / (a + b + 2) { return tails(y, complement: x, b, a).mirrored }
    let lower = min(1, front(x, y, a, b) * fraction(x, y, a, b) / a)
    return Tails(lower: lower, upper: 1 - lower)
  }

  /// xᵃ yᵇ / B(a, b).
  private static func front(_ x: Double, _ y: Double, _ a: Double, _ b: Double) -> Double {
    guard a + b > 20 else {
      let logY = x < 0.1 ? log1p(-x) : log(y)
      return exp(a * log(x) + b * logY - Gamma.logBeta(a, b))
    }
    return SaddlePoint.binomial(a, a + b, p: x, q: y) * a * b / (a + b)
  }

  private static func fraction(_ x: Double, _ y: Double, _ a: Double, _ b: Double) -> Double {
    let tiny = 1e-300
    func guarded(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
    var c = 1.0
    // 1 − (a+b)x/(a+1), written so that nothing cancels when x is near 1.
    var d = 1 / guarded(x < 0.5 ? 1 - (a + b) * x / (a + 1) : (1 - b + (a + b) * y) / (a + 1))
    var value = d
    for step in 1...100_000 {
      let m = Double(step)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / guarded(1 + even * d)
      c = guarded(1 + even / c)
      value *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / guarded(1 + odd * d)
      c = guarded(1 + odd / c)
      value *= d * c
      if abs(d * c - 1) < 1e-16 { break }
    }
    return value
  }

  /// The density at x, 0 < x < 1.
  static func density(_ x: Double, _ a: Double, _ b: Double) -> Double {
    guard x > 0, x < 1 else { return 0 }
    return front(x, 1 - x, a, b) / (x * (1 - x))
  }

  /// The x with P(X ≤ x) = p; NaN outside 0…1.
  public static func quantile(_ p: Double, _ a: Double, _ b: Double) -> Double {
    guard a > 0, b > 0 else { return .nan }
    return Quantile.solve(
      p, from: 0, to: 1, start: a / (a + b), tails: { tails($0, a, b) }, density: { density($0, a, b) })
  }
}
