/// The charts of statistical process control, named as qicharts2 names them.
public enum ChartKind: String, CaseIterable, Sendable, Codable {
  /// Values in their order with the median; no limits.
  case run
  /// Individual values; limits from the average moving range.
  case individuals = "i"
  /// Moving ranges of individual values.
  case movingRange = "mr"
  /// Individual values that rest on different numbers of pupils (Taylor's I′); limits follow each n.
  case prime = "ip"
  /// Means of subgroups.
  case mean = "xbar"
  /// Ranges of subgroups.
  case range = "r"
  /// Standard deviations of subgroups.
  case spread = "s"
  /// Proportions: x of n.
  case proportion = "p"
  /// Proportions of many, whose real spread exceeds the binomial (Laney).
  case proportionPrime = "pp"
  /// Counts in equal areas of opportunity.
  case count = "c"
  /// Events per unit of opportunity.
  case rate = "u"
  /// Events per unit, whose real spread exceeds the Poisson (Laney).
  case ratePrime = "up"
  /// Cases between rare events.
  case gap = "g"
  /// Time between rare events.
  case time = "t"

  /// As printed on the chart.
  public var title: String {
    switch self {
    case .run: "run chart"
    case .individuals: "I chart"
    case .movingRange: "MR chart"
    case .prime: "I′ chart"
    case .mean: "x̄ chart"
    case .range: "R chart"
    case .spread: "S chart"
    case .proportion: "p chart"
    case .proportionPrime: "p′ chart"
    case .count: "c chart"
    case .rate: "u chart"
    case .ratePrime: "u′ chart"
    case .gap: "g chart"
    case .time: "t chart"
    }
  }

  /// Whether each value is a count over a number of opportunities, which must be given.
  public var needsSizes: Bool {
    switch self {
    case .proportion, .proportionPrime, .rate, .ratePrime: true
    default: false
    }
  }

  /// Whether each point is a group of values.
  public var needsSubgroups: Bool { [.mean, .range, .spread].contains(self) }

  /// Where its centre line can lie: limits are cut off at what is possible, and a centre beyond it would lie outside them.
  var centres: ClosedRange<Double> {
    switch self {
    case .run, .individuals, .prime, .mean: -.infinity ... .infinity
    case .proportion, .proportionPrime: 0...1
    case .movingRange, .range, .spread, .count, .rate, .ratePrime, .gap: 0 ... .infinity
    case .time: .leastNonzeroMagnitude ... .infinity
    }
  }

  /// Whether its limits rest on moving ranges, so that screening them matters.
  public var usesMovingRanges: Bool {
    switch self {
    case .individuals, .prime, .proportionPrime, .ratePrime, .time: true
    default: false
    }
  }
}
