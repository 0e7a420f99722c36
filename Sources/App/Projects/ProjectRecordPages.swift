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
        byline(
          project.schools.map(\.name).joined(separator: ", "), project.state.words,
          project.team.map(\.person.name).joined(separator: ", "))
        ProjectPages.conclusion(project)
        ProjectPages.aim(project)
        ProgressPanel.panel(ProjectProgress(view.cycles, project), project, mayEdit: false)
        part("Driver diagram") {
          if view.drivers.isEmpty {
            quiet("None was written.")
          } else {
            DriverDrawing(view.drivers, view.hung, aim: project.title).drawing
            DriverPages.list(view.drivers, view.hung)
          }
        }
        if !view.measures.isEmpty { part("Measures") { for each in view.measures { chart(each) } } }
        part("Cycles") {
          if view.cycles.isEmpty { quiet("None was planned.") }
          for cycle in view.cycles { one(cycle) }
        }
      }
    }
  }

  /// What the chart says, the chart, how it is counted.
  private static func chart(_ each: ProjectMeasure) -> HTML {
    let (measure, chart) = (each.measure, MeasureChart(each.measure, each.values, each.marks))
    let definition = measure.definition
    return section(.class("measure")) {
      h3 { measure.name }
      p { strong { chart.sentence } }
      if let plot = chart.plot {
        figure(.class("chart")) {
          div(.class("wide")) { plot.drawing(width: 760, id: "\(plot.id)-paper") }
          figcaption { "\(plot.ruleLine)." }
        }
      }
      quiet(
        "\(definition.who): \(definition.what). \(definition.how). \(definition.better.words). Definition \(definition.number), target \(MeasurePages.targetWords(definition)), baseline \(chart.baselineWords); \(counted(each.values.count, "value"))."
      )
      for amended in each.definitions where !amended.why.isEmpty {
        quiet("Definition \(amended.number), by \(amended.byName): \(amended.why)")
      }
      for mark in each.marks {
        if let gone = mark.withdrawal {
          quiet(
            "\(measure.schedule.label(mark.period)), \(mark.words) (\(mark.by)): taken back by \(gone.by): \(gone.why)")
        }
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
    for amended in cycle.predictions.dropFirst() { quiet("The prediction was amended: \(amended.why)") }
  }
}
