import Foundation

/// Gauss-Legendre points and weights on −1…1: exact for polynomials of degree 2n − 1.
struct GaussLegendre: Sendable {
  let points: [Double]
  let weights: [Double]

  /// By Newton's method on the Legendre polynomial. Source: NIST DLMF 3.5.
  init(_ n: Int) {
    var points: [Double] = []
    var weights: [Double] = []
    for index in 0..<n {
      var x = cos(.pi * (Double(index) + 0.75) / (Double(n) + 0.5))
      var slope = 0.0
      for _ in 0..<100 {
        let (value, derivative) = Self.legendre(n, x)
        slope = derivative
        let step = value / derivative
        x -= step
        if abs(step) < 1e-16 { break }
      }
      points.append(x)
      weights.append(2 / ((1 - x * x) * slope * slope))
    }
    self.points = points
    self.weights = weights
  }

  private static func legendre(_ n: Int, _ x: Double) -> (value: Double, derivative: Double) {
    var (before, value) = (1.0, x)
    for degree in stride(from: 2, through: n, by: 1) {
      let d = Double(degree)
      (before, value) = (value, ((2 * d - 1) * x * value - (d - 1) * before) / d)
    }
    return (value, Double(n) * (x * value - before) / (x * x - 1))
  }
}
