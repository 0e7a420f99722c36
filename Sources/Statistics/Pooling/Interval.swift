/// A range of values, from `lower` to `upper`, both finite.
public struct Interval: Equatable, Sendable {
  public let lower: Double
  public let upper: Double

  public init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }

  /// The interval of `halfWidth` around `centre`.
  init(centre: Double, halfWidth: Double) {
    self.init(lower: centre - halfWidth, upper: centre + halfWidth)
  }

  public func contains(_ value: Double) -> Bool { lower <= value && value <= upper }

  public var width: Double { upper - lower }
}
