/// An interval for a pooled effect that holds whatever the dependence of trials within a cluster (a school, a district):
/// the sandwich variance with the small-sample factor m/(m − 1), "CR1", and t with m − 1 degrees of freedom.
/// Source: Hedges, Tipton & Johnson 2010, eq. 6 and 9. With fewer than about ten clusters it is still too narrow.
public struct ClusterRobust: Equatable, Sendable {
  public let estimate: Double
  public let standardError: Double
  /// Number of clusters less 1.
  public let degreesOfFreedom: Int
  public let pValue: Double
  public let interval: Interval

  /// - Parameters:
  ///   - scores: per cluster Σ weight × (effect − estimate).
  ///   - information: the sum of all weights.
  init?(estimate: Double, scores: [Double], information: Double, level: Double) {
    guard scores.count > 1 else { return nil }
    let m = Double(scores.count)
    let sum = scores.reduce(0) { $0 + $1 * $1 }
    self.estimate = estimate
    standardError = (sum * m / (m - 1)).squareRoot() / information
    degreesOfFreedom = scores.count - 1
    let t = estimate / standardError
    pValue = t.isNaN ? 1 : StudentT.twoSided(t, df: m - 1)
    interval = Interval(
      centre: estimate, halfWidth: StudentT.quantile((1 + level) / 2, df: m - 1) * standardError)
  }

  /// For effects that were `pooled` as if independent, with the cluster of each; nil for a single cluster.
  public init?(_ studies: [EffectSize], clusters: [String], pooled: PooledEffect, level: Double = 0.95) {
    guard studies.count == clusters.count else { return nil }
    var scores: [String: Double] = [:]
    var information = 0.0
    for (study, cluster) in zip(studies, clusters) {
      let weight = 1 / (study.variance + pooled.tauSquared)
      scores[cluster, default: 0] += weight * (study.estimate - pooled.estimate)
      information += weight
    }
    let inOrder = scores.sorted { $0.key < $1.key }.map(\.value)
    self.init(estimate: pooled.estimate, scores: inOrder, information: information, level: level)
  }
}
