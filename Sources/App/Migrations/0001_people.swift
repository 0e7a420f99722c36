import Storage

extension Site {
  /// Accounts, how they sign in, and the letters they get.
  static let people = Migration(
    "0001_people",
    """
    CREATE TABLE person (
      id TEXT PRIMARY KEY,
      email TEXT NOT NULL UNIQUE CHECK (email <> ''),
      name TEXT NOT NULL CHECK (name <> ''),
      folded_name TEXT NOT NULL,
      handle TEXT NOT NULL UNIQUE CHECK (handle <> ''),
      title TEXT NOT NULL DEFAULT '',
      about TEXT NOT NULL DEFAULT '',
      ask_me TEXT NOT NULL DEFAULT '',
      looking_for TEXT NOT NULL DEFAULT '',
      email_shown TEXT NOT NULL DEFAULT 'nobody' CHECK (email_shown IN ('nobody', 'school', 'members')),
      about_shown TEXT NOT NULL DEFAULT 'members' CHECK (about_shown IN ('nobody', 'school', 'members')),
      asking_shown TEXT NOT NULL DEFAULT 'members' CHECK (asking_shown IN ('nobody', 'school', 'members')),
      theme TEXT NOT NULL DEFAULT 'system' CHECK (theme IN ('system', 'light', 'dark')),
      letter TEXT NOT NULL DEFAULT 'each' CHECK (letter IN ('each', 'none')),
      keys INTEGER NOT NULL DEFAULT 1 CHECK (keys IN (0, 1)),
      totp_secret TEXT,
      totp_step BIGINT NOT NULL DEFAULT 0,
      created_at BIGINT NOT NULL,
      suspended_at BIGINT,
      merged_into TEXT REFERENCES person (id),
      fictional INTEGER NOT NULL DEFAULT 0 CHECK (fictional IN (0, 1))
    )
    """,
    "CREATE INDEX person_name ON person (folded_name, id)",
    "CREATE INDEX person_merged ON person (merged_into)",
    """
    CREATE TABLE session (
      token_hash TEXT PRIMARY KEY,
      person_id TEXT NOT NULL REFERENCES person (id),
      created_at BIGINT NOT NULL,
      seen_at BIGINT NOT NULL,
      expires_at BIGINT NOT NULL,
      agent TEXT NOT NULL,
      address TEXT NOT NULL,
      second_factor_at BIGINT
    )
    """,
    "CREATE INDEX session_person ON session (person_id, seen_at)",
    """
    CREATE TABLE sign_in_code (
      id TEXT PRIMARY KEY,
      email TEXT NOT NULL,
      purpose TEXT NOT NULL CHECK (purpose IN ('sign-in', 'signature', 'first-office')),
      subject TEXT NOT NULL DEFAULT '',
      code_hash TEXT NOT NULL,
      browser_hash TEXT NOT NULL,
      created_at BIGINT NOT NULL,
      expires_at BIGINT NOT NULL,
      tries BIGINT NOT NULL DEFAULT 0,
      spent_at BIGINT
    )
    """,
    "CREATE INDEX sign_in_code_browser ON sign_in_code (browser_hash, created_at)",
    """
    CREATE TABLE kept_form (
      id TEXT PRIMARY KEY,
      browser_hash TEXT NOT NULL,
      path TEXT NOT NULL,
      fields TEXT NOT NULL,
      created_at BIGINT NOT NULL
    )
    """,
    """
    CREATE TABLE mail (
      id TEXT PRIMARY KEY,
      address TEXT NOT NULL,
      subject TEXT NOT NULL,
      body TEXT NOT NULL,
      headers TEXT NOT NULL DEFAULT '',
      created_at BIGINT NOT NULL,
      due_at BIGINT NOT NULL,
      sent_at BIGINT,
      tries BIGINT NOT NULL DEFAULT 0,
      trouble TEXT
    )
    """,
    "CREATE INDEX mail_waiting ON mail (sent_at, due_at)",
    """
    CREATE TABLE notice (
      id TEXT PRIMARY KEY,
      person_id TEXT NOT NULL REFERENCES person (id),
      kind TEXT NOT NULL,
      subject TEXT NOT NULL,
      path TEXT NOT NULL,
      words TEXT NOT NULL,
      why TEXT NOT NULL DEFAULT '',
      by_id TEXT REFERENCES person (id),
      created_at BIGINT NOT NULL,
      read_at BIGINT,
      mailed_at BIGINT
    )
    """,
    "CREATE INDEX notice_person ON notice (person_id, read_at, created_at)",
    "CREATE INDEX notice_unmailed ON notice (mailed_at, created_at)",
    """
    CREATE TABLE audit (
      id TEXT PRIMARY KEY,
      at BIGINT NOT NULL,
      person_id TEXT REFERENCES person (id),
      action TEXT NOT NULL,
      noun TEXT NOT NULL,
      noun_id TEXT NOT NULL,
      detail TEXT NOT NULL DEFAULT ''
    )
    """,
    "CREATE INDEX audit_noun ON audit (noun, noun_id, at)",
    "CREATE INDEX audit_at ON audit (at)")
}
