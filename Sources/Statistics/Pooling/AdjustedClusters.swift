/// What the CR2 variance of a weighted regression is made of: each cluster's residuals multiplied by the matrix that
/// makes their expected product what the model says, weights the inverse of the model's variances.
///
///     A = L G^(−1/2) Lᵀ,  G = Lᵀ (Φ − X M Xᵀ) L,  Φ = L Lᵀ
///
/// Source: Pustejovsky & Tipton 2018, eq. 10. Costs the cube of the largest cluster.
struct AdjustedClusters {
  /// The effects of one cluster.
  struct Block {
    /// For each effect its row of the design.
    let rows: [[Double]]
    /// Φ, what the model says of the effects' covariance.
    let variance: SquareMatrix
    let residuals: [Double]
  }

  private let blocks: [Block]
  /// M = (XᵀWX)⁻¹.
  private let bread: SquareMatrix
  /// For each cluster L G^(−1/2) L⁻¹ X: what its residuals are weighed by, before M.
  private let weighed: [[[Double]]]

  /// - Parameter bread: the model's covariance of the coefficients, (XᵀWX)⁻¹.
  /// - Returns: nil for fewer than two clusters, or a variance that is none.
  init?(_ blocks: [Block], bread: SquareMatrix) {
    guard blocks.count > 1 else { return nil }
    var weighed: [[[Double]]] = []
    for block in blocks {
      guard let lower = block.variance.cholesky() else { return nil }
      let size = lower.size
      var left = block.variance
      let leverage = block.rows.map { bread * $0 }
      for row in 0..<size {
        for column in 0..<size { left[row, column] -= Self.dot(block.rows[row], leverage[column]) }
      }
      let root = (lower.transposed * left * lower).inverseRoot()
      let columns = bread.size
      weighed.append(
        (0..<columns).map { column in lower * (root * lower.solve(block.rows.map { $0[column] })) })
    }
    (self.blocks, self.bread, self.weighed) = (blocks, bread, weighed)
  }

  /// The variance of one coefficient and Satterthwaite's degrees of freedom (their eq. 12); nil when nothing weighs.
  func spread(of coefficient: Int) -> (variance: Double, degreesOfFreedom: Double)? {
    let unit = (0..<bread.size).map { $0 == coefficient ? 1.0 : 0 }
    let share = bread * unit
    let q = weighed.map { columns in
      (0..<(columns.first?.count ?? 0)).map { row in Self.dot(columns.map { $0[row] }, share) }
    }
    let variance = zip(q, blocks).reduce(0) { sum, pair in
      let score = Self.dot(pair.0, pair.1.residuals)
      return sum + score * score
    }
    let own = zip(q, blocks).map { q, block in Self.dot(q, block.variance * q) }
    let across = zip(q, blocks).map { q, block in
      (0..<bread.size).map { column in Self.dot(q, block.rows.map { $0[column] }) }
    }
    let carried = across.map { bread * $0 }
    var (trace, squares) = (0.0, 0.0)
    for i in q.indices {
      for j in q.indices {
        let product = (i == j ? own[i] : 0) - Self.dot(across[i], carried[j])
        if i == j { trace += product }
        squares += product * product
      }
    }
    guard trace > 0, squares > 0 else { return nil }
    return (variance, trace * trace / squares)
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
}
