import Foundation

/// What is believed about tau, the spread of the true effects between schools, before any data.
public enum TauPrior: Equatable, Sendable {
  /// The positive half of a normal distribution with this standard deviation. League's own: 0.5 on the SMD scale.
  case halfNormal(Double)
  /// The positive half of a Cauchy distribution with this scale: heavy-tailed.
  case halfCauchy(Double)
  /// Every tau from 0 upwards alike (improper; needs 3 studies with a flat prior on the mean).
  case uniform
  /// Every tau from 0 to this value alike.
  case uniformTo(Double)

  /// ln of the density up to a constant, −∞ outside its range.
  func logDensity(_ tau: Double) -> Double {
    switch self {
    case .halfNormal(let scale): -tau * tau / (2 * scale * scale)
    case .halfCauchy(let scale): -log1p(tau * tau / (scale * scale))
    case .uniform: 0
    case .uniformTo(let highest): tau <= highest ? 0 : -.infinity
    }
  }

  /// The power of 1/tau with which the density falls; ∞ when it falls faster than any.
  var tailPower: Double {
    switch self {
    case .halfNormal, .uniformTo: .infinity
    case .halfCauchy: 2
    case .uniform: 0
    }
  }

  /// The scale, for checks; nil for the uniform.
  var scale: Double? {
    switch self {
    case .halfNormal(let scale), .halfCauchy(let scale), .uniformTo(let scale): scale
    case .uniform: nil
    }
  }

  /// In words, as explanations print it.
  public var name: String {
    switch self {
    case .halfNormal(let scale): "half-normal(\(scale))"
    case .halfCauchy(let scale): "half-Cauchy(\(scale))"
    case .uniform: "uniform on tau (improper)"
    case .uniformTo(let highest): "uniform on tau from 0 to \(highest)"
    }
  }
}

/// What is believed about the mean effect before any data.
public enum MeanPrior: Equatable, Sendable {
  /// Every mean alike (improper).
  case flat
  case normal(mean: Double, sd: Double)

  public var name: String {
    switch self {
    case .flat: "improper uniform"
    case .normal(let mean, let sd): "N(\(mean), \(sd)²)"
    }
  }
}
