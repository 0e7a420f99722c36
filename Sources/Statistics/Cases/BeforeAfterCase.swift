import Foundation

/// `kind: before_after`: one school's values before (A) and after (B) a change, an interrupted series, or the gain to be
/// expected of a school chosen at its worst.
enum BeforeAfterCase: CaseHandler {
  static func answer(_ input: CaseInput) throws -> CaseValue {
    if input.optional("selected_pre") != nil { return try regressionToTheMean(input) }
    if let interrupted = try InterruptedInput(input) { return try interrupted.answer() }
    let read = try BeforeAfterInput(input)
    return .object(
      read.effects.map { .init($0.name, $0.figures.object) } + [
        .init("claim", .text(read.series.allowsClaim ? "allowed" : "none: fewer than 5 points before the change"))
      ])
  }

  private static func regressionToTheMean(_ input: CaseInput) throws -> CaseValue {
    let answer = try RegressionToTheMean(
      mean: try input.number("mean"), deviation: try input.number("sd"), correlation: try input.number("r"),
      selected: try input.number("selected_pre"))
    return [
      "expected_post_without_any_effect": .figure(answer.expectedNext), "apparent_gain": .figure(answer.apparentGain),
      "apparent_d": .figure(answer.apparentEffect),
    ]
  }

  static func explanation(_ input: CaseInput) throws -> [String] {
    if input.optional("selected_pre") != nil {
      let answer = try RegressionToTheMean(
        mean: try input.number("mean"), deviation: try input.number("sd"), correlation: try input.number("r"),
        selected: try input.number("selected_pre"))
      let (mean, r) = (figure(try input.number("mean"), 6), figure(try input.number("r"), 6))
      let (selected, sd) = (figure(try input.number("selected_pre"), 6), figure(try input.number("sd"), 6))
      let (next, gain) = (figure(answer.expectedNext, 8), figure(answer.apparentGain, 8))
      return [
        "expected next = mean + r (selected − mean) = \(mean) + \(r) · (\(selected) − \(mean)) = \(next)",
        "apparent gain = expected next − selected = \(next) − \(selected) = \(gain)",
        "in standard deviations \(gain)/\(sd) = \(figure(answer.apparentEffect, 8))",
      ]
    }
    if let interrupted = try InterruptedInput(input) { return try interrupted.explanation() }
    let read = try BeforeAfterInput(input)
    return read.effects.map { effect in
      let numbers = read.numbers(effect.name).map { "\($0) = " } ?? ""
      let value = effect.figures.estimate.value.map { figure($0, 8) } ?? "undefined"
      return "\(effect.name): \(effect.formula) = \(numbers)\(value)"
    } + [
      "claim: \(read.series.before.count) points before the change; at least \(BeforeAfterSeries.leastBaseline) are needed"
    ]
  }
}

/// A named effect of a case, with its formula.
struct SingleCaseEffect {
  let name: String
  let formula: String
  let figures: Figures

  struct Figures {
    let title: String
    let estimate: Estimate
    var hasError = true
    var deviation: Double?

    /// Eight significant digits as text, which is how the reference program prints them.
    var object: CaseValue {
      var fields: [CaseValue.Field] = [.init("ES", .text(title)), .init("Est", text(estimate.value))]
      if hasError {
        fields += [
          .init("SE", text(estimate.standardError)), .init("CI_lower", text(estimate.lower)),
          .init("CI_upper", text(estimate.upper)),
        ]
      }
      if let deviation { fields.append(.init("baseline_SD", text(deviation))) }
      return .object(fields)
    }

    private func text(_ value: Double?) -> CaseValue {
      guard let value, value.isFinite else { return .null }
      return .text(String(format: "%.8g", value == 0 ? 0 : value))
    }
  }
}

/// What a case of two phases holds.
struct BeforeAfterInput {
  let series: BeforeAfterSeries
  private let scale: BeforeAfterSeries.Scale
  private let intervals: Double?
  /// The reference program's own: the interval's ends are found to the fourth root of the machine's precision.
  private static let tolerance = pow(Double.ulpOfOne, 0.25)

  init(_ input: CaseInput) throws {
    let data = try input.field("data")
    let before = try data.field(anyOf: ["A", "before", "baseline"])
    let after = try data.field(anyOf: ["B", "after", "intervention"])
    let fields = ChartCaseFields(input: input)
    let wanted = fields.find("improvement", "improvement_direction", "direction")
    guard let direction = ImprovementDirection(rawValue: try wanted?.text() ?? "increase") else {
      throw StatisticsError.input(field: wanted?.path ?? "improvement", advice: "must be increase or decrease")
    }
    for phase in [before, after] where try phase.list().isEmpty { throw phase.refusal("must not be empty") }
    guard try before.list().count > 1 else { throw before.refusal("must hold at least two points") }
    series = try BeforeAfterSeries(before: try before.numbers(), after: try after.numbers(), direction: direction)
    let named = fields.find("scale")
    guard let scale = BeforeAfterSeries.Scale(rawValue: try named?.text() ?? "count") else {
      throw StatisticsError.input(
        field: named?.path ?? "scale", advice: "must be count, rate, percentage, proportion or other")
    }
    self.scale = scale
    intervals = try fields.find("intervals", "observation_length", "D_const")?.positive()
  }

  var effects: [SingleCaseEffect] {
    let tolerance = Self.tolerance
    let difference = series.standardizedMeanDifference
    var effects = [
      effect("NAP", "pairs improved + ½ ties, over all pairs", series.nap(tolerance: tolerance)),
      effect("IRD", "((m + n)² PAND − m² − n²) / 2mn", series.ird, hasError: false),
      effect("PND", "share after better than the best before", series.pnd, hasError: false),
      effect("PEM", "share after better than the median before", series.pem, hasError: false),
      effect("PAND", "share that remains when nothing overlaps", series.pand, hasError: false),
      effect("Tau", "2 NAP − 1", series.tau(tolerance: tolerance)),
      effect(
        "Tau_U", "(pairs up − pairs down − baseline trend pairs) / mn", title: "Tau-U", series.tauU, hasError: false),
      effect(
        "Tau_BC", "Tau after the baseline's Theil-Sen trend is taken out", title: "Tau-BC",
        series.tauBaselineCorrected(tolerance: tolerance)),
      SingleCaseEffect(
        name: "SMD", formula: "(1 − 3/(4 df − 1)) · (mean B − mean A) / SD A",
        figures: .init(title: "SMD", estimate: difference.estimate, deviation: difference.baselineDeviation)),
      effect(
        "LRRi", "ln(mean B / mean A), bias taken out", series.logResponseRatio(scale: scale, intervals: intervals)),
      effect(
        "LRRd", "the same for outcomes to be decreased",
        series.logResponseRatio(countsDown: true, scale: scale, intervals: intervals)),
      effect("LRM", "ln(median B / median A)", series.logRatioOfMedians),
    ]
    if scale == .percentage || scale == .proportion {
      effects.append(
        effect("LOR", "ln odds ratio, bias taken out", series.logOddsRatio(scale: scale, intervals: intervals)))
    }
    return effects
  }

  /// An effect's formula with its numbers filled in, where they are counts or averages.
  func numbers(_ name: String) -> String? {
    let (a, b) = series.oriented
    let (m, n) = (a.count, b.count)
    let (up, ties) = b.reduce((0, 0)) { sum, later in
      (sum.0 + a.count { later > $0 }, sum.1 + a.count { later == $0 })
    }
    func of(_ share: Double?, _ all: Int) -> String? { share.map { "\(figure($0 * Double(all)))/\(all)" } }
    switch name {
    case "NAP": return "(\(up) + ½ · \(ties))/\(m * n)"
    case "Tau": return "2 · \(figure((Double(up) + Double(ties) / 2) / Double(m * n), 8)) − 1"
    case "PND": return of(series.pnd.value, n)
    case "PEM": return of(series.pem.value, n)
    case "PAND": return of(series.pand.value, m + n)
    case "IRD": return series.pand.value.map { "(\(m + n)² · \(figure($0, 8)) − \(m)² − \(n)²)/(2 · \(m) · \(n))" }
    case "Tau_U":
      let down = m * n - up - ties
      let trend = Double(up - down) - (series.tauU.value ?? .nan) * Double(m * n)
      return "(\(up) − \(down) − \(figure(trend)))/\(m * n)"
    case "SMD":
      guard let first = average(series.before), let second = average(series.after) else { return nil }
      return "(1 − 3/(4 · \(m - 1) − 1)) · (\(figure(second, 6)) − \(figure(first, 6)))/"
        + figure(standardDeviation(series.before), 6)
    case "LRRi", "LRRd":
      guard let first = average(series.before), let second = average(series.after) else { return nil }
      return "ln(\(figure(second, 6))/\(figure(first, 6))) and its bias"
    case "LRM":
      guard let first = median(series.before), let second = median(series.after) else { return nil }
      return "ln(\(figure(second, 6))/\(figure(first, 6)))"
    default: return nil
    }
  }

  private func effect(
    _ name: String, _ formula: String, title: String? = nil, _ estimate: Estimate, hasError: Bool = true
  ) -> SingleCaseEffect {
    SingleCaseEffect(
      name: name, formula: formula, figures: .init(title: title ?? name, estimate: estimate, hasError: hasError))
  }
}

/// What a case of an interrupted series holds.
struct InterruptedInput {
  private let values: [Double]
  private let before: Int
  private let lag: Int?

  /// Nil when the case holds two phases instead.
  init?(_ input: CaseInput) throws {
    let fields = ChartCaseFields(input: input)
    guard let field = fields.find("y", "values", "rate"), case .list = field.value else { return nil }
    values = try field.numbers()
    guard
      let place = fields.find("before", "n_before", "part_after", "break_after", "interruption_after", "interruption")
    else { throw StatisticsError.input(field: "data.before", advice: "is missing") }
    before = try place.whole(1...max(values.count, 1))
    lag = try fields.find("newey_west_lag", "lag")?.whole(0...max(values.count - 1, 0))
  }

  private func ordinary() throws -> InterruptedSeries { try InterruptedSeries(values, before: before) }

  func answer() throws -> CaseValue {
    let ordinary = try ordinary()
    let carried = try InterruptedSeries(values, before: before, errors: .neweyWest(lag: lag ?? 1))
    return [
      "intercept": term(ordinary.start, carried.start), "time": term(ordinary.slope, carried.slope),
      "level": term(ordinary.level, carried.level), "trend": term(ordinary.trend, carried.trend),
      "df": .whole(ordinary.degreesOfFreedom), "residual_autocorrelation": .figure(ordinary.autocorrelation),
      "newey_west_lag": .whole(lag ?? 1),
    ]
  }

  private func term(_ ordinary: InterruptedSeries.Term, _ carried: InterruptedSeries.Term) -> CaseValue {
    [
      "estimate": .figure(ordinary.estimate), "se": .figure(ordinary.standardError),
      "t": .figure(ordinary.statistic), "p": .figure(ordinary.pValue), "se_newey_west": .figure(carried.standardError),
      "p_newey_west": .figure(carried.pValue),
    ]
  }

  func explanation() throws -> [String] {
    let fit = try ordinary()
    return [
      "y = b0 + b1 t + b2 after + b3 time since, least squares over \(values.count) points, \(before) before",
      "level change b2 = \(fit.level.estimate), standard error \(fit.level.standardError), "
        + (fit.level.statistic.map { "t with \(fit.degreesOfFreedom) df = \($0)" }
          ?? "no t: every point lies on the line, so nothing says how far chance would move it"),
      "slope change b3 = \(fit.trend.estimate), standard error \(fit.trend.standardError)",
      "first-order autocorrelation of the residuals = \(fit.autocorrelation)",
    ]
  }
}
