import Foundation

/// Inverts a continuous distribution: Newton's method on the logarithm of the smaller tail, kept inside a bracket.
enum Quantile {
  /// - Parameters:
  ///   - p: the probability at or below, 0…1; outside it the answer is NaN.
  ///   - lowest: the smallest possible value (may be −∞); `highest` the largest.
  ///   - start: any point strictly between them.
  static func solve(
    _ p: Double, from lowest: Double, to highest: Double, start: Double,
    tails: (Double) -> Tails, density: (Double) -> Double
  ) -> Double {
    guard p >= 0, p <= 1 else { return .nan }
    if p == 0 { return lowest }
    if p == 1 { return highest }
    return solve(
      tail: p <= 0.5 ? .lower(p) : .upper(1 - p), from: lowest, to: highest, start: start, tails: tails,
      density: density)
  }

  /// The tail that is asked for and how much probability it holds.
  enum Target {
    case lower(Double)
    case upper(Double)
  }

  static func solve(
    tail target: Target, from lowest: Double, to highest: Double, start: Double,
    tails: (Double) -> Tails, density: (Double) -> Double
  ) -> Double {
    var low = lowest
    var high = highest
    var x = start
    for _ in 0..<400 {
      let (excess, slope) = logExcess(at: x, target, tails: tails, density: density)
      if excess == 0 { return x }
      if excess > 0 { high = x } else { low = x }
      let next = guess(x - excess / slope, low: low, high: high, from: x)
      // Steps of a few units in the last place only follow the rounding of the tails.
      if next == x || abs(next - x) <= abs(x) * 1e-15 { return next }
      x = next
    }
    return x
  }

  /// How far the point lies to the right, on the log scale of the tail (above 0: too far right), and its slope.
  private static func logExcess(
    at x: Double, _ target: Target, tails: (Double) -> Tails, density: (Double) -> Double
  ) -> (Double, Double) {
    switch target {
    case .lower(let p):
      let lower = tails(x).lower
      return lower > 0 ? (log(lower / p), density(x) / lower) : (-.infinity, .nan)
    case .upper(let q):
      let upper = tails(x).upper
      return upper > 0 ? (-log(upper / q), density(x) / upper) : (.infinity, .nan)
    }
  }

  /// Newton's point when it lies inside the bracket, otherwise a step that halves or opens the bracket.
  private static func guess(_ newton: Double, low: Double, high: Double, from x: Double) -> Double {
    if newton.isFinite, newton > low, newton < high { return newton }
    if low == -.infinity { return x <= 0 ? 2 * x - 1 : x - (x + 1) * 2 }
    if high == .infinity { return x >= 0 ? 2 * x + 1 : x + (1 - x) * 2 }
    if low > 0, high / low > 4 { return (low * high).squareRoot() }
    if low == 0, high > 0 { return high / 16 }
    return low + (high - low) / 2
  }
}
