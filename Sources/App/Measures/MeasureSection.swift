import Storage

/// What measures show of a project on its page.
enum MeasureSection {
  /// So many measures are drawn as charts; those beyond them as lines.
  static let mostCharts = 6

  static let source: ProjectSectionSource = { db, project, viewer in
    let measures = try MeasureStore(db: db).all(of: project.id)
    let mayEdit = project.mayEdit(viewer)
    guard mayEdit || !measures.isEmpty else { return nil }
    let charts = try MeasureChartStore(db: db).charts(
      of: Array(measures.filter { $0.restsSince == nil }.prefix(mostCharts)), in: project.id)
    return ProjectSection(
      place: .top, content: MeasurePages.section(measures, charts, project, mayEdit: mayEdit))
  }
}
