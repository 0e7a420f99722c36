/// Squared Mahalanobis distances: (x − y)ᵀ S⁻¹ (x − y), S the covariance (n − 1) over all schools that state every number.
struct MahalanobisMetric: Sendable {
  let features: [Feature]
  /// Lower triangle L of the correlation matrix, L Lᵀ = R: distances are taken on standardized values.
  private let triangle: [[Double]]
  private let deviations: [Double]

  init(features: [Feature], schools: [ComparedSchool]) throws(StatisticsError) {
    self.features = features
    let rows = schools.compactMap { Self.row($0, features) }
    guard rows.count > features.count else {
      throw .input(
        field: "schools", advice: "must outnumber the features, each stating every number, for Mahalanobis distances")
    }
    let covariance = Self.covariance(rows)
    deviations = covariance.indices.map { covariance[$0][$0].squareRoot() }
    guard deviations.allSatisfy({ $0 > 0 }), let triangle = Self.triangle(covariance, deviations) else {
      throw .input(field: "features", advice: "must not move together exactly: leave one of them out or use Euclid")
    }
    self.triangle = triangle
  }

  /// Nil when one of the two does not state every number.
  func squaredDistance(_ school: ComparedSchool, _ other: ComparedSchool) -> Double? {
    guard let own = Self.row(school, features), let theirs = Self.row(other, features) else { return nil }
    var solution: [Double] = []
    for row in triangle.indices {
      var rest = (own[row] - theirs[row]) / deviations[row]
      for column in 0..<row { rest -= triangle[row][column] * solution[column] }
      solution.append(rest / triangle[row][row])
    }
    return solution.reduce(0) { $0 + $1 * $1 }
  }

  private static func row(_ school: ComparedSchool, _ features: [Feature]) -> [Double]? {
    let values = features.compactMap { feature in school.values[feature.name]?.number.map(feature.scaled) }
    return values.count == features.count ? values : nil
  }

  private static func covariance(_ rows: [[Double]]) -> [[Double]] {
    let count = Double(rows.count)
    let width = rows[0].count
    let means = (0..<width).map { column in rows.reduce(0) { $0 + $1[column] } / count }
    return (0..<width).map { a in
      (0..<width).map { b in rows.reduce(0) { $0 + ($1[a] - means[a]) * ($1[b] - means[b]) } / (count - 1) }
    }
  }

  /// Cholesky factor of the correlation matrix; nil when it is singular (a pivot below 1e-10).
  private static func triangle(_ covariance: [[Double]], _ deviations: [Double]) -> [[Double]]? {
    var triangle = covariance.map { $0.map { _ in 0.0 } }
    for row in covariance.indices {
      for column in 0...row {
        var rest = covariance[row][column] / (deviations[row] * deviations[column])
        for k in 0..<column { rest -= triangle[row][k] * triangle[column][k] }
        if row == column {
          guard rest > 1e-10 else { return nil }
          triangle[row][row] = rest.squareRoot()
        } else {
          triangle[row][column] = rest / triangle[column][column]
        }
      }
    }
    return triangle
  }
}
