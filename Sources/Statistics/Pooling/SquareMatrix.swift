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
}
