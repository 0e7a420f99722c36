/// What a regression of effects needs: the effects and one column per coefficient, the intercept among them.
struct Design: Sendable {
  let estimates: [Double]
  let variances: [Double]
  /// Columns of the design matrix, each as long as `estimates`.
  let columns: [[Double]]

  /// The intercept alone: plain pooling.
  init(_ studies: [EffectSize]) {
    self.init(studies, columns: [Array(repeating: 1, count: studies.count)])
  }

  init(_ studies: [EffectSize], columns: [[Double]]) {
    estimates = studies.map(\.estimate)
    variances = studies.map(\.variance)
    self.columns = columns
  }

  /// Number of effects.
  var k: Int { estimates.count }
  /// Number of coefficients.
  var p: Int { columns.count }
  /// k − p, the degrees of freedom of Q.
  var residualDegrees: Double { Double(k - p) }

  /// This design without row `index`.
  func without(_ index: Int) -> Design {
    func shorter(_ values: [Double]) -> [Double] {
      var values = values
      values.remove(at: index)
      return values
    }
    return Design(shorter(estimates), shorter(variances), columns.map(shorter))
  }

  private init(_ estimates: [Double], _ variances: [Double], _ columns: [[Double]]) {
    self.estimates = estimates
    self.variances = variances
    self.columns = columns
  }
}
