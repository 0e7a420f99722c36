/// How often a rule set cries wolf: the share of charts of pure chance in which it sees a signal.
public struct FalseAlarms: Sendable, Equatable {
  public let rules: RuleSet
  public let kind: ChartKind
  /// Points in each chart, and charts simulated.
  public let points: Int
  public let runs: Int
  public let seed: UInt64
  /// Share of charts with any signal, 0…1.
  public let share: Double
  /// Standard error of `share`.
  public let error: Double
  /// Share of charts in which each rule signals.
  public let byRule: [(rule: ChartRule, share: Double)]

  /// Independent standard normal values on an I chart (a run chart for rules that need no limits): the same seed gives the
  /// same figure on every machine.
  /// - Throws: `StatisticsError.input` when `points` is below 2 or `runs` below 1.
  public init(_ rules: RuleSet, points: Int, runs: Int, seed: UInt64 = 1, kind: ChartKind? = nil) throws {
    guard points >= 2 else { throw StatisticsError.input(field: "points", advice: "must be 2 or more") }
    guard runs >= 1 else { throw StatisticsError.input(field: "runs", advice: "must be 1 or more") }
    self.rules = rules
    self.points = points
    self.runs = runs
    self.seed = seed
    let kind = kind ?? (rules == .ihi ? .run : .individuals)
    self.kind = kind
    var numbers = SeededNormals(seed: seed)
    var any = 0
    var counts: [ChartRule: Int] = [:]
    for _ in 0..<runs {
      let chart = try ControlChart(kind, ChartSeries(values: (0..<points).map { _ in numbers.next() }))
      let seen = Set(rules.signals(in: chart).map(\.rule))
      if !seen.isEmpty { any += 1 }
      for rule in seen { counts[rule, default: 0] += 1 }
    }
    let share = Double(any) / Double(runs)
    self.share = share
    error = (share * (1 - share) / Double(runs)).squareRoot()
    byRule = rules.rules.map { ($0, Double(counts[$0] ?? 0) / Double(runs)) }
  }

  public static func == (left: Self, right: Self) -> Bool {
    left.rules == right.rules && left.points == right.points && left.runs == right.runs && left.seed == right.seed
      && left.kind == right.kind && left.share == right.share
  }
}

/// Standard normal numbers that are the same for the same seed. Source of the bits: Steele, Lea and Flood 2014 (SplitMix64).
struct SeededNormals {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    z ^= z >> 31
    return Normal.quantile((Double(z >> 11) + 0.5) / 9_007_199_254_740_992)
  }
}
