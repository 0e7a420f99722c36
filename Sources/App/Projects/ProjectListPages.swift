import Markup

/// Lists of projects. Values in, pages out.
enum ProjectListPages {
  static func list(_ lines: [ProjectLine], _ view: ProjectView, _ viewer: Viewer) -> Page {
    Page("Projects", section: .projects) {
      h1 { "Projects" }
      lede("An aim, a change, a prediction, a chart. What is learned here becomes the evidence of the idea.")
      actions {
        if viewer.mayAddForSchool { buttonLink("Start a project", "/projects/new") }
        quietLink("What is stuck", "/projects/attention")
      }
      tabs(
        views(viewer).map {
          Tab($0.words, $0 == .mine ? "/projects" : "/projects?view=\($0.rawValue)", isCurrent: $0 == view)
        },
        label: "Which projects")
      if lines.isEmpty {
        emptyState("Nothing here yet", view.whenEmpty)
      } else {
        rows {
          for line in lines {
            row(
              line.title, "/projects/\(line.id)", tag: timeTag(line.changedAt, viewer), text: HTML(text: line.aim),
              level: 2
            ) { byline(line.school, line.decision?.past ?? line.state.words) }
          }
        }
      }
    }
  }
}

extension ProjectListPages {
  /// Whoever answers for more than their own team has a view of it.
  private static func views(_ viewer: Viewer) -> [ProjectView] {
    let answers = viewer.isOffice || !viewer.liaisonStates.isEmpty || viewer.roles.contains { $0.kind == .lead }
    return ProjectView.allCases.filter { $0 != .answered || answers }
  }
}

extension ProjectView {
  fileprivate var words: String {
    switch self {
    case .mine: "Mine"
    case .answered: "Of my schools"
    case .active: "Going on"
    case .done: "Done"
    case .abandoned: "Abandoned"
    }
  }

  fileprivate var whenEmpty: String {
    switch self {
    case .mine: "Projects on whose team you are stand here. Begin with what you would like to be better by spring."
    case .answered: "Projects of the schools that you lead or look after stand here, as far as their teams show them."
    case .active: "Projects that go on and that you may see stand here."
    case .done: "Projects that have come to a decision stand here."
    case .abandoned: "Projects that were let go stand here, each with the reason."
    }
  }
}
