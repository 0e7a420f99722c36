import Foundation

/// Several trials of one school (or several schools of one district) are not independent: a random-effects model with
/// one variance between the outer units and one between the inner units within them, by REML.
/// Source: Konstantopoulos 2011, eq. 4; the matrices are inverted in closed form, so the cost grows with k only.
public struct ThreeLevel: Equatable, Sendable {
  public let estimate: Double
  public let standardError: Double
  public let pValue: Double
  /// By the normal distribution.
  public let interval: Interval
  /// Variance between outer units (districts), effect units squared, 0 or more.
  public let outerVariance: Double
  /// Variance between inner units within an outer one (schools within districts).
  public let innerVariance: Double
  /// Cochran's Q of all studies as if independent.
  public let heterogeneity: HeterogeneityTest
  /// The restricted log-likelihood reached, up to a constant.
  public let logLikelihood: Double
  /// Robust to any dependence within outer units.
  public let clusterRobust: ClusterRobust?
  /// The same with the corrections for few or unequal outer units (CR2).
  public let biasReduced: ClusterRobust?

  /// The correlation of two true effects within an outer unit, 0…1; 0 when nothing varies.
  public var intraclassCorrelation: Double {
    let total = outerVariance + innerVariance
    return total > 0 ? outerVariance / total : 0
  }

  /// - Parameters:
  ///   - outer: the outer unit of each study.
  ///   - inner: the inner unit of each study within its outer unit.
  /// - Throws: `StatisticsError.input` for wrong studies or lengths; naming `outer` for a single outer unit;
  ///   `.noConvergence` when no maximum is found.
  public init(_ studies: [EffectSize], outer: [String], inner: [String], level: Double = 0.95) throws {
    try Pooling.check(studies)
    guard studies.count > 1 else { throw StatisticsError.input(field: "studies", advice: "must hold at least two") }
    guard outer.count == studies.count, inner.count == studies.count else {
      throw StatisticsError.input(field: "studies", advice: "must each name both their units")
    }
    guard Set(outer).count > 1 else {
      throw StatisticsError.input(
        field: "outer", advice: "must be at least two units: of one alone nobody can tell how such units differ")
    }
    let design = Design(studies)
    let trials = NestedTrials(studies, outer: outer, inner: inner)
    let start = try TauSquared.estimate(design, .reml)
    let scale = studies.reduce(0) { $0 + $1.variance } / Double(studies.count)
    let best = try Self.maximum(trials, start: start, scale: scale)
    let fit = Self.restrictedLikelihood(trials, best)

    (outerVariance, innerVariance) = (best[0], best[1])
    estimate = trials.centre + fit.mean.value
    standardError = (1 / fit.weight.value).squareRoot()
    pValue = Normal.twoSided(estimate / standardError)
    interval = Interval(centre: estimate, halfWidth: Normal.quantile((1 + level) / 2) * standardError)
    heterogeneity = HeterogeneityTest(
      q: try WeightedFit(design, tauSquared: 0).q, degreesOfFreedom: studies.count - 1)
    logLikelihood = fit.logLikelihood.value
    clusterRobust = ClusterRobust(
      estimate: estimate, scores: Self.scores(trials, best, mean: fit.mean.value), information: fit.weight.value,
      level: level)
    biasReduced = Self.biasReduced(
      studies, outer: outer, inner: inner, best, estimate: estimate, information: fit.weight.value, level: level)
  }

  private static func biasReduced(
    _ studies: [EffectSize], outer: [String], inner: [String], _ at: SIMD2<Double>, estimate: Double,
    information: Double, level: Double
  ) -> ClusterRobust? {
    let blocks = ClusterRobust.members(outer).map { places in
      var variance = SquareMatrix(size: places.count)
      for (row, one) in places.enumerated() {
        for (column, other) in places.enumerated() {
          variance[row, column] =
            at[0] + (inner[one] == inner[other] ? at[1] : 0) + (one == other ? studies[one].variance : 0)
        }
      }
      return AdjustedClusters.Block(
        rows: places.map { _ in [1] }, variance: variance, residuals: places.map { studies[$0].estimate - estimate })
    }
    return AdjustedClusters(blocks, bread: SquareMatrix(size: 1, elements: [1 / information])).flatMap {
      ClusterRobust(estimate: estimate, $0, coefficient: 0, level: level)
    }
  }

  // MARK: The likelihood

  struct Fit {
    /// Mean measured from the centre, XᵀV⁻¹X, and the restricted log-likelihood.
    let mean: Jet
    let weight: Jet
    let logLikelihood: Jet
  }

  /// Each unit's V⁻¹ by the formula for a diagonal plus a constant (Sherman & Morrison), inner first, then outer.
  static func restrictedLikelihood(_ trials: NestedTrials, _ at: SIMD2<Double>) -> Fit {
    let (between, within) = (Jet.parameter(0, at[0]), Jet.parameter(1, at[1]))
    var (weight, sum, squares, logs) = (Jet(0), Jet(0), Jet(0), Jet(0))
    for unit in trials.outer {
      var (a, b) = (Jet(0), Jet(0))
      for inner in unit {
        let growth = 1 + inner.weight * within
        a = a + Jet(inner.weight) / growth
        b = b + Jet(inner.weightedSum) / growth
        squares = inner.weightedSquares + squares - within * (Jet(inner.weightedSum * inner.weightedSum) / growth)
        logs = inner.sumOfLogVariances + logs + growth.log
      }
      let growth = 1 + between * a
      weight = weight + a / growth
      sum = sum + b / growth
      squares = squares - between * (b * b / growth)
      logs = logs + growth.log
    }
    let mean = sum / weight
    return Fit(mean: mean, weight: weight, logLikelihood: -0.5 * (logs + weight.log + squares - sum * mean))
  }

  /// 1ᵀV⁻¹(y − mean) of each outer unit: what the sandwich variance is made of.
  private static func scores(_ trials: NestedTrials, _ at: SIMD2<Double>, mean: Double) -> [Double] {
    trials.outer.map { unit in
      var (a, b) = (0.0, 0.0)
      for inner in unit {
        let growth = 1 + at[1] * inner.weight
        a += inner.weight / growth
        b += (inner.weightedSum - mean * inner.weight) / growth
      }
      return b / (1 + at[0] * a)
    }
  }

  // MARK: Its maximum

  /// Newton's method with exact curvature from several starts; the highest maximum wins.
  private static func maximum(_ trials: NestedTrials, start: Double, scale: Double) throws -> SIMD2<Double> {
    let size = max(start, scale * 0.1)
    let starts = [SIMD2(size / 2, size / 2), SIMD2(size, 0), SIMD2(0, size), SIMD2(0, 0)]
    let found = starts.compactMap { climb(trials, from: $0, scale: size) }
    func height(_ at: SIMD2<Double>) -> Double { restrictedLikelihood(trials, at).logLikelihood.value }
    guard let best = found.max(by: { height($0) < height($1) }) else {
      throw StatisticsError.noConvergence(what: "the variances of the three-level model by REML")
    }
    return best
  }

  private static func climb(_ trials: NestedTrials, from start: SIMD2<Double>, scale: Double) -> SIMD2<Double>? {
    var at = start
    for _ in 0..<500 {
      let here = restrictedLikelihood(trials, at).logLikelihood
      let step = ascent(here, at, scale: scale)
      if abs(step[0]) + abs(step[1]) <= 1e-12 * (at[0] + at[1]) + 1e-15 * scale { return at }
      var length = 1.0
      while true {
        let next = (at + length * step).clamped(lowerBound: .zero, upperBound: SIMD2(repeating: .infinity))
        if restrictedLikelihood(trials, next).logLikelihood.value > here.value {
          at = next
          break
        }
        length /= 2
        if length < 1e-12 { return at }
      }
    }
    return nil
  }

  /// Newton's step among the variances that may move; along the gradient where the surface is not curved downwards.
  private static func ascent(_ here: Jet, _ at: SIMD2<Double>, scale: Double) -> SIMD2<Double> {
    let free = (0..<2).map { at[$0] > 0 || here.first[$0] > 0 }
    let (a, b, c) = (here.second[0], here.second[1], here.second[2])
    let uphill = SIMD2(
      free[0] ? here.first[0] : 0, free[1] ? here.first[1] : 0)
    if free[0], free[1] {
      let determinant = a * c - b * b
      if a < 0, determinant > 0 {
        return -1 / determinant * SIMD2(c * uphill[0] - b * uphill[1], a * uphill[1] - b * uphill[0])
      }
    } else if free[0], a < 0 {
      return SIMD2(-uphill[0] / a, 0)
    } else if free[1], c < 0 {
      return SIMD2(0, -uphill[1] / c)
    }
    let length = (uphill * uphill).sum().squareRoot()
    return length > 0 ? scale / length * uphill : .zero
  }
}
