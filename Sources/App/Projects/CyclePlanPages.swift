import Markup

/// The forms of a cycle's plan and of its prediction.
enum CyclePlanPages {
  static func plan(
    _ project: Project, _ form: CycleForm, _ choices: CycleChoices, problems: Problems = [:], _ viewer: Viewer
  ) -> Page {
    Page("Plan a cycle", section: .projects) {
      column {
        crumbs([("Projects", "/projects"), (project.title, project.path)])
        h1 { "Plan a cycle" }
        formErrors(problems, order: CycleForm.order)
        postForm("\(project.path)/cycles", viewer, class: "stack") {
          input(.type("hidden"), .name("submission"), .value(form.submission))
          fields(form, choices, problems)
          prediction(form.prediction, problems)
          submit("Keep the plan") { quietLink("Cancel", project.path) }
        }
      }
    }
  }

  /// - Parameter stamp: of the plan that is changed; see `CycleForm.stamp`.
  static func change(
    _ cycle: Cycle, _ project: Project, _ form: CycleForm, stamp: String, _ choices: CycleChoices,
    problems: Problems = [:], _ viewer: Viewer
  ) -> Page {
    let path = "\(project.path)/cycles/\(cycle.id)"
    return Page("Change the plan", section: .projects) {
      column {
        crumbs([("Projects", "/projects"), (project.title, project.path), ("Cycle \(cycle.number)", path)])
        h1 { "Change the plan" }
        lede(
          "Until the first value since its beginning, or the study. The prediction is amended on a page of its own: each one stays to be seen."
        )
        formErrors(problems, order: CycleForm.order)
        postForm("\(path)/plan", viewer, class: "stack") {
          input(.type("hidden"), .name("stamp"), .value(stamp))
          fields(form, choices, problems)
          quiet("Where values since the beginning stand already, the prediction does not count as one.")
          submit("Keep the plan") { quietLink("Cancel", path) }
        }
      }
    }
  }

  @HTMLBuilder private static func fields(_ form: CycleForm, _ choices: CycleChoices, _ problems: Problems) -> HTML {
    field("The question", name: "question", value: form.question, problems: problems)
    textArea("What you will do", name: "plan", value: form.plan, problems: problems, required: false, rows: 3)
    field("Who", name: "who", value: form.who, problems: problems, required: false)
    dateField("Begins on", name: "starts", value: form.starts, problems: problems)
    dateField("Look at the data by", name: "study", value: form.study, problems: problems)
    if !choices.measures.isEmpty {
      choice(
        "Measure", name: "measure", options: choices.measures, value: form.measure, problems: problems,
        prompt: "None yet", required: false)
    }
    if !choices.ideas.isEmpty {
      choice(
        "Which idea of the library does it try?", name: "idea", options: choices.ideas, value: form.idea,
        problems: problems, hint: "The cycle can then be shared as a trial of it.", prompt: "None",
        required: false)
    }
    if !choices.cycles.isEmpty {
      choice(
        "Follows", name: "follows",
        options: choices.cycles.map { Option("\($0.id)", "Cycle \($0.number): \($0.question)") },
        value: form.follows,
        prompt: "No other cycle", required: false)
    }
  }

  @HTMLBuilder private static func prediction(_ form: PredictionForm, _ problems: Problems) -> HTML {
    radios(
      "Which way will it go?", name: "direction",
      options: Registration.Prediction.Direction.allCases.map { Option($0.rawValue, $0.words) },
      value: form.direction, problems: problems)
    field(
      "Smallest difference that counts", name: "size", value: form.size, problems: problems,
      hint: "In units of the measure; for a share in students of 100, such as 5", kind: .decimal)
    field(
      "How sure are you?", name: "probability", value: form.probability, problems: problems,
      hint: "5 to 95. Locks with the first value after the beginning.", kind: .number, unit: "in 100")
    field("In words", name: "words", value: form.words, problems: problems, required: false)
  }

  static func amend(
    _ cycle: Cycle, _ project: Project, _ form: PredictionForm, problems: Problems = [:], _ viewer: Viewer
  ) -> Page {
    Page("Amend the prediction", section: .projects) {
      column {
        crumbs([(project.title, project.path), ("Cycle \(cycle.number)", "\(project.path)/cycles/\(cycle.id)")])
        h1 { "Amend the prediction" }
        lede("The prediction before stays to be seen, with your reason.")
        formErrors(problems, order: PredictionForm.order)
        postForm("\(project.path)/cycles/\(cycle.id)/prediction", viewer, class: "stack") {
          prediction(form, problems)
          field("Why", name: "why", value: form.why, problems: problems)
          submit("Amend")
        }
      }
    }
  }
}
