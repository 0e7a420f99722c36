import Markup

/// A project as one page to print: everything open, nothing to press.
enum ProjectRecordPages {
  static func printed(_ view: ProjectPageView, _ viewer: Viewer) -> Page {
    let project = view.project
    return Page(project.title, section: .projects) {
      column {
        crumbs([("Projects", "/projects"), (project.title, project.path)])
        h1 { project.title }
        lede(project.aim.words)
        byline(project.school.name, project.state.words, project.team.map(\.person.name).joined(separator: ", "))
        ProjectPages.conclusion(project)
        ProjectPages.aim(project)
        ProgressPanel.panel(ProjectProgress(view.cycles, project), project, mayEdit: false)
        part("Driver diagram") {
          if view.drivers.isEmpty {
            quiet("None was written.")
          } else {
            DriverDrawing(view.drivers, aim: project.title).drawing
            DriverPages.list(view.drivers)
          }
        }
        part("Cycles") {
          if view.cycles.isEmpty { quiet("None was planned.") }
          for cycle in view.cycles { one(cycle) }
        }
        view.sections(.main)
      }
    }
  }

  @HTMLBuilder private static func one(_ cycle: Cycle) -> HTML {
    h3 { "Cycle \(cycle.number): \(cycle.question)" }
    byline(CyclePages.stage(cycle), "\(cycle.starts.short) to \(cycle.study.short)", cycle.who)
    p { CyclePages.predicted(cycle) }
    if let result = CyclePages.compared(cycle) { p { result } }
    if !cycle.did.isEmpty { p { cycle.did } }
    if !cycle.studied.isEmpty { p { cycle.studied } }
    if let act = cycle.act { p { "\(act.words). \(cycle.actReason)" } }
  }
}
