import Foundation

/// How points lie around the centre line: useful ones, the longest run on one side, how often the line is crossed.
public struct RunsAnalysis: Sendable, Equatable {
  /// Points that were counted, missing ones among them.
  public let observations: Int
  /// Points off the centre line.
  public let useful: Int
  /// Nil, like all below, when no point is useful: then there is no verdict.
  public let longestRun: Int?
  /// A longer run than this is a shift: round(log2 n) + 3. Source: Schilling 2012.
  public let longestRunMax: Int?
  public let crossings: Int?
  /// Fewer crossings than this are too few: the 5 % point of the binomial(n − 1, ½). Source: Chen 2010, equation 7.
  public let crossingsMin: Int?
  /// Anhøj's verdict: a run too long or crossings too few.
  public let isSignal: Bool

  /// - Parameter values: in their order; nil where missing. Points on the centre line neither count nor break a run.
  init(_ values: [Double?], centre: Double?, isOrdered: Bool = true) {
    observations = values.count
    let sides = centre.map { centre in values.compactMap { $0 }.filter { $0 != centre }.map { $0 > centre } } ?? []
    useful = sides.count
    guard !sides.isEmpty else {
      (longestRun, longestRunMax, crossings, crossingsMin, isSignal) = (nil, nil, nil, nil, false)
      return
    }
    let lengths = Self.runLengths(sides)
    let longest = lengths.max() ?? 0
    longestRun = longest
    longestRunMax = Self.longestRunMax(useful)
    crossings = lengths.count - 1
    crossingsMin = Self.crossingsMin(useful)
    isSignal = isOrdered && (longest > Self.longestRunMax(useful) || lengths.count - 1 < Self.crossingsMin(useful))
  }

  static func runLengths(_ sides: [Bool]) -> [Int] {
    var lengths: [Int] = []
    var last: Bool?
    for side in sides {
      if side == last { lengths[lengths.count - 1] += 1 } else { lengths.append(1) }
      last = side
    }
    return lengths
  }

  /// Of `n` useful points, at least 1.
  public static func longestRunMax(_ n: Int) -> Int { Int(log2(Double(max(n, 1))).rounded(.toNearestOrEven)) + 3 }

  /// Of `n` useful points, at least 1.
  public static func crossingsMin(_ n: Int) -> Int { n < 2 ? 0 : Binomial.quantile(0.05, n: n - 1, p: 0.5) ?? 0 }
}
