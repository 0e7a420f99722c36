import Markup

/// All that the page of a project shows.
struct ProjectPageView: Sendable {
  let project: Project
  var drivers: [Driver] = []
  var hung: [HungMeasure] = []
  var cycles: [Cycle] = []
  var history = ProjectHistory()
  var sections: [ProjectSection] = []
  /// Its measures with every value; read only for what is taken along.
  var measures: [ProjectMeasure] = []
  let today: CalendarDate

  func sections(_ place: ProjectSection.Place) -> [HTML] { sections.filter { $0.place == place }.map(\.content) }
}

/// A measure of a project with all that its chart rests on.
struct ProjectMeasure: Sendable {
  let measure: Measure
  /// The points of the chart in their order.
  let values: [KeptValue]
  /// Every value that was ever entered, what was corrected, moved or withdrawn too, in the order of their periods.
  var record: [KeptValue] = []
  let marks: [MeasureMark]
  /// Every definition, the first one first.
  let definitions: [MeasureDefinition]

  /// The phase of a period, counted from 1: what was set by mistake begins none.
  func phase(of period: CalendarDate) -> Int {
    1 + marks.count { $0.kind == .phase && $0.withdrawal == nil && $0.period <= period }
  }

  /// What a viewer may take along: the school's own people every value with who and why, others the points of the chart.
  func taken(by viewer: Viewer) -> [(value: KeptValue, by: String, endedBy: String)] {
    guard viewer.belongs(to: measure.school) else { return values.map { ($0, "", "") } }
    return record.map { ($0, $0.by, $0.endedBy ?? "") }
  }
}

/// One project: its aim, its theory, its cycles, its people.
enum ProjectPages {
  static func show(_ view: ProjectPageView, _ viewer: Viewer) -> Page {
    let project = view.project
    let mayEdit = project.mayEdit(viewer)
    var page = Page(project.title, section: .projects) {
      spread {
        crumbs([("Projects", "/projects")])
        h1 { project.title }
        lede(project.aim.words)
        byline([
          schools(project), HTML(text: project.state.words),
          HTML(text: "begun \(viewer.zone.date(of: project.createdAt).short)"),
        ])
        conclusion(project)
        ProjectHistoryPages.takenBack(view.history, viewer)
        view.sections(.top)
        DriverPages.part(view.drivers, view.hung, project, mayEdit: mayEdit)
        CyclePages.part(view.cycles, project, today: view.today, mayEdit: mayEdit)
        view.sections(.main)
        ProjectHistoryPages.part(view.history, viewer)
      } side: {
        aim(project)
        ProgressPanel.panel(ProjectProgress(view.cycles, project), project, mayEdit: mayEdit)
        PredictionPanel.panel(PredictionRecord(view.cycles), project, viewer)
        team(project, mayEdit: mayEdit, viewer)
        if mayEdit { acts(view, viewer) }
        panel("Take it with you") {
          ul(.class("plain-list")) {
            li { a(.href("\(project.path)/print")) { "A page to print" } }
            li { a(.href("\(project.path)/data.csv")) { "All data as CSV" } }
            li { a(.href("\(project.path)/record.json")) { "The record as JSON" } }
          }
        }
        view.sections(.side)
      }
    }
    page.summary = project.aim.words
    return page
  }

  private static func schools(_ project: Project) -> HTML {
    HTML {
      for (index, school) in project.schools.enumerated() {
        if index > 0 { index == project.schools.count - 1 ? " and " : ", " }
        a(.href("/schools/\(school.id)")) { school.name }
      }
    }
  }

  @HTMLBuilder static func conclusion(_ project: Project) -> HTML {
    if let end = project.conclusion {
      answer(
        "The team \(end.decision.past) it.", sure: HTML(text: end.reason), label: "What was decided")
    }
  }

  static func aim(_ project: Project) -> HTML {
    let aim = project.aim
    let pairs = [
      ("Counted by", aim.measure), ("For whom", aim.population), ("From", aim.from), ("To", aim.to),
      ("By", aim.by?.spoken ?? ""), ("The team asks", project.questions), ("Seen by", project.visibility.words),
    ].filter { !$0.1.isEmpty }
    return panel("The aim") { facts(pairs.map { (term: $0.0, value: $0.1) }) }
  }

  private static func team(_ project: Project, mayEdit: Bool, _ viewer: Viewer) -> HTML {
    panel("The team") {
      for each in project.team { personChip(each.person.name, "/people/\(each.person.id)", note: each.role.rawValue) }
      if mayEdit { p { quietLink("Change the team", "\(project.path)/team") } }
    }
  }

  private static func acts(_ view: ProjectPageView, _ viewer: Viewer) -> HTML {
    let project = view.project
    let hasBegun = view.cycles.contains { $0.stage != .plan }
    return panel("This project") {
      ul(.class("plain-list")) {
        li { a(.href("\(project.path)/edit")) { "Change its aim and words" } }
        if project.state != .done { li { a(.href("\(project.path)/decision")) { "Decide: adopt, adapt or abandon" } } }
      }
      postForm("\(project.path)/state", viewer, class: "inline") {
        if project.state == .active {
          button(.class("plain"), .name("state"), .value("paused")) { "Pause it" }
        } else {
          button(.class("plain"), .name("state"), .value("active")) {
            switch project.state {
            case .done: "Take it up again"
            case .planned: "Begin it"
            default: "Go on with it"
            }
          }
        }
      }
      if !hasBegun, project.state == .active || project.state == .paused {
        quiet("No cycle has begun yet.")
        postForm("\(project.path)/state", viewer, class: "inline") {
          button(.class("plain"), .name("state"), .value("planned")) { "It is only planned" }
        }
      }
    }
  }

  /// - Parameter isHeld: whether values stand, so that another aim needs a reason.
  static func edit(
    _ project: Project, _ form: ProjectForm, isHeld: Bool = false, problems: Problems = [:], _ viewer: Viewer
  ) -> Page {
    Page("Change the project", section: .projects) {
      column {
        crumbs([("Projects", "/projects"), (project.title, project.path)])
        h1 { "Change the project" }
        formErrors(problems, order: ProjectForm.order)
        postForm("\(project.path)/edit", viewer, class: "stack") {
          input(.type("hidden"), .name("version"), .value(String(form.version)))
          first(form, problems)
          rest(form, problems, isHeld: isHeld)
          submit("Keep") { quietLink("Cancel", project.path) }
        }
      }
    }
  }

  /// The short first form: everything else can wait until there is a chart.
  static func begin(_ form: ProjectForm, schools: [Option], problems: Problems = [:], _ viewer: Viewer) -> Page {
    Page("Start a project", section: .projects) {
      column {
        crumbs([("Projects", "/projects")])
        h1 { "Start a project" }
        lede("Three lines are enough to begin. Drivers, cycles and the rest come when you need them.")
        formErrors(problems, order: ProjectForm.order)
        postForm("/projects", viewer, class: "stack") {
          input(.type("hidden"), .name("submission"), .value(form.submission))
          first(form, problems)
          if schools.count > 1 {
            choice("School", name: "school", options: schools, value: form.school, problems: problems)
          }
          radios(
            "When does it begin?", name: "state",
            options: [
              Option("active", "Now"),
              Option("planned", "Later", note: "It is planned, until its first cycle begins."),
            ], value: form.isPlanned ? "planned" : "active")
          visibility(form)
          submit("Start") { quietLink("Cancel", "/projects") }
        }
      }
    }
  }

  @HTMLBuilder private static func first(_ form: ProjectForm, _ problems: Problems) -> HTML {
    field("Title", name: "title", value: form.title, problems: problems, hint: "Such as: Fewer ninth-graders late")
    textArea(
      "Aim", name: "aim", value: form.aim, problems: problems,
      hint: "What shall be better, for whom, by how much, by when. Never a student's name.", rows: 3, limit: 1000)
    field(
      "What you will count", name: "measure", value: form.measure, problems: problems,
      hint: "Such as: students late to first period, each week", required: false)
  }

  @HTMLBuilder private static func rest(_ form: ProjectForm, _ problems: Problems, isHeld: Bool) -> HTML {
    field("For whom", name: "population", value: form.population, problems: problems, required: false)
    field("From", name: "from", value: form.from, problems: problems, hint: "Where it stands", required: false)
    field("To", name: "to", value: form.to, problems: problems, hint: "Where it shall be", required: false)
    dateField("By", name: "by", value: form.by, problems: problems, required: false)
    if isHeld {
      field(
        "Why the aim is another one", name: "why", value: form.why, problems: problems,
        hint: "Only where you changed it: the aim before stays to be seen, with your reason.", required: false)
    }
    textArea(
      "What the team asks itself", name: "questions", value: form.questions, problems: problems, required: false,
      rows: 3, limit: 2000)
    visibility(form)
  }

  private static func visibility(_ form: ProjectForm) -> HTML {
    radios(
      "Who may see it", name: "visibility",
      options: Project.Visibility.allCases.map { Option($0.rawValue, $0.words) }, value: form.visibility.rawValue)
  }

  static func decide(
    _ project: Project, decision: String, reason: String, problems: Problems = [:], _ viewer: Viewer
  ) -> Page {
    Page("Decide", section: .projects) {
      column {
        crumbs([("Projects", "/projects"), (project.title, project.path)])
        h1 { "What was decided?" }
        lede("Work that was abandoned is as useful to the next school as work that was kept: say why.")
        formErrors(problems, order: ["decision", "reason"])
        postForm("\(project.path)/decision", viewer, class: "stack") {
          radios(
            "The decision", name: "decision",
            options: Project.Decision.allCases.map { Option($0.rawValue, $0.words) }, value: decision,
            problems: problems)
          textArea("The reason", name: "reason", value: reason, problems: problems, limit: 1000)
          submit("Keep the decision") { quietLink("Cancel", project.path) }
        }
      }
    }
  }
}
