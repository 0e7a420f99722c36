import Storage

extension Site {
  /// From project to trial: the cycle that a trial comes from, and the values on which its claim rests.
  ///
  /// `cycle.idea_id` is the idea that a cycle tries, chosen when it is planned. `trial_origin` refers to the cycle's lock,
  /// so that what was predicted stays locked as long as the trial stands. `trial_series` belongs to one report: a
  /// correction has a series of its own, and the old one stays. `students` are those who could be counted each time.
  static let trialsOfProjects = Migration(
    "0016_trials_of_projects",
    "ALTER TABLE cycle ADD COLUMN idea_id TEXT REFERENCES idea (id)",
    "CREATE INDEX cycle_idea ON cycle (idea_id, study_on)",
    """
    CREATE TABLE trial_origin (
      trial_id TEXT PRIMARY KEY REFERENCES trial (id),
      cycle_id TEXT NOT NULL UNIQUE REFERENCES cycle_lock (cycle_id),
      measure_id TEXT NOT NULL REFERENCES measure (id),
      published_at BIGINT NOT NULL,
      published_by TEXT NOT NULL REFERENCES person (id)
    )
    """,
    "CREATE INDEX trial_origin_measure ON trial_origin (measure_id)",
    """
    CREATE TABLE trial_series (
      trial_id TEXT NOT NULL,
      report BIGINT NOT NULL,
      data_kind TEXT NOT NULL CHECK (data_kind IN ('share', 'count', 'number')),
      schedule TEXT NOT NULL CHECK (schedule IN ('day', 'week', 'month')),
      changed_on TEXT NOT NULL,
      students BIGINT CHECK (students > 0),
      counted_alike INTEGER NOT NULL CHECK (counted_alike IN (0, 1)),
      PRIMARY KEY (trial_id, report),
      FOREIGN KEY (trial_id, report) REFERENCES trial_report (trial_id, number)
    )
    """,
    """
    CREATE TABLE trial_series_value (
      trial_id TEXT NOT NULL,
      report BIGINT NOT NULL,
      period TEXT NOT NULL,
      value DOUBLE PRECISION NOT NULL,
      x DOUBLE PRECISION,
      n DOUBLE PRECISION CHECK (n > 0),
      CHECK ((x IS NULL) = (n IS NULL)),
      PRIMARY KEY (trial_id, report, period),
      FOREIGN KEY (trial_id, report) REFERENCES trial_series (trial_id, report)
    )
    """)
}
