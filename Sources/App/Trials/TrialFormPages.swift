import Markup

/// Registering, amending, reporting, withdrawing.
enum TrialFormPages {
  static func register(
    _ idea: Idea, _ form: RegistrationForm, _ timing: RegistrationForm.Timing, schools: [Option],
    problems: Problems = [:], draft: FormDraft? = nil, _ viewer: Viewer
  ) -> Page {
    let isAfter = timing == .afterData
    return Page(isAfter ? "We tried this already" : "We will try this", section: .ideas) {
      column {
        crumbs([("Ideas", "/ideas"), (idea.content.title, "/ideas/\(idea.id)")])
        h1 { isAfter ? "We tried this already" : "We will try this" }
        if isAfter {
          lede("Tell it, whatever came of it. First what you did; the figures and the story come next.")
          note {
            p {
              "What is told after its results is shown as experience, never as evidence that it works: nobody can know which results were not told. To count as evidence, register the next round first."
            }
          }
        } else {
          lede(
            "Ten minutes now make the result believable later. What you write here is locked once you enter an outcome, and a trial that shows nothing counts as much as one that shows something."
          )
        }
        formErrors(problems, order: RegistrationForm.order)
        postForm("/ideas/\(idea.id)/trials", viewer, class: "stack", draft: draft) {
          hidden("submission", form.submission)
          if isAfter { hidden("done", "1") }
          if schools.count > 1 {
            choice("School", name: "school", options: schools, value: form.school, problems: problems)
          }
          fields(form, timing, problems)
          submit(isAfter ? "Go on to the figures" : "Register") { quietLink("Cancel", "/ideas/\(idea.id)") }
        }
      }
    }
  }

  static func amend(
    _ trial: Trial, _ form: RegistrationForm, problems: Problems = [:], draft: FormDraft? = nil, _ viewer: Viewer
  ) -> Page {
    Page("Amend the registration", section: .ideas) {
      column {
        crumbs([
          ("Ideas", "/ideas"), (trial.ideaTitle, "/ideas/\(trial.idea)"), (trial.school.name, "/trials/\(trial.id)"),
        ])
        h1 { "Amend the registration" }
        lede(
          "What stood before stays to be seen, with your reason. Once an outcome is entered this is no longer possible."
        )
        formErrors(problems, order: RegistrationForm.order)
        postForm("/trials/\(trial.id)/amendment", viewer, class: "stack", draft: draft) {
          hidden("basis", String(trial.registration.number))
          fields(form, .beforeData, problems)
          textArea("Why?", name: "why", value: form.why, problems: problems, rows: 2, limit: 500)
          submit("Amend") { quietLink("Cancel", "/trials/\(trial.id)") }
        }
      }
    }
  }

  // MARK: registration

  private static func fields(
    _ form: RegistrationForm, _ timing: RegistrationForm.Timing, _ problems: Problems
  ) -> HTML {
    let isAfter = timing == .afterData
    return HTML {
      field(
        "Who takes part", name: "participants", value: form.participants, problems: problems,
        hint: "As a group, never by name: “all 118 ninth-graders”.", limit: 300)
      dateField(isAfter ? "Started on" : "Starts on", name: "starts", value: form.starts, problems: problems)
      dateField(
        isAfter ? "Ended on" : "We report by", name: "due", value: form.due, problems: problems,
        hint: isAfter ? nil : "After this day the trial shows as overdue, here and on your school's page.")
      measure(form, timing, problems)
      comparison(form, problems)
      if !isAfter { prediction(form, problems) }
    }
  }

  private static func measure(
    _ form: RegistrationForm, _ timing: RegistrationForm.Timing, _ problems: Problems
  ) -> HTML {
    HTML {
      field(
        "What is measured", name: "measure", value: form.measure, problems: problems,
        hint: "One thing, in a few words: “Late often”, “Algebra passed”, “Pages read”.", limit: 120)
      textArea(
        "How exactly it is counted", name: "definition", value: form.definition, problems: problems,
        hint:
          "So that another school would count the same: “six or more unexcused arrivals after the first bell in a quarter, from the office's log”.",
        rows: 2, limit: 600)
      field(
        "Unit", name: "unit", value: form.unit, problems: problems,
        hint: "For means: “points”, “minutes”. Leave it empty when you count students.", required: false, limit: 60)
      radios(
        "Which way is better?", name: "better",
        options: [Option("higher", "More of it is better"), Option("lower", "Less of it is better")],
        value: form.better, problems: problems)
      field(
        "The smallest change worth the work", name: "smallest", value: form.smallest, problems: problems,
        hint: "Counting students: how many more in 100. Means: how many units. The claim is held against this.",
        kind: .decimal, required: timing == .beforeData)
    }
  }

  private static func comparison(_ form: RegistrationForm, _ problems: Problems) -> HTML {
    HTML {
      radios(
        "Compared with what?", name: "comparison",
        options: [
          Option("group", "Other students who do not get it", note: "Can show that it worked."),
          Option(
            "before-after", "The same measure before",
            note: "Shows a change; that the idea made it needs eight or more measurements before."),
          Option("none", "Nothing", note: "Will be told as experience."),
        ], value: form.comparison, problems: problems)
      field(
        "Who or what that is", name: "comparison_words", value: form.comparisonWords, problems: problems,
        hint: "“Grade 10”, “the half that starts in February”, “the first quarter”.", required: false, limit: 300)
      checkbox(
        "Chance decides who gets it first", name: "by_lot", isOn: form.byLot, problems: problems,
        hint: "Names from a hat are enough, and make the result far easier to believe.")
    }
  }

  private static func prediction(_ form: RegistrationForm, _ problems: Problems) -> HTML {
    HTML {
      radios(
        "What do you expect?", name: "predicted",
        options: [
          Option("better", "It gets better"), Option("no-change", "No change"), Option("worse", "It gets worse"),
        ],
        value: form.predicted, problems: problems)
      field(
        "How sure are you?", name: "probability", value: form.probability, problems: problems,
        hint: "From 5 (hardly) to 95 (almost certain). Nobody is graded on it; it keeps all of us honest.",
        kind: .number, unit: "percent")
      field(
        "How much, in words", name: "predicted_words", value: form.predictedWords, problems: problems,
        hint: "“A third fewer.”", required: false, limit: 200)
    }
  }

  // MARK: report

  static func report(
    _ trial: Trial, _ form: ReportForm, problems: Problems = [:], draft: FormDraft? = nil, _ viewer: Viewer
  ) -> Page {
    let isCorrection = trial.report != nil
    return Page(isCorrection ? "Correct the report" : "Report a trial", section: .ideas) {
      column {
        crumbs([
          ("Ideas", "/ideas"), (trial.ideaTitle, "/ideas/\(trial.idea)"), (trial.school.name, "/trials/\(trial.id)"),
        ])
        h1 { isCorrection ? "Correct the report" : "What came of it?" }
        lede(
          isCorrection
            ? "The old figures stay to be seen, with who changed them, when and why."
            : "The figures make the claim, by a rule; you tell the story. A trial without an effect is worth as much to the others."
        )
        if form.shape != .series { tabs(shapes(trial, form), label: "What you have") }
        promise(trial)
        formErrors(problems, order: ReportForm.order)
        postForm("/trials/\(trial.id)/report", viewer, class: "stack", draft: draft) {
          hidden("shape", form.shape.rawValue)
          hidden("basis", String(trial.report?.number ?? 0))
          figures(trial.registration, form, problems)
          stories(form, problems)
          if isCorrection {
            textArea("What was wrong before?", name: "why", value: form.why, problems: problems, rows: 2, limit: 500)
          }
          submit(isCorrection ? "Correct" : "Report") { quietLink("Cancel", "/trials/\(trial.id)") }
        }
      }
    }
  }

  private static func shapes(_ trial: Trial, _ form: ReportForm) -> [Tab] {
    let names: [(Outcome.Shape, String)] = [
      (.counts, "Counts: so many of so many"), (.means, "Means"), (.experience, "Experience only"),
    ]
    return names.map { shape, name in
      Tab(name, "/trials/\(trial.id)/report?shape=\(shape.rawValue)", isCurrent: form.shape == shape)
    }
  }

  private static func promise(_ trial: Trial) -> HTML {
    folded("What was registered") { facts(TrialPages.pairs(trial.registration)) }
  }

  @HTMLBuilder
  private static func figures(_ registration: Registration, _ form: ReportForm, _ problems: Problems) -> HTML {
    if form.shape == .experience {
      quiet("No figures: your story will be shown as experience.")
    } else if form.shape == .series {
      quiet(
        "The figures are read from the project's measure again, over the same time. To change one, correct it there.")
      seriesFacts(form, problems)
    } else {
      quiet("Totals only. \(registration.measure): \(registration.definition)")
      group("Before", "before", form, problems, required: true)
      group("After", "after", form, problems, required: true)
      group("Comparison group, before", "other_before", form, problems, required: false)
      group("Comparison group, after", "other_after", form, problems, required: registration.comparison == .group)
      circumstances(registration, form, problems)
    }
  }

  private static func group(
    _ title: String, _ name: String, _ form: ReportForm, _ problems: Problems, required: Bool
  ) -> HTML {
    fieldset(.class("field figures-group")) {
      legend { required ? title : "\(title) (if you have it)" }
      if form.shape == .counts {
        cell("How many have it", "\(name)_x", form, problems, .number, required)
        cell("Of how many students", "\(name)_n", form, problems, .number, required)
      } else {
        cell("Students", "\(name)_n", form, problems, .number, required)
        cell("Mean", "\(name)_mean", form, problems, .decimal, required)
        cell("Standard deviation", "\(name)_sd", form, problems, .decimal, required)
      }
    }
  }

  private static func cell(
    _ label: String, _ name: String, _ form: ReportForm, _ problems: Problems, _ kind: FieldKind, _ required: Bool
  ) -> HTML {
    field(label, name: name, value: form.cell(name), problems: problems, kind: kind, required: required)
  }

  private static func circumstances(_ registration: Registration, _ form: ReportForm, _ problems: Problems) -> HTML {
    HTML {
      checkbox(
        "Before and after are the same students", name: "same_students", isOn: form.sameStudents, problems: problems)
      if form.shape == .means {
        field(
          "Correlation of before and after", name: "correlation", value: form.correlation, problems: problems,
          hint: "If somebody worked it out. Without it the widest interval is taken.", kind: .decimal, required: false)
      }
      if registration.comparison != .group {
        field(
          "How many times was it measured before?", name: "baseline_points", value: form.baselinePoints,
          problems: problems, hint: "1 if only once. Eight or more level measurements can show that a change is one.",
          kind: .number, required: false)
        checkbox("It was getting better already", name: "already_improving", isOn: form.alreadyImproving)
        checkbox(
          "We began because it was at its worst", name: "chosen_at_worst", isOn: form.chosenAtWorst,
          hint: "What is at its worst partly recovers by itself.")
      }
      checkbox(
        "Something else that matters got worse", name: "balancing_worse", isOn: form.balancingWorse,
        hint: "Time taken from elsewhere, another grade, the staff's evenings.")
    }
  }

  /// What nobody can compute from a series; each of these can only make a claim more careful.
  static func seriesFacts(_ form: ReportForm, _ problems: Problems) -> HTML {
    HTML {
      field(
        "Of how many students?", name: "students", value: form.students, problems: problems,
        hint: "Those who could be counted each time, each at most once. Empty where nobody can say.", kind: .number,
        required: false)
      checkbox(
        "We began because it was at its worst", name: "chosen_at_worst", isOn: form.chosenAtWorst,
        hint: "What is at its worst partly recovers by itself.")
      checkbox(
        "Something else that matters got worse", name: "balancing_worse", isOn: form.balancingWorse,
        hint: "Time taken from elsewhere, another grade, the staff's evenings.")
    }
  }

  static func stories(_ form: ReportForm, _ problems: Problems) -> HTML {
    HTML {
      textArea(
        "What we changed from the idea", name: "changed", value: form.changed, problems: problems, required: false,
        rows: 3, limit: IdeaForm.longest, markdown: true)
      textArea(
        "What happened", name: "happened", value: form.happened, problems: problems,
        hint: "What went wrong is what the next school most wants to know.", rows: 8, limit: IdeaForm.longest,
        markdown: true)
      textArea(
        "What we would do again", name: "again", value: form.again, problems: problems, required: false, rows: 3,
        limit: IdeaForm.longest, markdown: true)
    }
  }

  // MARK: withdrawal

  static func withdraw(_ trial: Trial, reason: String, problems: Problems = [:], _ viewer: Viewer) -> Page {
    Page("Withdraw a trial", section: .ideas) {
      column {
        crumbs([
          ("Ideas", "/ideas"), (trial.ideaTitle, "/ideas/\(trial.idea)"), (trial.school.name, "/trials/\(trial.id)"),
        ])
        h1 { "Withdraw this trial" }
        lede("It stays on the page with your reason; why a school stops is worth knowing. You can take it up again.")
        formErrors(problems)
        postForm("/trials/\(trial.id)/withdrawal", viewer, class: "stack") {
          textArea(
            "Why?", name: "reason", value: reason, problems: problems,
            hint: "“The adviser who ran it has left, and nobody could take it on.”", rows: 3, limit: 500)
          submit("Withdraw") { quietLink("Cancel", "/trials/\(trial.id)") }
        }
      }
    }
  }
}
