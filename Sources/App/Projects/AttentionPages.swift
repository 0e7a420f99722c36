import Markup

/// What is stuck, for teams, coaches, leads and liaisons.
enum AttentionPages {
  static func show(_ items: [ProjectAttention.Item], _ viewer: Viewer) -> Page {
    Page("What is stuck", section: .projects) {
      column {
        crumbs([("Projects", "/projects")])
        h1 { "What is stuck" }
        lede("Of your own projects\(scope(viewer)). It is a list to help by, not a ranking.")
        if items.isEmpty {
          emptyState("Nothing is stuck", "What waits for somebody, and what a chart warns of, stands here.")
        }
        for kind in ProjectAttention.Item.Kind.allCases {
          let own = items.filter { $0.kind == kind }
          if !own.isEmpty {
            part(kind.title) {
              quiet(kind.words)
              rows {
                for item in own {
                  row(item.words, item.path, tag: item.since.map { "due \($0.short)" }, text: item.project) {
                    byline(item.school)
                  }
                }
              }
            }
          }
        }
      }
    }
  }

  private static func scope(_ viewer: Viewer) -> String {
    if viewer.isOffice { return " and all that you may see" }
    let states = viewer.liaisonStates.map(States.name).joined(separator: ", ")
    let leads = viewer.roles.contains { $0.kind == .lead }
    return [leads ? "the schools that you lead" : "", states.isEmpty ? "" : "the schools of \(states)"]
      .filter { !$0.isEmpty }.map { ", and \($0)" }.joined()
  }
}

extension ProjectAttention.Item.Kind {
  fileprivate var title: String {
    switch self {
    case .overdue: "Overdue"
    case .concern: "Signals of concern"
    case .unstudied: "Data without a study"
    case .silent: "No data lately"
    case .bare: "No cycle yet"
    }
  }

  fileprivate var words: String {
    switch self {
    case .overdue: "The day of the study or of the decision is past."
    case .concern:
      "The chart shows more than chance, in the direction that nobody wants, and the team has not said what it makes of it."
    case .unstudied: "Values come in, and no cycle is open that would study them."
    case .silent: "Nothing was entered for two periods or more."
    case .bare: "An aim, and no change that is being tried."
    }
  }
}
