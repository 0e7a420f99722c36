/// The two tail probabilities at a point, each computed without subtracting from 1 where it is small.
public struct Tails: Equatable, Sendable {
  /// P(X ≤ x), 0…1.
  public let lower: Double
  /// P(X > x), 0…1 (for discrete distributions too: the point itself counts as lower).
  public let upper: Double

  public init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }

  /// The tails of −X at −x.
  var mirrored: Tails { Tails(lower: upper, upper: lower) }

  static let undefined = Tails(lower: .nan, upper: .nan)
  static let allAbove = Tails(lower: 0, upper: 1)
  static let allBelow = Tails(lower: 1, upper: 0)
}
