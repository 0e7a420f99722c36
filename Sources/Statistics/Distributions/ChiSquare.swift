/// The chi-square distribution with `df` degrees of freedom, above 0 and not necessarily whole.
public enum ChiSquare {
  /// P(X ≤ x) and P(X > x).
  public static func tails(_ x: Double, df: Double) -> Tails {
    x < 0 ? .allAbove : Gamma.incomplete(df / 2, x / 2)
  }

  /// The x with P(X ≤ x) = p; NaN unless 0 ≤ p ≤ 1.
  public static func quantile(_ p: Double, df: Double) -> Double {
    guard df > 0, df.isFinite else { return .nan }
    return Quantile.solve(
      p, from: 0, to: .infinity, start: df, tails: { tails($0, df: df) },
      density: { Gamma.density(df / 2, $0 / 2) / 2 })
  }
}
