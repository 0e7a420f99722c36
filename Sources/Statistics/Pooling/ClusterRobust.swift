/// An interval for a pooled effect that holds whatever the dependence of trials within a cluster (a school, a district):
/// the sandwich variance, with one of two corrections for few clusters.
public struct ClusterRobust: Equatable, Sendable {
  public enum Form: String, CaseIterable, Sendable {
    /// The factor m/(m − 1), and t with m − 1 degrees of freedom. Source: Hedges, Tipton & Johnson 2010, eq. 6 and 9.
    /// With fewer than about ten clusters, or unequal ones, it is still too narrow.
    case cr1 = "CR1"
    /// Residuals adjusted so that the variance is unbiased when the model holds, and t with the degrees of freedom of
    /// Satterthwaite. Source: Bell & McCaffrey 2002; Pustejovsky & Tipton 2018, eq. 5, 10 and 12.
    case cr2 = "CR2"
  }

  public let form: Form
  public let estimate: Double
  public let standardError: Double
  /// CR1: the number of clusters less 1; CR2: broken, above 0, low when a few clusters carry most of the weight.
  public let degreesOfFreedom: Double
  public let pValue: Double
  public let interval: Interval

  private init(_ form: Form, estimate: Double, variance: Double, degreesOfFreedom: Double, level: Double) {
    self.form = form
    self.estimate = estimate
    self.degreesOfFreedom = degreesOfFreedom
    standardError = variance.squareRoot()
    let t = estimate / standardError
    pValue = t.isNaN ? 1 : StudentT.twoSided(t, df: degreesOfFreedom)
    interval = Interval(
      centre: estimate, halfWidth: StudentT.quantile((1 + level) / 2, df: degreesOfFreedom) * standardError)
  }

  /// CR1 of a mean.
  /// - Parameters:
  ///   - scores: per cluster Σ weight × (effect − estimate).
  ///   - information: the sum of all weights.
  init?(estimate: Double, scores: [Double], information: Double, level: Double) {
    guard scores.count > 1 else { return nil }
    let m = Double(scores.count)
    let sum = scores.reduce(0) { $0 + $1 * $1 }
    self.init(
      .cr1, estimate: estimate, variance: sum * m / (m - 1) / (information * information), degreesOfFreedom: m - 1,
      level: level)
  }

  /// CR2 of one coefficient of a model; nil for a single cluster, or where the clusters say nothing of it.
  init?(estimate: Double, _ adjusted: AdjustedClusters, coefficient: Int, level: Double) {
    guard let spread = adjusted.spread(of: coefficient) else { return nil }
    self.init(
      .cr2, estimate: estimate, variance: spread.variance, degreesOfFreedom: spread.degreesOfFreedom, level: level)
  }

  /// For effects that were `pooled` as if independent, with the cluster of each; nil for a single cluster.
  public init?(
    _ studies: [EffectSize], clusters: [String], pooled: PooledEffect, form: Form = .cr1, level: Double = 0.95
  ) {
    guard studies.count == clusters.count else { return nil }
    let weights = studies.map { 1 / ($0.variance + pooled.tauSquared) }
    let information = weights.reduce(0, +)
    let members = Self.members(clusters)
    switch form {
    case .cr1:
      let scores = members.map { places in
        places.reduce(0) { $0 + weights[$1] * (studies[$1].estimate - pooled.estimate) }
      }
      self.init(estimate: pooled.estimate, scores: scores, information: information, level: level)
    case .cr2:
      let blocks = members.map { places in
        AdjustedClusters.Block(
          rows: places.map { _ in [1] }, variance: .diagonal(places.map { 1 / weights[$0] }),
          residuals: places.map { studies[$0].estimate - pooled.estimate })
      }
      let bread = SquareMatrix(size: 1, elements: [1 / information])
      guard let adjusted = AdjustedClusters(blocks, bread: bread) else { return nil }
      self.init(estimate: pooled.estimate, adjusted, coefficient: 0, level: level)
    }
  }

  /// Positions of each cluster's members, clusters in the order of first appearance.
  static func members(_ clusters: [String]) -> [[Int]] {
    var places: [String: Int] = [:]
    var members: [[Int]] = []
    for (index, cluster) in clusters.enumerated() {
      if let place = places[cluster] {
        members[place].append(index)
      } else {
        places[cluster] = members.count
        members.append([index])
      }
    }
    return members
  }
}
