import Statistics
import Storage

/// Keeps what is compiled from trials: the counts and the headline of an idea, and each trial's claim.
struct EvidenceStore {
  let db: any Transaction

  /// Compiles an idea's counts and headline anew, in the transaction that changed one of its trials.
  func compile(_ idea: Idea.ID, today: CalendarDate) throws {
    let evidence = try IdeaEvidence(
      TrialListStore(db: db).all(of: idea), today: today, unshared: TrialListStore(db: db).unshared(of: idea, on: today)
    )
    let latest = evidence.reported.compactMap(\.reportedAt).max() ?? Instant(milliseconds: 0)
    try db.run(
      """
      UPDATE idea SET trials_started = \(evidence.trials.count), schools_reported = \(evidence.schoolCount),
        worked = \(evidence.count(.worked)), mixed = \(evidence.count(.mixed)),
        did_not = \(evidence.count(.didNotWork)), early = \(evidence.count(.tooEarly)),
        experience = \(evidence.count(.experience)), latest_at = \(latest),
        headline = \(EvidenceSentence(evidence).answer)
      WHERE id = \(idea)
      """)
    try SearchSources(db: db).refresh(idea: idea)
  }

  /// Compiles again every claim that an earlier rule made, at most `limit` of them.
  ///
  /// - Returns: how many there were.
  @discardableResult
  func recompile(now: Instant, today: CalendarDate, limit: Int = 500) throws -> Int {
    let rules = [ClaimRule.current.named.title, SeriesClaimRule.current.named.title]
    let rows = try db.rows(
      """
      SELECT id, idea_id FROM trial WHERE state = 'reported' AND rule NOT IN \(SQL.list(rules))
      ORDER BY id LIMIT \(limit)
      """)
    var ideas: Set<Idea.ID> = []
    for row in rows {
      try recompile(Trial.ID(row.read("id", as: String.self)), now: now)
      ideas.insert(try row.read("idea_id"))
    }
    for idea in ideas.sorted() { try compile(idea, today: today) }
    return rows.count
  }

  /// Compiles the ideas anew of which a trial became overdue in the last days, since that changes what they may say.
  func compileOverdue(today: CalendarDate, days: Int = 3) throws {
    let ideas = try db.rows(
      """
      SELECT DISTINCT idea_id FROM trial
      WHERE state = 'running' AND due_on BETWEEN \(today.adding(days: -days)) AND \(today.adding(days: -1))
      """)
    for row in ideas { try compile(row.read("idea_id"), today: today) }
  }

  private func recompile(_ id: Trial.ID, now: Instant) throws {
    guard let trial = try TrialStore(db: db).findAny(id), let report = trial.report else { return }
    let claim = try ClaimCompilation.claim(trial.registration, report.outcome, isAfterData: trial.isAfterData)
    try TrialStore(db: db).keep(claim, of: id, now: now)
  }
}
