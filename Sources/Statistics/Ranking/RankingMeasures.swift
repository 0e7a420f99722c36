import Foundation

/// How well a ranked list puts what is relevant first, by the conventions of trec_eval.
///
/// The list is ordered by score, highest first; equal scores by name, last first. What nobody judged is not relevant.
/// Relevance above 0 counts as relevant and, for nDCG, as gain.
public struct RankingMeasures: Sendable, Equatable {
  /// Gain at each rank, 0 when not relevant.
  public let gains: [Double]
  /// Gains of everything judged relevant, found or not, largest first.
  private let ideal: [Double]

  /// - Parameter relevance: judged things, 0 or below for not relevant.
  /// - Parameter scores: things found.
  public init(relevance: [String: Double], scores: [String: Double]) {
    let order = scores.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key > $1.key }
    gains = order.map { max(0, relevance[$0.key] ?? 0) }
    ideal = relevance.values.filter { $0 > 0 }.sorted(by: >)
  }

  public var relevantCount: Int { ideal.count }

  /// Mean over everything relevant of the precision at its rank, 0…1; 0 for what was not found (AP; MAP is its mean).
  public var averagePrecision: Double {
    guard !ideal.isEmpty else { return 0 }
    var (found, sum) = (0, 0.0)
    for (rank, gain) in gains.enumerated() where gain > 0 {
      found += 1
      sum += Double(found) / Double(rank + 1)
    }
    return sum / Double(ideal.count)
  }

  /// One over the rank of the first relevant thing; 0 without one (MRR is its mean).
  public var reciprocalRank: Double { gains.firstIndex { $0 > 0 }.map { 1 / Double($0 + 1) } ?? 0 }

  /// Share of the first k places that hold something relevant; k places even when fewer were found.
  public func precision(at k: Int) -> Double { k > 0 ? Double(found(in: k)) / Double(k) : 0 }

  /// Share of everything relevant that stands in the first k places; 0 when nothing is relevant.
  public func recall(at k: Int) -> Double { ideal.isEmpty ? 0 : Double(found(in: k)) / Double(ideal.count) }

  /// Discounted gain over the best possible, 0…1, of the whole list or its first k places.
  /// Gain is the relevance, divided by log2(rank + 1). Järvelin & Kekäläinen 2002.
  public func nDCG(at k: Int? = nil) -> Double {
    let best = Self.discounted(ideal.prefix(k ?? ideal.count))
    return best > 0 ? Self.discounted(gains.prefix(k ?? gains.count)) / best : 0
  }

  private func found(in k: Int) -> Int { gains.prefix(max(0, k)).count { $0 > 0 } }

  private static func discounted(_ gains: ArraySlice<Double>) -> Double {
    gains.enumerated().reduce(0) { $0 + $1.element / log2(Double($1.offset) + 2) }
  }
}

/// How unequally something is shared out, such as requests for help among experts.
public enum Gini {
  /// 0 when all have the same; (n − 1)/n when one has everything. Nil when nobody has anything.
  public static func coefficient(_ amounts: [Double]) throws(StatisticsError) -> Double? {
    guard amounts.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
      throw .input(field: "amounts", advice: "must not be below 0")
    }
    let sorted = amounts.sorted()
    let total = sorted.reduce(0, +)
    guard total > 0 else { return nil }
    let count = Double(sorted.count)
    let weighted = sorted.enumerated().reduce(0) { $0 + Double($1.offset + 1) * $1.element }
    return (2 * weighted / (count * total)) - (count + 1) / count
  }
}
