/// Average moving ranges, the measure of short-term spread.
enum MovingRanges {
  /// Absolute steps between neighbours; a gap on either side gives none.
  static func steps(_ values: [Double?]) -> [Double] {
    zip(values, values.dropFirst()).compactMap { first, second in
      guard let first, let second else { return nil }
      return abs(second - first)
    }
  }

  /// The mean of `ranges`; `screening` times the mean and above are dropped once before averaging again.
  static func average(_ ranges: [Double], screening: Double?) -> Double? {
    guard let mean = Statistics.average(ranges) else { return nil }
    guard let screening else { return mean }
    return Statistics.average(ranges.filter { $0 < screening * mean })
  }
}
