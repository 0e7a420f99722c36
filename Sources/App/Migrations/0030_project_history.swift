import Storage

extension Site {
  /// Every state that a project was in and every aim that it had, each with when, by whom and why. A step that follows
  /// from another, as a planned project begins with its first cycle, is by nobody. What is kept of older projects is their
  /// beginning, and the state in which they are.
  static let projectHistory = Migration(
    "0030_project_history",
    [
      """
      CREATE TABLE project_step (
        project_id TEXT NOT NULL REFERENCES project (id),
        number BIGINT NOT NULL,
        at BIGINT NOT NULL,
        by_id TEXT REFERENCES person (id),
        state TEXT NOT NULL CHECK (state IN ('planned', 'active', 'paused', 'done')),
        decision TEXT CHECK (decision IN ('adopt', 'adapt', 'abandon')),
        reason TEXT NOT NULL DEFAULT '',
        PRIMARY KEY (project_id, number)
      )
      """,
      """
      CREATE TABLE project_aim (
        project_id TEXT NOT NULL REFERENCES project (id),
        number BIGINT NOT NULL,
        at BIGINT NOT NULL,
        by_id TEXT NOT NULL REFERENCES person (id),
        why TEXT NOT NULL DEFAULT '',
        words TEXT NOT NULL CHECK (words <> ''),
        population TEXT NOT NULL DEFAULT '',
        measure TEXT NOT NULL DEFAULT '',
        starts_at TEXT NOT NULL DEFAULT '',
        goes_to TEXT NOT NULL DEFAULT '',
        by_day TEXT,
        PRIMARY KEY (project_id, number)
      )
      """,
      """
      INSERT INTO project_step (project_id, number, at, by_id, state)
      SELECT id, 1, created_at, created_by, 'active' FROM project
      """,
      """
      INSERT INTO project_step (project_id, number, at, by_id, state, decision, reason)
      SELECT id, 2, COALESCE(decided_at, changed_at), decided_by, state, decision, decision_reason FROM project
      WHERE state <> 'active'
      """,
      """
      INSERT INTO project_aim (project_id, number, at, by_id, words, population, measure, starts_at, goes_to, by_day)
      SELECT id, 1, created_at, created_by, aim, population, aim_measure, aim_from, aim_to, aim_by FROM project
      """,
    ] + recorded(in: "project_step", columns: " OF project_id, number, at, state, decision, reason")
      + recorded(
        in: "project_aim",
        columns: " OF project_id, number, at, why, words, population, measure, starts_at, goes_to, by_day"))
}
