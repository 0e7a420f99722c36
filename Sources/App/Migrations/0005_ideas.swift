import Storage

extension Site {
  /// Ideas, every version of them, and what was said about their age.
  ///
  /// The columns from `trials_started` on are compiled from the trials by `EvidenceStore.compile`, never typed.
  static let ideas = Migration(
    "0005_ideas",
    """
    CREATE TABLE idea (
      id TEXT PRIMARY KEY,
      state TEXT NOT NULL CHECK (state IN ('draft', 'published')),
      version BIGINT NOT NULL DEFAULT 1 CHECK (version >= 1),
      title TEXT NOT NULL CHECK (title <> ''),
      summary TEXT NOT NULL CHECK (summary <> ''),
      problem TEXT NOT NULL,
      problem_html TEXT NOT NULL,
      practice TEXT NOT NULL,
      practice_html TEXT NOT NULL,
      core TEXT NOT NULL DEFAULT '',
      adaptable TEXT NOT NULL DEFAULT '',
      conditions TEXT NOT NULL DEFAULT '',
      effort TEXT NOT NULL CHECK (effort IN ('low', 'medium', 'high')),
      effort_words TEXT NOT NULL DEFAULT '',
      cost_low BIGINT CHECK (cost_low >= 0),
      cost_high BIGINT CHECK (cost_high >= cost_low),
      cost_words TEXT NOT NULL DEFAULT '',
      grade_low BIGINT NOT NULL CHECK (grade_low BETWEEN 6 AND 12),
      grade_high BIGINT NOT NULL CHECK (grade_high BETWEEN grade_low AND 12),
      topics TEXT NOT NULL DEFAULT '',
      subjects TEXT NOT NULL DEFAULT '',
      school_id TEXT NOT NULL REFERENCES school (id),
      owner_id TEXT NOT NULL REFERENCES person (id),
      created_at BIGINT NOT NULL,
      published_at BIGINT,
      changed_at BIGINT NOT NULL,
      reviewed_on TEXT NOT NULL,
      review_due TEXT NOT NULL CHECK (review_due > reviewed_on),
      outdated_at BIGINT,
      outdated_by TEXT REFERENCES person (id),
      outdated_reason TEXT NOT NULL DEFAULT '',
      adapted_from TEXT REFERENCES idea (id) CHECK (adapted_from <> id),
      adaptation TEXT NOT NULL DEFAULT '',
      submission TEXT NOT NULL,
      trials_started BIGINT NOT NULL DEFAULT 0,
      schools_reported BIGINT NOT NULL DEFAULT 0,
      worked BIGINT NOT NULL DEFAULT 0,
      mixed BIGINT NOT NULL DEFAULT 0,
      did_not BIGINT NOT NULL DEFAULT 0,
      early BIGINT NOT NULL DEFAULT 0,
      experience BIGINT NOT NULL DEFAULT 0,
      latest_at BIGINT NOT NULL DEFAULT 0,
      headline TEXT NOT NULL DEFAULT '',
      CHECK ((state = 'published') = (published_at IS NOT NULL)),
      CHECK ((outdated_at IS NULL) = (outdated_by IS NULL)),
      CHECK (outdated_at IS NULL OR outdated_reason <> ''),
      UNIQUE (owner_id, submission)
    )
    """,
    "CREATE INDEX idea_latest ON idea (state, latest_at, id)",
    "CREATE INDEX idea_tried ON idea (state, schools_reported, id)",
    "CREATE INDEX idea_newest ON idea (state, published_at, id)",
    "CREATE INDEX idea_owner ON idea (owner_id, state, changed_at)",
    "CREATE INDEX idea_school ON idea (school_id, state, published_at)",
    "CREATE INDEX idea_parent ON idea (adapted_from)",
    "CREATE INDEX idea_review_due ON idea (state, review_due)",
    """
    CREATE TABLE idea_topic (
      topic TEXT NOT NULL,
      idea_id TEXT NOT NULL REFERENCES idea (id),
      PRIMARY KEY (topic, idea_id)
    )
    """,
    "CREATE INDEX idea_topic_idea ON idea_topic (idea_id)",
    """
    CREATE TABLE idea_subject (
      subject TEXT NOT NULL,
      idea_id TEXT NOT NULL REFERENCES idea (id),
      PRIMARY KEY (subject, idea_id)
    )
    """,
    "CREATE INDEX idea_subject_idea ON idea_subject (idea_id)",
    """
    CREATE TABLE idea_version (
      idea_id TEXT NOT NULL REFERENCES idea (id),
      number BIGINT NOT NULL CHECK (number >= 1),
      content TEXT NOT NULL,
      at BIGINT NOT NULL,
      by_id TEXT NOT NULL REFERENCES person (id),
      note TEXT NOT NULL DEFAULT '',
      PRIMARY KEY (idea_id, number)
    )
    """,
    """
    CREATE TABLE idea_review (
      id TEXT PRIMARY KEY,
      idea_id TEXT NOT NULL REFERENCES idea (id),
      at BIGINT NOT NULL,
      by_id TEXT NOT NULL REFERENCES person (id),
      finding TEXT NOT NULL CHECK (finding IN ('verified', 'outdated', 'current again')),
      reason TEXT NOT NULL DEFAULT '',
      CHECK (finding <> 'outdated' OR reason <> '')
    )
    """,
    "CREATE INDEX idea_review_idea ON idea_review (idea_id, at)")
}
