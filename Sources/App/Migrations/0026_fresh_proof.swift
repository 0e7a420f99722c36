import Storage

extension Site {
  /// When a session last showed who is before it, and codes that show it once more. Codes under way are dropped: they
  /// hold for minutes, and the first office account's link is made anew at each start.
  static let freshProof = Migration(
    "0026_fresh_proof",
    "ALTER TABLE session ADD COLUMN proved_at BIGINT NOT NULL DEFAULT 0",
    "DROP TABLE sign_in_code",
    """
    CREATE TABLE sign_in_code (
      id TEXT PRIMARY KEY,
      email TEXT NOT NULL,
      purpose TEXT NOT NULL CHECK (purpose IN ('sign-in', 'signature', 'first-office', 'proof')),
      subject TEXT NOT NULL DEFAULT '',
      code_hash TEXT NOT NULL,
      browser_hash TEXT NOT NULL,
      created_at BIGINT NOT NULL,
      expires_at BIGINT NOT NULL,
      tries BIGINT NOT NULL DEFAULT 0,
      spent_at BIGINT
    )
    """,
    "CREATE INDEX sign_in_code_browser ON sign_in_code (browser_hash, created_at)")
}
