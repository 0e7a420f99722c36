import Storage

extension Site {
  /// What is due again and again, and which process does it now; see `Job`.
  static let operations = Migration(
    "0019_operations",
    """
    CREATE TABLE job (
      name TEXT PRIMARY KEY CHECK (name <> ''),
      due_at BIGINT NOT NULL,
      claimed_until BIGINT NOT NULL DEFAULT 0,
      began_at BIGINT,
      succeeded_at BIGINT,
      failed_at BIGINT,
      trouble TEXT
    )
    """)
}
