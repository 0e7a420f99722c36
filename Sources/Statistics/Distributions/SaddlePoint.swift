import Foundation

/// Point probabilities that keep full relative accuracy for large counts.
/// Source: Loader (2000), Fast and accurate computation of binomial probabilities: the deviance form.
enum SaddlePoint {
  /// ln(n!) − [½ ln(2πn) + n ln n − n], Stirling's error, for n > 0.
  static func stirlingError(_ n: Double) -> Double {
    if n < 16 { return lgamma(n + 1) - (n + 0.5) * log(n) + n - 0.5 * log(2 * .pi) }
    let s = 1 / (n * n)
    return (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - (1.0 / 1680 - (1.0 / 1188 - 691.0 / 360_360 * s) * s) * s) * s) * s)
      / n
  }

  /// x ln(x/m) + m − x without cancellation near x = m, for x, m > 0.
  static func deviance(_ x: Double, _ m: Double) -> Double {
    guard abs(x - m) < 0.1 * (x + m) else { return x * log(x / m) + m - x }
    let v = (x - m) / (x + m)
    var sum = (x - m) * v
    var term = 2 * x * v
    for j in 1...1000 {
      term *= v * v
      let next = sum + term / Double(2 * j + 1)
      if next == sum { break }
      sum = next
    }
    return sum
  }

  /// e^(−m) mˣ / Γ(x+1), x ≥ 0 not necessarily whole, m > 0.
  static func poisson(_ x: Double, _ m: Double) -> Double {
    if x == 0 { return exp(-m) }
    if m == 0 { return 0 }
    if x < m * 1e-300 { return exp(-m) }
    return exp(-stirlingError(x) - deviance(x, m)) / (2 * .pi * x).squareRoot()
  }

  /// Γ(n+1)/(Γ(x+1)Γ(n−x+1)) pˣ qⁿ⁻ˣ, 0 ≤ x ≤ n not necessarily whole, p + q = 1.
  static func binomial(_ x: Double, _ n: Double, p: Double, q: Double) -> Double {
    if p == 0 { return x == 0 ? 1 : 0 }
    if q == 0 { return x == n ? 1 : 0 }
    if x == 0 { return n == 0 ? 1 : exp(p < 0.1 ? n * log1p(-p) : n * log(q)) }
    if x == n { return exp(q < 0.1 ? n * log1p(-q) : n * log(p)) }
    let errors = stirlingError(n) - stirlingError(x) - stirlingError(n - x)
    let deviances = deviance(x, n * p) + deviance(n - x, n * q)
    return exp(errors - deviances) * (n / (2 * .pi * x * (n - x))).squareRoot()
  }
}
