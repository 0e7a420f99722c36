/// Ordinary least squares by Householder reflections: no normal equations, so no digits are lost to them.
struct LeastSquares {
  let coefficients: [Double]
  let fitted: [Double]
  let residuals: [Double]
  /// (XᵀX)⁻¹.
  let inverse: [[Double]]
  private let rows: [[Double]]

  /// - Throws: `StatisticsError.noConvergence` when columns depend on each other.
  init(_ rows: [[Double]], _ values: [Double]) throws {
    let width = rows.first?.count ?? 0
    var r = rows
    var y = values
    for column in 0..<width {
      let norm = exactSum((column..<r.count).map { r[$0][column] * r[$0][column] }).squareRoot()
      guard norm > 1e-10 else {
        throw StatisticsError.noConvergence(what: "the columns of the regression depend on each other")
      }
      let lead = r[column][column] > 0 ? -norm : norm
      var mirror = (column..<r.count).map { r[$0][column] }
      mirror[0] -= lead
      let length = exactSum(mirror.map { $0 * $0 })
      for target in column..<width {
        let dot = 2 * exactSum((column..<r.count).map { mirror[$0 - column] * r[$0][target] }) / length
        for row in column..<r.count { r[row][target] -= dot * mirror[row - column] }
      }
      let dot = 2 * exactSum((column..<r.count).map { mirror[$0 - column] * y[$0] }) / length
      for row in column..<r.count { y[row] -= dot * mirror[row - column] }
    }
    func solved(_ right: [Double]) -> [Double] {
      var answer = [Double](repeating: 0, count: width)
      for row in stride(from: width - 1, through: 0, by: -1) {
        let known = (row + 1..<width).reduce(0.0) { $0 + r[row][$1] * answer[$1] }
        answer[row] = (right[row] - known) / r[row][row]
      }
      return answer
    }
    let inverseR = (0..<width).map { unit in solved((0..<width).map { $0 == unit ? 1 : 0 }) }
    let solution = solved(y)
    coefficients = solution
    fitted = rows.map { row in exactSum(zip(row, solution).map { $0 * $1 }) }
    residuals = zip(values, fitted).map { $0 - $1 }
    inverse = (0..<width).map { i in
      (0..<width).map { j in exactSum((0..<width).map { inverseR[$0][i] * inverseR[$0][j] }) }
    }
    self.rows = rows
  }

  /// s² (XᵀX)⁻¹ with n − k degrees of freedom.
  var ordinaryVariance: [[Double]] {
    let freedom = Double(residuals.count - coefficients.count)
    let variance = exactSum(residuals.map { $0 * $0 }) / freedom
    return inverse.map { $0.map { $0 * variance } }
  }

  /// Errors that may differ and carry over `lag` steps, Bartlett weights 1 − l/(lag + 1).
  func neweyWestVariance(lag: Int) -> [[Double]] {
    let width = coefficients.count
    let scores = zip(rows, residuals).map { row, residual in row.map { $0 * residual } }
    var meat = [[Double]](repeating: [Double](repeating: 0, count: width), count: width)
    for step in 0...max(0, min(lag, scores.count - 1)) {
      let weight = step == 0 ? 0.5 : 1 - Double(step) / Double(lag + 1)
      for time in step..<scores.count {
        for i in 0..<width {
          for j in 0..<width {
            meat[i][j] += weight * (scores[time][i] * scores[time - step][j] + scores[time - step][i] * scores[time][j])
          }
        }
      }
    }
    return product(product(inverse, meat), inverse)
  }

  private func product(_ a: [[Double]], _ b: [[Double]]) -> [[Double]] {
    a.map { row in b[0].indices.map { j in exactSum(row.indices.map { row[$0] * b[$0][j] }) } }
  }

  var autocorrelation: Double {
    let all = exactSum(residuals.map { $0 * $0 })
    return all > 0 ? exactSum(zip(residuals, residuals.dropFirst()).map { $0 * $1 }) / all : 0
  }
}
