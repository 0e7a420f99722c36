import Storage

extension Site {
  /// The key that signs the League's own addresses, and addresses from which letters come back.
  static let replies = Migration(
    "0021_replies",
    [
      """
      CREATE TABLE mail_key (
        name TEXT PRIMARY KEY CHECK (name = 'addresses'),
        secret TEXT NOT NULL CHECK (secret <> ''),
        made_at BIGINT NOT NULL
      )
      """,
      """
      CREATE TABLE address_trouble (
        address TEXT PRIMARY KEY CHECK (address <> ''),
        failures BIGINT NOT NULL CHECK (failures >= 1),
        last_at BIGINT NOT NULL,
        status TEXT NOT NULL,
        words TEXT NOT NULL,
        ended_at BIGINT
      )
      """,
      "CREATE INDEX address_trouble_ended ON address_trouble (ended_at) WHERE ended_at IS NOT NULL",
      "CREATE INDEX mail_sent ON mail (address, created_at)",
      "DROP INDEX mail_address",
    ])
}
