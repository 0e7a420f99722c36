import Foundation

/// The variance between schools, tau², by each method; effect units squared, never negative.
enum TauSquared {
  /// - Throws: `StatisticsError.noConvergence` when an iteration does not settle: never a silent last value.
  static func estimate(_ design: Design, _ method: HeterogeneityMethod) throws -> Double {
    guard design.k > design.p else { return 0 }
    switch method {
    case .equalEffects: return 0
    case .derSimonianLaird: return try derSimonianLaird(design)
    case .pauleMandel, .empiricalBayes: return try solve(design, q: design.residualDegrees)
    case .hedges: return try hedges(design)
    case .sidikJonkman: return try sidikJonkman(design)
    case .reml, .ml: return try likelihood(design, restricted: method == .reml)
    }
  }

  /// (Q − df) / tr P with weights 1/v. Source: DerSimonian & Laird 1986; for moderators Raudenbush 2009, eq. 16.
  private static func derSimonianLaird(_ design: Design) throws -> Double {
    let fit = try WeightedFit(design, tauSquared: 0)
    return max(0, (fit.q - design.residualDegrees) / fit.trace)
  }

  /// The unweighted residual variance less the mean sampling variance. Source: Hedges & Olkin 1985, ch. 9.
  private static func hedges(_ design: Design) throws -> Double {
    let fit = try WeightedFit.unweighted(design)
    let inverse = fit.covariance
    var traceOfPV = 0.0
    for index in 0..<design.k {
      let row = design.columns.map { $0[index] }
      traceOfPV += design.variances[index] * (1 - zip(row, inverse * row).reduce(0) { $0 + $1.0 * $1.1 })
    }
    return max(0, (fit.q - traceOfPV) / design.residualDegrees)
  }

  /// tau₀² · Q(tau₀²)/df from the rough start tau₀² = Σ(y − ȳ)²/k. Source: Sidik & Jonkman 2005, eq. 4.
  private static func sidikJonkman(_ design: Design) throws -> Double {
    let mean = design.estimates.reduce(0, +) / Double(design.k)
    let start = design.estimates.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(design.k)
    guard start > 0 else { return 0 }
    return start * (try WeightedFit(design, tauSquared: start)).q / design.residualDegrees
  }

  /// The tau² at which the generalised Q, falling and convex in tau², equals `target`; 0 when Q(0) is below it.
  /// Newton's method from 0 climbs to it from the left without overshooting.
  static func solve(_ design: Design, q target: Double) throws -> Double {
    var tauSquared = 0.0
    for _ in 0..<1000 {
      let fit = try WeightedFit(design, tauSquared: tauSquared)
      let excess = fit.q - target
      if excess <= target * 1e-15 || fit.squaredQ == 0 { return tauSquared }
      let next = tauSquared + excess / fit.squaredQ
      if next <= tauSquared * (1 + 1e-15) { return next }
      tauSquared = next
    }
    throw StatisticsError.noConvergence(what: "tau² by the generalised Q")
  }

  /// The root of the score, by Fisher scoring from Hedges's estimate (Viechtbauer 2005, eq. 8 and 10) inside a bracket
  /// that every step narrows, with secant steps once it drags on; then compared with tau² = 0, lest a local maximum be
  /// taken for the answer.
  private static func likelihood(_ design: Design, restricted: Bool) throws -> Double {
    let tolerance = 1e-16 * design.variances.reduce(0, +) / Double(design.k)
    var (low, high) = (-1.0, Double.infinity)
    var tauSquared = try hedges(design)
    var before: (at: Double, score: Double)?
    for round in 0..<1000 {
      let (score, information) = try slope(design, tauSquared, restricted: restricted)
      if score <= 0, tauSquared == 0 { return 0 }
      if score > 0 { low = tauSquared } else { high = tauSquared }
      let step = score / information
      if abs(step) <= 1e-14 * tauSquared + tolerance || (high.isFinite && high - max(0, low) <= 1e-15 * high) {
        return try higherOfBoth(max(0, tauSquared + step), 0, design, restricted: restricted)
      }
      var next = max(0, tauSquared + step)
      if round > 8, let before, (before.score > score) == (before.at < tauSquared) {
        next = max(0, tauSquared - score * (tauSquared - before.at) / (score - before.score))
      }
      if next <= low || next >= high { next = high.isFinite ? (max(0, low) + high) / 2 : 2 * tauSquared + tolerance }
      before = (tauSquared, score)
      tauSquared = next
    }
    throw StatisticsError.noConvergence(what: "tau² by \(restricted ? "REML" : "ML"), last value \(tauSquared)")
  }

  /// Twice the derivative of the (restricted) log-likelihood by tau², and twice its expected information.
  private static func slope(
    _ design: Design, _ tauSquared: Double, restricted: Bool
  ) throws -> (score: Double, information: Double) {
    let fit = try WeightedFit(design, tauSquared: tauSquared)
    return restricted
      ? (fit.squaredQ - fit.trace, fit.squaredTrace) : (fit.squaredQ - fit.sumOfWeights, fit.sumOfSquaredWeights)
  }

  private static func higherOfBoth(
    _ found: Double, _ boundary: Double, _ design: Design, restricted: Bool
  ) throws -> Double {
    guard found > boundary else { return found }
    let gain =
      try logLikelihood(boundary, design, restricted: restricted)
      - logLikelihood(found, design, restricted: restricted)
    return gain > 1e-10 ? boundary : found
  }

  /// The (restricted) log-likelihood at tau², up to a constant.
  static func logLikelihood(_ tauSquared: Double, _ design: Design, restricted: Bool) throws -> Double {
    let fit = try WeightedFit(design, tauSquared: tauSquared)
    let spread = design.variances.reduce(0) { $0 + log($1 + tauSquared) }
    return -0.5 * (spread + fit.q + (restricted ? fit.logDeterminant : 0))
  }
}
