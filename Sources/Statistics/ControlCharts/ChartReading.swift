/// The sentences of a chart's last phase.
struct ChartReading {
  private let chart: ControlChart
  private let rules: RuleSet
  private let unit: String
  private let labels: [String]
  private let showsLimits: Bool

  init(_ chart: ControlChart, rules: RuleSet, unit: String, labels: [String], showsLimits: Bool) {
    self.chart = chart
    self.rules = rules
    self.unit = unit
    self.labels = labels
    self.showsLimits = showsLimits
  }

  private var phase: ControlChart.Phase? { chart.phases.last }
  private var centreName: String { [.run, .gap].contains(chart.kind) ? "median" : "mean" }
  private var phaseName: String { chart.phases.count > 1 ? "In the last phase " : "" }

  /// "8 of the 9 weeks since the change lie above the median before it, which chance gives 2 times in 100."
  func sinceChange(after count: Int?) -> String? {
    guard let count, let phase, count > 0, phase.positions.contains(count), let centre = phase.centre else {
      return nil
    }
    let values = phase.values[(count - phase.positions.lowerBound)...].compactMap(\.self).filter { $0 != centre }
    let above = values.count { $0 > centre }
    let (most, side) = above * 2 >= values.count ? (above, "above") : (values.count - above, "below")
    guard values.count >= 2, most > 0 else { return nil }
    let number = most == values.count ? "All \(most)" : "\(most) of the \(values.count)"
    let chance = chanceWords(RunsChance.side(most, of: values.count))
    let scope = chart.options.freeze == count ? " before it" : ""
    return "\(number) \(unit)s since the change lie \(side) the \(centreName)\(scope), which chance gives \(chance)."
  }

  var sentences: [String] {
    guard let phase else { return [] }
    let signals = rules.signals(in: chart).filter {
      $0.phase == chart.phases.count - 1 && (showsLimits || !$0.rule.needsLimits)
    }
    let found = signals.map { sentence($0, phase) }
    if !found.isEmpty { return found }
    return [nothing(phase)]
  }

  private func sentence(_ signal: ChartSignal, _ phase: ControlChart.Phase) -> String {
    let runs = phase.runs
    switch signal.rule {
    case .beyond, .we1, .n1, .nhsOutside:
      let subject = phaseName.isEmpty ? capital(named(signal.points)) : phaseName + named(signal.points)
      let verb = signal.points.count == 1 ? "lies" : "lie"
      return "\(subject) \(verb) beyond the limits, where chance puts a \(unit) about 3 times in 1,000."
    case .longRun:
      let length = runs.longestRun ?? 0
      let chance = chanceWords(RunsChance.longestRun(length, of: runs.useful))
      return
        "\(phaseName.isEmpty ? "A" : phaseName + "a") run of \(length) \(unit)s lies on one side of the \(centreName), "
        + "which chance gives \(chance) among \(runs.useful) \(unit)s."
    case .fewCrossings:
      let crossings = runs.crossings ?? 0
      let chance = chanceWords(RunsChance.crossings(crossings, of: runs.useful))
      let times =
        crossings == 0
        ? "never" : crossings == 1 ? "only once" : crossings == 2 ? "only twice" : "only \(crossings) times"
      return "\(phaseName.isEmpty ? "The" : phaseName + "the") \(unit)s cross the \(centreName) \(times), "
        + "which chance gives \(chance)."
    default:
      if signal.points.isEmpty { return "The \(rules.name) rules see \(signal.rule.words)." }
      return "The \(rules.name) rules see \(signal.rule.words): \(named(signal.points))."
    }
  }

  private func nothing(_ phase: ControlChart.Phase) -> String {
    let useful = phase.runs.useful
    if useful == 0 { return "No \(unit) lies off the \(centreName), so there is nothing to judge." }
    guard useful >= 10 else {
      return "With \(useful) \(unit)s off the \(centreName) only a large change could show; none does."
    }
    let measured = zip(phase.values, phase.included).count { $0 != nil && $1 }
    return
      "\(phaseName.isEmpty ? "Nothing" : phaseName + "nothing") in these \(measured) \(unit)s that chance alone would not give."
  }

  /// "week 4", "12 Oct and 19 Oct", "9 weeks (3 Sep to 29 Oct)".
  private func named(_ points: [Int]) -> String {
    let names = points.map { labels.indices.contains($0) ? labels[$0] : "\(unit) \($0 + 1)" }
    switch points.count {
    case 1: return names[0]
    case 2: return "\(names[0]) and \(names[1])"
    case 3: return "\(names[0]), \(names[1]) and \(names[2])"
    default: return "\(points.count) \(unit)s (\(names[0]) to \(names[names.count - 1]))"
    }
  }

  private func capital(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}
