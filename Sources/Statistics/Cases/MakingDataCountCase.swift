/// XmR charts of NHS Making Data Count: limits, special causes, variation and assurance.
enum MakingDataCountCase: CaseHandler {
  static func answer(_ input: CaseInput) throws -> CaseValue {
    let read = try MakingDataCountInput(input)
    let groups = read.groups
    let causes = groups.flatMap(\.causes)
    let types = causes.map { pointType($0, read.direction) }
    return [
      "parts": .list(groups.enumerated().map { part($1, number: $0 + read.firstGroup) }),
      "special_cause_type": .list(causes.map { .text(words($0)) }),
      "point_type": .list(types.map { .text($0) }),
      "variation_icon": types.last.map { .text($0) } ?? .null,
      "assurance": groups.last.flatMap {
        Assurance(target: read.target, lower: $0.lower, upper: $0.upper, direction: read.direction)
      }.map { .text($0.rawValue) } ?? .null,
    ]
  }

  private static func part(_ group: PlotTheDotsChart, number: Int) -> CaseValue {
    [
      "rebase_group": .whole(number), "n": .whole(group.values.count), "mean": .figure(group.mean),
      "lpl": .figure(group.lower), "upl": .figure(group.upper), "short_group_warning": .flag(group.isShort),
    ]
  }

  private static func words(_ cause: PlotTheDots.Cause) -> String {
    switch cause {
    case .none: "Common Cause"
    case .outside(let isHigh): isHigh ? "Above UCL" : "Below LCL"
    case .trend(let isRising): "7 Point Trend (\(isRising ? "In" : "De")creasing)"
    case .twoOfThree(let isHigh): "2 in 3 \(isHigh ? "Above" : "Below") CL"
    case .shift(let isHigh): "7 Points \(isHigh ? "Above" : "Below") CL"
    }
  }

  private static func pointType(_ cause: PlotTheDots.Cause, _ direction: WantedDirection) -> String {
    guard cause.direction != 0 else { return "common_cause" }
    switch direction {
    case .neutral: return cause.direction > 0 ? "special_cause_neutral_high" : "special_cause_neutral_low"
    case .increase: return cause.direction > 0 ? "special_cause_improvement" : "special_cause_concern"
    case .decrease: return cause.direction < 0 ? "special_cause_improvement" : "special_cause_concern"
    }
  }

  static func explanation(_ input: CaseInput) throws -> [String] {
    try MakingDataCountInput(input).groups.enumerated().flatMap { index, group in
      [
        "group \(index): mean of \(group.values.count) points = \(group.mean ?? 0)",
        limits(group),
        "read in this order: outside the limits, seven in a trend, two of three close to a limit, seven on one side",
      ]
    }
  }
}

extension MakingDataCountCase {
  private static func limits(_ group: PlotTheDotsChart) -> String {
    guard let mean = group.mean, let low = group.lower, let high = group.upper else {
      return "limits: no moving range is left to draw them from"
    }
    let range = (high - mean) / ChartConstants.nhsLimit
    return "limits: mean ± 2.66 · MR̄ = \(figure(mean, 8)) ± 2.66 · \(figure(range, 8)) = \(low) … \(high), "
      + "moving ranges at or above 3.267 · MR̄ screened once"
  }
}

/// What an NHS case holds.
struct MakingDataCountInput {
  let direction: WantedDirection
  let target: Double?
  let groups: [PlotTheDotsChart]
  /// 0, or 1 when the very first point starts a group.
  let firstGroup: Int

  init(_ input: CaseInput) throws {
    let fields = ChartCaseFields(input: input)
    let field = try input.field("data").field(anyOf: ["y", "values", "value"])
    let values = try field.numbersOrNull()
    guard values.compactMap(\.self).count >= 2 else { throw field.refusal("must hold at least two measured points") }
    let wanted = fields.find("improvement_direction")
    guard let direction = WantedDirection(rawValue: try wanted?.text() ?? "increase") else {
      throw StatisticsError.input(
        field: wanted?.path ?? "options.improvement_direction", advice: "must be increase, decrease or neutral")
    }
    self.direction = direction
    target = try fields.find("target")?.number()
    let fix = fields.find("fix_after_n_points")
    if let fix, try fix.whole(1...Int(Int32.max)) < 12 { throw fix.refusal("must be 12 or more points") }
    let starts = try fields.wholes(
      ["rebase_at_point", "rebase_at_points", "rebase"], called: "rebase", range: 1...values.count
    ).map { $0 - 1 }
    firstGroup = starts.contains(0) ? 1 : 0
    let bounds = Set(starts).subtracting([0]).sorted()
    let screens = try fields.find("screen_outliers")?.flag() ?? true
    let limit = try fix?.whole()
    groups = zip([0] + bounds, bounds + [values.count]).map { start, end in
      PlotTheDotsChart(Array(values[start..<end]), fixAfter: limit, screensOutliers: screens)
    }
  }
}
