import Foundation

/// A Bass curve fitted to the times at which schools adopted, by least squares on the cumulated number.
///
/// Not for fewer than six adoptions: any curve fits few points. A school's time is its rank's: the k-th adoption is
/// compared with m F(t_k) at k − 1/2, the middle of its step.
public struct BassFit: Sendable, Equatable {
  public static let fewestAdoptions = 6

  public let curve: BassCurve
  /// How many will ever adopt, at least those who have.
  public let potential: Double
  /// Root mean squared error, in schools.
  public let error: Double

  /// Times fit a market of any size when one of a thousand times as many schools fits nearly as well: no worse than chance
  /// would have it 1 time in 20 (likelihood ratio, χ² with 1 degree of freedom).
  private static let anySize = (times: 1_000.0, ratio: 3.841)

  /// - Throws: `StatisticsError.input`, naming `times`, also where they do not show how many will ever adopt;
  ///   `noConvergence` when the search did not settle.
  public init(times: [Double]) throws(StatisticsError) {
    guard times.count >= Self.fewestAdoptions else {
      throw .input(field: "times", advice: "must be at least \(Self.fewestAdoptions) adoptions; fewer fit any curve")
    }
    guard times.allSatisfy({ $0.isFinite && $0 > 0 }) else { throw .input(field: "times", advice: "must be above 0") }
    let sorted = times.sorted()
    guard let first = sorted.first, let last = sorted.last, first < last else {
      throw .input(field: "times", advice: "must not all be the same")
    }
    let search = LogSimplex { logs in Self.squares(sorted, p: exp(logs[0]), q: exp(logs[1])).squares }
    guard let best = search.least(from: [log(0.03 * 10 / last), log(0.4 * 10 / last)]) else {
      throw .noConvergence(what: "the Bass curve did not settle")
    }
    curve = try BassCurve(innovation: exp(best[0]), imitation: exp(best[1]))
    let fit = Self.squares(sorted, p: curve.innovation, q: curve.imitation)
    potential = fit.potential
    error = (fit.squares / Double(times.count)).squareRoot()
    guard try Self.showsEnd(sorted, best: best, squares: fit.squares) else {
      throw .input(
        field: "times",
        advice:
          "must show adoption slowing: so far a market of any size fits them, and how many will adopt is not known")
    }
  }

  private static func showsEnd(_ times: [Double], best: [Double], squares: Double) throws(StatisticsError) -> Bool {
    let many = anySize.times * Double(times.count)
    let search = LogSimplex { logs in Self.squares(times, p: exp(logs[0]), q: exp(logs[1]), potential: many).squares }
    guard let open = search.least(from: [best[0] - log(anySize.times), best[1]]) else {
      throw .noConvergence(what: "the Bass curve of a market without end did not settle")
    }
    let left = Self.squares(times, p: exp(open[0]), q: exp(open[1]), potential: many).squares
    // Adoptions are counted whole: what is smaller than the spread within a step (1/12) tells no curve from another.
    let step = Double(times.count) / 12
    return Double(times.count) * log((left + step) / (squares + step)) > anySize.ratio
  }

  /// The best potential for given rates (linear least squares, not below the adoptions seen), or a given one, and what is
  /// left over.
  private static func squares(
    _ times: [Double], p: Double, q: Double, potential given: Double? = nil
  ) -> (squares: Double, potential: Double) {
    guard let curve = try? BassCurve(innovation: p, imitation: q) else { return (.infinity, 0) }
    let shares = times.map(curve.share)
    let heights = times.indices.map { Double($0) + 0.5 }
    let across = zip(shares, heights).reduce(0) { $0 + $1.0 * $1.1 }
    let square = shares.reduce(0) { $0 + $1 * $1 }
    let potential = given ?? max(Double(times.count), square > 0 ? across / square : 0)
    let left = zip(shares, heights).reduce(0) { sum, pair in
      let gap = potential * pair.0 - pair.1
      return sum + gap * gap
    }
    return (left, potential)
  }
}

/// Nelder and Mead's simplex search (1965) for a minimum in two dimensions, from a fixed start and so repeatable.
struct LogSimplex {
  let value: ([Double]) -> Double

  /// The place of the least value; nil when it has not settled after 2,000 steps.
  func least(from start: [Double]) -> [Double]? {
    var corners = [start, [start[0] + 1, start[1]], [start[0], start[1] + 1]].map { (at: $0, value: value($0)) }
    for _ in 0..<2_000 {
      corners.sort { $0.value < $1.value }
      let spread = (0...1).map {
        abs(corners[2].at[$0] - corners[0].at[$0]) + abs(corners[1].at[$0] - corners[0].at[$0])
      }
      if spread.allSatisfy({ $0 < 1e-9 }) { return corners[0].at }
      let middle = (0...1).map { (corners[0].at[$0] + corners[1].at[$0]) / 2 }
      func probe(_ factor: Double) -> (at: [Double], value: Double) {
        let at = (0...1).map { middle[$0] + factor * (corners[2].at[$0] - middle[$0]) }
        return (at, value(at))
      }
      let reflected = probe(-1)
      if reflected.value < corners[0].value {
        let expanded = probe(-2)
        corners[2] = expanded.value < reflected.value ? expanded : reflected
      } else if reflected.value < corners[1].value {
        corners[2] = reflected
      } else {
        let contracted = probe(reflected.value < corners[2].value ? -0.5 : 0.5)
        if contracted.value < min(reflected.value, corners[2].value) {
          corners[2] = contracted
        } else {
          for corner in 1...2 {
            let at = (0...1).map { (corners[0].at[$0] + corners[corner].at[$0]) / 2 }
            corners[corner] = (at, value(at))
          }
        }
      }
    }
    return nil
  }
}
