import Storage

extension Site {
  /// Letters to a mail server and back: who carries one now, which failed for good, how a person wants them, the addresses
  /// that answers come to, and the addresses that nothing reaches.
  static let mail = Migration(
    "0013_mail",
    [
      "ALTER TABLE mail ADD COLUMN claimed_until BIGINT NOT NULL DEFAULT 0",
      "ALTER TABLE mail ADD COLUMN failed_at BIGINT",
      "DROP INDEX mail_waiting",
      "CREATE INDEX mail_waiting ON mail (due_at, id) WHERE sent_at IS NULL AND failed_at IS NULL",
      "CREATE INDEX mail_failed ON mail (id) WHERE failed_at IS NOT NULL",
      """
      CREATE TABLE letter_wish (
        person_id TEXT PRIMARY KEY REFERENCES person (id),
        pace TEXT NOT NULL DEFAULT 'each' CHECK (pace IN ('each', 'daily', 'weekly')),
        quiet_from BIGINT CHECK (quiet_from BETWEEN 0 AND 23),
        quiet_until BIGINT CHECK (quiet_until BETWEEN 0 AND 23),
        digest_at BIGINT,
        CHECK ((quiet_from IS NULL) = (quiet_until IS NULL))
      )
      """,
      """
      CREATE TABLE letter_kind (
        person_id TEXT NOT NULL REFERENCES person (id),
        kind TEXT NOT NULL CHECK (kind <> ''),
        level TEXT NOT NULL CHECK (level IN ('letter', 'digest', 'none')),
        PRIMARY KEY (person_id, kind)
      )
      """,
      """
      CREATE TABLE letter_reply (
        token_hash TEXT PRIMARY KEY,
        person_id TEXT NOT NULL REFERENCES person (id),
        discussion_id TEXT NOT NULL REFERENCES discussion (id),
        created_at BIGINT NOT NULL
      )
      """,
      "CREATE INDEX letter_reply_person ON letter_reply (person_id)",
      "CREATE INDEX letter_reply_discussion ON letter_reply (discussion_id)",
      """
      CREATE TABLE mail_bounce (
        address TEXT PRIMARY KEY CHECK (address <> ''),
        bounces BIGINT NOT NULL CHECK (bounces >= 1),
        last_at BIGINT NOT NULL,
        words TEXT NOT NULL
      )
      """,
    ])
}
