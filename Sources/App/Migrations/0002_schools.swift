import Storage

extension Site {
  /// The directory of schools, where each value in it came from, and what was done to it.
  static let schools = Migration(
    "0002_schools",
    """
    CREATE TABLE school (
      id TEXT PRIMARY KEY,
      official_kind TEXT CHECK (official_kind IN ('nces', 'pss')),
      official_id TEXT,
      name TEXT NOT NULL CHECK (name <> ''),
      folded_name TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('public', 'charter', 'private', 'career-and-technical')),
      kind_basis TEXT NOT NULL DEFAULT '',
      agency TEXT NOT NULL DEFAULT '',
      agency_state TEXT NOT NULL DEFAULT '',
      street TEXT NOT NULL DEFAULT '',
      city TEXT NOT NULL DEFAULT '',
      folded_city TEXT NOT NULL DEFAULT '',
      state TEXT NOT NULL CHECK (state <> ''),
      zip TEXT NOT NULL DEFAULT '',
      county TEXT NOT NULL DEFAULT '',
      latitude DOUBLE PRECISION CHECK (latitude BETWEEN -90 AND 90),
      longitude DOUBLE PRECISION CHECK (longitude BETWEEN -180 AND 180),
      cell BIGINT,
      locale BIGINT CHECK (locale IN (11, 12, 13, 21, 22, 23, 31, 32, 33, 41, 42, 43)),
      grade_low BIGINT CHECK (grade_low BETWEEN -1 AND 13),
      grade_high BIGINT CHECK (grade_high BETWEEN -1 AND 13),
      students BIGINT CHECK (students >= 0),
      status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'closed', 'merged', 'outside')),
      successor_id TEXT REFERENCES school (id) CHECK (successor_id <> id),
      website TEXT NOT NULL DEFAULT '',
      phone TEXT NOT NULL DEFAULT '',
      domain TEXT NOT NULL DEFAULT '',
      about TEXT NOT NULL DEFAULT '',
      working_on TEXT NOT NULL DEFAULT '',
      visitors TEXT NOT NULL DEFAULT '',
      membership TEXT NOT NULL DEFAULT 'none' CHECK (membership IN ('none', 'inquiry', 'agreement-issued',
        'signatures-pending', 'received', 'active', 'inactive', 'withdrawn', 'closed', 'merged')),
      member_since TEXT,
      first_seen BIGINT,
      last_seen BIGINT,
      origins TEXT NOT NULL DEFAULT '',
      fictional INTEGER NOT NULL DEFAULT 0 CHECK (fictional IN (0, 1)),
      CHECK ((official_kind IS NULL) = (official_id IS NULL)),
      CHECK (status <> 'merged' OR successor_id IS NOT NULL),
      CHECK ((latitude IS NULL) = (longitude IS NULL)),
      CHECK ((latitude IS NULL) = (cell IS NULL)),
      UNIQUE (official_kind, official_id)
    )
    """,
    "CREATE INDEX school_list ON school (status, folded_name, id)",
    "CREATE INDEX school_state ON school (state, status, folded_name, id)",
    "CREATE INDEX school_member ON school (membership, status, folded_name, id)",
    "CREATE INDEX school_place ON school (state, folded_name, folded_city)",
    "CREATE INDEX school_county ON school (state, status, county)",
    "CREATE INDEX school_cell ON school (cell)",
    "CREATE INDEX school_domain ON school (domain)",
    "CREATE INDEX school_successor ON school (successor_id)",
    """
    CREATE INDEX school_counts ON school
      (status, state, kind, membership, county, locale, grade_low, grade_high, students, cell)
    """,
    """
    CREATE TABLE school_name_trigram (
      trigram TEXT NOT NULL,
      school_id TEXT NOT NULL REFERENCES school (id),
      PRIMARY KEY (trigram, school_id)
    )
    """,
    "CREATE INDEX school_name_trigram_school ON school_name_trigram (school_id)",
    """
    CREATE TABLE school_import (
      id TEXT PRIMARY KEY,
      at BIGINT NOT NULL,
      person_id TEXT REFERENCES person (id),
      files TEXT NOT NULL,
      created BIGINT NOT NULL,
      updated BIGINT NOT NULL,
      unchanged BIGINT NOT NULL,
      skipped BIGINT NOT NULL,
      undone_at BIGINT,
      undone_by TEXT REFERENCES person (id)
    )
    """,
    "CREATE INDEX school_import_at ON school_import (at)",
    """
    CREATE TABLE school_history (
      id TEXT PRIMARY KEY,
      school_id TEXT NOT NULL REFERENCES school (id),
      at BIGINT NOT NULL,
      field TEXT NOT NULL,
      old_value TEXT,
      new_value TEXT,
      old_origin TEXT NOT NULL DEFAULT '',
      source TEXT NOT NULL,
      import_id TEXT REFERENCES school_import (id),
      person_id TEXT REFERENCES person (id)
    )
    """,
    "CREATE INDEX school_history_school ON school_history (school_id, at, id)",
    "CREATE INDEX school_history_import ON school_history (import_id, school_id)",
    """
    CREATE TABLE school_duplicate (
      id TEXT PRIMARY KEY,
      first_id TEXT NOT NULL REFERENCES school (id),
      second_id TEXT NOT NULL REFERENCES school (id),
      reason TEXT NOT NULL CHECK (reason IN ('same-name', 'near')),
      metres BIGINT,
      found_at BIGINT NOT NULL,
      verdict TEXT CHECK (verdict IN ('apart', 'merged')),
      settled_at BIGINT,
      settled_by TEXT REFERENCES person (id),
      CHECK (first_id < second_id),
      UNIQUE (first_id, second_id)
    )
    """,
    "CREATE INDEX school_duplicate_open ON school_duplicate (verdict, found_at, id)",
    "CREATE INDEX school_duplicate_second ON school_duplicate (second_id)",
    """
    CREATE TABLE school_merger (
      id TEXT PRIMARY KEY,
      from_id TEXT NOT NULL REFERENCES school (id),
      into_id TEXT NOT NULL REFERENCES school (id),
      at BIGINT NOT NULL,
      by_id TEXT REFERENCES person (id),
      old_status TEXT NOT NULL,
      old_membership TEXT NOT NULL,
      old_into_membership TEXT NOT NULL,
      old_into_since TEXT,
      undone_at BIGINT,
      undone_by TEXT REFERENCES person (id)
    )
    """,
    "CREATE INDEX school_merger_from ON school_merger (from_id, at)",
    "CREATE INDEX school_merger_into ON school_merger (into_id, at)",
    "CREATE INDEX school_merger_at ON school_merger (at, id)",
    """
    CREATE TABLE school_merger_move (
      merger_id TEXT NOT NULL REFERENCES school_merger (id),
      table_name TEXT NOT NULL,
      row_id TEXT NOT NULL,
      PRIMARY KEY (merger_id, table_name, row_id)
    )
    """)
}
