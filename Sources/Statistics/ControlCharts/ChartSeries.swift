/// What a chart is drawn from: one entry for each point in its order; nil where nothing was measured.
public struct ChartSeries: Sendable, Equatable {
  /// Of one point.
  public struct Entry: Sendable, Equatable {
    /// Sum of what was measured; nil when missing.
    public let sum: Double?
    /// The value plotted before any transformation: mean of a group, or sum over size.
    public let value: Double?
    /// Opportunities behind it, above 0; nil when none were given.
    public let size: Double?
    /// Values in the group; 0 when missing.
    public let count: Int
    /// Of the group, divisor count − 1; nil for fewer than two values.
    public let deviation: Double?
    /// Greatest less least of the group; nil for fewer than two values.
    public let range: Double?
  }

  public let entries: [Entry]
  public let hasSizes: Bool

  public var count: Int { entries.count }
  public var measured: Int { entries.count { $0.value != nil } }

  init(entries: [Entry], hasSizes: Bool) {
    self.entries = entries
    self.hasSizes = hasSizes
  }

  /// Single values.
  public init(values: [Double?]) {
    entries = values.map {
      Entry(sum: $0, value: $0, size: nil, count: $0 == nil ? 0 : 1, deviation: nil, range: nil)
    }
    hasSizes = false
  }

  /// Counts, each over its number of opportunities (pupils, days), which must be above 0. A pair with a part missing is missing.
  public init(counts: [Double?], sizes: [Double?]) {
    entries = zip(counts, sizes).map { count, size in
      guard let count, let size else {
        return Entry(sum: nil, value: nil, size: nil, count: 0, deviation: nil, range: nil)
      }
      return Entry(sum: count, value: count / size, size: size, count: 1, deviation: nil, range: nil)
    }
    hasSizes = true
  }

  /// Groups of values; `summary` gives the value plotted by charts that know no groups.
  public init(subgroups: [[Double]], summary: Summary = .mean) {
    entries = subgroups.map { group in
      guard let least = group.min(), let greatest = group.max() else {
        return Entry(sum: nil, value: nil, size: nil, count: 0, deviation: nil, range: nil)
      }
      return Entry(
        sum: exactSum(group), value: summary.value(group), size: nil, count: group.count,
        deviation: group.count < 2 ? nil : standardDeviation(group), range: group.count < 2 ? nil : greatest - least)
    }
    hasSizes = false
  }

  /// How a group of values becomes one.
  public enum Summary: String, Sendable, CaseIterable {
    case mean, median, sum
    case deviation = "sd"

    func value(_ group: [Double]) -> Double? {
      switch self {
      case .mean: return average(group)
      case .median: return Statistics.median(group)
      case .sum: return exactSum(group)
      case .deviation: return group.count < 2 ? nil : standardDeviation(group)
      }
    }
  }
}
