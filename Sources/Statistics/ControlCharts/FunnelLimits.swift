/// Limits of a funnel plot: how far a school of size n may lie from all schools together by chance alone.
/// Source: Spiegelhalter 2005.
public struct FunnelLimits: Sendable, Equatable {
  /// What each school shows.
  public enum Measure: Sendable, Equatable {
    /// x of n, each between 0 and 1.
    case proportion
    /// Events per unit.
    case rate
    /// Effects with their standard errors; "size" is 1/se².
    case effect
  }

  public let measure: Measure
  /// All schools together.
  public let centre: Double

  /// - Throws: `StatisticsError.input` naming `counts[i]` or `sizes[i]`.
  public init(_ measure: Measure, counts: [Double], sizes: [Double]) throws {
    guard counts.count == sizes.count, !counts.isEmpty else {
      throw StatisticsError.input(field: "counts", advice: "must be as many as sizes, at least one")
    }
    for (index, (count, size)) in zip(counts, sizes).enumerated() {
      guard size > 0 else { throw StatisticsError.input(field: "sizes[\(index + 1)]", advice: "must be above 0") }
      guard measure == .effect || count >= 0, measure != .proportion || count <= size else {
        throw StatisticsError.input(field: "counts[\(index + 1)]", advice: "must lie between 0 and its n")
      }
    }
    self.measure = measure
    let weighed = measure == .effect ? zip(counts, sizes).map { $0 * $1 } : counts
    centre = exactSum(weighed) / exactSum(sizes)
  }

  /// Limits at `size`, `z` ≥ 0 standard errors from the centre (1.96: 95 %, 3.09: 99.8 %), within what is possible.
  public func limits(size: Double, z: Double) -> ClosedRange<Double> {
    switch measure {
    case .proportion:
      let error = (centre * (1 - centre) / size).squareRoot()
      return max(0, centre - z * error)...min(1, centre + z * error)
    case .rate:
      let error = (centre / size).squareRoot()
      return max(0, centre - z * error)...centre + z * error
    case .effect:
      let error = (1 / size).squareRoot()
      return centre - z * error...centre + z * error
    }
  }
}
