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

  /// "8 of the 9 weeks since the change lie above the median before it, which chance gives 4 times in 100." The side is
  /// named after looking, so the chance is that of so uneven a split to either side; points on the centre are named and
  /// judge nothing.
  ///
  /// - Parameter change: points before a change that was made; nil where the chart only holds a baseline.
  func since(change: Int?) -> String? {
    guard let count = change ?? chart.options.freeze, let phase, count > 0, phase.positions.contains(count),
      let centre = phase.centre
    else { return nil }
    let values = phase.values[(count - phase.positions.lowerBound)...].compactMap(\.self)
    let (above, below) = (values.count { $0 > centre }, values.count { $0 < centre })
    let (most, side) = above >= below ? (above, "above") : (below, "below")
    guard above + below >= 2 else { return nil }
    let on = values.count - above - below
    let number = most == values.count ? "All \(most)" : "\(most) of the \(values.count)"
    let scope =
      change == nil
      ? "after the baseline lie \(side) its \(centreName)"
      : "since the change lie \(side) the \(centreName)" + (chart.options.freeze == count ? " before it" : "")
    let chance = chanceWords(min(1, 2 * RunsChance.side(most, of: above + below)))
    return "\(number) \(unit)s \(scope)\(on == 0 ? "" : ", \(on) on it"), which chance gives \(chance)."
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
      return
        "\(subject) \(verb) beyond the limits, where chance puts \("aeiou".contains(unit.prefix(1)) ? "an" : "a") \(unit) about 3 times in 1,000."
    case .longRun:
      let length = runs.longestRun ?? 0
      let chance = chanceWords(RunsChance.longestRun(length, of: runs.useful))
      let places = chart.stretches(of: signal).map { "\($0.isAbove ? "above" : "below") the \(centreName)\(span($0))" }
      return
        "\(phaseName)\(length) \(unit)s in a row lie \(places.joined(separator: " and ")), which chance gives \(chance) "
        + "among \(runs.useful) \(unit)s."
    case .fewCrossings:
      let crossings = runs.crossings ?? 0
      let chance = chanceWords(RunsChance.crossings(crossings, of: runs.useful))
      let times =
        crossings == 0
        ? "never" : crossings == 1 ? "only once" : crossings == 2 ? "only twice" : "only \(crossings) times"
      return "\(phaseName.isEmpty ? "The" : phaseName + "the") \(unit)s cross the \(centreName) \(times), "
        + "which chance gives \(chance)."
    default:
      if signal.rule.isOfRuns {
        let places = chart.stretches(of: signal).map {
          "\($0.points.count) \(unit)s \($0.isAbove ? "above" : "below")\(span($0))"
        }
        return "The \(rules.name) rules see \(signal.rule.words): \(places.joined(separator: ", then "))."
      }
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

  /// " (3 Sep to 29 Oct)".
  private func span(_ stretch: SignalStretch) -> String {
    guard let first = stretch.points.first, let last = stretch.points.last else { return "" }
    let name = { (point: Int) in labels.indices.contains(point) ? labels[point] : "\(unit) \(point + 1)" }
    return " (\(name(first)) to \(name(last)))"
  }

  private func capital(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}
