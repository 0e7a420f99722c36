/// One school's measurements before and after a change, each in its order, without a comparison.
///
/// What is computed from them is a description. A verdict needs at least `leastBaseline` points before the change: with two,
/// any trend may be chance.
public struct BeforeAfterSeries: Sendable, Equatable {
  /// Fewer baseline points than this allow numbers but no claim. Source: WWC standards for single-case designs (5 points).
  public static let leastBaseline = 5

  public let before: [Double]
  public let after: [Double]
  public let direction: ImprovementDirection

  /// - Throws: `StatisticsError.input` naming `before` or `after` when it has no value, or one that is not finite.
  public init(before: [Double], after: [Double], direction: ImprovementDirection = .increase) throws {
    for (name, values) in [("before", before), ("after", after)] {
      guard !values.isEmpty else { throw StatisticsError.input(field: name, advice: "must not be empty") }
      if let place = values.firstIndex(where: { !$0.isFinite }) {
        throw StatisticsError.input(field: "\(name)[\(place + 1)]", advice: "must be a number")
      }
    }
    self.before = before
    self.after = after
    self.direction = direction
  }

  /// Whether the baseline is long enough for a claim.
  public var allowsClaim: Bool { before.count >= Self.leastBaseline }

  /// Turned so that more is better.
  var oriented: (before: [Double], after: [Double]) {
    direction == .increase ? (before, after) : (before.map { -$0 }, after.map { -$0 })
  }
}

/// An estimate with what is known of its precision; nil where it cannot be said.
public struct Estimate: Sendable, Equatable {
  public let value: Double?
  public let standardError: Double?
  public let lower: Double?
  public let upper: Double?

  init(_ value: Double?, error: Double? = nil, lower: Double? = nil, upper: Double? = nil) {
    self.value = value?.isFinite == true ? value : nil
    standardError = error?.isFinite == true ? error : nil
    self.lower = lower?.isFinite == true ? lower : nil
    self.upper = upper?.isFinite == true ? upper : nil
  }

  /// value ± z · error at 95 %.
  static func normal(_ value: Double, error: Double) -> Self {
    let reach = Normal.quantile(0.975) * error
    return Self(value, error: error, lower: value - reach, upper: value + reach)
  }
}
