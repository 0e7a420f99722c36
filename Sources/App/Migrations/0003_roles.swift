import Storage

extension Site {
  /// Rights by role and term.
  static let roles = Migration(
    "0003_roles",
    """
    CREATE TABLE role (
      id TEXT PRIMARY KEY,
      person_id TEXT NOT NULL REFERENCES person (id),
      kind TEXT NOT NULL CHECK (kind IN ('educator', 'lead', 'liaison', 'office')),
      school_id TEXT REFERENCES school (id),
      state TEXT,
      title TEXT NOT NULL DEFAULT '',
      starts_at BIGINT NOT NULL,
      ends_at BIGINT CHECK (ends_at IS NULL OR ends_at >= starts_at),
      given_by TEXT REFERENCES person (id),
      ended_by TEXT REFERENCES person (id),
      end_reason TEXT NOT NULL DEFAULT '',
      CHECK ((kind IN ('educator', 'lead')) = (school_id IS NOT NULL)),
      CHECK ((kind = 'liaison') = (state IS NOT NULL))
    )
    """,
    "CREATE INDEX role_person ON role (person_id, starts_at)",
    "CREATE INDEX role_school ON role (school_id, kind, ends_at)",
    "CREATE INDEX role_state ON role (state, kind)")
}
