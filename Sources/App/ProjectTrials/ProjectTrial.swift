import Statistics

/// The trial that a cycle of a project amounts to: what it registered, what its measure shows, and what the rule makes of
/// it. All of it is read from the record; the team adds the story.
struct ProjectTrial: Sendable, Equatable {
  let project: Project
  let cycle: Cycle
  /// Nil while the cycle names none.
  let measure: Measure?
  /// One for each prediction, the last in force; empty while something that a registration needs is missing.
  let registrations: [Registration]
  let series: TrialSeries?
  /// Published ideas that it may be a trial of: the cycle's own, else those of the project.
  let ideas: [IdeaGlance]
  /// Values of the series' time of which two stand side by side.
  let undecided: [CalendarDate]

  var registration: Registration? { registrations.last }

  /// What has to be done before it can be published, each with where.
  var obstacles: [Obstacle] {
    var found: [Obstacle] = []
    let cyclePath = "\(project.path)/cycles/\(cycle.id)"
    if ideas.isEmpty {
      found.append(
        Obstacle(
          "No idea of the library is linked. Put one into the driver diagram, or make one of your change.",
          "Open the diagram", "\(project.path)/drivers"))
    }
    guard let measure, let series else {
      found.append(
        Obstacle("The cycle has no measure, so there is no series to rest on.", "Open the cycle", cyclePath))
      return found
    }
    let measurePath = "/measures/\(measure.id)"
    if measure.definition.better == .neither {
      found.append(
        Obstacle("The measure does not say which way is better.", "Open the measure", measurePath))
    }
    if series.before.isEmpty || series.after.isEmpty {
      let side = series.before.isEmpty ? "before the change" : "between the beginning and the day of study"
      found.append(Obstacle("The measure has no value \(side).", "Open the measure", measurePath))
    }
    if let first = undecided.first {
      found.append(
        Obstacle(
          "Two values stand for \(measure.schedule.label(first)): choose one first.", "Open the measure", measurePath))
    }
    if cycle.stage != .act && cycle.stage != .closed {
      found.append(Obstacle("The cycle has not been studied yet.", "Study it", cyclePath))
    }
    return found
  }

  /// The claim on the facts that a form holds; nil while there is nothing to claim from.
  func claim(_ form: ReportForm) throws -> CompiledClaim? {
    guard let registration, let series, !series.before.isEmpty, !series.after.isEmpty else { return nil }
    var check = FormCheck()
    let outcome = form.outcome(of: series, &check)
    try check.finish()
    return try ClaimCompilation.claim(registration, outcome, isAfterData: cycle.isAfterData)
  }

  /// The form as it opens: the group's size where every value says it, the team's own words of the study.
  var firstForm: ReportForm {
    var form = ReportForm()
    form.shape = .series
    form.students = series?.typicalSize.map(String.init) ?? ""
    form.happened = [cycle.did, cycle.studied].filter { !$0.isEmpty }.joined(separator: "\n\n")
    return form
  }
}

/// What stands in the way, and where to mend it.
struct Obstacle: Sendable, Equatable {
  let words: String
  let link: String
  let path: String

  init(_ words: String, _ link: String, _ path: String) {
    self.words = words
    self.link = link
    self.path = path
  }
}

extension Registration {
  /// What a cycle said before its data, as a registration; nil where its measure names no better way.
  init?(_ said: Cycle.Prediction, of cycle: Cycle, _ measure: Measure, isAfterData: Bool) {
    let definition = measure.definition
    guard definition.better != .neither else { return nil }
    let unit =
      switch definition.kind {
      case .share: ""
      case .count: definition.unit.isEmpty ? "a \(measure.schedule.rawValue)" : definition.unit
      case .number: definition.unit.isEmpty ? "units of the measure" : definition.unit
      }
    self.init(
      participants: definition.who + (measure.subgroup.isEmpty ? "" : ", \(measure.subgroup)"), starts: cycle.starts,
      due: cycle.study, measure: measure.name, definition: "\(definition.what). \(definition.how)", unit: unit,
      better: definition.better == .higher ? .higher : .lower, comparison: .beforeAfter,
      comparisonWords: "the same measure before", isByLot: false,
      prediction: isAfterData
        ? nil : Prediction(direction: said.direction, words: said.words, probability: said.probability),
      smallest: said.size)
    number = said.number
    why = said.why
  }
}
