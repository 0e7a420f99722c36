import Storage

/// The demonstration's trials: registered, reported and compiled by the product's own rules.
struct DemoTrials {
  let db: any Transaction
  let files: DemoFiles
  let calendar: DemoCalendar

  func load() throws {
    for trial in files.trials { try add(trial) }
    guard let today = DemoCalendar.written.map({ try? calendar.date($0.description) }) ?? nil else { return }
    for idea in Set(files.trials.map(\.idea)).sorted() {
      try EvidenceStore(db: db).compile(Idea.ID(idea), today: today)
    }
  }

  private func add(_ trial: DemoTrial) throws {
    let (store, id) = (TrialStore(db: db), Trial.ID(trial.key))
    guard let first = trial.people.first else { throw wrong(trial, "nobody answers for it") }
    let person = Person.ID(first)
    try store.register(
      try registration(of: trial),
      TrialStore.Start(
        id: id, idea: Idea.ID(trial.idea), ideaVersion: try version(of: trial), school: School.ID(trial.school),
        person: person, submission: trial.key,
        isAfterData: try calendar.date(trial.registered) > calendar.date(trial.start),
        now: try calendar.moment(trial.registered)))
    if let reported = trial.reported { try report(trial, id, by: person, now: try calendar.moment(reported)) }
    if let withdrawn = trial.withdrawn {
      try store.withdraw(id, reason: withdrawn.reason, by: person, now: try calendar.moment(withdrawn.on))
    }
  }

  /// The version of the idea that stood when the trial was registered.
  private func version(of trial: DemoTrial) throws -> Int {
    let idea = files.ideas.first { $0.key == trial.idea }
    return 1 + (idea?.versions.filter { $0.until <= trial.registered }.count ?? 0)
  }

  private func registration(of trial: DemoTrial) throws -> Registration {
    guard let better = Registration.Better(rawValue: trial.measure.better),
      let comparison = Registration.Comparison(rawValue: trial.comparison.kind),
      let direction = Registration.Prediction.Direction(
        rawValue: trial.prediction.direction.replacing(" ", with: "-"))
    else { throw wrong(trial, "direction or comparison is none") }
    return Registration(
      participants: trial.who, starts: try calendar.date(trial.start), due: try calendar.date(trial.due),
      measure: trial.measure.name, definition: trial.measure.definition,
      unit: trial.measure.unit == "none" ? "" : trial.measure.unit, better: better, comparison: comparison,
      comparisonWords: trial.comparison.who ?? "", isByLot: false,
      prediction: Registration.Prediction(
        direction: direction, words: trial.prediction.size,
        probability: Int((trial.prediction.probability * 100).rounded())), smallest: nil)
  }

  private func report(_ trial: DemoTrial, _ id: Trial.ID, by person: Person.ID, now: Instant) throws {
    guard let given = trial.outcome, let registered = try TrialStore(db: db).findAny(id) else {
      throw wrong(trial, "reported without an outcome")
    }
    let outcome = try outcome(given, of: trial)
    let claim = try ClaimCompilation.claim(registered.registration, outcome, isAfterData: registered.isAfterData)
    let story = TrialReport.Story(
      changed: trial.changed ?? "", happened: trial.happened ?? "", again: trial.again ?? "")
    try TrialStore(db: db).report(
      TrialReport(outcome: outcome, story: story), claim, of: registered, by: person, now: now)
  }

  private func outcome(_ given: DemoTrial.Outcome, of trial: DemoTrial) throws -> Outcome {
    let known = Outcome.Circumstances(
      sameStudents: given.sameStudents ?? false, baselinePoints: given.baseline?.points ?? 1,
      alreadyImproving: given.baseline?.alreadyImproving ?? false,
      chosenAtWorst: given.baseline?.chosenAtWorst ?? false)
    guard let shape = Outcome.Shape(rawValue: given.shape) else { throw wrong(trial, "no such shape") }
    switch shape {
    case .experience, .series: return .experience
    case .counts:
      func count(_ cell: DemoTrial.Cell?) -> Outcome.Count? {
        cell.flatMap { cell in cell.x.map { Outcome.Count(x: $0, n: cell.n) } }
      }
      return .counts(try groups(given, of: trial, count), known)
    case .means:
      func mean(_ cell: DemoTrial.Cell?) -> Outcome.Mean? {
        guard let cell, let mean = cell.mean, let sd = cell.sd else { return nil }
        return Outcome.Mean(n: cell.n, mean: mean, sd: sd)
      }
      return .means(try groups(given, of: trial, mean), correlation: given.correlation, known)
    }
  }

  private func groups<Value>(
    _ given: DemoTrial.Outcome, of trial: DemoTrial, _ read: (DemoTrial.Cell?) -> Value?
  ) throws -> Outcome.Groups<Value> {
    guard let before = read(given.before), let after = read(given.after) else {
      throw wrong(trial, "figures are missing")
    }
    return Outcome.Groups(
      before: before, after: after, otherBefore: read(given.comparisonBefore), otherAfter: read(given.comparisonAfter))
  }

  private func wrong(_ trial: DemoTrial, _ what: String) -> SettingsError {
    SettingsError(description: "Data/demo/trials.json, \(trial.key): \(what)")
  }
}
