/// An interrupted time series: segmented regression y = b0 + b1 t + b2 after + b3 time since, by ordinary least squares.
///
/// `level` is the jump at the interruption, time since counting 1 at the first point after it; `trend` is the change of slope. Source: Wagner, Soumerai, Zhang and Ross-Degnan 2002.
public struct InterruptedSeries: Sendable, Equatable {
  public enum ErrorKind: Sendable, Equatable {
    /// Errors that are independent of each other.
    case ordinary
    /// Errors that carry over `lag` steps (Newey and West 1987, Bartlett weights, no small-sample factor).
    case neweyWest(lag: Int)
  }

  /// Terms in the order: start, slope before, level change, slope change.
  public struct Term: Sendable, Equatable {
    public let estimate: Double
    public let standardError: Double
    /// Nil where the points lie on the line to the last digit: then nothing says how far chance would move it.
    public let statistic: Double?
    /// Two-sided, Student's t with n − 4 degrees of freedom; nil with the statistic.
    public let pValue: Double?
  }

  public let start: Term
  public let slope: Term
  public let level: Term
  public let trend: Term
  public let degreesOfFreedom: Int
  /// First-order autocorrelation of the residuals: far from 0, ordinary errors are too small.
  public let autocorrelation: Double
  /// Fitted values, one for each point.
  public let fitted: [Double]

  /// - Parameters:
  ///   - values: at even times 1, 2, 3 …
  ///   - before: how many of them lie before the interruption.
  /// - Throws: `StatisticsError.input` naming `values` or `before`: at least 3 points on each side are needed, and one left over.
  public init(_ values: [Double], before: Int, errors: ErrorKind = .ordinary) throws {
    guard before >= 3, values.count - before >= 3 else {
      throw StatisticsError.input(field: "before", advice: "must leave at least 3 points on each side")
    }
    let rows = values.indices.map { index -> [Double] in
      let isAfter = index >= before
      return [1, Double(index + 1), isAfter ? 1 : 0, isAfter ? Double(index - before + 1) : 0]
    }
    let fit = try LeastSquares(rows, values)
    let spread: [[Double]]
    switch errors {
    case .ordinary: spread = fit.ordinaryVariance
    case .neweyWest(let lag): spread = fit.neweyWestVariance(lag: lag)
    }
    let freedom = values.count - 4
    // What is left by rounding is no error.
    let rounding = 1e-12 * (values.map(abs).max() ?? 0)
    let isExact = fit.residuals.allSatisfy { abs($0) <= rounding }
    let terms = fit.coefficients.indices.map { index -> Term in
      let error = isExact ? 0 : max(spread[index][index], 0).squareRoot()
      let statistic = error > 0 ? fit.coefficients[index] / error : nil
      return Term(
        estimate: fit.coefficients[index], standardError: error, statistic: statistic,
        pValue: statistic.map { StudentT.twoSided($0, df: Double(freedom)) })
    }
    (start, slope, level, trend) = (terms[0], terms[1], terms[2], terms[3])
    degreesOfFreedom = freedom
    autocorrelation = fit.autocorrelation
    fitted = fit.fitted
  }
}
