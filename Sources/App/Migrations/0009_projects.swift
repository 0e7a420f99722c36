import Storage

extension Site {
  /// Improvement projects: aim, team, driver diagram, cycles and what was predicted of them.
  ///
  /// A prediction is never changed: an amendment is another row with its reason, and `cycle.prediction` names the one in
  /// force. `cycle_lock` is written with the first datum after a cycle's start, or with its study: it refers to the
  /// prediction in force and to all that it says, so that neither engine lets the cycle point at another one, nor lets a
  /// figure of it be altered.
  /// `measure_id` names a row of the measures' own table, which comes after this step.
  static let projects = Migration(
    "0009_projects",
    """
    CREATE TABLE project (
      id TEXT PRIMARY KEY,
      school_id TEXT NOT NULL REFERENCES school (id),
      title TEXT NOT NULL CHECK (title <> ''),
      aim TEXT NOT NULL CHECK (aim <> ''),
      population TEXT NOT NULL DEFAULT '',
      aim_measure TEXT NOT NULL DEFAULT '',
      aim_from TEXT NOT NULL DEFAULT '',
      aim_to TEXT NOT NULL DEFAULT '',
      aim_by TEXT,
      questions TEXT NOT NULL DEFAULT '',
      visibility TEXT NOT NULL CHECK (visibility IN ('team', 'school', 'league')),
      state TEXT NOT NULL CHECK (state IN ('planned', 'active', 'paused', 'done')),
      decision TEXT CHECK (decision IN ('adopt', 'adapt', 'abandon')),
      decision_reason TEXT NOT NULL DEFAULT '',
      decided_at BIGINT,
      decided_by TEXT REFERENCES person (id),
      contest TEXT NOT NULL DEFAULT '',
      contest_score BIGINT CHECK (contest_score BETWEEN 1 AND 10),
      contested_at BIGINT,
      contested_by TEXT REFERENCES person (id),
      created_at BIGINT NOT NULL,
      created_by TEXT NOT NULL REFERENCES person (id),
      changed_at BIGINT NOT NULL,
      version BIGINT NOT NULL DEFAULT 1 CHECK (version >= 1),
      submission TEXT NOT NULL,
      CHECK ((state = 'done') = (decision IS NOT NULL)),
      CHECK ((decision IS NULL) = (decided_at IS NULL)),
      CHECK (decision IS NULL OR decision_reason <> ''),
      CHECK ((contest = '') = (contest_score IS NULL)),
      UNIQUE (created_by, submission)
    )
    """,
    "CREATE INDEX project_school_state ON project (school_id, state, changed_at)",
    "CREATE INDEX project_latest ON project (visibility, state, changed_at, id)",
    """
    CREATE TABLE project_member (
      project_id TEXT NOT NULL REFERENCES project (id),
      person_id TEXT NOT NULL REFERENCES person (id),
      role TEXT NOT NULL CHECK (role IN ('lead', 'member', 'coach', 'viewer')),
      since BIGINT NOT NULL,
      until BIGINT CHECK (until IS NULL OR until >= since),
      PRIMARY KEY (project_id, person_id)
    )
    """,
    "CREATE INDEX project_member_person ON project_member (person_id, until)",
    """
    CREATE TABLE project_school (
      id TEXT PRIMARY KEY,
      project_id TEXT NOT NULL REFERENCES project (id),
      school_id TEXT NOT NULL REFERENCES school (id),
      UNIQUE (project_id, school_id)
    )
    """,
    "CREATE INDEX project_school_school ON project_school (school_id)",
    """
    CREATE TABLE project_idea (
      project_id TEXT NOT NULL REFERENCES project (id),
      idea_id TEXT NOT NULL REFERENCES idea (id),
      PRIMARY KEY (project_id, idea_id)
    )
    """,
    "CREATE INDEX project_idea_idea ON project_idea (idea_id)",
    """
    CREATE TABLE driver (
      id TEXT PRIMARY KEY,
      project_id TEXT NOT NULL REFERENCES project (id),
      parent_id TEXT REFERENCES driver (id),
      kind TEXT NOT NULL CHECK (kind IN ('primary', 'secondary', 'change')),
      position BIGINT NOT NULL CHECK (position >= 1),
      words TEXT NOT NULL CHECK (words <> ''),
      idea_id TEXT REFERENCES idea (id),
      CHECK ((kind = 'primary') = (parent_id IS NULL))
    )
    """,
    "CREATE INDEX driver_project ON driver (project_id, position)",
    "CREATE INDEX driver_parent ON driver (parent_id)",
    """
    CREATE TABLE cycle (
      id TEXT PRIMARY KEY,
      project_id TEXT NOT NULL REFERENCES project (id),
      number BIGINT NOT NULL CHECK (number >= 1),
      follows_id TEXT REFERENCES cycle (id),
      measure_id TEXT,
      question TEXT NOT NULL CHECK (question <> ''),
      plan TEXT NOT NULL DEFAULT '',
      who TEXT NOT NULL DEFAULT '',
      starts_on TEXT NOT NULL,
      study_on TEXT NOT NULL CHECK (study_on >= starts_on),
      prediction BIGINT NOT NULL CHECK (prediction >= 1),
      stage TEXT NOT NULL CHECK (stage IN ('plan', 'do', 'study', 'act', 'closed')),
      did TEXT NOT NULL DEFAULT '',
      studied TEXT NOT NULL DEFAULT '',
      studied_at BIGINT,
      act TEXT CHECK (act IN ('adopt', 'adapt', 'abandon')),
      act_reason TEXT NOT NULL DEFAULT '',
      closed_at BIGINT,
      created_at BIGINT NOT NULL,
      created_by TEXT NOT NULL REFERENCES person (id),
      after_data INTEGER NOT NULL DEFAULT 0 CHECK (after_data IN (0, 1)),
      submission TEXT NOT NULL,
      CHECK ((stage = 'closed') = (act IS NOT NULL)),
      CHECK ((stage = 'closed') = (closed_at IS NOT NULL)),
      CHECK (act IS NULL OR act_reason <> ''),
      CHECK (stage NOT IN ('act', 'closed') OR studied <> ''),
      UNIQUE (project_id, number),
      UNIQUE (created_by, submission),
      UNIQUE (id, prediction)
    )
    """,
    "CREATE INDEX cycle_measure ON cycle (measure_id, starts_on)",
    "CREATE INDEX cycle_due ON cycle (stage, study_on)",
    """
    CREATE TABLE cycle_prediction (
      cycle_id TEXT NOT NULL REFERENCES cycle (id),
      number BIGINT NOT NULL CHECK (number >= 1),
      at BIGINT NOT NULL,
      by_id TEXT NOT NULL REFERENCES person (id),
      why TEXT NOT NULL DEFAULT '',
      direction TEXT NOT NULL CHECK (direction IN ('better', 'no-change', 'worse')),
      size DOUBLE PRECISION NOT NULL CHECK (size > 0),
      probability BIGINT NOT NULL CHECK (probability BETWEEN 5 AND 95),
      words TEXT NOT NULL DEFAULT '',
      CHECK (number = 1 OR why <> ''),
      PRIMARY KEY (cycle_id, number),
      UNIQUE (cycle_id, number, direction, size, probability, words)
    )
    """,
    """
    CREATE TABLE cycle_lock (
      cycle_id TEXT PRIMARY KEY,
      number BIGINT NOT NULL,
      direction TEXT NOT NULL,
      size DOUBLE PRECISION NOT NULL,
      probability BIGINT NOT NULL,
      words TEXT NOT NULL,
      at BIGINT NOT NULL,
      FOREIGN KEY (cycle_id, number) REFERENCES cycle (id, prediction),
      FOREIGN KEY (cycle_id, number, direction, size, probability, words)
        REFERENCES cycle_prediction (cycle_id, number, direction, size, probability, words)
    )
    """)
}
