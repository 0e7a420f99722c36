import Storage

/// A project in a list.
struct ProjectLine: Sendable, Equatable {
  let id: Project.ID
  let title: String
  let aim: String
  let school: String
  let state: Project.State
  let decision: Project.Decision?
  let changedAt: Instant
}

/// Which projects a list shows; abandoned work has a view of its own, so that it can be found.
enum ProjectView: String, Sendable, CaseIterable { case mine, answered, active, done, abandoned }

/// Lists of projects.
struct ProjectListStore {
  let db: any Transaction

  /// The last changed first, at most 100.
  func all(_ view: ProjectView, for viewer: Viewer) throws -> [ProjectLine] {
    try db.all(
      """
      SELECT p.id, p.title, p.aim, p.state, p.decision, p.changed_at,
        (SELECT s.name FROM school s WHERE s.id = p.school_id) AS school
      FROM project p
      WHERE \(ProjectStore.visible(to: viewer)) AND \(condition(view, viewer))
      ORDER BY p.changed_at DESC, p.id DESC LIMIT 100
      """)
  }

  private func condition(_ view: ProjectView, _ viewer: Viewer) -> SQL {
    switch view {
    case .mine:
      """
      EXISTS (SELECT 1 FROM project_member t WHERE t.project_id = p.id AND t.person_id = \(viewer.person)
        AND t.until IS NULL)
      """
    case .answered: ProjectAttention.answeredFor(by: viewer)
    case .active: "p.state <> 'done'"
    case .done: "p.state = 'done'"
    case .abandoned: "p.state = 'done' AND p.decision = 'abandon'"
    }
  }
}

extension ProjectLine: RowReadable {
  init(row: Row) throws {
    id = try row.read("id")
    title = try row.read("title")
    aim = try row.read("aim")
    school = try row.read("school")
    state = Project.State(rawValue: try row.read("state")) ?? .active
    decision = try row.read("decision", as: String?.self).flatMap(Project.Decision.init)
    changedAt = try row.read("changed_at")
  }
}
