import Statistics

/// The chart of a measure as it stands: every word and signal from `Statistics`, nothing computed here.
struct MeasureChart: Sendable, Equatable {
  /// Nil while fewer than two points are there.
  let plot: ChartPlot?
  /// Points of the held baseline; nil where centre and limits rest on all.
  let baseline: Int?
  /// Why another kind is drawn than was chosen; empty where it is the chosen one.
  let instead: String
  /// On what centre and limits rest: a phase that was set has its own, whatever was held before.
  let baselineWords: String
  private let pointCount: Int
  private let better: MeasureDefinition.Better

  /// A value on the first day of its period.
  struct Dated: Sendable, Equatable {
    let period: CalendarDate
    let value: MeasuredValue
  }

  /// - Parameter withdrawn: values that count no more, and are marked where nothing else stands for their period.
  init(_ measure: Measure, _ values: [KeptValue], _ noted: [MeasureMark], withdrawn: [KeptValue] = []) {
    let lost = withdrawn.map { old in
      (
        period: old.period,
        words: "Withdrawn by \(old.endedBy ?? "somebody"), \(measure.schedule.label(old.period)): \(old.why)"
      )
    }
    self.init(measure, values.map { Dated(period: $0.period, value: $0.value) }, noted, lost: lost)
  }

  init(
    _ measure: Measure, _ values: [Dated], _ noted: [MeasureMark], lost: [(period: CalendarDate, words: String)] = []
  ) {
    let (definition, marks) = (measure.definition, noted.filter { $0.withdrawal == nil })
    pointCount = values.count
    better = definition.better
    let hasSizes = !values.isEmpty && values.allSatisfy { $0.value.size != nil }
    let hasGroups = !values.isEmpty && values.allSatisfy { $0.value.parts.count > 1 }
    let isShort = definition.chart.needsSizes && !hasSizes || definition.chart.needsSubgroups && !hasGroups
    let kind = isShort ? .run : definition.chart
    instead =
      isShort && !values.isEmpty
      ? "Some values came without \(definition.chart.needsSubgroups ? "the numbers of their group" : "the number they are out of"), so this is a run chart in place of the \(definition.chart.title)."
      : ""
    let starts = marks.filter { $0.kind == .phase }.compactMap { mark in
      values.firstIndex { $0.period >= mark.period }
    }
    var options = ChartOptions()
    options.parts = Array(Set(starts.filter { $0 > 0 })).sorted()
    let held = definition.baselineUntil.map { until in values.count { $0.period <= until } } ?? 0
    baseline = held >= 2 && held < values.count && options.parts.isEmpty ? held : nil
    options.freeze = baseline
    baselineWords =
      definition.baselineUntil.map { until in
        options.parts.isEmpty
          ? "held up to \(until.spoken)"
          : "each phase its own; \(until.spoken), up to which it was held, counts no more"
      } ?? (options.parts.isEmpty ? "all points" : "each phase its own")
    let series =
      kind.needsSubgroups
      ? ChartSeries(subgroups: values.map(\.value.parts))
      : kind.needsSizes
        ? ChartSeries(counts: values.map(\.value.count), sizes: values.map(\.value.size))
        : ChartSeries(values: values.map(\.value.value))
    var time = kind.isOfEvents ? nil : TimeAxis(values.map(\.period), measure.schedule)
    let notes = Self.notes(marks, values, &time)
    for each in lost where !values.contains(where: { $0.period == each.period }) {
      time?.lose(at: each.period, each.words)
    }
    plot = (try? ControlChart(kind, series, options: options)).map { chart in
      ChartPlot(
        id: "m-\(measure.id)", name: measure.name, chart: chart, rules: definition.rules,
        labels: values.map { measure.schedule.label($0.period) },
        unit: kind.isOfEvents ? "event" : measure.schedule.rawValue,
        notes: notes,
        target: definition.target, isPercent: definition.kind == .share, time: time)
    }
  }

  /// The most remarks that the picture shows, the latest; the table beside it holds all.
  static let mostRemarks = 6

  /// What was noted stands at its point, a cycle on its own day: beside the points, in a hole, after the last one.
  private static func notes(_ marks: [MeasureMark], _ values: [Dated], _ time: inout TimeAxis?) -> [ChartNote] {
    let late = marks.filter { $0.kind == .comment }.sorted { $0.at < $1.at }.dropLast(mostRemarks)
    var notes: [ChartNote] = []
    for mark in marks {
      let point = values.firstIndex { $0.period >= mark.period }
      guard let position = point ?? (mark.day == nil || values.isEmpty ? nil : values.count - 1) else { continue }
      let moment = mark.day.flatMap { day in
        time.map { ChartNote.Moment(place: $0.place(of: day), label: day.short) }
      }
      let hasPlace = moment.map { time?.reach($0.place) == true } ?? true
      switch mark.kind {
      case .phase: notes.append(ChartNote(position, "New phase: \(mark.words)", at: moment))
      case .change: notes.append(ChartNote(position, mark.words, at: moment, isDrawn: hasPlace))
      case .comment: notes.append(ChartNote(position, "\(mark.by): \(mark.words)", isDrawn: !late.contains(mark)))
      }
    }
    return notes
  }

  /// What the chart says, first of all.
  var sentence: String {
    guard let plot else {
      return pointCount == 0
        ? "Nothing has been measured yet." : "One value so far: from two on there is a chart, from ten on a judgement."
    }
    return plot.sentence()
  }

  /// "The latest signal goes where it is wanted. "; empty where none has a side or neither side is better.
  private var direction: String {
    guard let side = plot?.chart.latestSide(of: signals), side != 0, better != .neither else { return "" }
    return "The latest signal goes where it is \(isWanted(side) ? "" : "not ")wanted. "
  }

  private var signals: [ChartSignal] {
    guard let plot else { return [] }
    return plot.rules.signals(in: plot.chart).filter { $0.phase == plot.chart.phases.count - 1 }
  }

  private func isWanted(_ side: Double) -> Bool { (side > 0) == (better == .higher) }

  /// The latest signal of the last phase goes where nobody wants it, and it ended among the last eight points: what was
  /// before that is history.
  var isConcern: Bool {
    guard let plot, better != .neither, let side = plot.chart.latestSide(of: signals, recent: 8), side != 0 else {
      return false
    }
    return !isWanted(side)
  }

  /// What it would take to be sure.
  var whatItTakes: String {
    guard let plot, let phase = plot.chart.phases.last else { return "" }
    let (unit, useful) = (plot.unit, phase.runs.useful)
    if !signals.isEmpty, signals.allSatisfy(\.rule.isOfMixture) {
      return
        "No shift makes such a pattern: two sources may be mixed, or each value answers the one before. Look at how it is counted."
    }
    if !signals.isEmpty {
      return direction
        + "The chart says that something changed, not what changed it. To be surer, say beforehand what you will change next, and compare with a school that does not."
    }
    guard useful >= 10, let longest = phase.runs.longestRunMax else {
      return
        "About \(counted(max(1, 10 - useful), "more \(unit)", "more \(unit)s")) off the \(plot.centreName): before ten the rules see only large changes."
    }
    let shift = plot.rules.shift ?? longest + 1
    return "\(shift) \(unit)s in a row on one side of the \(plot.centreName) would be a signal."
  }
}
