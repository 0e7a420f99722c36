import Storage

extension Site {
  /// The agreement's versions, each school's way through membership, signatures, and what keeps a roster true.
  ///
  /// A school has at most one membership that has not ended; those that ended stay as history. A signature names the
  /// hash of the text that was signed, and the text's row refuses to be another text: the pair is a foreign key.
  static let membership = Migration(
    "0004_membership",
    """
    CREATE TABLE agreement_version (
      version TEXT PRIMARY KEY,
      title TEXT NOT NULL CHECK (title <> ''),
      dated TEXT NOT NULL,
      signers TEXT NOT NULL CHECK (signers <> ''),
      body TEXT NOT NULL CHECK (body <> ''),
      hash TEXT NOT NULL CHECK (hash <> ''),
      UNIQUE (version, hash)
    )
    """,
    """
    CREATE TABLE commitment (
      key TEXT PRIMARY KEY,
      position BIGINT NOT NULL,
      title TEXT NOT NULL,
      short TEXT NOT NULL,
      words TEXT NOT NULL,
      in_practice TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE membership (
      id TEXT PRIMARY KEY,
      school_id TEXT NOT NULL REFERENCES school (id),
      state TEXT NOT NULL CHECK (state IN ('inquiry', 'agreement-issued', 'signatures-pending', 'received', 'active',
        'inactive', 'withdrawn', 'closed', 'merged')),
      started_by TEXT REFERENCES person (id),
      started_at BIGINT NOT NULL,
      state_since BIGINT NOT NULL,
      agreement TEXT,
      agreement_hash TEXT,
      active_on TEXT,
      reaffirmed_on TEXT,
      reminded_at BIGINT,
      ended_at BIGINT,
      CHECK ((agreement IS NULL) = (agreement_hash IS NULL)),
      CHECK (state IN ('inquiry', 'withdrawn', 'closed', 'merged') OR agreement IS NOT NULL),
      CHECK (state NOT IN ('active', 'inactive') OR active_on IS NOT NULL),
      CHECK ((state IN ('withdrawn', 'closed', 'merged')) = (ended_at IS NOT NULL)),
      FOREIGN KEY (agreement, agreement_hash) REFERENCES agreement_version (version, hash)
    )
    """,
    "CREATE UNIQUE INDEX membership_open ON membership (school_id) WHERE ended_at IS NULL",
    "CREATE INDEX membership_starter ON membership (started_by, started_at)",
    "CREATE INDEX membership_school ON membership (school_id, started_at)",
    "CREATE INDEX membership_queue ON membership (state, state_since, id)",
    """
    CREATE TABLE membership_event (
      id TEXT PRIMARY KEY,
      membership_id TEXT NOT NULL REFERENCES membership (id),
      at BIGINT NOT NULL,
      by_id TEXT REFERENCES person (id),
      by_words TEXT NOT NULL,
      from_state TEXT,
      to_state TEXT NOT NULL,
      why TEXT NOT NULL
    )
    """,
    "CREATE INDEX membership_event_of ON membership_event (membership_id, at, id)",
    """
    CREATE TABLE signature (
      id TEXT PRIMARY KEY,
      membership_id TEXT NOT NULL REFERENCES membership (id),
      role TEXT NOT NULL CHECK (role <> ''),
      name TEXT NOT NULL CHECK (name <> ''),
      email TEXT NOT NULL CHECK (email <> ''),
      asked_at BIGINT NOT NULL,
      reminded_at BIGINT,
      reminders BIGINT NOT NULL DEFAULT 0,
      replaced_at BIGINT,
      signed_at BIGINT,
      signed_how TEXT CHECK (signed_how IN ('code', 'account', 'paper')),
      signed_hash TEXT,
      attested_by TEXT REFERENCES person (id),
      paper_date TEXT,
      note TEXT NOT NULL DEFAULT '',
      CHECK ((signed_at IS NULL) = (signed_how IS NULL)),
      CHECK ((signed_at IS NULL) = (signed_hash IS NULL)),
      CHECK (signed_at IS NULL OR replaced_at IS NULL),
      CHECK ((signed_how = 'paper') = (attested_by IS NOT NULL) OR signed_how IS NULL)
    )
    """,
    "CREATE UNIQUE INDEX signature_seat ON signature (membership_id, role) WHERE replaced_at IS NULL",
    "CREATE INDEX signature_waiting ON signature (signed_at, asked_at)",
    """
    CREATE TABLE roster_request (
      id TEXT PRIMARY KEY,
      school_id TEXT NOT NULL REFERENCES school (id),
      person_id TEXT NOT NULL REFERENCES person (id),
      title TEXT NOT NULL DEFAULT '',
      words TEXT NOT NULL DEFAULT '',
      at BIGINT NOT NULL,
      decided_at BIGINT,
      decided_by TEXT REFERENCES person (id),
      verdict TEXT CHECK (verdict IN ('approved', 'declined')),
      CHECK ((decided_at IS NULL) = (verdict IS NULL))
    )
    """,
    "CREATE UNIQUE INDEX roster_request_open ON roster_request (school_id, person_id) WHERE decided_at IS NULL",
    "CREATE INDEX roster_request_school ON roster_request (school_id, decided_at, at)",
    """
    CREATE TABLE roster_import (
      id TEXT PRIMARY KEY,
      school_id TEXT NOT NULL REFERENCES school (id),
      by_id TEXT NOT NULL REFERENCES person (id),
      at BIGINT NOT NULL,
      created BIGINT NOT NULL,
      changed BIGINT NOT NULL,
      unchanged BIGINT NOT NULL,
      refused BIGINT NOT NULL,
      undone_at BIGINT,
      undone_by TEXT REFERENCES person (id)
    )
    """,
    "CREATE INDEX roster_import_school ON roster_import (school_id, at)",
    """
    CREATE TABLE roster_import_row (
      import_id TEXT NOT NULL REFERENCES roster_import (id),
      line BIGINT NOT NULL,
      role_id TEXT NOT NULL REFERENCES role (id),
      act TEXT NOT NULL CHECK (act IN ('given', 'retitled')),
      old_title TEXT NOT NULL DEFAULT '',
      new_title TEXT NOT NULL DEFAULT '',
      PRIMARY KEY (import_id, role_id, act)
    )
    """,
    "CREATE INDEX roster_import_row_role ON roster_import_row (role_id)",
    """
    CREATE TABLE person_word (
      word TEXT NOT NULL,
      person_id TEXT NOT NULL REFERENCES person (id),
      source TEXT NOT NULL CHECK (source IN ('name', 'asking')),
      PRIMARY KEY (word, person_id, source)
    )
    """,
    "CREATE INDEX person_word_person ON person_word (person_id)")
}
