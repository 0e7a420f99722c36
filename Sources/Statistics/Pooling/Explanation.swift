import Foundation

/// A figure for people, with so many significant digits.
func figure(_ value: Double, _ digits: Int = 4) -> String { String(format: "%.\(digits)g", value) }

/// The formulas behind a pooled effect with numbers filled in.
enum PoolingExplanation {
  static func lines(_ studies: [EffectSize], _ pooled: PooledEffect, equal: PooledEffect) -> [String] {
    let weights = studies.map { 1 / ($0.variance + pooled.tauSquared) }
    let sum = weights.reduce(0, +)
    let products = zip(weights, studies).reduce(0) { $0 + $1.0 * $1.1.estimate }
    return heterogeneity(equal, pooled) + [
      "weights w_i = 1/(v_i + tau²): " + weights.prefix(6).map { figure($0) }.joined(separator: ", ")
        + (weights.count > 6 ? ", …" : "") + "; Σw = \(figure(sum))",
      "estimate = Σw y/Σw = \(figure(products))/\(figure(sum)) = \(figure(pooled.estimate))",
      standardError(pooled, sum, studies),
      "95% interval = \(figure(pooled.estimate)) ± \(quantile(pooled)) × \(figure(pooled.standardError)) = "
        + "\(figure(pooled.interval.lower)) … \(figure(pooled.interval.upper))",
      prediction(pooled),
    ]
  }

  private static func heterogeneity(_ equal: PooledEffect, _ pooled: PooledEffect) -> [String] {
    let typical = pooled.typicalVariance
    return [
      "Q = Σ(y_i − \(figure(equal.estimate)))²/v_i = \(figure(equal.heterogeneity.q)) on "
        + "\(equal.heterogeneity.degreesOfFreedom) degrees of freedom, p = \(figure(equal.heterogeneity.pValue))",
      "tau² by \(pooled.heterogeneityMethod.rawValue) = \(figure(pooled.tauSquared)), tau = "
        + "\(figure(pooled.tauSquared.squareRoot()))",
      "I² = tau²/(tau² + typical v) = \(figure(pooled.tauSquared))/(\(figure(pooled.tauSquared)) + \(figure(typical))) = "
        + "\(figure(pooled.iSquared, 3))%",
    ]
  }

  private static func standardError(_ pooled: PooledEffect, _ sum: Double, _ studies: [EffectSize]) -> String {
    guard pooled.intervalMethod != .wald, pooled.k > 1 else {
      return "standard error = √(1/Σw) = √(1/\(figure(sum))) = \(figure(pooled.standardError))"
    }
    let q =
      studies.reduce(0) {
        $0 + ($1.estimate - pooled.estimate) * ($1.estimate - pooled.estimate) / ($1.variance + pooled.tauSquared)
      } / Double(pooled.k - 1)
    let name = pooled.intervalMethod == .hartungKnapp ? "q" : "max(1, q)"
    return "Hartung-Knapp: q = Σw(y − estimate)²/(k − 1) = \(figure(q)); standard error = √(\(name)/Σw) = "
      + "\(figure(pooled.standardError))"
  }

  private static func quantile(_ pooled: PooledEffect) -> String {
    let value = figure(StudentT.quantile((1 + pooled.level) / 2, df: pooled.degreesOfFreedom))
    return pooled.degreesOfFreedom == .infinity ? "z = \(value)" : "t(\(figure(pooled.degreesOfFreedom))) = \(value)"
  }

  private static func prediction(_ pooled: PooledEffect) -> String {
    guard let interval = pooled.predictionInterval(.riley) else {
      return "prediction interval: undefined below 3 schools (k − 2 degrees of freedom)"
    }
    let t = StudentT.quantile((1 + pooled.level) / 2, df: Double(pooled.k - 2))
    return
      "prediction interval = \(figure(pooled.estimate)) ± t(\(pooled.k - 2)) \(figure(t)) × √(\(figure(pooled.standardError))² + "
      + "\(figure(pooled.tauSquared))) = \(figure(interval.lower)) … \(figure(interval.upper)) (Riley, Higgins & Deeks 2011)"
  }
}

/// The steps behind a Bayesian answer with numbers filled in.
enum BayesExplanation {
  static func lines(_ studies: [EffectSize], _ model: NormalNormal) -> [String] {
    [
      "priors: mu \(model.meanPrior.name); tau \(model.tauPrior.name)",
      "given tau: mu has weights 1/(v_i + tau²); ln p(tau | y) = ln prior + ½ ln V − ½ Σ[ln(v_i + tau²) + "
        + "(y_i − mû)²/(v_i + tau²)], integrated over tau by Gauss-Legendre panels (k = \(studies.count))",
      "tau: median \(figure(model.tau.median)), 95% \(figure(model.tau.central95.lower)) … "
        + figure(model.tau.central95.upper),
      "mu: median \(figure(model.mu.median)), P(mu > 0) = \(figure(model.mu.probability(above: 0)))",
      "next school: variance = V + tau², P(theta_new > 0) = \(figure(model.thetaNew.probability(above: 0)))",
    ]
  }
}

/// The steps behind a three-level answer with numbers filled in.
enum NestedExplanation {
  static func lines(_ nested: ThreeLevel, naive: PooledEffect, outer: String, inner: String) -> [String] {
    let lines = [
      "y = mu + u_\(outer) + w_\(inner) + e; REML: variance of \(outer) \(figure(nested.outerVariance)), of \(inner) "
        + figure(nested.innerVariance),
      "correlation within one \(outer) = \(figure(nested.outerVariance))/(\(figure(nested.outerVariance)) + "
        + "\(figure(nested.innerVariance))) = \(figure(nested.intraclassCorrelation))",
      "estimate = \(figure(nested.estimate)) ± 1.96 × \(figure(nested.standardError)) = "
        + "\(figure(nested.interval.lower)) … \(figure(nested.interval.upper))",
      "as if independent: \(figure(naive.estimate)), standard error \(figure(naive.standardError)): too sure of itself",
    ]
    return lines + robust([nested.clusterRobust, nested.biasReduced])
  }

  /// A line for each that there is.
  static func robust(_ intervals: [ClusterRobust?]) -> [String] {
    intervals.compactMap(\.self).map { robust in
      "cluster-robust (\(robust.form.rawValue)): standard error \(figure(robust.standardError)), t with "
        + "\(figure(robust.degreesOfFreedom)) degrees of freedom: \(figure(robust.interval.lower)) … "
        + figure(robust.interval.upper)
    }
  }
}
