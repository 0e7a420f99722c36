import Storage

/// What is stuck in the projects that somebody answers for, the longest overdue first.
struct ProjectAttention {
  let db: any Transaction

  /// One thing that waits, and where.
  struct Item: Sendable, Equatable {
    enum Kind: Sendable, CaseIterable {
      case overdue
      /// A measure whose chart shows more than chance in the direction that is not wanted, and nobody has said lately what
      /// they make of it.
      case concern
      /// Values come in and nobody studies them.
      case unstudied
      /// Nothing was entered for two periods.
      case silent
      /// No cycle was planned.
      case bare
    }

    let kind: Kind
    let project: String
    let school: String
    let words: String
    let path: String
    let since: CalendarDate?
  }

  /// The most things of one kind.
  static let most = 50

  /// Values since the last study from which on somebody should look at them.
  static let worthStudy = 8

  /// Of the projects that the viewer may see: those on whose team they are, those of schools that they lead, those of the
  /// states whose liaison they are; the office's are all.
  func all(for viewer: Viewer, today: CalendarDate) throws -> [Item] {
    let scope: SQL = "\(Self.answeredFor(by: viewer)) AND \(ProjectStore.visible(to: viewer))"
    return try overdue(scope, today) + concerns(scope) + unstudied(scope) + silent(scope, today) + bare(scope)
  }

  /// Projects called `p` for which the viewer answers, as a team's member or as its lead, coach or liaison.
  static func answeredFor(by viewer: Viewer) -> SQL {
    if viewer.isOffice { return "1 = 1" }
    let led = viewer.roles.filter { $0.kind == .lead }.compactMap(\.school)
    return """
      (EXISTS (SELECT 1 FROM project_member t WHERE t.project_id = p.id AND t.person_id = \(viewer.person)
          AND t.until IS NULL)
        OR p.school_id IN \(SQL.list(led))
        OR EXISTS (SELECT 1 FROM project_school o WHERE o.project_id = p.id AND o.school_id IN \(SQL.list(led)))
        OR EXISTS (SELECT 1 FROM school z WHERE z.id = p.school_id AND z.state IN \(SQL.list(viewer.liaisonStates))))
      """
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

  private static let named: SQL = "p.title, (SELECT s.name FROM school s WHERE s.id = p.school_id) AS school"

  private func overdue(_ condition: SQL, _ today: CalendarDate) throws -> [Item] {
    try db.rows(
      """
      SELECT c.id, c.number, c.stage, c.study_on, c.project_id, \(Self.named)
      FROM cycle c JOIN project p ON p.id = c.project_id
      WHERE p.state = 'active' AND \(condition)
        AND ((c.stage IN ('plan', 'do', 'study') AND c.study_on < \(today))
          OR (c.stage = 'act' AND c.study_on < \(today.adding(days: -Cycle.daysToAct))))
      ORDER BY c.study_on, c.id LIMIT \(Self.most)
      """
    ).map { row in
      let number = try row.read("number", as: Int.self)
      let isAct = try row.read("stage", as: String.self) == "act"
      return Item(
        kind: .overdue, project: try row.read("title"), school: try row.read("school"),
        words: isAct ? "Decide on cycle \(number)" : "Study cycle \(number)",
        path: "/projects/\(try row.read("project_id", as: String.self))/cycles/\(try row.read("id", as: String.self))",
        since: try row.read("study_on"))
    }
  }

  private func concerns(_ condition: SQL) throws -> [Item] {
    try db.rows(
      """
      SELECT m.id, m.name, m.concern, \(Self.named) FROM measure m JOIN project p ON p.id = m.project_id
      WHERE \(ConcernStore.isOpen) AND m.rests_since IS NULL AND p.state IN ('active', 'paused') AND \(condition)
      ORDER BY m.last_on DESC, m.id LIMIT \(Self.most)
      """
    ).map { row in
      Item(
        kind: .concern, project: try row.read("title"), school: try row.read("school"),
        words: "\(try row.read("name", as: String.self)): \(try row.read("concern", as: String.self))",
        path: "/measures/\(try row.read("id", as: String.self))#concern", since: nil)
    }
  }

  private func unstudied(_ condition: SQL) throws -> [Item] {
    try db.rows(
      """
      SELECT p.id, \(Self.named), f.name, f.n FROM project p JOIN (
        SELECT m.project_id, MIN(m.name) AS name, COUNT(*) AS n FROM measure m
          JOIN measure_value v ON v.measure_id = m.id AND v.state = 'current'
        WHERE m.project_id IS NOT NULL AND m.rests_since IS NULL AND v.period > COALESCE((SELECT MAX(c.study_on) FROM cycle c
          WHERE c.project_id = m.project_id AND c.stage IN ('act', 'closed')), '')
        GROUP BY m.project_id, m.id) f ON f.project_id = p.id
      WHERE p.state = 'active' AND f.n >= \(Self.worthStudy) AND \(condition) AND NOT EXISTS (
        SELECT 1 FROM cycle c WHERE c.project_id = p.id AND c.stage IN ('plan', 'do', 'study'))
      ORDER BY f.n DESC, p.id LIMIT \(Self.most)
      """
    ).map { row in
      let count = try row.read("n", as: Int.self)
      return Item(
        kind: .unstudied, project: try row.read("title"), school: try row.read("school"),
        words: "\(try row.read("name", as: String.self)): \(counted(count, "value")) that no cycle studies",
        path: "/projects/\(try row.read("id", as: String.self))", since: nil)
    }
  }

  private func silent(_ condition: SQL, _ today: CalendarDate) throws -> [Item] {
    func until(_ schedule: Schedule) -> CalendarDate { schedule.back(2, from: schedule.period(of: today)) }
    return try db.rows(
      """
      SELECT m.id, m.name, m.last_on, \(Self.named) FROM measure m JOIN project p ON p.id = m.project_id
      WHERE p.state = 'active' AND \(condition) AND m.last_on IS NOT NULL AND m.rests_since IS NULL
        AND NOT EXISTS (SELECT 1 FROM measure_definition d
          WHERE d.measure_id = m.id AND d.number = m.definition AND d.chart_kind IN ('g', 't'))
        AND ((m.schedule = 'day' AND m.last_on < \(today.adding(days: -4)))
          OR (m.schedule = 'week' AND m.last_on < \(until(.week)))
          OR (m.schedule = 'month' AND m.last_on < \(until(.month))))
      ORDER BY m.last_on, m.id LIMIT \(Self.most)
      """
    ).map { row in
      let last: CalendarDate = try row.read("last_on")
      return Item(
        kind: .silent, project: try row.read("title"), school: try row.read("school"),
        words: "\(try row.read("name", as: String.self)): no value since \(last.short)",
        path: "/measures/\(try row.read("id", as: String.self))", since: nil)
    }
  }

  private func bare(_ condition: SQL) throws -> [Item] {
    try db.rows(
      """
      SELECT p.id, \(Self.named) FROM project p
      WHERE p.state = 'active' AND \(condition) AND NOT EXISTS (SELECT 1 FROM cycle c WHERE c.project_id = p.id)
      ORDER BY p.created_at, p.id LIMIT \(Self.most)
      """
    ).map { row in
      Item(
        kind: .bare, project: try row.read("title"), school: try row.read("school"), words: "No cycle planned yet",
        path: "/projects/\(try row.read("id", as: String.self))", since: nil)
    }
  }
}
