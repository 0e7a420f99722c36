/// What a chart says, in one plain sentence or two, computed from its analysis; nobody types it.
public struct ChartSentence: Sendable, Equatable {
  public let text: String

  /// - Parameters:
  ///   - unit: what a point is, such as "week".
  ///   - labels: what each point is called in a sentence ("12 Oct"), one for each; without them points are numbered.
  ///   - changeAfter: the number of points before a change that was made; then the sentence counts what came after. Without
  ///     one it counts what came after a held baseline.
  ///   - showsLimits: false where limits must stay hidden; then nothing is said that they decide.
  public init(
    _ chart: ControlChart, rules: RuleSet = .anhoej, unit: String = "point", labels: [String] = [],
    changeAfter: Int? = nil,
    showsLimits: Bool = true
  ) {
    let reading = ChartReading(chart, rules: rules, unit: unit, labels: labels, showsLimits: showsLimits)
    text = ([reading.since(change: changeAfter)] + reading.sentences).compactMap(\.self).joined(separator: " ")
  }
}

/// How often chance gives a thing, in words: "2 times in 1,000". `probability` 0…1.
public func chanceWords(_ probability: Double) -> String {
  func times(_ count: Int) -> String { count == 1 ? "once" : "\(count) times" }
  switch probability {
  case 0.095...: return "\(times(Int((probability * 10).rounded()))) in 10"
  case 0.0095...: return "\(times(Int((probability * 100).rounded()))) in 100"
  case 0.00095...: return "\(times(Int((probability * 1000).rounded()))) in 1,000"
  default: return "less than once in 1,000"
  }
}

/// Exact probabilities of runs when each point falls on either side of the centre like a fair coin.
public enum RunsChance {
  /// P(the longest run is `length` or longer among `n` points).
  public static func longestRun(_ length: Int, of n: Int) -> Double {
    guard length > 1 else { return n >= length ? 1 : 0 }
    // A run of `length` on one side is length − 1 neighbours alike in a row, among n − 1 pairs of neighbours.
    let (alike, pairs) = (length - 1, n - 1)
    guard pairs >= alike else { return 0 }
    let whole = (0..<alike).reduce(1.0) { share, _ in share / 2 }
    var without = [Double](repeating: 1, count: pairs + 1)
    without[alike] = 1 - whole
    for k in stride(from: alike + 1, through: pairs, by: 1) {
      without[k] = without[k - 1] - whole / 2 * without[k - alike - 1]
    }
    return 1 - without[pairs]
  }

  /// P(`crossings` or fewer among `n` points).
  public static func crossings(_ crossings: Int, of n: Int) -> Double {
    n < 2 ? 1 : Binomial.tails(crossings, n: n - 1, p: 0.5).lower
  }

  /// P(`count` or more of `n` points on one given side).
  public static func side(_ count: Int, of n: Int) -> Double { Binomial.tails(count - 1, n: n, p: 0.5).upper }
}
