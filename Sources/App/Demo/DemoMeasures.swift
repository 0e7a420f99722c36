import Statistics
import Storage

/// A routine measure of the demonstration: several schools count the same thing every week in the same words.
struct DemoMeasure: Decodable, Sendable {
  /// What one school counted.
  struct Series: Decodable, Sendable {
    let school, by: String
    /// The project that watches it; null for a measure that the school keeps by itself.
    let project: String?
    let role: String
    /// The Monday of the first count.
    let from: String
    /// How many were counted each week; null where the count is out of nothing.
    let of: Int?
    /// One a week; null where there was no school.
    let counts: [Int?]
  }

  let key, name, who, what, how, kind, better, chart: String
  let series: [Series]
}

/// The demonstration's routine measures; what of them a project watches comes with the project.
struct DemoMeasures {
  let db: any Transaction
  let files: DemoFiles
  let calendar: DemoCalendar

  /// Those of no project.
  func load() throws {
    for measure in files.measures {
      for series in measure.series where series.project == nil { try add(measure, series, project: nil) }
    }
  }

  /// Those that a project watches, in the order of the file: a cycle is planned before there are values, as in life.
  ///
  /// - Parameter plan: plans the cycle on the measure of that key.
  func load(of project: DemoProject, plan: (Measure.ID) throws -> Void) throws {
    let watched = files.measures.flatMap { measure in
      measure.series.filter { $0.project == project.key }.map { (measure, $0) }
    }
    for (measure, series) in watched {
      try add(
        measure, series, project: Project.ID(project.key), before: measure.key == project.routine ? plan : { _ in })
    }
  }

  private func add(
    _ given: DemoMeasure, _ series: DemoMeasure.Series, project: Project.ID?,
    before plan: (Measure.ID) throws -> Void = { _ in }
  ) throws {
    let (id, keeper) = (Measure.ID("\(series.school).\(given.key)"), Person.ID(series.by))
    guard let kind = DataKind(rawValue: given.kind), let better = MeasureDefinition.Better(rawValue: given.better),
      let chart = ChartKind(rawValue: given.chart), let role = Measure.Role(rawValue: series.role),
      let first = CalendarDate(series.from)
    else { throw SettingsError(description: "Data/demo/measures.json, \(given.key): a word is not known") }
    let store = MeasureStore(db: db)
    try store.add(
      NewMeasure(
        name: given.name, role: role, subgroup: "", schedule: .week, isShared: true,
        definition: MeasureDefinition(
          who: given.who, what: given.what, how: given.how, unit: kind == .count ? "a week" : "", kind: kind,
          better: better, chart: chart, rules: .anhoej, target: nil, baselineUntil: nil)),
      id: id, school: School.ID(series.school), project: project, by: keeper, submission: id.description,
      now: try calendar.moment(series.from))
    try plan(id)
    guard let measure = try store.findAny(id) else { return }
    for (index, counted) in series.counts.enumerated() {
      guard let counted else { continue }
      let week = first.adding(days: 7 * index).description
      let value =
        series.of.map { MeasuredValue(Double(counted) / Double($0), count: Double(counted), size: Double($0)) }
        ?? MeasuredValue(Double(counted))
      _ = try MeasureValueStore(db: db).add(
        value, for: try calendar.date(week), to: measure, by: .person(keeper), id: "\(id).\(week)",
        now: try calendar.moment(week))
    }
    try store.compile(id)
  }
}
