import Statistics

/// The values of a measure on which a trial of a project rests: one school's own, before and after its change, as they
/// stood when it was reported.
struct TrialSeries: Sendable, Equatable {
  struct Value: Sendable, Equatable {
    /// The first day of its period.
    let period: CalendarDate
    let value: MeasuredValue
  }

  let kind: DataKind
  let schedule: Schedule
  /// The first day of the change; the value of a period that had begun by then counts as one before.
  let changedOn: CalendarDate
  /// How many students could be counted each time, each at most once; nil where nobody can say.
  let students: Int?
  /// Who, what and how was the same over all values.
  let isCountedAlike: Bool
  /// In the order of their periods.
  var values: [Value] = []

  var before: [Double] { values.filter { $0.period < changedOn }.map(figure) }
  var after: [Double] { values.filter { $0.period >= changedOn }.map(figure) }

  /// A value as people say it: shares in 100.
  func figure(_ value: Value) -> Double { kind == .share ? value.value.value * 100 : value.value.value }

  func with(students: Int?) -> TrialSeries {
    TrialSeries(
      kind: kind, schedule: schedule, changedOn: changedOn, students: students, isCountedAlike: isCountedAlike,
      values: values)
  }

  /// The size that the counted groups had most often in the middle; nil where a value came without one.
  var typicalSize: Int? {
    let sizes = values.compactMap(\.value.size).sorted()
    return sizes.count == values.count && !sizes.isEmpty ? Int(sizes[sizes.count / 2]) : nil
  }
}

extension TrialSeries {
  /// A run chart whose median rests on the values before the change; nil for fewer than two of them.
  func plot(named name: String, id: String) -> ChartPlot? {
    guard before.count >= 2, !after.isEmpty else { return nil }
    var options = ChartOptions()
    options.freeze = before.count
    guard let chart = try? ControlChart(.run, ChartSeries(values: values.map(\.value.value)), options: options) else {
      return nil
    }
    let time = TimeAxis(values.map(\.period), schedule)
    let day = time.map { ChartNote.Moment(place: $0.place(of: changedOn), label: changedOn.short) }
    return ChartPlot(
      id: id, name: name, chart: chart, labels: values.map { schedule.label($0.period) }, unit: schedule.rawValue,
      notes: [ChartNote(before.count, "The change began", at: day)], isPercent: kind == .share, time: time)
  }

  /// What the rule needs of it.
  /// - Throws: `StatisticsError.input` where there is no value on one side.
  func record(_ registration: Registration, _ known: Outcome.Circumstances, isAfterData: Bool) throws -> SeriesRecord {
    let scale: SeriesRecord.Scale =
      switch kind {
      case .share: .percentage(students: students)
      case .count: .count(students: students)
      case .number: .number
      }
    return SeriesRecord(
      series: try BeforeAfterSeries(before: before, after: after, direction: registration.better.direction),
      scale: scale, worthwhile: registration.smallest ?? 1, registeredBeforeData: !isAfterData,
      isCountedAlike: isCountedAlike, chosenAtWorst: known.chosenAtWorst,
      balancingMeasureWorsened: known.balancingWorse)
  }
}

/// The cycle of a project that a trial was published from.
struct TrialOrigin: Sendable, Equatable {
  let project: Project.ID
  let cycle: Cycle.ID
  let measure: Measure.ID
  /// By then the data were known; the prediction was made before.
  let publishedAt: Instant
}
