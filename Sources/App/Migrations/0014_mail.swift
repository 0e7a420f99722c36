import Storage

extension Site {
  /// Letters to a mail server: which one a process carries now, and which failed for good.
  static let mail = Migration(
    "0014_mail",
    [
      "ALTER TABLE mail ADD COLUMN claimed_until BIGINT NOT NULL DEFAULT 0",
      "ALTER TABLE mail ADD COLUMN failed_at BIGINT",
      "DROP INDEX mail_waiting",
      "CREATE INDEX mail_waiting ON mail (due_at, id) WHERE sent_at IS NULL AND failed_at IS NULL",
      "CREATE INDEX mail_failed ON mail (id) WHERE failed_at IS NOT NULL",
    ])
}
