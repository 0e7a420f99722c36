import Storage

extension Site {
  /// Measures: what is counted and how, every value ever entered, who may enter without an account.
  ///
  /// A definition is never changed: an amendment is another row with its reason. As soon as a value rests on one,
  /// `measure_lock` refers to all that it says, so that neither engine lets a word of it be altered.
  /// A value is never changed either: a correction is a new row, and one row a period is `current`.
  /// The columns from `points` on are compiled from the values, never typed.
  static let measures = Migration(
    "0010_measures",
    """
    CREATE TABLE measure (
      id TEXT PRIMARY KEY,
      school_id TEXT NOT NULL REFERENCES school (id),
      project_id TEXT,
      person_id TEXT NOT NULL REFERENCES person (id),
      name TEXT NOT NULL CHECK (name <> ''),
      folded_name TEXT NOT NULL,
      role TEXT NOT NULL CHECK (role IN ('outcome', 'process', 'balancing')),
      subgroup TEXT NOT NULL DEFAULT '',
      schedule TEXT NOT NULL CHECK (schedule IN ('day', 'week', 'month')),
      shared INTEGER NOT NULL CHECK (shared IN (0, 1)),
      definition BIGINT NOT NULL CHECK (definition >= 1),
      created_at BIGINT NOT NULL,
      submission TEXT NOT NULL,
      points BIGINT NOT NULL DEFAULT 0,
      last_on TEXT,
      spark TEXT NOT NULL DEFAULT '',
      sentence TEXT NOT NULL DEFAULT '',
      UNIQUE (person_id, submission)
    )
    """,
    "CREATE INDEX measure_school ON measure (school_id, id)",
    "CREATE INDEX measure_project ON measure (project_id, id)",
    "CREATE INDEX measure_network ON measure (shared, folded_name, school_id)",
    """
    CREATE TABLE measure_definition (
      measure_id TEXT NOT NULL REFERENCES measure (id),
      number BIGINT NOT NULL CHECK (number >= 1),
      at BIGINT NOT NULL,
      by_id TEXT NOT NULL REFERENCES person (id),
      why TEXT NOT NULL DEFAULT '',
      who TEXT NOT NULL CHECK (who <> ''),
      what TEXT NOT NULL CHECK (what <> ''),
      how TEXT NOT NULL CHECK (how <> ''),
      unit TEXT NOT NULL DEFAULT '',
      data_kind TEXT NOT NULL CHECK (data_kind IN ('share', 'count', 'number')),
      better TEXT NOT NULL CHECK (better IN ('higher', 'lower', 'neither')),
      chart_kind TEXT NOT NULL,
      rules TEXT NOT NULL,
      target DOUBLE PRECISION,
      baseline_until TEXT NOT NULL DEFAULT '',
      CHECK (number = 1 OR why <> ''),
      PRIMARY KEY (measure_id, number),
      UNIQUE (measure_id, number, who, what, how, unit, data_kind, better, chart_kind, rules, baseline_until)
    )
    """,
    """
    CREATE TABLE measure_lock (
      measure_id TEXT NOT NULL,
      number BIGINT NOT NULL,
      who TEXT NOT NULL,
      what TEXT NOT NULL,
      how TEXT NOT NULL,
      unit TEXT NOT NULL,
      data_kind TEXT NOT NULL,
      better TEXT NOT NULL,
      chart_kind TEXT NOT NULL,
      rules TEXT NOT NULL,
      baseline_until TEXT NOT NULL,
      PRIMARY KEY (measure_id, number),
      FOREIGN KEY (measure_id, number, who, what, how, unit, data_kind, better, chart_kind, rules, baseline_until)
        REFERENCES measure_definition
          (measure_id, number, who, what, how, unit, data_kind, better, chart_kind, rules, baseline_until)
    )
    """,
    """
    CREATE TABLE entry_link (
      id TEXT PRIMARY KEY,
      measure_id TEXT NOT NULL REFERENCES measure (id),
      digest TEXT NOT NULL UNIQUE,
      holder TEXT NOT NULL CHECK (holder <> ''),
      by_id TEXT NOT NULL REFERENCES person (id),
      made_at BIGINT NOT NULL,
      expires_at BIGINT NOT NULL,
      ended_at BIGINT,
      used_at BIGINT
    )
    """,
    "CREATE INDEX entry_link_measure ON entry_link (measure_id, id)",
    """
    CREATE TABLE measure_value (
      id TEXT PRIMARY KEY,
      measure_id TEXT NOT NULL,
      definition BIGINT NOT NULL,
      period TEXT NOT NULL,
      value DOUBLE PRECISION NOT NULL,
      x DOUBLE PRECISION,
      n DOUBLE PRECISION CHECK (n > 0),
      at BIGINT NOT NULL,
      by_id TEXT REFERENCES person (id),
      link_id TEXT REFERENCES entry_link (id),
      state TEXT NOT NULL CHECK (state IN ('current', 'beside', 'replaced')),
      why TEXT NOT NULL DEFAULT '',
      ended_at BIGINT,
      ended_by TEXT REFERENCES person (id),
      CHECK ((x IS NULL) = (n IS NULL)),
      CHECK ((by_id IS NULL) <> (link_id IS NULL)),
      CHECK (state <> 'replaced' OR (why <> '' AND ended_by IS NOT NULL)),
      FOREIGN KEY (measure_id, definition) REFERENCES measure_lock (measure_id, number)
    )
    """,
    "CREATE UNIQUE INDEX measure_value_current ON measure_value (measure_id, period) WHERE state = 'current'",
    "CREATE INDEX measure_value_period ON measure_value (measure_id, state, period)",
    """
    CREATE TABLE measure_mark (
      id TEXT PRIMARY KEY,
      measure_id TEXT NOT NULL REFERENCES measure (id),
      kind TEXT NOT NULL CHECK (kind IN ('phase', 'change', 'comment')),
      period TEXT NOT NULL,
      words TEXT NOT NULL CHECK (words <> ''),
      at BIGINT NOT NULL,
      by_id TEXT NOT NULL REFERENCES person (id)
    )
    """,
    "CREATE INDEX measure_mark_period ON measure_mark (measure_id, period, id)")
}
