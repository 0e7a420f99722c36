import Foundation

/// Weighted least squares with given weights, and the traces of its residual matrix P = W − WX(XᵀWX)⁻¹XᵀW that the
/// estimators of tau² are made of. Costs k·p² operations and never builds a k × k matrix.
struct WeightedFit {
  let coefficients: [Double]
  /// (XᵀWX)⁻¹, the covariance of the coefficients when the weights are exact.
  let covariance: SquareMatrix
  /// ln |XᵀWX|.
  let logDeterminant: Double
  /// yᵀPy = Σ w r², the generalised Q.
  let q: Double
  /// yᵀPPy = Σ w² r².
  let squaredQ: Double
  let sumOfWeights: Double
  let sumOfSquaredWeights: Double
  /// tr P.
  let trace: Double
  /// tr PP.
  let squaredTrace: Double

  /// - Throws: `StatisticsError.input` when the columns say the same thing twice.
  init(_ design: Design, tauSquared: Double) throws {
    self = try Self.fit(design) { 1 / (design.variances[$0] + tauSquared) }
  }

  /// Unweighted (ordinary) least squares.
  static func unweighted(_ design: Design) throws -> WeightedFit { try fit(design) { _ in 1 } }

  private static func fit(_ design: Design, weight: (Int) -> Double) throws -> WeightedFit {
    let weights = (0..<design.k).map(weight)
    return design.p == 1 && design.columns[0].allSatisfy({ $0 == 1 })
      ? mean(design, weights) : try regression(design, weights)
  }

  /// The intercept alone, in two passes over the effects.
  private static func mean(_ design: Design, _ weights: [Double]) -> WeightedFit {
    var (s1, s2, s3, sy) = (0.0, 0.0, 0.0, 0.0)
    for (w, y) in zip(weights, design.estimates) {
      s1 += w
      s2 += w * w
      s3 += w * w * w
      sy += w * y
    }
    let mean = sy / s1
    var (q, squaredQ) = (0.0, 0.0)
    for (w, y) in zip(weights, design.estimates) {
      let weighted = w * (y - mean)
      q += weighted * (y - mean)
      squaredQ += weighted * weighted
    }
    return WeightedFit(
      coefficients: [mean], covariance: SquareMatrix(size: 1, elements: [1 / s1]), logDeterminant: log(s1),
      q: q, squaredQ: squaredQ, sumOfWeights: s1, sumOfSquaredWeights: s2,
      trace: s1 - s2 / s1, squaredTrace: s2 - 2 * s3 / s1 + (s2 / s1) * (s2 / s1))
  }

  private static func regression(_ design: Design, _ weights: [Double]) throws -> WeightedFit {
    let powers = (1...3).map { power in crossProduct(design.columns, weights.map { pow($0, Double(power)) }) }
    guard let (inverse, logDeterminant) = powers[0].inverse() else {
      throw StatisticsError.input(field: "moderators", advice: "must not repeat each other or stay constant")
    }
    let right = design.columns.map { column in
      (0..<design.k).reduce(0) { $0 + column[$1] * weights[$1] * design.estimates[$1] }
    }
    let coefficients = inverse * right
    let residuals = residuals(design, coefficients)
    let middle = inverse * powers[1]
    let s1 = weights.reduce(0, +)
    let s2 = weights.reduce(0) { $0 + $1 * $1 }
    return WeightedFit(
      coefficients: coefficients, covariance: inverse, logDeterminant: logDeterminant,
      q: zip(weights, residuals).reduce(0) { $0 + $1.0 * $1.1 * $1.1 },
      squaredQ: zip(weights, residuals).reduce(0) { $0 + $1.0 * $1.0 * $1.1 * $1.1 },
      sumOfWeights: s1, sumOfSquaredWeights: s2, trace: s1 - middle.trace,
      squaredTrace: s2 - 2 * (inverse * powers[2]).trace + (middle * middle).trace)
  }

  private static func crossProduct(_ columns: [[Double]], _ weights: [Double]) -> SquareMatrix {
    var product = SquareMatrix(size: columns.count)
    for row in columns.indices {
      for column in 0...row {
        var sum = 0.0
        for index in weights.indices { sum += weights[index] * columns[row][index] * columns[column][index] }
        product[row, column] = sum
        product[column, row] = sum
      }
    }
    return product
  }

  /// y − Xb.
  static func residuals(_ design: Design, _ coefficients: [Double]) -> [Double] {
    (0..<design.k).map { index in
      design.estimates[index] - zip(design.columns, coefficients).reduce(0) { $0 + $1.0[index] * $1.1 }
    }
  }
}

extension WeightedFit {
  fileprivate init(
    coefficients: [Double], covariance: SquareMatrix, logDeterminant: Double, q: Double, squaredQ: Double,
    sumOfWeights: Double, sumOfSquaredWeights: Double, trace: Double, squaredTrace: Double
  ) {
    self.coefficients = coefficients
    self.covariance = covariance
    self.logDeterminant = logDeterminant
    self.q = q
    self.squaredQ = squaredQ
    self.sumOfWeights = sumOfWeights
    self.sumOfSquaredWeights = sumOfSquaredWeights
    self.trace = trace
    self.squaredTrace = squaredTrace
  }
}
