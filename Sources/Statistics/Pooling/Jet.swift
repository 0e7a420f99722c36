import Foundation

/// A number with its first and second derivatives by two parameters, so that a likelihood written once gives its exact
/// gradient and curvature too.
struct Jet: Sendable {
  var value: Double
  /// Derivatives by the first and the second parameter.
  var first: SIMD2<Double> = .zero
  /// Second derivatives: by the first twice, by both, by the second twice.
  var second: SIMD3<Double> = .zero

  init(_ value: Double) { self.value = value }

  private init(_ value: Double, _ first: SIMD2<Double>, _ second: SIMD3<Double>) {
    self.value = value
    self.first = first
    self.second = second
  }

  /// The parameter of this position (0 or 1) itself.
  static func parameter(_ position: Int, _ value: Double) -> Jet {
    var jet = Jet(value)
    jet.first[position] = 1
    return jet
  }

  /// The three products of derivatives that a second derivative of a product is made of.
  private static func outer(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> SIMD3<Double> {
    SIMD3(2 * a[0] * b[0], a[0] * b[1] + a[1] * b[0], 2 * a[1] * b[1])
  }

  static func + (a: Jet, b: Jet) -> Jet { Jet(a.value + b.value, a.first + b.first, a.second + b.second) }
  static func - (a: Jet, b: Jet) -> Jet { Jet(a.value - b.value, a.first - b.first, a.second - b.second) }

  static func * (a: Jet, b: Jet) -> Jet {
    Jet(
      a.value * b.value, a.first * b.value + b.first * a.value,
      a.second * b.value + b.second * a.value + outer(a.first, b.first))
  }

  static func * (a: Double, b: Jet) -> Jet { Jet(a * b.value, a * b.first, a * b.second) }
  static func + (a: Double, b: Jet) -> Jet { Jet(a + b.value, b.first, b.second) }
  static func / (a: Jet, b: Jet) -> Jet { a * b.applying(1 / b.value, -1 / (b.value * b.value), 2 / pow(b.value, 3)) }

  /// The natural logarithm.
  var log: Jet { applying(Foundation.log(value), 1 / value, -1 / (value * value)) }

  /// A function of one variable applied, given its value and two derivatives here.
  private func applying(_ f: Double, _ slope: Double, _ curvature: Double) -> Jet {
    Jet(f, slope * first, slope * second + curvature / 2 * Self.outer(first, first))
  }
}
