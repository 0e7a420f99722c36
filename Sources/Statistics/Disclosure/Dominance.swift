/// Whether a total gives one of its contributors away to another.
///
/// The second largest knows its own share, takes it off the total and so knows the largest one to within what the others
/// contribute. Rules: p% (that rest must be at least p % of the largest) and (n, k) (the n largest may not make up more
/// than k % of the total). Hundepool et al., Statistical Disclosure Control, 2012, ch. 4.
public struct Dominance: Sendable, Equatable {
  /// Limits of both rules.
  public struct Rule: Sendable, Equatable, Codable {
    /// Percent of the largest contribution, above 0.
    public let p: Double
    /// How many of the largest are looked at together, 1 or more.
    public let n: Int
    /// Percent of the total, above 0 and at most 100.
    public let k: Double

    public init(p: Double = 10, n: Int = 1, k: Double = 75) throws(StatisticsError) {
      guard p > 0, p.isFinite else { throw .input(field: "p", advice: "must be above 0") }
      guard n >= 1 else { throw .input(field: "n", advice: "must be at least 1") }
      guard k > 0, k <= 100 else { throw .input(field: "k", advice: "must be above 0 and at most 100") }
      (self.p, self.n, self.k) = (p, n, k)
    }
  }

  public let rule: Rule
  public let total: Double
  /// The largest contribution.
  public let largest: Double
  /// Total less the two largest: how closely the second largest knows the largest.
  public let remainder: Double
  /// Share of the total that the n largest contribute, 0…1.
  public let shareOfLargest: Double

  /// - Throws: `StatisticsError.input` when there is no contribution, one is negative, or all are 0.
  public init(_ contributions: [Double], rule: Rule) throws(StatisticsError) {
    guard contributions.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
      throw .input(field: "contributions", advice: "must not be below 0")
    }
    let sorted = contributions.sorted(by: >)
    let total = sorted.reduce(0, +)
    guard let largest = sorted.first, total > 0 else {
      throw .input(field: "contributions", advice: "must add up to more than 0")
    }
    self.rule = rule
    self.total = total
    self.largest = largest
    remainder = sorted.dropFirst(2).reduce(0, +)
    shareOfLargest = min(1, sorted.prefix(rule.n).reduce(0, +) / total)
  }

  /// What the remainder must at least be.
  public var threshold: Double { rule.p / 100 * largest }
  public var isSafeByP: Bool { remainder >= threshold }
  public var isSafeByShare: Bool { shareOfLargest * 100 <= rule.k }
  /// Whether the total may be published under both rules.
  public var isSafe: Bool { isSafeByP && isSafeByShare }
}
