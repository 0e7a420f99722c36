import Foundation

/// How likely so few or so many runs are when the order is chance alone, given how many points lie above and below.
/// Source: Swed and Eisenhart 1943, exact.
public struct RunsTest: Sendable, Equatable {
  public let above: Int
  public let below: Int
  /// Runs on one side of the centre; 0 when no point is useful.
  public let runs: Int
  /// P(R ≤ runs) and P(R ≥ runs); 1 when no point is useful.
  public let fewer: Double
  public let more: Double

  public var useful: Int { above + below }
  public var isTooFew: Bool { fewer <= PerlaRules.tail }
  public var isTooMany: Bool { more <= PerlaRules.tail }

  public init(_ values: [Double?], centre: Double) {
    let sides = values.compactMap { $0 }.filter { $0 != centre }.map { $0 > centre }
    self.init(above: sides.count { $0 }, below: sides.count { !$0 }, runs: RunsAnalysis.runLengths(sides).count)
  }

  public init(above: Int, below: Int, runs: Int) {
    self.above = above
    self.below = below
    self.runs = runs
    guard above + below > 0 else {
      (fewer, more) = (1, 1)
      return
    }
    let most = 2 * min(above, below) + (above == below ? 0 : 1)
    let least = min(above, below) == 0 ? 1 : 2
    func sum(_ range: ClosedRange<Int>?) -> Double {
      guard let range else { return 0 }
      return min(1, exactSum(range.map { Self.probability($0, above, below) }))
    }
    fewer = runs >= most ? 1 : sum(runs < least ? nil : least...runs)
    more = runs <= least ? 1 : sum(runs > most ? nil : runs...most)
  }

  /// P(R = r): ways to cut both sides into that many runs, over all orders.
  private static func probability(_ r: Int, _ above: Int, _ below: Int) -> Double {
    if above == 0 || below == 0 { return r == 1 ? 1 : 0 }
    let all = logChoose(above + below, above)
    let half = r / 2
    if r % 2 == 0 { return 2 * exp(logChoose(above - 1, half - 1) + logChoose(below - 1, half - 1) - all) }
    return exp(logChoose(above - 1, half) + logChoose(below - 1, half - 1) - all)
      + exp(logChoose(above - 1, half - 1) + logChoose(below - 1, half) - all)
  }

  private static func logChoose(_ n: Int, _ k: Int) -> Double {
    guard k >= 0, k <= n else { return -.infinity }
    return -Gamma.logBeta(Double(n - k + 1), Double(k + 1)) - log(Double(n + 1))
  }
}
