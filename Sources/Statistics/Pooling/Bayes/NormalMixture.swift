/// A weighted mixture of normal distributions: what a posterior is once tau has been integrated over points.
public struct NormalMixture: Equatable, Sendable {
  struct Part: Equatable, Sendable {
    let weight: Double
    let mean: Double
    let variance: Double
    /// The square root of `variance`.
    let deviation: Double

    init(weight: Double, mean: Double, variance: Double) {
      self.weight = weight
      self.mean = mean
      self.variance = variance
      deviation = variance.squareRoot()
    }
  }

  let parts: [Part]
  /// Whether mean and standard deviation exist; with heavy tails they may not.
  let hasMean: Bool
  let hasDeviation: Bool

  init(_ parts: [Part], hasMean: Bool = true, hasDeviation: Bool = true) {
    self.parts = parts
    self.hasMean = hasMean
    self.hasDeviation = hasDeviation
  }

  private var centre: Double { parts.reduce(0) { $0 + $1.weight * $1.mean } }

  /// Nil where the tails are too heavy for a mean.
  public var mean: Double? { hasMean ? centre : nil }

  /// Nil where the tails are too heavy for a variance.
  public var standardDeviation: Double? {
    hasDeviation ? spread : nil
  }

  private var spread: Double {
    let centre = centre
    let variance = parts.reduce(0) { $0 + $1.weight * ($1.variance + ($1.mean - centre) * ($1.mean - centre)) }
    return variance.squareRoot()
  }

  public var median: Double { quantile(0.5) }

  func tails(_ x: Double) -> Tails {
    var (lower, upper) = (0.0, 0.0)
    for part in parts {
      let tails = Normal.tails((x - part.mean) / part.deviation)
      lower += part.weight * tails.lower
      upper += part.weight * tails.upper
    }
    return Tails(lower: lower, upper: upper)
  }

  func density(_ x: Double) -> Double {
    parts.reduce(0) { $0 + $1.weight * Normal.density((x - $1.mean) / $1.deviation) / $1.deviation }
  }

  /// P(X > x).
  public func probability(above x: Double) -> Double { tails(x).upper }

  public func quantile(_ p: Double) -> Double {
    guard p > 0, p < 1 else { return Normal.quantile(p) }
    // One normal distribution with the same mean and spread is near already.
    let start = centre + Normal.quantile(p) * spread
    return Quantile.solve(p, from: -.infinity, to: .infinity, start: start, tails: tails, density: density)
  }

  /// With equal probability beyond both ends.
  public func centralInterval(_ level: Double = 0.95) -> Interval {
    Interval(lower: quantile((1 - level) / 2), upper: quantile((1 + level) / 2))
  }

  /// The shortest interval that holds `level`: its ends have equal density.
  public func shortestInterval(_ level: Double = 0.95) -> Interval {
    var (low, high) = (0.0, 1 - level)
    var interval = centralInterval(level)
    for _ in 0..<50 {
      let below = (low + high) / 2
      interval = Interval(lower: quantile(below), upper: quantile(below + level))
      if density(interval.lower) < density(interval.upper) { low = below } else { high = below }
    }
    return interval
  }
}
