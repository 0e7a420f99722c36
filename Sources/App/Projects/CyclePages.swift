import Markup

/// Cycles on the page of a project, and the forms of each stage.
enum CyclePages {
  static func part(_ cycles: [Cycle], _ project: Project, today: CalendarDate, mayEdit: Bool) -> HTML {
    App.part(
      "Cycles", id: "cycles",
      more: mayEdit && !cycles.isEmpty ? quietLink("Plan another cycle", "\(project.path)/cycles/new") : HTML()
    ) {
      if cycles.isEmpty {
        emptyState("No cycle yet", "Small trials of a change stand here, each with what was predicted before the data.")
        {
          if mayEdit { buttonLink("Plan the first cycle", "\(project.path)/cycles/new") }
        }
      } else {
        rows { for cycle in cycles.reversed() { one(cycle, cycles, project, today: today, mayEdit: mayEdit) } }
      }
    }
  }

  private static func one(_ cycle: Cycle, _ all: [Cycle], _ project: Project, today: CalendarDate, mayEdit: Bool)
    -> HTML
  {
    let before = cycle.follows.flatMap { id in all.first { $0.id == id } }
    return row(
      "Cycle \(cycle.number): \(cycle.question)", "\(project.path)/cycles/\(cycle.id)", tag: stage(cycle),
      text: predicted(cycle)
    ) {
      if let owed = cycle.owed(on: today) { p { strong { "\(owed): it was due \(cycle.study.spoken)." } } }
      if let result = compared(cycle) { p { result } }
      byline(
        "\(cycle.starts.short) to \(cycle.study.short)", cycle.who,
        before.map { "follows cycle \($0.number)" } ?? "")
    }
  }

  static func stage(_ cycle: Cycle) -> String {
    cycle.act?.past ?? (cycle.stage == .plan ? "planned" : cycle.stage.rawValue)
  }

  static func predicted(_ cycle: Cycle) -> String {
    guard let said = cycle.prediction else { return "" }
    return
      "\(cycle.isAfterData ? "Written after the data" : "Predicted"): \(said.direction.words), \(said.probability) in 100 sure, a difference of \(plain(said.size)) or more counts."
      + (said.words.isEmpty ? "" : " \(said.words)")
  }

  private static let afterData =
    "which nobody had predicted: the cycle was written down when values since its beginning stood already."

  /// What came of the prediction, or nil while the values are too few.
  static func compared(_ cycle: Cycle) -> String? {
    guard let said = cycle.prediction, let found = cycle.result else { return nil }
    let sign = found.change > 0 ? "+" : found.change < 0 ? "−" : ""
    return
      "What happened: \(found.direction.words) (\(sign)\(plain(abs(found.change))), median of \(found.after) values after against \(found.before) before), "
      + (cycle.isAfterData ? afterData : found.direction == said.direction ? "as predicted." : "not as predicted.")
  }

  static func plain(_ value: Double) -> String {
    let rounded = (value * 100).rounded() / 100
    return rounded == rounded.rounded() && abs(rounded) < 1e15 ? String(Int(rounded)) : String(rounded)
  }

  static func show(
    _ cycle: Cycle, _ project: Project, _ viewer: Viewer, problems: Problems = [:], typed: Fields = Fields()
  )
    -> Page
  {
    let mayEdit = project.mayEdit(viewer)
    return Page("Cycle \(cycle.number)", section: .projects) {
      column {
        crumbs([("Projects", "/projects"), (project.title, project.path)])
        h1 { "Cycle \(cycle.number): \(cycle.question)" }
        byline(stage(cycle), "\(cycle.starts.spoken) to \(cycle.study.spoken)", cycle.who)
        if !cycle.plan.isEmpty { p { cycle.plan } }
        App.part("Prediction") {
          p { predicted(cycle) }
          if let result = compared(cycle) {
            p { strong { result } }
            quiet(CycleResult.rule)
          }
          amendments(cycle)
          if cycle.isAfterData {
            quiet("Written when values since the beginning stood already: it does not count as a prediction.")
          } else if cycle.isLocked {
            quiet("Locked: a value or the study stands.")
          } else if mayEdit {
            p { quietLink("Amend the prediction", "\(project.path)/cycles/\(cycle.id)/prediction") }
            if cycle.mayBePlanned { p { quietLink("Change the plan", "\(project.path)/cycles/\(cycle.id)/plan") } }
          }
        }
        if !cycle.studied.isEmpty {
          App.part("Study") {
            if !cycle.did.isEmpty { p { cycle.did } }
            p { cycle.studied }
          }
        }
        if let act = cycle.act { App.part("Act") { p { "\(act.words). \(cycle.actReason)" } } }
        if mayEdit { next(cycle, project, viewer, problems, typed) }
        asTrial(cycle, project, mayEdit: mayEdit)
      }
    }
  }

  /// The cycle as evidence of an idea: shared, or the one step to it.
  @HTMLBuilder private static func asTrial(_ cycle: Cycle, _ project: Project, mayEdit: Bool) -> HTML {
    if let trial = cycle.trial {
      p { a(.href("/trials/\(trial)")) { "Shared as a trial" } }
    } else if mayEdit, cycle.stage == .act || cycle.stage == .closed {
      p { quietLink("Share this cycle as a trial", "\(project.path)/cycles/\(cycle.id)/trial") }
    }
  }

  @HTMLBuilder private static func amendments(_ cycle: Cycle) -> HTML {
    if cycle.predictions.count > 1 {
      ul {
        for (old, new) in zip(cycle.predictions, cycle.predictions.dropFirst()) {
          li {
            "Before: \(old.direction.words), \(old.probability) in 100, \(plain(old.size)) or more. Amended because: \(new.why)"
          }
        }
      }
    }
  }

  @HTMLBuilder private static func next(
    _ cycle: Cycle, _ project: Project, _ viewer: Viewer, _ problems: Problems, _ typed: Fields
  ) -> HTML {
    let path = "\(project.path)/cycles/\(cycle.id)"
    if cycle.stage == .plan { buttonForm("It has begun", "\(path)/beginning", viewer, class: "button second") }
    formErrors(problems)
    if cycle.stage == .plan || cycle.stage == .do || cycle.stage == .study {
      postForm("\(path)/study", viewer, class: "stack") {
        textArea("What you did", name: "did", value: typed["did"], problems: problems, required: false, limit: 3000)
        textArea(
          "What the data say", name: "studied", value: typed["studied"], problems: problems,
          hint: "In your own words; whether the prediction came true is computed.", limit: 3000)
        submit("Keep the study")
      }
    } else if cycle.stage == .act {
      postForm("\(path)/act", viewer, class: "stack") {
        radios(
          "What now?", name: "decision",
          options: Project.Decision.allCases.map { Option($0.rawValue, $0.words) }, value: typed["decision"],
          problems: problems)
        textArea("The reason", name: "reason", value: typed["reason"], problems: problems, limit: 1000)
        submit("Close the cycle")
      }
    } else {
      p { buttonLink("Plan the cycle that follows", "\(project.path)/cycles/new?follows=\(cycle.id)") }
    }
  }
}

/// How far the project is, as computed, and what the team says against it.
enum ProgressPanel {
  static func panel(_ progress: ProjectProgress, _ project: Project, mayEdit: Bool) -> HTML {
    App.panel("Progress") {
      p {
        strong { "\(ProjectProgress.spoken(progress.halves)) of 5" }
        ": \(progress.reason)."
      }
      if let contest = project.contest {
        p { "The team says \(ProjectProgress.spoken(contest.halves)): \(contest.words)" }
      }
      quiet(ProjectProgress.rule)
      if mayEdit { p { quietLink("Say why it is another", "\(project.path)/contest") } }
    }
  }

  static func contest(
    _ project: Project, words: String, halves: String, problems: Problems = [:], _ viewer: Viewer
  ) -> Page {
    Page("Another progress", section: .projects) {
      column {
        crumbs([("Projects", "/projects"), (project.title, project.path)])
        h1 { "Where the team sees itself" }
        lede("The computed figure stays; yours is shown beside it with your reason.")
        formErrors(problems, order: ["halves", "words"])
        postForm("\(project.path)/contest", viewer, class: "stack") {
          choice(
            "Progress", name: "halves", options: (1...10).map { Option(String($0), ProjectProgress.spoken($0)) },
            value: halves, problems: problems)
          textArea("Why", name: "words", value: words, problems: problems, limit: 1000)
          submit("Keep")
        }
      }
    }
  }
}

/// How good the team's predictions are; the team alone sees it.
enum PredictionPanel {
  @HTMLBuilder static func panel(_ record: PredictionRecord, _ project: Project, _ viewer: Viewer) -> HTML {
    if project.mayEdit(viewer), let brier = record.brier, let meant = record.meant {
      App.panel("Your predictions") {
        p {
          "\(record.cameTrue) of \(record.resolved) came true; you were \(meant) in 100 sure on average."
        }
        quiet(
          "Brier score \(CyclePages.plain(brier)): 0 is perfect, 0.25 is what always saying 50 in 100 gives. Seen by the team alone."
        )
      }
    }
  }
}
