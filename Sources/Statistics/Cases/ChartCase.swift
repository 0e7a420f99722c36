/// Cases that name a `chart`: the answer follows the reference program that the case names.
enum ChartCase: CaseHandler {
  static func answer(_ input: CaseInput) throws -> CaseValue { try family(input).answer(input) }
  static func explanation(_ input: CaseInput) throws -> [String] { try family(input).explanation(input) }

  private static func family(_ input: CaseInput) throws -> any CaseHandler.Type {
    let chart = try input.text("chart").lowercased()
    let reference = (try input.optional("reference_run")?.text() ?? "").lowercased()
    if chart.contains("nhs") || chart == "xmr" { return MakingDataCountCase.self }
    if chart.hasSuffix("rule") { return SingleRuleCase.self }
    if chart.contains("ihi") || chart.contains("perla") { return RunChartCase.self }
    if chart == "t" || chart == "run" { return ControlChartCase.self }
    if reference.hasPrefix("qcc") || isShewhart(chart, input) { return ShewhartCase.self }
    return ControlChartCase.self
  }

  /// Charts that only qcc knows, and those without a `call`, which is how the other program's cases are marked.
  private static func isShewhart(_ chart: String, _ input: CaseInput) -> Bool {
    if ["xbar.one", "np"].contains(chart) || ["R", "S"].contains(try? input.text("chart")) { return true }
    return input.optional("call") == nil && input.optional("options") == nil
      && ["xbar", "p", "c", "u", "g", "r", "s"].contains(chart)
  }
}

/// Where a case keeps what: options may stand in `options`, in `data`, beside them, or in the text of `call`.
struct ChartCaseFields {
  let input: CaseInput

  /// The first of `names` that is present anywhere.
  func find(_ names: String...) -> CaseInput? {
    for name in names {
      for place in [input.optional("options"), input.optional("data"), input] {
        if let place, case .object = place.value, let found = place.optional(name) { return found }
      }
    }
    return nil
  }

  /// `name = value` as it stands in the text of the call, such as `part = 24` or `exclude = c(45, 70)`.
  func called(_ name: String) throws -> String? {
    guard let call = try input.optional("call")?.text(), call.contains(name) else { return nil }
    let pattern = try Regex(
      "(?:^|[(,\\s])\(name.replacing(".", with: "\\."))\\s*=\\s*(c\\([^)]*\\)|'[^']*'|\"[^\"]*\"|[^,)]+)")
    return call.firstMatch(of: pattern).flatMap { $0.output[1].substring.map(String.init) }
  }

  /// Whole numbers of a field or, where there is none, of the call. A single number counts as a list of one.
  func wholes(_ names: [String], called name: String, range: ClosedRange<Int>) throws -> [Int] {
    for candidate in names {
      guard let found = find(candidate) else { continue }
      if case .list = found.value { return try found.list().map { try $0.whole(range) } }
      return [try found.whole(range)]
    }
    guard let text = try called(name) else { return [] }
    return text.matches(of: /[0-9]+/).compactMap { Int($0.output) }
  }

  func number(_ names: [String], called name: String) throws -> Double? {
    for candidate in names { if let found = find(candidate) { return try found.number() } }
    return try called(name).flatMap { Double($0) }
  }

  func flag(_ name: String, called: String) throws -> Bool? {
    if let found = find(name) { return try found.flag() }
    switch try self.called(called) {
    case "TRUE", "T": return true
    case "FALSE", "F": return false
    default: return nil
    }
  }
}

extension CaseInput {
  /// Numbers of a list, null where missing.
  func numbersOrNull() throws -> [Double?] { try list().map { $0.value == .null ? nil : try $0.number() } }
}
