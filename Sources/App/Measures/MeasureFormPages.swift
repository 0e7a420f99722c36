import Markup
import Statistics

/// Starting and amending a measure, pasting a column, entering by a link.
enum MeasureFormPages {
  static func new(_ form: MeasureForm, schools: [Option], problems: Problems = [:], _ viewer: Viewer) -> Page {
    Page("Start a measure", section: .today) {
      column {
        crumbs([("Measures", "/measures")])
        h1 { "Start a measure" }
        lede("Six short answers, then paste what you have. No student's name ever: only how many.")
        formErrors(problems, order: MeasureForm.order)
        postForm("/measures", viewer, class: "stack") {
          hidden("submission", form.submission)
          if !form.project.isEmpty { hidden("project", form.project) }
          if schools.count > 1, form.project.isEmpty {
            choice("School", name: "school", options: schools, value: form.school, problems: problems)
          }
          field("What is measured", name: "name", value: form.name, problems: problems, limit: 80)
          definition(form, problems, isNew: true)
          folded("More, if you want", isOpen: !problems.isEmpty) {
            radios(
              "What it is for", name: "role", options: Measure.Role.allCases.map { Option($0.rawValue, $0.words) },
              value: form.role, problems: problems)
            field(
              "Only a group of them", name: "subgroup", value: form.subgroup, problems: problems, required: false,
              limit: 80)
            radios(
              "How often", name: "schedule", options: Schedule.allCases.map { Option($0.rawValue, $0.words) },
              value: form.schedule, problems: problems)
            checkbox(
              "All member schools may see it", name: "shared", isOn: form.isShared,
              hint: "Schools that share a measure of the same name are drawn side by side, never ranked.")
            details(form, problems, isNew: true)
          }
          submit("Go on to the values") {
            quietLink("Cancel", form.project.isEmpty ? "/measures" : "/projects/\(form.project)")
          }
        }
      }
    }
  }

  static func amend(_ measure: Measure, _ form: MeasureForm, problems: Problems = [:], _ viewer: Viewer) -> Page {
    Page("Amend how it is counted", section: .today) {
      column {
        crumbs([("Measures", "/measures"), (measure.name, "/measures/\(measure.id)")])
        h1 { "Amend how it is counted" }
        lede("What stood before stays to be seen, with your reason. Values entered so far keep their own definition.")
        formErrors(problems, order: MeasureForm.order)
        postForm("/measures/\(measure.id)/amendment", viewer, class: "stack") {
          hidden("basis", String(measure.definition.number))
          hidden("name", measure.name)
          hidden("role", measure.role.rawValue)
          hidden("schedule", measure.schedule.rawValue)
          hidden("kind", measure.definition.kind.rawValue)
          definition(form, problems, isNew: false)
          details(form, problems, isNew: false)
          textArea("Why?", name: "why", value: form.why, problems: problems, rows: 2, limit: 500)
          submit("Amend") { quietLink("Cancel", "/measures/\(measure.id)") }
        }
      }
    }
  }

  private static func definition(_ form: MeasureForm, _ problems: Problems, isNew: Bool) -> HTML {
    HTML {
      if isNew {
        radios(
          "What kind of number", name: "kind",
          options: DataKind.allCases.map { Option($0.rawValue, $0.words, note: ChartProposal($0).reason) },
          value: form.kind, problems: problems)
      }
      radios(
        "Which way is better", name: "better",
        options: MeasureDefinition.Better.allCases.map { Option($0.rawValue, $0.words) }, value: form.better,
        problems: problems)
      field(
        "Who counts", name: "who", value: form.who, problems: problems, hint: "All ninth-graders enrolled that day",
        limit: 140)
      field(
        "What counts", name: "what", value: form.what, problems: problems, hint: "In the room when the bell rings",
        limit: 140)
      field(
        "When and how", name: "how", value: form.how, problems: problems,
        hint: "Fridays, first class, from the door list",
        limit: 200)
    }
  }

  private static func details(_ form: MeasureForm, _ problems: Problems, isNew: Bool) -> HTML {
    HTML {
      field("Unit", name: "unit", value: form.unit, problems: problems, required: false, limit: 40)
      field("Target", name: "target", value: form.target, problems: problems, required: false)
      // What kind of number it is stands in the same form: only an amendment knows which charts fit.
      let fitting = isNew ? ChartProposal.all : DataKind(rawValue: form.kind).map(ChartProposal.choices) ?? []
      choice(
        "Chart", name: "chart", options: fitting.map { Option($0.rawValue, ChartProposal.words($0)) },
        value: form.chart,
        problems: problems, prompt: "The one proposed for the kind of number", required: false)
      choice(
        "Whose rules read it", name: "rules", options: RuleSet.allCases.map { Option($0.rawValue, $0.name) },
        value: form.rules, problems: problems)
      dateField(
        "Baseline up to", name: "baseline_until", value: form.baselineUntil, problems: problems,
        hint: "Centre and limits then rest on the points up to that day. Leave it empty to use all.", required: false)
    }
  }

  // MARK: values

  static func paste(
    _ measure: Measure, pasted: String = "", first: String = "", checked: PastedColumn? = nil,
    standing: [CalendarDate: [KeptValue]] = [:], problems: Problems = [:], _ viewer: Viewer
  ) -> Page {
    let (good, bad) = (checked?.good.count ?? 0, checked?.bad.count ?? 0)
    return Page("Paste a column", section: .today) {
      column {
        crumbs([("Measures", "/measures"), (measure.name, "/measures/\(measure.id)")])
        h1 { "Paste a column" }
        lede(
          "From a spreadsheet or a CSV file: values alone, or with their dates in front. Nothing is saved before you have seen it."
        )
        formErrors(problems, order: ["pasted", "first", "reading"])
        if let checked { outcome(checked, measure, standing) }
        postForm("/measures/\(measure.id)/column", viewer, class: "stack") {
          textArea(
            "The values", name: "pasted", value: pasted, problems: problems,
            hint: "\(measure.definition.example), one a line", rows: 14)
          dateField(
            "The first one is of", name: "first", value: first, problems: problems,
            hint:
              "Only when there are no dates; empty means that the last one is of this \(measure.schedule.rawValue).",
            required: false)
          if let checked, let line = checked.twofold { readings(checked, line, measure, problems) }
          actions {
            button(.class("button"), .type("submit"), .name("act"), .value(good > 0 ? "keep" : "check")) {
              good > 0 ? "Keep \(counted(good, "value"))" : "Look at them first"
            }
            if good > 0 { quietSubmit("Look again", name: "act", value: "check") }
            if bad > 0 { quietSubmit("Download the lines left out", name: "act", value: "errors") }
            quietLink("Cancel", "/measures/\(measure.id)")
          }
        }
      }
    }
  }

  private static func outcome(
    _ checked: PastedColumn, _ measure: Measure, _ standing: [CalendarDate: [KeptValue]]
  ) -> HTML {
    let meetings = checked.lines.map { PastedColumn.meeting($0, standing) }
    let (same, beside) = (
      meetings.count { $0 == .same }, meetings.count { if case .beside = $0 { true } else { false } }
    )
    return HTML {
      note {
        p {
          strong { "\(counted(checked.good.count, "line")) can be kept, \(counted(checked.bad.count, "line")) cannot." }
          " Nothing is saved yet."
          if beside > 0 {
            " \(counted(beside, "line meets", "lines meet")) another value for the same \(measure.schedule.rawValue): both are kept, and somebody chooses afterwards."
          }
          if same > 0 { " \(counted(same, "line stands", "lines stand")) there already, just so." }
        }
      }
      dataTable(
        "What was read",
        columns: [
          TableColumn("Line"), TableColumn("Value"), TableColumn("What happens"),
        ],
        rows: zip(checked.lines, meetings).prefix(200).map { line, meeting in
          [
            "\(line.number)\(line.period.map { ": \(measure.schedule.label($0))" } ?? "")",
            line.problem == nil
              ? shown(line, checked, measure.definition.kind) : String(line.text.prefix(40)),
            line.problem ?? words(meeting, measure.definition.kind),
          ]
        }, stacks: true)
    }
  }

  private static func shown(_ line: PastedColumn.Line, _ checked: PastedColumn, _ kind: DataKind) -> String {
    guard line.isTwofold, checked.asksReading else { return line.value?.words(kind) ?? "–" }
    return readings(line).joined(separator: " or ")
  }

  private static func readings(_ line: PastedColumn.Line) -> [String] {
    let typed = line.value.map { MeasuredValue.plain($0.value) } ?? ""
    return ShareReading.allCases.map { $0.words(typed) }
  }

  /// Some spreadsheets write a quarter as 0.25, others a quarter of a percent: only who pastes them knows.
  private static func readings(
    _ checked: PastedColumn, _ line: PastedColumn.Line, _ measure: Measure, _ problems: Problems
  ) -> HTML {
    let number = line.value.map { checked.reading == .percent ? $0.value * 100 : $0.value } ?? 0
    let typed = MeasuredValue.plain(number)
    return radios(
      "What does \(typed) mean?", name: "reading",
      options: [
        Option("fraction", "\(typed) is \(ShareReading.fraction.words(typed))", note: "1 would be all of them"),
        Option("percent", "\(typed) is \(ShareReading.percent.words(typed))", note: "100 would be all of them"),
      ], value: checked.reading?.rawValue ?? "", problems: problems)
  }

  private static func words(_ meeting: PastedColumn.Meeting?, _ kind: DataKind) -> String {
    switch meeting {
    case .beside(let other): "\(other.value.words(kind)) stands there, by \(other.by): both are kept"
    case .same: "stands there already"
    case .new, nil: ""
    }
  }

  static func withdraw(
    _ mark: MeasureMark, of measure: Measure, why: String = "", problems: Problems = [:], _ viewer: Viewer
  ) -> Page {
    let title = mark.kind == .phase ? "Take a phase back" : "Take a change back"
    return Page(title, section: .today) {
      column {
        crumbs([("Measures", "/measures"), (measure.name, "/measures/\(measure.id)")])
        h1 { title }
        lede(
          "\(measure.schedule.label(mark.period)): \(mark.words) (\(mark.by)). \(mark.kind == .phase ? "Centre and limits are then computed without it." : "The chart then no longer shows it.") What was noted stays to be seen with your reason."
        )
        formErrors(problems, order: ["why"])
        postForm("/measures/\(measure.id)/marks/\(mark.id ?? "")/withdrawal", viewer, class: "stack") {
          field("What was wrong", name: "why", value: why, problems: problems, limit: 300)
          submit("Take it back") { quietLink("Cancel", "/measures/\(measure.id)#remarks") }
        }
      }
    }
  }

  /// The form of a link: one field and one button, without an account.
  static func enter(
    _ measure: Measure, token: String, today: CalendarDate, typed: String = "", period: String = "",
    problems: Problems = [:],
    saved: String? = nil, undo: String? = nil, _ viewer: Viewer
  ) -> Page {
    Page(measure.name) {
      column {
        h1 { measure.name }
        quiet("\(measure.schoolName). \(measure.definition.who): \(measure.definition.what).")
        if let saved { undoNotice(saved, undo: undo, viewer) }
        ValuePages.valueForm("/enter/\(token)", measure, today, typed, period, problems, viewer)
      }
    }
  }

  /// - Parameter typed: a value that came too late.
  static func linkEnded(typed: String, _ viewer: Viewer) -> Page {
    Page("This link has ended") {
      column {
        h1 { "This link has ended" }
        lede(
          "Links for entering a number last some months, and can be ended before. A newer letter holds a newer link.")
        if !typed.isEmpty {
          note { p { "“\(typed)” was not saved. Keep it until you have another way in." } }
        }
        p { "Ask whoever gave you the link for a new one. If you have an account, sign in and enter the number there." }
        actions {
          buttonLink(
            viewer.isSignedIn ? "Your measures" : "Sign in", viewer.isSignedIn ? "/measures" : "/sign-in?next=/measures"
          )
        }
      }
    }
  }
}
