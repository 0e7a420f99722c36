/// What a qcc case holds: one or two periods of values, groups or counts; or statistics with centre and spread given.
struct ShewhartInput {
  private let input: CaseInput
  private let data: CaseInput
  private let fields: ChartCaseFields
  private let kind: ShewhartChart.Kind

  init(_ input: CaseInput) throws {
    self.input = input
    data = try input.field("data")
    fields = ChartCaseFields(input: input)
    let name = try input.text("chart")
    let known = ["i": "xbar.one"][name.lowercased()] ?? name.lowercased()
    guard let kind = ShewhartChart.Kind(rawValue: known) else {
      throw try input.field("chart").refusal(
        Nearest.unknown(name, ["xbar.one", "xbar", "R", "S", "p", "np", "c", "u", "g"]))
    }
    self.kind = kind
  }

  func chart() throws -> ShewhartChart {
    switch kind {
    case .individuals: try individuals()
    case .geometric: try geometric()
    case .mean, .range, .spread: try groups()
    case .proportion, .number, .count, .rate: try counts()
    }
  }

  private func givenCentre() throws -> Double? { try fields.find("center", "centre", "cl")?.number() }

  /// A number; a text names a method instead.
  private func givenDeviation() throws -> Double? {
    guard let found = fields.find("std_dev", "sigma", "std.dev", "sd") else { return nil }
    if case .text = found.value { return nil }
    return try found.nonNegative()
  }

  private func method() throws -> String? {
    guard let found = fields.find("std_dev", "std.dev", "sd_method", "method"), case .text(let text) = found.value
    else { return nil }
    return text
  }

  // MARK: single values

  private func individuals() throws -> ShewhartChart {
    let first = try data.field(anyOf: ["phase1", "statistics", "y", "x", "values"])
    let base = try first.numbers()
    guard base.count >= 2 else { throw first.refusal("must hold at least two values") }
    let all = base + (try second()?.numbers() ?? [])
    let usesDeviation = try method()?.uppercased() == "SD"
    let moving = MovingRanges.average(MovingRanges.steps(base), screening: nil) ?? 0
    let sigma = usesDeviation ? standardDeviation(base) / ChartConstants.c4(base.count) : moving / ChartConstants.d2
    let centre = try givenCentre() ?? average(base)
    return ShewhartChart(
      kind: kind, statistics: all, sizes: all.map { _ in 1 }, centre: all.map { _ in centre },
      deviation: [try givenDeviation() ?? sigma],
      spreadFormula: try givenDeviation() != nil ? "given" : usesDeviation ? "S / c4(n)" : "MR̄ / 1.128")
  }

  /// Counts of cases between events: spread √(m(m + 1)) of the geometric distribution whose mean m is the centre.
  private func geometric() throws -> ShewhartChart {
    let names = ["phase1", "statistics", "y", "x", "count", "counts", "values"]
    let first = try data.field(anyOf: names)
    let base = try first.list().map { try $0.nonNegative() }
    guard base.count >= 2 else { throw first.refusal("must hold at least two values") }
    let all = base + (try second()?.list().map { try $0.nonNegative() } ?? [])
    let centre = try fields.find("center", "centre", "cl")?.nonNegative() ?? average(base) ?? 0
    return ShewhartChart(
      kind: kind, statistics: all, sizes: all.map { _ in 1 }, centre: all.map { _ in centre },
      deviation: [try givenDeviation() ?? (centre * (centre + 1)).squareRoot()], spreadFormula: "√(m (m + 1))")
  }

  private func second() throws -> CaseInput? {
    for name in ["phase2", "newdata", "new"] { if let found = data.optional(name) { return found } }
    return nil
  }

  // MARK: groups

  private func groups() throws -> ShewhartChart {
    let first = try data.field(anyOf: ["phase1", "subgroups", "groups"])
    let base = try ControlChartInput.groups(first)
    guard base.count >= 2 else { throw first.refusal("must hold at least two groups") }
    let all = base + (try second().map { try ControlChartInput.groups($0) } ?? [])
    for (index, group) in all.enumerated() where group.count < 2 || group.count > 25 {
      throw StatisticsError.input(
        field: index < base.count ? "\(first.path)[\(index + 1)]" : "data.phase2[\(index - base.count + 1)]",
        advice: "must hold from 2 to 25 values")
    }
    let statistics = all.map(statistic)
    let weights = base.map { Double($0.count) }
    let centre = try givenCentre() ?? exactSum(zip(weights, statistics).map { $0 * $1 }) / exactSum(weights)
    let name = try method() ?? (kind == .spread ? "UWAVE-SD" : "UWAVE-R")
    return ShewhartChart(
      kind: kind, statistics: statistics, sizes: all.map { Double($0.count) }, centre: all.map { _ in centre },
      deviation: [try givenDeviation() ?? Self.deviation(base, name)], spreadFormula: name)
  }

  private func statistic(_ group: [Double]) -> Double {
    switch kind {
    case .spread: standardDeviation(group)
    case .range: (group.max() ?? 0) - (group.min() ?? 0)
    default: average(group) ?? 0
    }
  }

  /// Process spread from groups, by qcc's names: unweighted or minimum-variance averages of ranges or deviations, or pooled.
  private static func deviation(_ groups: [[Double]], _ method: String) -> Double {
    let deviations = groups.map { standardDeviation($0) / ChartConstants.c4($0.count) }
    let ranges = groups.map { (($0.max() ?? 0) - ($0.min() ?? 0)) / (ChartConstants.d2($0.count) ?? 1) }
    func weighed(_ values: [Double], _ weights: [Double]) -> Double {
      exactSum(zip(values, weights).map { $0 * $1 }) / exactSum(weights)
    }
    switch method.uppercased() {
    case "UWAVE-SD": return average(deviations) ?? 0
    case "MVLUE-SD":
      return weighed(
        deviations, groups.map { ChartConstants.c4($0.count) / ChartConstants.c5($0.count) }.map { $0 * $0 })
    case "MVLUE-R":
      return weighed(
        ranges, groups.map { (ChartConstants.d2($0.count) ?? 1) / (ChartConstants.d3($0.count) ?? 1) }.map { $0 * $0 })
    case "RMSDF":
      let freedom = exactSum(groups.map { Double($0.count - 1) })
      let squares = groups.map { Double($0.count - 1) * standardDeviation($0) * standardDeviation($0) }
      return (exactSum(squares) / freedom).squareRoot() / ChartConstants.c4(Int(freedom) + 1)
    default: return average(ranges) ?? 0
    }
  }

  // MARK: counts

  private func counts() throws -> ShewhartChart {
    let (base, baseSizes) = try period(
      ["count", "counts", "phase1", "x", "y"], ["n", "sizes", "size", "n1", "phase1_n", "n_phase1"])
    let (next, nextSizes) = try secondPeriod(like: baseSizes)
    guard base.count >= 2 else {
      throw try data.field(anyOf: ["count", "counts", "phase1", "x", "y"]).refusal("must hold at least two counts")
    }
    let (counts, sizes) = (base + next, baseSizes + nextSizes)
    let share = exactSum(base) / exactSum(baseSizes)
    let given = try givenCentre()
    let centre: [Double?]
    let deviation: [Double]
    switch kind {
    case .proportion:
      centre = sizes.map { _ in given ?? share }
      deviation = baseSizes.map { (share * (1 - share) / $0).squareRoot() }
    case .number:
      centre = sizes.map { given ?? $0 * share }
      deviation = baseSizes.map { ($0 * share * (1 - share)).squareRoot() }
    case .rate:
      centre = sizes.map { _ in given ?? share }
      deviation = [share.squareRoot()]
    default:
      centre = sizes.map { _ in given ?? average(base) }
      deviation = [(average(base) ?? 0).squareRoot()]
    }
    let statistics = kind == .proportion || kind == .rate ? zip(counts, sizes).map { $0 / $1 } : counts
    return ShewhartChart(
      kind: kind, statistics: statistics, sizes: sizes, centre: centre, deviation: deviation,
      spreadFormula: kind == .proportion ? "√(p̄ (1 − p̄) / n)" : kind == .number ? "√(n p̄ (1 − p̄))" : "√ of the centre")
  }

  private func period(_ countNames: [String], _ sizeNames: [String]) throws -> ([Double], [Double]) {
    var place = data
    for name in ["phase1"] {
      if let inner = data.optional(name), case .object = inner.value { place = inner }
    }
    let counts = try place.field(anyOf: countNames)
    let values = try counts.list().map { try $0.nonNegative() }
    let sizes = try sizes(
      sizeNames.lazy.compactMap { place.optional($0) }.first, isNeeded: kind != .count, count: values.count, in: place)
    try check(values, sizes, counts)
    return (values, sizes)
  }

  private func secondPeriod(like sizes: [Double]) throws -> ([Double], [Double]) {
    var place = data
    if let inner = try second(), case .object = inner.value { place = inner }
    let names =
      place.path == data.path ? ["phase2", "newdata", "count2", "new_count", "new"] : ["count", "counts", "x"]
    guard let counts = names.lazy.compactMap({ place.optional($0) }).first else { return ([], []) }
    let values = try counts.list().map { try $0.nonNegative() }
    let sizeNames =
      place.path == data.path ? ["n2", "newsizes", "new_n", "phase2_n", "n_phase2", "sizes2"] : ["n", "sizes", "size"]
    let given = sizeNames.lazy.compactMap { place.optional($0) }.first
    if given == nil, let size = sizes.first, Set(sizes).count == 1 { return (values, values.map { _ in size }) }
    let found = try self.sizes(given, isNeeded: kind != .count, count: values.count, in: place)
    try check(values, found, counts)
    return (values, found)
  }

  private func sizes(_ given: CaseInput?, isNeeded: Bool, count: Int, in place: CaseInput) throws -> [Double] {
    guard let given else {
      if isNeeded { throw StatisticsError.input(field: "\(place.path).n", advice: "is missing") }
      return Array(repeating: 1, count: count)
    }
    guard case .list = given.value else { return Array(repeating: try given.positive(), count: count) }
    let sizes = try given.list().map { try $0.positive() }
    guard sizes.count == count else { throw given.refusal("must have as many numbers as there are counts, \(count)") }
    return sizes
  }

  private func check(_ counts: [Double], _ sizes: [Double], _ field: CaseInput) throws {
    guard kind == .proportion || kind == .number else { return }
    for (index, (count, size)) in zip(counts, sizes).enumerated() where count > size {
      throw StatisticsError.input(field: "\(field.path)[\(index + 1)]", advice: "must not be above its n")
    }
  }
}
