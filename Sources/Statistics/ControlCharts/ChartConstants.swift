import Foundation

/// Factors that turn ranges and standard deviations of small groups into the spread of the process.
enum ChartConstants {
  /// d2 of two values as printed (Montgomery, Introduction to Statistical Quality Control, appendix VI); exactly 2/√π = 1.128379.
  static let d2 = 1.128
  /// Moving ranges at or above this many average moving ranges are screened (D4 of two values, Nelson 1982).
  static let screening = 3.267
  /// The same for the spreads of I′ (Taylor 2018).
  static let primeScreening = 3.2665
  /// 3/1.128 rounded as Making Data Count prints it.
  static let nhsLimit = 2.66

  /// Expected value of a group's standard deviation over the process's. Source: Montgomery, appendix VI; c4(n) by gamma functions.
  static func c4(_ n: Int) -> Double {
    let n = Double(n)
    return (2 / (n - 1)).squareRoot() * exp(Gamma.logGamma(n / 2) - Gamma.logGamma((n - 1) / 2))
  }

  /// Standard deviation of a group's standard deviation over the process's: √(1 − c4²).
  static func c5(_ n: Int) -> Double { (1 - c4(n) * c4(n)).squareRoot() }

  /// Expected range of n standard normal values, n = 2…25, three decimals as printed (Montgomery, appendix VI).
  static func d2(_ n: Int) -> Double? { (2...25).contains(n) ? printedD2[n - 2] : nil }

  /// Standard deviation of that range, n = 2…25.
  static func d3(_ n: Int) -> Double? { (2...25).contains(n) ? printedD3[n - 2] : nil }

  private static let printedD2 = [
    1.128, 1.693, 2.059, 2.326, 2.534, 2.704, 2.847, 2.970, 3.078, 3.173, 3.258, 3.336, 3.407, 3.472, 3.532, 3.588,
    3.640, 3.689, 3.735, 3.778, 3.819, 3.858, 3.895, 3.931,
  ]

  private static let printedD3 = [
    0.8525033, 0.8883697, 0.8798108, 0.8640855, 0.8480442, 0.8332108, 0.8198378, 0.8078413, 0.7970584, 0.7873230,
    0.7784873, 0.7704257, 0.7630330, 0.7562217, 0.7499188, 0.7440627, 0.7386021, 0.7334929, 0.7286980, 0.7241851,
    0.7199267, 0.7158987, 0.7120802, 0.7084528,
  ]
}
