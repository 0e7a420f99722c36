import Statistics
import Storage

/// One project of the demonstration, with its one cycle and the weekly counts of its own measure.
struct DemoProject: Decodable, Sendable {
  struct Prediction: Decodable, Sendable {
    let direction: String
    let probability: Int
    let size: Double
  }

  struct Week: Decodable, Sendable {
    /// The Monday, or the day of an event.
    let week: String
    /// A count; null where `typed` says the value as a person would type it.
    let count: Int?
    let typed: String?
  }

  /// What the team added when it shared the cycle as a trial.
  struct Shared: Decodable, Sendable {
    let on: String
    let students: Int?
    let happened, again, changed: String
  }

  let key, school, lead, member, title, aim, measure, better, idea, begun, question, starts, study, state: String
  /// The routine measure that its cycle watches; null where it counts something of its own.
  let routine: String?
  let prediction: Prediction
  let studied, act, decision: String?
  let reason: String
  let values: [Week]
  let drivers: [String]
  let trial: Shared?
  /// How it counts and what came after its first cycle; null where it counts each week and that was all.
  let work: DemoWork?
}

/// The demonstration's projects: begun, measured, studied and decided by the product's own rules.
struct DemoProjects {
  let db: any Transaction
  let files: DemoFiles
  let calendar: DemoCalendar

  func load() throws {
    try DemoMeasures(db: db, files: files, calendar: calendar).load()
    for project in files.projects + files.waiting.projects { try add(project) }
  }

  private func add(_ given: DemoProject) throws {
    let (id, lead, begun) = (Project.ID(given.key), Person.ID(given.lead), try calendar.moment(given.begun))
    var form = ProjectForm(submission: given.key)
    form.title = given.title
    form.visibility = .league
    form.isPlanned = given.state == "planned"
    let store = ProjectStore(db: db)
    try store.add(
      form, Project.Aim(words: given.aim, measure: given.measure),
      ProjectStore.Origin(
        id: id, school: School.ID(given.school), person: lead, submission: given.key, now: begun))
    try store.put(Person.ID(given.member), .member, on: id, now: begun)
    try drivers(given, id)
    let cycle = Cycle.ID("\(given.key).cycle")
    if given.routine == nil {
      let measure = try measure(given, id, by: lead, now: begun)
      let work = given.work.map { DemoWorkLoad(db: db, calendar: calendar, given: given, work: $0) }
      try plan(cycle, given, id, by: lead, measure: measure)
      try work?.plan(measure: measure)
      try values(given, of: measure, by: lead)
      try conclude(given, id, cycle, by: lead)
      try work?.finish(measure: measure)
    }
    try DemoMeasures(db: db, files: files, calendar: calendar).load(of: given) { measure in
      try plan(cycle, given, id, by: lead, measure: measure)
    }
    if given.routine != nil { try conclude(given, id, cycle, by: lead) }
    if let shared = given.trial { try share(shared, given, id, cycle, by: lead) }
  }

  /// By the same way as a team: registration, values and claim are read from the record.
  private func share(
    _ shared: DemoProject.Shared, _ given: DemoProject, _ id: Project.ID, _ cycle: Cycle.ID, by lead: Person.ID
  ) throws {
    let now = try calendar.moment(shared.on)
    let viewer = Viewer(
      person: lead, roles: [Role(.educator, school: School.ID(given.school), schoolIsMember: true)], now: now)
    let store = ProjectTrialStore(db: db)
    guard let project = try ProjectStore(db: db).find(id, for: viewer),
      let proposal = try store.find(cycle, of: project, for: viewer), proposal.obstacles.isEmpty,
      let registration = proposal.registration, let idea = proposal.ideas.first
    else { throw wrong(given, "it cannot be shared as a trial") }
    var form = ReportForm()
    form.shape = .series
    form.students = shared.students.map(String.init) ?? ""
    (form.happened, form.again, form.changed) = (shared.happened, shared.again, shared.changed)
    let report = try form.checked(registration, isCorrection: false, series: proposal.series)
    try store.publish(
      proposal,
      ProjectTrialStore.Publication(
        id: Trial.ID("\(given.key)-trial"), idea: idea.id, person: lead, report: report,
        claim: try ClaimCompilation.claim(registration, report.outcome, isAfterData: proposal.cycle.isAfterData),
        now: now, today: calendar.today))
  }

  private func drivers(_ given: DemoProject, _ id: Project.ID) throws {
    var number = 0
    let drivers = try DriverOutline.drivers(of: given.drivers.joined(separator: "\n"), old: []) {
      number += 1
      return "\(given.key).driver.\(number)"
    }
    let reader = Viewer.visitor(now: try calendar.moment(given.starts))
    try DriverStore(db: db).replace([], with: drivers, of: id, for: reader)
  }

  private func measure(_ given: DemoProject, _ id: Project.ID, by lead: Person.ID, now: Instant) throws -> Measure.ID {
    guard let better = MeasureDefinition.Better(rawValue: given.better) else { throw wrong(given, "no such direction") }
    let measure = Measure.ID("\(given.key).measure")
    let definition =
      try given.work?.definition(better: better, what: given.measure)
      ?? MeasureDefinition(
        who: "Everybody whom the project is for", what: given.measure, how: "Counted every Friday for the week",
        unit: "a week", kind: .count, better: better, chart: .run, rules: .anhoej, target: nil, baselineUntil: nil)
    let schedule = given.work.flatMap { Schedule(rawValue: $0.schedule) } ?? .week
    try MeasureStore(db: db).add(
      NewMeasure(
        name: given.measure, role: .outcome, subgroup: "", schedule: schedule, isShared: true, definition: definition),
      id: measure, school: School.ID(given.school), project: id, by: lead, submission: given.key, now: now)
    return measure
  }

  private func plan(
    _ cycle: Cycle.ID, _ given: DemoProject, _ id: Project.ID, by lead: Person.ID, measure: Measure.ID
  ) throws {
    guard let direction = Registration.Prediction.Direction(rawValue: given.prediction.direction) else {
      throw wrong(given, "no such prediction")
    }
    var form = CycleForm(submission: given.key)
    form.question = given.question
    form.measure = measure.description
    form.idea = given.idea
    try CycleStore(db: db).add(
      form,
      CycleForm.Plan(
        starts: try calendar.date(given.starts), study: try calendar.date(given.study),
        prediction: Cycle.Prediction(
          direction: direction, size: given.prediction.size, probability: given.prediction.probability)),
      CycleStore.Origin(id: cycle, project: id, person: lead, now: try calendar.moment(given.begun)))
  }

  private func values(_ given: DemoProject, of id: Measure.ID, by lead: Person.ID) throws {
    let store = MeasureValueStore(db: db)
    guard let measure = try MeasureStore(db: db).findAny(id) else { throw wrong(given, "its measure is missing") }
    for each in given.values {
      let value =
        try each.typed.map { try measure.definition.read($0) } ?? MeasuredValue(Double(each.count ?? 0))
      _ = try store.add(
        value, for: try calendar.date(each.week), to: measure, by: .person(lead),
        id: "\(given.key).\(each.week)", now: try calendar.moment(each.week))
    }
    try MeasureStore(db: db).compile(id)
  }

  private func conclude(_ given: DemoProject, _ id: Project.ID, _ cycle: Cycle.ID, by lead: Person.ID) throws {
    let (cycles, projects) = (CycleStore(db: db), ProjectStore(db: db))
    let studiedAt = try calendar.moment(given.study)
    if given.state != "planned" { try cycles.begin(cycle, now: try calendar.moment(given.starts)) }
    if let studied = given.studied { try cycles.study(cycle, did: "", studied: studied, now: studiedAt) }
    if let act = given.act.flatMap(Project.Decision.init), let studied = given.studied {
      try cycles.close(cycle, act, reason: studied, now: studiedAt)
    }
    if let decision = given.decision.flatMap(Project.Decision.init) {
      try projects.conclude(id, decision, reason: given.reason, by: lead, now: studiedAt)
    } else if let state = Project.State(rawValue: given.state), state == .paused {
      try projects.set(
        state, of: id, by: lead, now: given.studied == nil ? try calendar.moment(given.begun) : studiedAt)
    }
  }

  private func wrong(_ given: DemoProject, _ what: String) -> SettingsError {
    SettingsError(description: "Data/demo/projects.json, \(given.key): \(what)")
  }
}
