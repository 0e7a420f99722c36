import Storage

extension Site {
  /// People's safety: the second step's recovery codes, known browsers, acting as a person, a log that can only grow,
  /// erasing, holding, and signing in through a provider.
  static let safety = Migration("0013_safety", accounts + auditLog + erasing + providers)

  private static let accounts: [SQL] = [
    "ALTER TABLE person ADD COLUMN suspended_by TEXT REFERENCES person (id)",
    "ALTER TABLE person ADD COLUMN suspended_reason TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE person ADD COLUMN erased_at BIGINT",
    "ALTER TABLE session ADD COLUMN acting_as TEXT REFERENCES person (id)",
    "ALTER TABLE session ADD COLUMN acting_until BIGINT",
    """
    CREATE TABLE recovery_code (
      code_hash TEXT PRIMARY KEY,
      person_id TEXT NOT NULL REFERENCES person (id),
      made_at BIGINT NOT NULL,
      spent_at BIGINT
    )
    """,
    "CREATE INDEX recovery_code_person ON recovery_code (person_id)",
    """
    CREATE TABLE known_browser (
      person_id TEXT NOT NULL REFERENCES person (id),
      browser_hash TEXT NOT NULL,
      first_at BIGINT NOT NULL,
      last_at BIGINT NOT NULL,
      PRIMARY KEY (person_id, browser_hash)
    )
    """,
    "CREATE INDEX known_browser_last ON known_browser (last_at)",
  ]

  /// Rows of the log never change, and go only when they are older than a year; the engine itself holds that.
  private static let auditLog: [SQL] = [
    "ALTER TABLE audit ADD COLUMN kind TEXT NOT NULL DEFAULT 'act' CHECK (kind IN ('act', 'view'))",
    "ALTER TABLE audit ADD COLUMN as_person TEXT REFERENCES person (id)",
    "CREATE INDEX audit_person ON audit (person_id, at)",
    "CREATE INDEX audit_action ON audit (action, at)",
    "CREATE INDEX audit_as ON audit (as_person, at)",
    .either(
      sqlite: """
        CREATE TRIGGER audit_unchanged BEFORE UPDATE ON audit
        BEGIN SELECT RAISE(ABORT, 'the audit log is never changed'); END
        """,
      postgres: """
        CREATE FUNCTION audit_refuses() RETURNS trigger LANGUAGE plpgsql AS
        $refuse$ BEGIN RAISE EXCEPTION 'the audit log is never changed' USING ERRCODE = 'check_violation'; END $refuse$;
        CREATE TRIGGER audit_unchanged BEFORE UPDATE ON audit FOR EACH ROW EXECUTE FUNCTION audit_refuses();
        CREATE TRIGGER audit_untruncated BEFORE TRUNCATE ON audit EXECUTE FUNCTION audit_refuses()
        """),
    .either(
      sqlite: """
        CREATE TRIGGER audit_kept BEFORE DELETE ON audit
        WHEN old.at > (CAST(strftime('%s', 'now') AS INTEGER) - 31536000) * 1000
        BEGIN SELECT RAISE(ABORT, 'the audit log keeps a year at least'); END
        """,
      postgres: """
        CREATE TRIGGER audit_kept BEFORE DELETE ON audit FOR EACH ROW
        WHEN (old.at > (extract(epoch FROM now()) - 31536000) * 1000) EXECUTE FUNCTION audit_refuses()
        """),
  ]

  private static let erasing: [SQL] = [
    """
    CREATE TABLE erasure (
      id TEXT PRIMARY KEY,
      person_id TEXT NOT NULL REFERENCES person (id),
      asked_at BIGINT NOT NULL,
      asked_by TEXT REFERENCES person (id),
      reason TEXT NOT NULL DEFAULT '',
      due_at BIGINT NOT NULL CHECK (due_at > asked_at),
      cancelled_at BIGINT,
      done_at BIGINT,
      tries BIGINT NOT NULL DEFAULT 0,
      trouble TEXT,
      CHECK (cancelled_at IS NULL OR done_at IS NULL)
    )
    """,
    "CREATE UNIQUE INDEX erasure_open ON erasure (person_id) WHERE cancelled_at IS NULL",
    "CREATE INDEX erasure_due ON erasure (due_at) WHERE cancelled_at IS NULL AND done_at IS NULL",
    """
    CREATE TABLE legal_hold (
      id TEXT PRIMARY KEY,
      person_id TEXT NOT NULL REFERENCES person (id),
      placed_at BIGINT NOT NULL,
      placed_by TEXT NOT NULL REFERENCES person (id),
      reason TEXT NOT NULL CHECK (reason <> ''),
      lifted_at BIGINT,
      lifted_by TEXT REFERENCES person (id),
      CHECK ((lifted_at IS NULL) = (lifted_by IS NULL))
    )
    """,
    "CREATE UNIQUE INDEX legal_hold_open ON legal_hold (person_id) WHERE lifted_at IS NULL",
  ]

  private static let providers: [SQL] = [
    """
    CREATE TABLE sign_in_identity (
      issuer TEXT NOT NULL CHECK (issuer <> ''),
      subject TEXT NOT NULL CHECK (subject <> ''),
      person_id TEXT NOT NULL REFERENCES person (id),
      linked_at BIGINT NOT NULL,
      used_at BIGINT NOT NULL,
      PRIMARY KEY (issuer, subject)
    )
    """,
    "CREATE INDEX sign_in_identity_person ON sign_in_identity (person_id)",
    """
    CREATE TABLE provider_request (
      state_hash TEXT PRIMARY KEY,
      provider TEXT NOT NULL,
      nonce TEXT NOT NULL,
      verifier TEXT NOT NULL,
      browser_hash TEXT NOT NULL,
      next TEXT NOT NULL,
      created_at BIGINT NOT NULL,
      expires_at BIGINT NOT NULL,
      spent_at BIGINT
    )
    """,
    "CREATE INDEX provider_request_expires ON provider_request (expires_at)",
    """
    CREATE TABLE identity_offer (
      id TEXT PRIMARY KEY,
      issuer TEXT NOT NULL,
      subject TEXT NOT NULL,
      email TEXT NOT NULL,
      name TEXT NOT NULL DEFAULT '',
      browser_hash TEXT NOT NULL,
      next TEXT NOT NULL,
      expires_at BIGINT NOT NULL,
      spent_at BIGINT
    )
    """,
    "CREATE INDEX identity_offer_expires ON identity_offer (expires_at)",
    """
    CREATE TABLE domain_rule (
      domain TEXT PRIMARY KEY CHECK (domain <> ''),
      school_id TEXT NOT NULL REFERENCES school (id),
      provider TEXT NOT NULL CHECK (provider <> ''),
      required INTEGER NOT NULL CHECK (required IN (0, 1)),
      set_at BIGINT NOT NULL,
      set_by TEXT NOT NULL REFERENCES person (id)
    )
    """,
    "CREATE INDEX domain_rule_school ON domain_rule (school_id)",
  ]
}
