import Foundation

/// The posterior distribution of tau, integrated by Gauss-Legendre panels on the scale t with tau = s·exp(π/2·sinh t):
/// that scale tames both ends, and panels are doubled until nothing changes.
struct TauPosterior: Sendable {
  /// Points of tau and their posterior weights, which sum to 1.
  let taus: [Double]
  let weights: [Double]
  /// Panel ends in t and the posterior probability below each.
  private let ends: [Double]
  private let below: [Double]
  private let scale: Double
  private let logDensity: @Sendable (Double) -> Double
  private let logTotal: Double

  private static let rule = GaussLegendre(10)
  /// exp(π/2·sinh 4) ≈ 4e18 scales away at both ends.
  private static let reach = 4.0
  private static let mostPanels = 4096

  /// - Parameters:
  ///   - scale: a typical size of tau.
  ///   - highest: tau beyond which the density is 0; ∞ for none.
  ///   - logDensity: ln of the unnormalised posterior at tau.
  init(
    scale: Double, highest: Double, tailPower: Double, logDensity: @escaping @Sendable (Double) -> Double
  ) throws {
    self.scale = scale
    self.logDensity = logDensity
    let top = highest.isFinite ? asinh(2 / .pi * log(highest / scale)) : Self.reach
    var panels = 16
    var rows = Self.rows(panels, top, scale, logDensity)
    while true {
      let finer = Self.rows(2 * panels, top, scale, logDensity)
      let rounding = 1e-12 * max(1, abs(finer.logTotal))
      let settled = abs(finer.logTotal - rows.logTotal) < rounding && abs(finer.meanLog - rows.meanLog) < 10 * rounding
      // The finer ones say the same, and all that is made from them would cost twice as much.
      if settled { break }
      (rows, panels) = (finer, 2 * panels)
      if panels >= Self.mostPanels { throw StatisticsError.noConvergence(what: "the integral over tau") }
    }
    logTotal = rows.logTotal
    var cumulative = [0.0]
    for panel in 0..<panels { cumulative.append(cumulative[panel] + rows.panels[panel]) }
    below = cumulative
    ends = (0...panels).map { -Self.reach + (top + Self.reach) * Double($0) / Double(panels) }
    let kept = rows.weights.indices.filter { rows.weights[$0] > 1e-22 }
    taus = kept.map { rows.taus[$0] }
    weights = kept.map { rows.weights[$0] }
  }

  private struct Rows {
    var taus: [Double] = []
    var weights: [Double] = []
    var panels: [Double] = []
    var logTotal = 0.0
    /// Mean of ln(1 + tau/s), a check that exists whatever the tails.
    var meanLog = 0.0
  }

  private static func rows(
    _ panels: Int, _ top: Double, _ scale: Double, _ logDensity: (Double) -> Double
  ) -> Rows {
    var rows = Rows()
    var logs: [Double] = []
    let width = (top + reach) / Double(panels)
    for panel in 0..<panels {
      let centre = -reach + (Double(panel) + 0.5) * width
      for (point, weight) in zip(rule.points, rule.weights) {
        let (tau, logSlope) = place(centre + point * width / 2, scale)
        rows.taus.append(tau)
        logs.append(logDensity(tau) + logSlope + log(weight * width / 2))
      }
    }
    let highest = logs.max() ?? 0
    let total = logs.reduce(0) { $0 + exp($1 - highest) }
    rows.logTotal = highest + log(total)
    rows.weights = logs.map { exp($0 - rows.logTotal) }
    let size = rule.points.count
    rows.panels = (0..<panels).map { rows.weights[($0 * size)..<(($0 + 1) * size)].reduce(0, +) }
    rows.meanLog = zip(rows.taus, rows.weights).reduce(0) { $0 + log1p($1.0 / scale) * $1.1 }
    return rows
  }

  /// tau at t, and ln of dtau/dt.
  private static func place(_ t: Double, _ scale: Double) -> (tau: Double, logSlope: Double) {
    let tau = scale * exp(.pi / 2 * sinh(t))
    return (tau, log(tau) + log(.pi / 2 * cosh(t)))
  }

  /// The tau below which lies probability p, 0 < p < 1.
  func quantile(_ p: Double) -> Double {
    let panel = max(0, (below.firstIndex { $0 > p } ?? below.count - 1) - 1)
    var (low, high) = (ends[panel], ends[panel + 1])
    let start = ends[panel]
    for _ in 0..<60 where high - low > 1e-14 {
      let middle = (low + high) / 2
      if below[panel] + probability(from: start, to: middle) < p { low = middle } else { high = middle }
    }
    return Self.place((low + high) / 2, scale).tau
  }

  private func probability(from start: Double, to end: Double) -> Double {
    zip(Self.rule.points, Self.rule.weights).reduce(0) { sum, rule in
      let (tau, logSlope) = Self.place((start + end) / 2 + rule.0 * (end - start) / 2, scale)
      return sum + rule.1 * (end - start) / 2 * exp(logDensity(tau) + logSlope - logTotal)
    }
  }
}
