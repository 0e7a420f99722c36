import Foundation

/// Trials nested in two levels: schools in districts, or trials in schools. Holds the sums that a likelihood needs.
struct NestedTrials: Sendable {
  /// Trials that share the inner level (and so the outer one).
  struct Inner: Sendable {
    /// Σ 1/v, Σ y/v and Σ y²/v, with y measured from `NestedTrials.centre`.
    var weight = 0.0
    var weightedSum = 0.0
    var weightedSquares = 0.0
    var sumOfLogVariances = 0.0
  }

  /// Per outer unit its inner units, in the order of first appearance.
  let outer: [[Inner]]
  /// A value near all effects, subtracted from them before squaring.
  let centre: Double
  let count: Int

  /// - Parameters:
  ///   - outer: the outer unit of each study (the district).
  ///   - inner: the inner unit of each study within its outer one (the school); equal names in different outer units
  ///     are different units.
  init(_ studies: [EffectSize], outer: [String], inner: [String]) {
    let weights = studies.map { 1 / $0.variance }
    let centre = zip(weights, studies).reduce(0) { $0 + $1.0 * $1.1.estimate } / weights.reduce(0, +)
    var groups: [[Inner]] = []
    var outerAt: [String: Int] = [:]
    var innerAt: [[String: Int]] = []
    for (index, study) in studies.enumerated() {
      if outerAt[outer[index]] == nil {
        outerAt[outer[index]] = groups.count
        groups.append([])
        innerAt.append([:])
      }
      let at = outerAt[outer[index], default: 0]
      if innerAt[at][inner[index]] == nil {
        innerAt[at][inner[index]] = groups[at].count
        groups[at].append(Inner())
      }
      groups[at][innerAt[at][inner[index], default: 0]].add(study, centre: centre)
    }
    self.outer = groups
    self.centre = centre
    count = studies.count
  }
}

extension NestedTrials.Inner {
  fileprivate mutating func add(_ study: EffectSize, centre: Double) {
    let (weight, deviation) = (1 / study.variance, study.estimate - centre)
    self.weight += weight
    weightedSum += weight * deviation
    weightedSquares += weight * deviation * deviation
    sumOfLogVariances -= log(weight)
  }
}
