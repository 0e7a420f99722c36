import Storage

/// What is stuck in the projects that somebody may see, the longest overdue first.
struct ProjectAttention {
  let db: any Transaction

  /// One thing that waits, and where.
  struct Item: Sendable, Equatable {
    let project: String
    let school: String
    let words: String
    let path: String
    let since: CalendarDate?
  }

  /// Overdue studies and acts, and projects without a cycle, of projects where the viewer leads the school or is on the
  /// team; the office and liaisons see those open to them.
  func all(for viewer: Viewer, today: CalendarDate) throws -> [Item] {
    try overdue(ProjectStore.visible(to: viewer), today) + bare(ProjectStore.visible(to: viewer))
  }

  /// Cycles that a person's own team owes.
  func duties(of person: Person.ID, _ viewer: Viewer, today: CalendarDate) throws -> [Today.Item] {
    let own: SQL =
      """
      EXISTS (SELECT 1 FROM project_member t WHERE t.project_id = p.id AND t.person_id = \(person)
        AND t.until IS NULL AND t.role IN ('lead', 'member'))
      """
    return try overdue("(\(own)) AND \(ProjectStore.visible(to: viewer))", today).map { item in
      Today.Item(
        title: "\(item.words) of “\(item.project)”", path: item.path,
        tag: item.since.map { "was due \($0.spoken)" } ?? "")
    }
  }

  private func overdue(_ condition: SQL, _ today: CalendarDate) throws -> [Item] {
    try db.rows(
      """
      SELECT c.id, c.number, c.stage, c.study_on, c.project_id, p.title,
        (SELECT s.name FROM school s WHERE s.id = p.school_id) AS school
      FROM cycle c JOIN project p ON p.id = c.project_id
      WHERE p.state = 'active' AND \(condition)
        AND ((c.stage IN ('plan', 'do', 'study') AND c.study_on < \(today))
          OR (c.stage = 'act' AND c.study_on < \(today.adding(days: -Cycle.daysToAct))))
      ORDER BY c.study_on, c.id LIMIT 50
      """
    ).map { row in
      let number = try row.read("number", as: Int.self)
      let isAct = try row.read("stage", as: String.self) == "act"
      return Item(
        project: try row.read("title"), school: try row.read("school"),
        words: isAct ? "Decide on cycle \(number)" : "Study cycle \(number)",
        path: "/projects/\(try row.read("project_id", as: String.self))/cycles/\(try row.read("id", as: String.self))",
        since: try row.read("study_on"))
    }
  }

  private func bare(_ condition: SQL) throws -> [Item] {
    try db.rows(
      """
      SELECT p.id, p.title,
        (SELECT s.name FROM school s WHERE s.id = p.school_id) AS school FROM project p
      WHERE p.state = 'active' AND \(condition) AND NOT EXISTS (SELECT 1 FROM cycle c WHERE c.project_id = p.id)
      ORDER BY p.created_at, p.id LIMIT 50
      """
    ).map { row in
      Item(
        project: try row.read("title"), school: try row.read("school"), words: "No cycle planned yet",
        path: "/projects/\(try row.read("id", as: String.self))", since: nil)
    }
  }
}
