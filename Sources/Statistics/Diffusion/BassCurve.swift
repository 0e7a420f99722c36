import Foundation

/// How a novelty spreads when some adopt on their own and others because others did. Bass 1969.
public struct BassCurve: Sendable, Equatable {
  /// Rate of adopting on one's own, per unit of time, above 0.
  public let innovation: Double
  /// Rate of adopting because others did, per unit of time, 0 or more.
  public let imitation: Double

  /// - Throws: `StatisticsError.input`, naming `p` or `q`.
  public init(innovation p: Double, imitation q: Double) throws(StatisticsError) {
    guard p > 0, p.isFinite else { throw .input(field: "p", advice: "must be above 0") }
    guard q >= 0, q.isFinite else { throw .input(field: "q", advice: "must not be below 0") }
    innovation = p
    imitation = q
  }

  /// Share of all who will ever adopt that has adopted by `time`, 0…1:
  /// F(t) = (1 − e^{−(p+q)t}) / (1 + (q/p) e^{−(p+q)t}).
  public func share(at time: Double) -> Double {
    guard time > 0 else { return 0 }
    let decay = exp(-(innovation + imitation) * time)
    return -expm1(-(innovation + imitation) * time) / (1 + imitation / innovation * decay)
  }

  /// When most adopt: ln(q/p) / (p + q); 0 when imitation does not exceed innovation, for then it only slows down.
  public var peakTime: Double {
    imitation > innovation ? log(imitation / innovation) / (innovation + imitation) : 0
  }

  /// Share that has adopted by then: 1/2 − p/(2q).
  public var shareAtPeak: Double { imitation > innovation ? 0.5 - innovation / (2 * imitation) : 0 }
}
