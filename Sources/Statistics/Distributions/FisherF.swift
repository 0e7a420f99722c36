/// The F distribution with `df1` and `df2` degrees of freedom, above 0.
public enum FisherF {
  /// P(F ≤ x) and P(F > x). df2 = ∞ gives chi-square(df1)/df1.
  public static func tails(_ x: Double, df1: Double, df2: Double) -> Tails {
    guard df1 > 0, df2 > 0, !x.isNaN else { return .undefined }
    if x <= 0 { return .allAbove }
    if df2 == .infinity { return ChiSquare.tails(df1 * x, df: df1) }
    let sum = df1 * x + df2
    return sum == .infinity ? .allBelow : Beta.tails(df1 * x / sum, complement: df2 / sum, df1 / 2, df2 / 2)
  }

  /// The x with P(F ≤ x) = p; NaN unless 0 ≤ p ≤ 1.
  public static func quantile(_ p: Double, df1: Double, df2: Double) -> Double {
    guard df1 > 0, df2 > 0 else { return .nan }
    if df2 == .infinity { return ChiSquare.quantile(p, df: df1) / df1 }
    return Quantile.solve(
      p, from: 0, to: .infinity, start: 1, tails: { tails($0, df1: df1, df2: df2) },
      density: { x in
        let sum = df1 * x + df2
        return Beta.density(df1 * x / sum, df1 / 2, df2 / 2) * df1 * df2 / (sum * sum)
      })
  }
}
