import Storage

extension Site {
  /// What a project said before its data is held by the engine, its measures hang on drivers, and it can be found.
  ///
  /// `cycle_plan_lock` refers to all that a cycle's plan says of time and data, `phase_lock` to a phase that a person set:
  /// both are written with the first value that rests on them, so that neither engine lets a word be altered. Nothing
  /// refers to the locks themselves, nor can a foreign key hold a column that may be empty: there triggers refuse, as they
  /// do for the audit log.
  /// `measure.concern` is compiled from the values, never typed.
  static let projectsHeld = Migration("0017_projects_held", plans + phases + unchanged + hung + findable)

  private static let plans: [SQL] = [
    "CREATE UNIQUE INDEX cycle_plan ON cycle (id, starts_on, study_on, after_data, created_at)",
    "CREATE UNIQUE INDEX cycle_counted ON cycle (id, measure_id)",
    """
    CREATE TABLE cycle_plan_lock (
      cycle_id TEXT PRIMARY KEY REFERENCES cycle_lock (cycle_id),
      starts_on TEXT NOT NULL,
      study_on TEXT NOT NULL,
      after_data INTEGER NOT NULL,
      created_at BIGINT NOT NULL,
      measure_id TEXT,
      FOREIGN KEY (cycle_id, starts_on, study_on, after_data, created_at)
        REFERENCES cycle (id, starts_on, study_on, after_data, created_at),
      FOREIGN KEY (cycle_id, measure_id) REFERENCES cycle (id, measure_id)
    )
    """,
    """
    INSERT INTO cycle_plan_lock (cycle_id, starts_on, study_on, after_data, created_at, measure_id)
    SELECT c.id, c.starts_on, c.study_on, c.after_data, c.created_at, c.measure_id
    FROM cycle c JOIN cycle_lock l ON l.cycle_id = c.id
    """,
  ]

  private static let phases: [SQL] = [
    "CREATE UNIQUE INDEX measure_mark_words ON measure_mark (id, measure_id, kind, period, words)",
    """
    CREATE TABLE phase_lock (
      mark_id TEXT PRIMARY KEY,
      measure_id TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind = 'phase'),
      period TEXT NOT NULL,
      words TEXT NOT NULL,
      FOREIGN KEY (mark_id, measure_id, kind, period, words)
        REFERENCES measure_mark (id, measure_id, kind, period, words)
    )
    """,
    """
    INSERT INTO phase_lock (mark_id, measure_id, kind, period, words)
    SELECT k.id, k.measure_id, k.kind, k.period, k.words FROM measure_mark k
    WHERE k.kind = 'phase' AND EXISTS (
      SELECT 1 FROM measure_value v WHERE v.measure_id = k.measure_id AND v.state = 'current' AND v.period >= k.period)
    """,
  ]

  /// Tables whose rows never go, nor change in these columns; none named are all.
  private static let held: [(table: SQL, columns: SQL)] = [
    ("cycle_lock", ""), ("cycle_plan_lock", ""), ("phase_lock", ""), ("measure_lock", ""), ("trial_series_value", ""),
    ("trial_series", ""),
    ("measure_value", " OF measure_id, definition, period, value, x, n, at"),
    (
      "trial_registration",
      " OF trial_id, number, at, participants, starts_on, due_on, measure, definition, unit, better, comparison, by_lot, predicted, probability, smallest"
    ),
    ("trial_origin", " OF trial_id, cycle_id, measure_id, published_at"),
  ]

  private static let unchanged: [SQL] =
    [
      .either(
        sqlite: "",
        postgres: """
          CREATE FUNCTION record_refuses() RETURNS trigger LANGUAGE plpgsql AS
          $refuse$ BEGIN RAISE EXCEPTION 'what was recorded is never changed' USING ERRCODE = 'check_violation'; END $refuse$
          """)
    ]
    + held.flatMap { recorded(in: $0.table, columns: $0.columns) }

  /// Triggers by which a table's rows never go, nor change in the columns; none named are all.
  static func recorded(in table: SQL, columns: SQL) -> [SQL] {
    let events: [(ending: SQL, event: SQL)] = [("_never_changed", "UPDATE\(columns)"), ("_never_gone", "DELETE")]
    return events.map { ending, event in
      .either(
        sqlite: """
          CREATE TRIGGER \(table)\(ending) BEFORE \(event) ON \(table)
          BEGIN SELECT RAISE(ABORT, 'what was recorded is never changed'); END
          """,
        postgres: """
          CREATE TRIGGER \(table)\(ending) BEFORE \(event) ON \(table)
          FOR EACH ROW EXECUTE FUNCTION record_refuses()
          """)
    }
  }

  private static let hung: [SQL] = [
    "ALTER TABLE measure ADD COLUMN driver_id TEXT REFERENCES driver (id)",
    "CREATE INDEX measure_driver ON measure (driver_id)",
    "ALTER TABLE measure ADD COLUMN concern TEXT NOT NULL DEFAULT ''",
  ]

  /// Projects among what can be found. SQLite cannot change a check, so its documents move to a table that has the new
  /// one; their numbers stay, so the index over them does.
  private static let findable: [SQL] =
    [
      .either(
        sqlite: """
          CREATE TABLE search_document_of_all (
            \(SQL.rowNumber),
            kind TEXT NOT NULL CHECK (kind IN ('idea', 'trial', 'person', 'school', 'discussion', 'project')),
            noun_id TEXT NOT NULL,
            part TEXT NOT NULL DEFAULT '',
            title TEXT NOT NULL,
            body TEXT NOT NULL,
            marks TEXT NOT NULL,
            shown_title TEXT NOT NULL,
            shown_text TEXT NOT NULL,
            path TEXT NOT NULL,
            about TEXT NOT NULL DEFAULT '',
            updated_at BIGINT NOT NULL,
            UNIQUE (kind, noun_id, part)
          );
          INSERT INTO search_document_of_all
          SELECT number, kind, noun_id, part, title, body, marks, shown_title, shown_text, path, about, updated_at
          FROM search_document;
          DROP TABLE search_document;
          ALTER TABLE search_document_of_all RENAME TO search_document
          """,
        postgres: """
          ALTER TABLE search_document DROP CONSTRAINT search_document_kind_check;
          ALTER TABLE search_document ADD CONSTRAINT search_document_kind_check
            CHECK (kind IN ('idea', 'trial', 'person', 'school', 'discussion', 'project'))
          """)
    ] + FullText(table: "search_document").following
}
