/// How often a time fell under each of some bounds, as Prometheus counts it.
struct Histogram: Sendable, Equatable {
  /// Upper bounds in seconds, the last of them open.
  static let bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

  /// For each bound the number of times above the one before; one more for what is above all.
  private(set) var counts = [Int](repeating: 0, count: bounds.count + 1)
  /// Seconds.
  private(set) var sum = 0.0

  var count: Int { counts.reduce(0, +) }

  /// - Parameter seconds: 0 or more.
  mutating func add(seconds: Double) {
    counts[Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count] += 1
    sum += seconds
  }
}
