import Storage

/// What measures show of a project on its page.
enum MeasureSection {
  static let source: ProjectSectionSource = { db, project, viewer in
    let measures = try MeasureStore(db: db).all(of: project.id)
    let mayEdit = project.mayEdit(viewer) && viewer.belongs(to: project.school.id)
    guard mayEdit || !measures.isEmpty else { return nil }
    return ProjectSection(
      place: .top, content: MeasurePages.section(measures, project, mayEdit: mayEdit))
  }
}
