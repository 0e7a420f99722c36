import Storage

/// Every SQL statement that puts right what was written while the clock was ahead: else it would wait until the clock is
/// there again. What only says when something happened stays as it was written.
struct ClockStore {
  let db: any Transaction

  /// How many letters, notices and jobs wait for a time that was never meant.
  func countAhead(now: Instant) throws -> Int {
    try Self.waiting(now).map { table, condition, _ in
      try db.value("n", "SELECT count(*) AS n FROM \(table) WHERE \(condition)") ?? 0
    }.reduce(0, +)
  }

  /// Letters are due now, notices are sorted anew, and jobs are nobody's.
  func correct(now: Instant) throws {
    for (table, condition, change) in Self.waiting(now) {
      try db.run("UPDATE \(table) SET \(change) WHERE \(condition)")
    }
  }

  /// Tables, with what of them is ahead and how it is put right.
  private static func waiting(_ now: Instant) -> [(table: SQL, condition: SQL, change: SQL)] {
    let latest = now + .drift
    return [
      (
        "mail",
        """
        sent_at IS NULL AND failed_at IS NULL AND (created_at > \(latest) OR due_at > \(latest + MailStore.longestDelay)
          OR claimed_until > \(latest + Outbox.claim))
        """,
        """
        due_at = \(now), claimed_until = 0,
        created_at = CASE WHEN created_at > \(latest) THEN \(now) ELSE created_at END
        """
      ),
      (
        "notice", "mailed_at IS NULL AND digest IN (0, 1) AND due_at > \(now) AND created_at > \(latest)",
        "created_at = \(now), due_at = \(now), digest = 0"
      ),
      ("job", "claimed_until > \(latest + Job.claim)", "claimed_until = 0"),
    ]
  }
}
