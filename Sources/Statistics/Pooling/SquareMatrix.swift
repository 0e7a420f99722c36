import Foundation

/// A small dense square matrix; design matrices of meta-regressions have a handful of columns.
struct SquareMatrix: Equatable, Sendable {
  let size: Int
  var elements: [Double]

  init(size: Int, elements: [Double]? = nil) {
    self.size = size
    self.elements = elements ?? Array(repeating: 0, count: size * size)
  }

  subscript(row: Int, column: Int) -> Double {
    get { elements[row * size + column] }
    set { elements[row * size + column] = newValue }
  }

  static func identity(_ size: Int) -> SquareMatrix {
    var identity = SquareMatrix(size: size)
    for index in 0..<size { identity[index, index] = 1 }
    return identity
  }

  static func diagonal(_ values: [Double]) -> SquareMatrix {
    var diagonal = SquareMatrix(size: values.count)
    for (index, value) in values.enumerated() { diagonal[index, index] = value }
    return diagonal
  }

  var transposed: SquareMatrix {
    var transposed = SquareMatrix(size: size)
    for row in 0..<size { for column in 0..<size { transposed[column, row] = self[row, column] } }
    return transposed
  }

  static func * (left: SquareMatrix, right: SquareMatrix) -> SquareMatrix {
    let size = left.size
    var product = SquareMatrix(size: size)
    for row in 0..<size {
      for inner in 0..<size where left[row, inner] != 0 {
        let factor = left[row, inner]
        for column in 0..<size { product[row, column] += factor * right[inner, column] }
      }
    }
    return product
  }

  static func * (left: SquareMatrix, right: [Double]) -> [Double] {
    (0..<left.size).map { row in
      (0..<left.size).reduce(0) { $0 + left[row, $1] * right[$1] }
    }
  }

  var trace: Double { (0..<size).reduce(0) { $0 + self[$1, $1] } }

  /// The lower triangular L with L Lᵀ = this; nil unless it is symmetric and clearly positive definite.
  func cholesky() -> SquareMatrix? {
    var lower = SquareMatrix(size: size)
    for row in 0..<size {
      for column in 0...row {
        var sum = self[row, column]
        for inner in 0..<column { sum -= lower[row, inner] * lower[column, inner] }
        if row == column {
          guard sum > self[row, row] * 1e-13 else { return nil }
          lower[row, row] = sum.squareRoot()
        } else {
          lower[row, column] = sum / lower[column, column]
        }
      }
    }
    return lower
  }

  /// The inverse and ln of the determinant; nil unless positive definite.
  func inverse() -> (inverse: SquareMatrix, logDeterminant: Double)? {
    if size == 1 {
      guard elements[0] > 0 else { return nil }
      return (SquareMatrix(size: 1, elements: [1 / elements[0]]), log(elements[0]))
    }
    guard let lower = cholesky() else { return nil }
    var inverse = SquareMatrix(size: size)
    for column in 0..<size {
      var solution = [Double](repeating: 0, count: size)
      for row in 0..<size {
        var sum = row == column ? 1.0 : 0.0
        for inner in 0..<row { sum -= lower[row, inner] * solution[inner] }
        solution[row] = sum / lower[row, row]
      }
      for row in stride(from: size - 1, through: 0, by: -1) {
        var sum = solution[row]
        for inner in stride(from: row + 1, to: size, by: 1) { sum -= lower[inner, row] * solution[inner] }
        solution[row] = sum / lower[row, row]
      }
      for row in 0..<size { inverse[row, column] = solution[row] }
    }
    let logDeterminant = (0..<size).reduce(0) { $0 + 2 * log(lower[$1, $1]) }
    return (inverse, logDeterminant)
  }

  /// The x with L x = `right`, where this is a lower triangular L.
  func solve(_ right: [Double]) -> [Double] {
    var solution: [Double] = []
    for row in 0..<size {
      var rest = right[row]
      for column in 0..<row { rest -= self[row, column] * solution[column] }
      solution.append(rest / self[row, row])
    }
    return solution
  }

  /// The symmetric root of the inverse of this symmetric matrix, none of whose eigenvalues is below 0: the S with
  /// S S = this⁻¹. Directions in which it is 0 (below 1e-12 of the largest) stay 0.
  func inverseRoot() -> SquareMatrix {
    let (values, vectors) = eigen()
    let least = 1e-12 * (values.max() ?? 0)
    var root = SquareMatrix(size: size)
    for (place, value) in values.enumerated() where value > least {
      let factor = 1 / value.squareRoot()
      for row in 0..<size {
        let scaled = factor * vectors[row, place]
        for column in 0..<size { root[row, column] += scaled * vectors[column, place] }
      }
    }
    return root
  }

  /// Eigenvalues and, as columns, eigenvectors of this symmetric matrix by Jacobi's rotations (1846), which lose no digits
  /// of small values to large ones.
  func eigen() -> (values: [Double], vectors: SquareMatrix) {
    var (a, vectors) = (self, SquareMatrix.identity(size))
    let scale = (0..<size).reduce(0) { $0 + abs(self[$1, $1]) }
    for _ in 0..<60 {
      var isDone = true
      for p in 0..<size {
        for q in stride(from: p + 1, to: size, by: 1) {
          let negligible = max(1e-17 * (abs(a[p, p]) * abs(a[q, q])).squareRoot(), 1e-20 * scale)
          guard abs(a[p, q]) > negligible else { continue }
          isDone = false
          let slope = (a[q, q] - a[p, p]) / (2 * a[p, q])
          let tangent = (slope < 0 ? -1 : 1) / (abs(slope) + (1 + slope * slope).squareRoot())
          let cosine = 1 / (1 + tangent * tangent).squareRoot()
          a.rotate(p, q, cosine, tangent * cosine)
          vectors.turn(p, q, cosine, tangent * cosine)
        }
      }
      if isDone { break }
    }
    return ((0..<size).map { a[$0, $0] }, vectors)
  }

  /// Both sides by the rotation that makes the entry at p, q vanish.
  private mutating func rotate(_ p: Int, _ q: Int, _ cosine: Double, _ sine: Double) {
    turn(p, q, cosine, sine)
    for column in 0..<size {
      let (x, y) = (self[p, column], self[q, column])
      self[p, column] = cosine * x - sine * y
      self[q, column] = sine * x + cosine * y
    }
    self[p, q] = 0
    self[q, p] = 0
  }

  private mutating func turn(_ p: Int, _ q: Int, _ cosine: Double, _ sine: Double) {
    for row in 0..<size {
      let (x, y) = (self[row, p], self[row, q])
      self[row, p] = cosine * x - sine * y
      self[row, q] = sine * x + cosine * y
    }
  }
}
