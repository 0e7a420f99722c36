import Storage

extension Site {
  /// How often what guesses and what sends letters was done, for all processes; see `RateLimitStore`.
  static let limits = Migration(
    "0022_limits",
    """
    CREATE TABLE rate_limit (
      key TEXT PRIMARY KEY CHECK (key <> ''),
      full_at BIGINT NOT NULL
    )
    """)
}
