import Storage

extension Site {
  /// What each person wants to be written about, how, and when not; and when each notice's letter is due.
  static let letters = Migration(
    "0020_letters",
    [
      """
      CREATE TABLE letter_wish (
        person_id TEXT PRIMARY KEY REFERENCES person (id),
        rhythm TEXT NOT NULL CHECK (rhythm IN ('daily', 'weekly')),
        quiet_from BIGINT CHECK (quiet_from BETWEEN 0 AND 1439),
        quiet_until BIGINT CHECK (quiet_until BETWEEN 0 AND 1439),
        zone TEXT NOT NULL DEFAULT '',
        CHECK ((quiet_from IS NULL) = (quiet_until IS NULL))
      )
      """,
      """
      CREATE TABLE letter_pace (
        person_id TEXT NOT NULL REFERENCES person (id),
        stream TEXT NOT NULL CHECK (stream <> ''),
        pace TEXT NOT NULL CHECK (pace IN ('once', 'digest', 'site')),
        PRIMARY KEY (person_id, stream)
      )
      """,
      "ALTER TABLE notice ADD COLUMN due_at BIGINT NOT NULL DEFAULT 0",
      "ALTER TABLE notice ADD COLUMN digest INTEGER NOT NULL DEFAULT 0 CHECK (digest IN (0, 1))",
      "UPDATE notice SET due_at = created_at + 900000 WHERE mailed_at IS NULL",
      "DROP INDEX notice_unmailed",
      "CREATE INDEX notice_due ON notice (digest, due_at) WHERE mailed_at IS NULL",
      "CREATE INDEX notice_waiting ON notice (person_id, subject) WHERE mailed_at IS NULL",
    ])
}
