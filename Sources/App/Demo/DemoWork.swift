import Statistics
import Storage

/// What a project of the demonstration did beyond its first cycle and a weekly count: how it counts, its later cycles, its
/// phases, and what went wrong with its values.
struct DemoWork: Decodable, Sendable {
  struct Note: Decodable, Sendable {
    let on, words: String
  }

  struct Later: Decodable, Sendable {
    /// The number of the cycle that it follows.
    let follows: Int
    let question, starts, study: String
    let prediction: DemoProject.Prediction
    let studied, act: String?
    let reason: String
  }

  /// What became of a value: entered a second time by a colleague, corrected, or withdrawn.
  struct Mishap: Decodable, Sendable {
    let what, week, typed, why: String
  }

  let kind, chart, unit, schedule, who, how: String
  let phases: [Note]
  let cycles: [Later]
  let mishaps: [Mishap]

  /// - Throws: when a word of it is not known.
  func definition(better: MeasureDefinition.Better, what: String) throws -> MeasureDefinition {
    guard let kind = DataKind(rawValue: kind), let chart = ChartKind(rawValue: chart) else {
      throw SettingsError(description: "Data/demo/projects.json: \(kind) or \(chart) is not known")
    }
    return MeasureDefinition(
      who: who, what: what, how: how, unit: unit, kind: kind, better: better, chart: chart, rules: .anhoej, target: nil,
      baselineUntil: nil)
  }
}

/// Loads that work by the product's own rules: cycles are planned before their values, values are corrected by people.
struct DemoWorkLoad {
  let db: any Transaction
  let calendar: DemoCalendar
  let given: DemoProject
  let work: DemoWork

  private var project: Project.ID { Project.ID(given.key) }
  private var lead: Person.ID { Person.ID(given.lead) }
  private func cycle(_ number: Int) -> Cycle.ID {
    Cycle.ID(number == 1 ? "\(given.key).cycle" : "\(given.key).cycle.\(number)")
  }

  /// The second cycle and those after it, each planned a week before it began.
  func plan(measure: Measure.ID) throws {
    for (index, later) in work.cycles.enumerated() {
      guard let direction = Registration.Prediction.Direction(rawValue: later.prediction.direction) else {
        throw SettingsError(description: "Data/demo/projects.json, \(given.key): no such prediction")
      }
      var form = CycleForm(submission: "\(given.key).\(index + 2)")
      (form.question, form.measure, form.idea) = (later.question, measure.description, given.idea)
      form.follows = cycle(later.follows).description
      let starts = try calendar.date(later.starts)
      try CycleStore(db: db).add(
        form,
        CycleForm.Plan(
          starts: starts, study: try calendar.date(later.study),
          prediction: Cycle.Prediction(
            direction: direction, size: later.prediction.size, probability: later.prediction.probability)),
        CycleStore.Origin(
          id: cycle(index + 2), project: project, person: lead, now: try calendar.moment(later.starts) - .days(7)))
    }
  }

  /// Phases, what went wrong with values, and how the later cycles went.
  func finish(measure id: Measure.ID) throws {
    let (measures, cycles) = (MeasureStore(db: db), CycleStore(db: db))
    guard let measure = try measures.findAny(id) else { return }
    for (index, phase) in work.phases.enumerated() {
      try measures.add(
        .phase, at: measure.schedule.period(of: try calendar.date(phase.on)), words: phase.words, to: id, by: lead,
        markID: "\(given.key).phase.\(index)", now: try calendar.moment(phase.on))
    }
    for mishap in work.mishaps { try mend(mishap, measure) }
    for (index, later) in work.cycles.enumerated() {
      let (cycle, at) = (cycle(index + 2), try calendar.moment(later.study))
      if try calendar.date(later.starts) <= calendar.today { try cycles.begin(cycle, now: at) }
      guard let studied = later.studied else { continue }
      try cycles.study(cycle, did: "", studied: studied, now: at)
      if let act = later.act.flatMap(Project.Decision.init) {
        try cycles.close(cycle, act, reason: later.reason, now: at)
      }
    }
    try measures.compile(id)
  }

  private func mend(_ mishap: DemoWork.Mishap, _ measure: Measure) throws {
    let (store, id) = (MeasureValueStore(db: db), "\(given.key).\(mishap.week)")
    let (period, now) = (try calendar.date(mishap.week), try calendar.moment(mishap.week) + .days(2))
    switch mishap.what {
    case "conflict":
      _ = try store.add(
        try measure.definition.read(mishap.typed), for: period, to: measure, by: .person(Person.ID(given.member)),
        id: "\(id).beside", now: now)
    case "corrected":
      try store.correct(
        id, to: try measure.definition.read(mishap.typed), why: mishap.why, of: measure, by: Person.ID(given.member),
        id: "\(id).corrected", now: now)
    case "withdrawn": try store.withdraw(id, why: mishap.why, of: measure, by: lead, now: now)
    default: throw SettingsError(description: "Data/demo/projects.json, \(given.key): \(mishap.what) is not known")
    }
  }
}
