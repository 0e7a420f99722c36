import Storage

extension Site {
  /// Discussions, their posts with every earlier text, who reads along, drafts, and how letters are stopped.
  ///
  /// Posts of a discussion are numbered 1, 2, 3 … without gaps, deleted ones included: a page, the place read to and the
  /// way to a post are ranges of numbers. What lists show is kept on the discussion itself.
  static let discussion = Migration(
    "0007_discussion",
    """
    CREATE TABLE discussion (
      id TEXT PRIMARY KEY,
      title TEXT NOT NULL CHECK (title <> ''),
      about_kind TEXT NOT NULL DEFAULT '' CHECK (about_kind IN ('', 'idea', 'trial', 'school')),
      about_id TEXT NOT NULL DEFAULT '',
      about_title TEXT NOT NULL DEFAULT '',
      starter_id TEXT NOT NULL REFERENCES person (id),
      submission TEXT NOT NULL,
      created_at BIGINT NOT NULL,
      asks INTEGER NOT NULL DEFAULT 0 CHECK (asks IN (0, 1)),
      accepted_id TEXT,
      is_open INTEGER NOT NULL DEFAULT 0 CHECK (is_open IN (0, 1)),
      post_count BIGINT NOT NULL DEFAULT 0 CHECK (post_count >= 0),
      reply_count BIGINT NOT NULL DEFAULT 0 CHECK (reply_count >= 0),
      last_post_at BIGINT NOT NULL,
      last_by TEXT NOT NULL REFERENCES person (id),
      excerpt TEXT NOT NULL DEFAULT '',
      hidden INTEGER NOT NULL DEFAULT 0 CHECK (hidden IN (0, 1)),
      CHECK ((about_kind = '') = (about_id = '')),
      CHECK (is_open = 0 OR asks = 1),
      UNIQUE (starter_id, submission)
    )
    """,
    "CREATE INDEX discussion_latest ON discussion (hidden, last_post_at, id)",
    "CREATE INDEX discussion_open ON discussion (is_open, hidden, last_post_at, id)",
    "CREATE INDEX discussion_kind ON discussion (about_kind, hidden, last_post_at, id)",
    "CREATE INDEX discussion_about ON discussion (about_kind, about_id, hidden, last_post_at, id)",
    """
    CREATE TABLE post (
      id TEXT PRIMARY KEY,
      discussion_id TEXT NOT NULL REFERENCES discussion (id),
      number BIGINT NOT NULL CHECK (number >= 1),
      author_id TEXT NOT NULL REFERENCES person (id),
      text TEXT NOT NULL CHECK (text <> ''),
      html TEXT NOT NULL,
      reply_to TEXT REFERENCES post (id),
      created_at BIGINT NOT NULL,
      edited_at BIGINT,
      revisions BIGINT NOT NULL DEFAULT 0,
      deleted_at BIGINT,
      deleted_by TEXT REFERENCES person (id),
      submission TEXT NOT NULL,
      CHECK ((deleted_at IS NULL) = (deleted_by IS NULL)),
      UNIQUE (discussion_id, number),
      UNIQUE (author_id, submission)
    )
    """,
    "CREATE INDEX post_author ON post (author_id, created_at)",
    """
    CREATE TABLE post_revision (
      post_id TEXT NOT NULL REFERENCES post (id),
      number BIGINT NOT NULL CHECK (number >= 1),
      text TEXT NOT NULL,
      replaced_at BIGINT NOT NULL,
      replaced_by TEXT NOT NULL REFERENCES person (id),
      PRIMARY KEY (post_id, number)
    )
    """,
    """
    CREATE TABLE discussion_reader (
      person_id TEXT NOT NULL REFERENCES person (id),
      discussion_id TEXT NOT NULL REFERENCES discussion (id),
      level TEXT NOT NULL DEFAULT 'normal' CHECK (level IN ('watching', 'normal', 'muted')),
      read_number BIGINT NOT NULL DEFAULT 0,
      takes_part INTEGER NOT NULL DEFAULT 0 CHECK (takes_part IN (0, 1)),
      PRIMARY KEY (person_id, discussion_id)
    )
    """,
    "CREATE INDEX discussion_reader_level ON discussion_reader (discussion_id, level)",
    "CREATE INDEX discussion_reader_part ON discussion_reader (person_id, takes_part)",
    "CREATE INDEX discussion_reader_watching ON discussion_reader (person_id, level)",
    """
    CREATE TABLE draft (
      person_id TEXT NOT NULL REFERENCES person (id),
      context TEXT NOT NULL CHECK (context <> ''),
      generation BIGINT NOT NULL CHECK (generation >= 1),
      text TEXT NOT NULL,
      kept_at BIGINT NOT NULL,
      PRIMARY KEY (person_id, context)
    )
    """,
    "ALTER TABLE notice ADD COLUMN event TEXT",
    "CREATE UNIQUE INDEX notice_event ON notice (person_id, event)",
    """
    CREATE TABLE letter_stop (
      token_hash TEXT PRIMARY KEY,
      person_id TEXT NOT NULL REFERENCES person (id),
      subject TEXT NOT NULL,
      created_at BIGINT NOT NULL,
      used_at BIGINT
    )
    """,
    "CREATE INDEX letter_stop_person ON letter_stop (person_id)")
}
