/// Charts as qcc 3.0 computes them, with the Western Electric and Nelson rules over both periods.
enum ShewhartCase: CaseHandler {
  static func answer(_ input: CaseInput) throws -> CaseValue {
    let chart = try ShewhartInput(input).chart()
    let rules = chart.rules
    return [
      "center": ControlChartCase.limit(chart.centre),
      "std_dev": ControlChartCase.limit(chart.deviation.map { $0 }),
      "lcl": ControlChartCase.limit(chart.limits(3).map(\.?.lowerBound)),
      "ucl": ControlChartCase.limit(chart.limits(3).map(\.?.upperBound)),
      "statistics": ControlChartCase.figures(chart.statistics),
      "western_electric": points(rules.westernElectric),
      "nelson": points(rules.nelson),
    ]
  }

  private static func points(_ found: [(rule: ChartRule, points: [Int])]) -> CaseValue {
    .object(
      found.map { rule, points in
        .init(rule.rawValue, .list(Set(points).sorted().map { .whole($0 + 1) }))
      })
  }

  static func explanation(_ input: CaseInput) throws -> [String] {
    let chart = try ShewhartInput(input).chart()
    let range = chart.limits(3).last ?? nil
    return [
      "centre from the first period: \(chart.centre.last.flatMap { $0 } ?? 0)",
      "spread: \(chart.spreadFormula) = \(chart.deviation.last ?? 0)",
      "limits of the last point: centre ± 3 standard errors\(numbers(chart)), within what is possible = "
        + "\(range?.lowerBound ?? 0) … \(range?.upperBound ?? 0)",
      "rules: strict inequalities; the point that completes a pattern is marked, and those that go on with it",
    ]
  }
}

extension ShewhartCase {
  /// " = 34.088 ± 3 · 0.5077", from limits before they are cut off.
  private static func numbers(_ chart: ShewhartChart) -> String {
    guard let centre = chart.centre.last ?? nil, let inner = chart.limits(0.01).last ?? nil else { return "" }
    let error = max(inner.upperBound - centre, centre - inner.lowerBound) * 100
    return " = \(figure(centre, 6)) ± 3 · \(figure(error, 6))"
  }
}

/// A chart whose limits come from a first period and hold for a second.
struct ShewhartChart {
  enum Kind: String, CaseIterable {
    case individuals = "xbar.one"
    case mean = "xbar"
    case range = "r"
    case spread = "s"
    case proportion = "p"
    case number = "np"
    case count = "c"
    case rate = "u"
    /// Cases between events, which follow the geometric distribution (Benneyan 2001).
    case geometric = "g"
  }

  let kind: Kind
  /// Of both periods.
  let statistics: [Double?]
  let sizes: [Double]
  let centre: [Double?]
  /// One figure, or one for each point of the first period.
  let deviation: [Double]
  let spreadFormula: String

  /// Limits `k` standard errors from the centre, as each kind clips them.
  func limits(_ k: Double) -> [ClosedRange<Double>?] {
    statistics.indices.map { index in
      guard let centre = centre[index], let error = error(at: index) else { return nil }
      let (low, high) = (centre - k * error, centre + k * error)
      guard low <= high else { return nil }
      switch kind {
      case .individuals, .mean: return low...high
      case .proportion: return max(low, 0)...min(high, 1)
      case .number: return max(low, 0)...min(high, sizes[index])
      case .range, .spread, .count, .rate, .geometric: return max(low, 0)...high
      }
    }
  }

  private func error(at index: Int) -> Double? {
    let (size, centre, sigma) = (sizes[index], centre[index] ?? 0, deviation.first ?? 0)
    switch kind {
    case .individuals: return sigma
    case .mean: return sigma / size.squareRoot()
    case .range: return ChartConstants.d3(Int(size)).map { $0 * sigma }
    case .spread: return ChartConstants.c5(Int(size)) * sigma
    case .proportion: return max(0, centre * (1 - centre) / size).squareRoot()
    case .number: return max(0, centre * (1 - centre / size)).squareRoot()
    case .count: return max(0, centre).squareRoot()
    case .rate: return max(0, centre / size).squareRoot()
    case .geometric: return sigma
    }
  }

  var rules: ZoneRules {
    ZoneRules(values: statistics, centre: centre, one: limits(1), two: limits(2), three: limits(3))
  }
}
