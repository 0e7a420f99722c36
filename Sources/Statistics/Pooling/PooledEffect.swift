/// What several schools found together.
public struct PooledEffect: Equatable, Sendable {
  /// Number of effects pooled, 2 or more unless stated.
  public let k: Int
  public let heterogeneityMethod: HeterogeneityMethod
  public let intervalMethod: IntervalMethod
  /// The mean true effect.
  public let estimate: Double
  public let standardError: Double
  /// estimate / standardError, against 0.
  public let statistic: Double
  /// Two-sided, against a mean true effect of 0.
  public let pValue: Double
  /// Degrees of freedom of the interval's t distribution; ∞ stands for the normal.
  public let degreesOfFreedom: Double
  /// Coverage of every interval here, 0.95 unless asked otherwise.
  public let level: Double
  public let interval: Interval
  /// Variance of the true effects between schools, effect units squared.
  public let tauSquared: Double
  /// Share of the variation that is not sampling error, percent, 0…100. It grows with the size of the trials and is
  /// no measure of how much schools differ: that is tau.
  public let iSquared: Double
  /// Total over sampling variation, 1 when tau² is 0.
  public let hSquared: Double
  /// Cochran's test that all schools share one effect.
  public let heterogeneity: HeterogeneityTest
  /// Typical sampling variance: Higgins & Thompson 2002, eq. 9.
  public let typicalVariance: Double
}

/// Cochran's Q, its degrees of freedom and the chance of so large a Q when all schools share one effect.
public struct HeterogeneityTest: Equatable, Sendable {
  public let q: Double
  public let degreesOfFreedom: Int
  /// P(chi-square ≥ Q); 1 when there are no degrees of freedom.
  public let pValue: Double

  init(q: Double, degreesOfFreedom: Int) {
    self.q = q
    self.degreesOfFreedom = degreesOfFreedom
    pValue = degreesOfFreedom > 0 ? ChiSquare.tails(q, df: Double(degreesOfFreedom)).upper : 1
  }
}

/// Where the true effect of one more school is expected to lie.
public enum PredictionRule: Sendable {
  /// With the distribution of the pooled interval: normal for Wald, t(k − 1) for Hartung-Knapp (metafor's default).
  case sameAsInterval
  /// t with k − 2 degrees of freedom (Riley, Higgins & Deeks 2011); undefined below 3 schools.
  case riley
}

extension PooledEffect {
  /// The interval for the true effect of another school; nil where it is undefined (equal effects assume it away,
  /// Riley's needs 3 schools).
  public func predictionInterval(_ rule: PredictionRule) -> Interval? {
    guard heterogeneityMethod != .equalEffects else { return nil }
    switch rule {
    case .sameAsInterval: return predictionInterval(degreesOfFreedom: degreesOfFreedom)
    case .riley: return k > 2 ? predictionInterval(degreesOfFreedom: Double(k - 2)) : nil
    }
  }

  func predictionInterval(degreesOfFreedom: Double) -> Interval {
    let spread = (standardError * standardError + tauSquared).squareRoot()
    return Interval(centre: estimate, halfWidth: StudentT.quantile((1 + level) / 2, df: degreesOfFreedom) * spread)
  }
}
