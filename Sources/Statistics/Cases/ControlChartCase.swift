/// Charts as qicharts2 0.8 computes them: parts with centre, limits and runs analysis, and the points beyond the limits.
enum ControlChartCase: CaseHandler {
  static func answer(_ input: CaseInput) throws -> CaseValue {
    let chart = try ControlChartInput(input).chart()
    var answer: [CaseValue.Field] = [
      .init("plotted_y", figures(chart.values)),
      .init("parts", .list(chart.phases.enumerated().map { part($1, number: $0 + 1, of: chart) })),
      .init("sigma_signal_points", .list(chart.beyond.map { .whole($0 + 1) })),
    ]
    let sets = try ruleSets(input)
    if !sets.isEmpty { answer.append(.init("rules", .list(sets.map { reading($0, chart) }))) }
    return .object(answer)
  }

  /// The rule sets asked for by `rules`: a name, several, or `all`.
  private static func ruleSets(_ input: CaseInput) throws -> [RuleSet] {
    guard let field = ChartCaseFields(input: input).find("rules") else { return [] }
    if case .text("all") = field.value { return RuleSet.allCases }
    let named: [CaseInput] = if case .list = field.value { try field.list() } else { [field] }
    return try named.map { name in
      guard let set = RuleSet(rawValue: try name.text()) else {
        throw name.refusal(Nearest.unknown(try name.text(), RuleSet.allCases.map(\.rawValue) + ["all"]))
      }
      return set
    }
  }

  /// What a rule set sees: its signals, each with its points, and in words for the last phase.
  private static func reading(_ set: RuleSet, _ chart: ControlChart) -> CaseValue {
    [
      "set": .text(set.rawValue), "name": .text(set.name), "version": .text(set.version), "source": .text(set.source),
      "signals": .list(
        set.signals(in: chart).map { signal in
          [
            "rule": .text(signal.rule.rawValue), "sees": .text(signal.rule.words), "part": .whole(signal.phase + 1),
            "points": .list(signal.points.map { .whole($0 + 1) }),
          ]
        }),
      "sentence": .text(ChartSentence(chart, rules: set).text),
    ]
  }

  private static func part(_ phase: ControlChart.Phase, number: Int, of chart: ControlChart) -> CaseValue {
    let runs = phase.runs
    return [
      "part": .whole(number),
      "first": .whole(phase.positions.lowerBound + 1),
      "last": .whole(phase.positions.upperBound),
      "center": .figure(phase.centre),
      "ucl": limit(phase.upper), "lcl": limit(floored(phase.lower, chart.kind)),
      "ucl95": limit(phase.upper95), "lcl95": limit(undefinedRoot(phase.lower95, chart.kind)),
      "n_obs": .whole(runs.observations), "n_useful": .whole(runs.useful),
      "longest_run": whole(runs.longestRun), "longest_run_max": whole(runs.longestRunMax),
      "n_crossings": whole(runs.crossings), "n_crossings_min": whole(runs.crossingsMin),
      "runs_signal": .flag(runs.isSignal),
    ]
  }

  /// Times and moving ranges are never below 0, so that is their lower limit even where the spread is unknown.
  private static func floored(_ limits: [Double?], _ kind: ChartKind) -> [Double?] {
    kind == .time || kind == .movingRange ? limits.map { $0 ?? 0 } : limits
  }

  /// The reference raises a negative number to a broken power for a t chart's inner lower limit, which has no value.
  private static func undefinedRoot(_ limits: [Double?], _ kind: ChartKind) -> [Double?] {
    kind == .time ? limits.map { $0 == 0 ? nil : $0 } : floored(limits, kind)
  }

  private static func whole(_ value: Int?) -> CaseValue { value.map { .whole($0) } ?? .null }

  static func figures(_ values: [Double?]) -> CaseValue { .list(values.map { .figure($0) }) }

  /// One number where it is the same for every point.
  static func limit(_ values: [Double?]) -> CaseValue {
    Set(values).count == 1 ? .figure(values.first ?? nil) : figures(values)
  }

  static func explanation(_ input: CaseInput) throws -> [String] {
    let chart = try ControlChartInput(input).chart()
    return chart.phases.enumerated().flatMap { index, phase in
      ChartExplanation(chart, phase, number: index + 1).lines
    }
  }
}

/// What a qicharts2 case holds.
struct ControlChartInput {
  private let input: CaseInput
  private let fields: ChartCaseFields
  private let kind: ChartKind

  init(_ input: CaseInput) throws {
    self.input = input
    fields = ChartCaseFields(input: input)
    let name = try input.text("chart").lowercased()
    let known = ["xmr": "i", "p'": "pp", "u'": "up", "i'": "ip", "pprime": "pp", "uprime": "up"][name] ?? name
    guard let kind = ChartKind(rawValue: known) else {
      throw try input.field("chart").refusal(Nearest.unknown(name, ChartKind.allCases.map(\.rawValue)))
    }
    self.kind = kind
  }

  func chart() throws -> ControlChart {
    let (series, isUnordered) = try series()
    var options = ChartOptions()
    options.screensMovingRanges = try fields.find("screened_mr", "screen", "screened")?.flag() ?? true
    options.parts = try parts(series.count)
    if options.parts.isEmpty {
      options.freeze = try fields.wholes(
        ["freeze", "freeze_after", "freeze_at", "frozen"], called: "freeze", range: 1...series.count
      ).first
    }
    options.exclude = Set(
      try fields.wholes(["exclude", "excluded"], called: "exclude", range: 1...max(series.count, 1)))
    options.centre = try fields.number(["cl", "center", "centre"], called: "cl")
    options.multiply = try fields.number(["multiply"], called: "multiply") ?? 1
    options.allowsNegative = try fields.flag("y_neg", called: "y.neg") ?? true
    options.isUnordered = isUnordered
    options.primeSpreadFromAll = true
    do { return try ControlChart(kind, series, options: options) } catch let error as StatisticsError {
      throw named(error)
    }
  }

  private func parts(_ count: Int) throws -> [Int] {
    try fields.wholes(["part_after", "part", "parts", "split"], called: "part", range: 0...max(count, 1))
  }

  // MARK: the series

  private var data: CaseInput { get throws { try input.field("data") } }
  private static let valueNames = ["y", "values", "value"]
  private static let countNames = ["count", "counts", "r", "x_count"]
  private static let sizeNames = ["n", "size", "sizes", "denominator"]

  private func series() throws -> (ChartSeries, isUnordered: Bool) {
    let data = try data
    if let groups = data.optional("subgroups") ?? data.optional("groups") {
      return (ChartSeries(subgroups: try Self.groups(groups), summary: try summary()), false)
    }
    let values = try data.field(
      anyOf: kind.needsSizes ? Self.countNames + Self.valueNames : Self.valueNames + Self.countNames)
    let numbers = try values.numbersOrNull()
    guard !numbers.isEmpty else { throw values.refusal("must not be empty") }
    let given = Self.sizeNames.compactMap { data.optional($0) }.first
    let sizes = try given.map { try self.sizes($0, as: numbers.count) }
    if let labels = data.optional("x") ?? data.optional("subgroup") {
      return try grouped(labels, numbers, sizes)
    }
    return (Self.series(numbers, sizes), false)
  }

  private static func series(_ numbers: [Double?], _ sizes: [Double?]?) -> ChartSeries {
    sizes.map { ChartSeries(counts: numbers, sizes: $0) } ?? ChartSeries(values: numbers)
  }

  private func sizes(_ input: CaseInput, as count: Int) throws -> [Double?] {
    guard case .list = input.value else { return Array(repeating: try input.positive(), count: count) }
    let items = try input.list()
    guard items.count == count else { throw input.refusal("must have as many numbers as there are points, \(count)") }
    return try items.map { $0.value == .null ? nil : try $0.positive() }
  }

  private func summary() throws -> ChartSeries.Summary {
    let given = try fields.find("agg_fun", "agg")?.text() ?? fields.called("agg.fun")
    return given.flatMap { ChartSeries.Summary(rawValue: $0.trimming("'\"")) } ?? .mean
  }

  static func groups(_ input: CaseInput) throws -> [[Double]] {
    let groups = try input.list().map { try $0.numbersOrNull().compactMap(\.self) }
    guard !groups.isEmpty else { throw input.refusal("must not be empty") }
    return groups
  }

  /// Values with labels: those of one label are one point, in the labels' order; text labels are no sequence in time.
  private func grouped(
    _ labels: CaseInput, _ numbers: [Double?], _ sizes: [Double?]?
  ) throws -> (ChartSeries, isUnordered: Bool) {
    let items = try labels.list()
    guard items.count == numbers.count else {
      throw labels.refusal("must have as many entries as there are points, \(numbers.count)")
    }
    let keys = try items.map { item -> CaseLabel in try CaseLabel(item) }
    let isUnordered = keys.contains { if case .name = $0 { true } else { false } }
    let order = Array(Set(keys)).sorted()
    let members = Dictionary(grouping: keys.indices) { keys[$0] }
    if let sizes {
      let pairs = order.map { key -> (Double?, Double?) in
        let whole = (members[key] ?? []).filter { numbers[$0] != nil && sizes[$0] != nil }
        guard !whole.isEmpty else { return (nil, nil) }
        return (exactSum(whole.compactMap { numbers[$0] }), exactSum(whole.compactMap { sizes[$0] }))
      }
      return (ChartSeries(counts: pairs.map(\.0), sizes: pairs.map(\.1)), isUnordered)
    }
    guard order.count < keys.count else {
      return (ChartSeries(values: order.map { key in members[key]?.first.flatMap { numbers[$0] } }), isUnordered)
    }
    let groups = order.map { (members[$0] ?? []).compactMap { numbers[$0] } }
    return (ChartSeries(subgroups: groups, summary: try summary()), isUnordered)
  }

  /// The chart's own words for a field, turned into the case's.
  private func named(_ error: StatisticsError) -> StatisticsError {
    guard case .input(let field, let advice) = error, let data = try? data else { return error }
    func path(_ names: [String]) -> String { names.first { data.optional($0) != nil } ?? names[0] }
    let values =
      data.optional("subgroups") != nil
      ? "subgroups"
      : path(kind.needsSizes ? Self.countNames + Self.valueNames : Self.valueNames + Self.countNames)
    let renamed = field.replacing("values", with: "data.\(values)").replacing(
      "sizes", with: "data.\(path(Self.sizeNames))")
    return .input(field: renamed, advice: advice)
  }
}

/// What a point is called: a number, a date, or a name; numbers before dates before names.
private enum CaseLabel: Hashable, Comparable {
  case number(Double)
  case date(String)
  case name(String)

  init(_ input: CaseInput) throws {
    guard case .text(let text) = input.value else {
      self = .number(try input.number())
      return
    }
    self = text.prefixMatch(of: /[0-9]{4}-[0-9]{2}(-[0-9]{2})?/) != nil ? .date(text) : .name(text)
  }
}

extension String {
  fileprivate func trimming(_ characters: String) -> String { filter { !characters.contains($0) } }
}
