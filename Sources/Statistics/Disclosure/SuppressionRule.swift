/// When a count is too small to be shown, and when hiding it is enough.
public struct SuppressionRule: Sendable, Equatable {
  /// The least count that may be shown, 1 or more. Ten is the mode over the American states (NCES 2011-603).
  public let minimum: Int
  /// Whether a count of 0 is as telling as a small one: nobody failed means everybody passed.
  public let protectsZeros: Bool

  public init(minimum: Int, protectsZeros: Bool = false) throws(StatisticsError) {
    guard minimum >= 1 else { throw .input(field: "min_n", advice: "must be at least 1") }
    self.minimum = minimum
    self.protectsZeros = protectsZeros
  }

  /// Whether a count must be hidden for its own sake.
  public func hides(_ count: Int) -> Bool { count < minimum && (count > 0 || protectsZeros) }

  /// Whether what an attacker can say of a small count is vague enough: the count could reach the minimum, or the
  /// interval is at least half of the minimum wide.
  public func isVague(_ interval: CountInterval) -> Bool {
    interval.width > 0 && (interval.upper >= minimum || interval.width * 2 >= minimum)
  }

  /// How far upwards a small count must be able to be off, so that `isVague` holds whatever lies below it.
  func room(above count: Int) -> Int { max(1, min(minimum - count, (minimum + 1) / 2)) }
}

/// What an attacker can say of a hidden count: at least, at most.
public struct CountInterval: Sendable, Equatable {
  public let lower: Int
  /// `Int.max` when nothing published bounds it.
  public let upper: Int

  public init(_ lower: Int, _ upper: Int) {
    self.lower = lower
    self.upper = upper
  }

  /// Counts between, 0 when the count is known exactly; `Int.max` without an upper bound.
  public var width: Int { upper == .max ? .max : upper - lower }

  /// The whole numbers of a range, rounded inwards.
  init(_ range: Limits) {
    let whole = range.whole
    lower = whole.lower.isFinite ? Int(whole.lower) : 0
    upper = whole.upper < 1e15 ? Int(whole.upper) : .max
  }
}
