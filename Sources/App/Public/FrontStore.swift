import Statistics
import Storage

/// Counts what the front page says. Kept for visitors by `PageCache`, so it runs at most twice a minute.
struct FrontStore {
  let db: any Transaction

  func front(now: Instant, today: CalendarDate) throws -> Front {
    var front = Front()
    var filter = DirectoryFilter()
    filter.member = true
    let directory = try SchoolDirectoryStore(db: db).view(filter)
    front.members = directory.total
    front.dots = directory.dots
    front.states = directory.counts
    front.educators = try educators(now)
    front.ideas = try count("SELECT count(*) AS n FROM idea WHERE state = 'published'")
    front.verdicts = try verdicts()
    front.unreported = try count(
      "SELECT count(*) AS n FROM trial WHERE state = 'running' AND after_data = 0 AND due_on < \(today)")
    front.learned = try TrialListStore(db: db).whatWasLearned(limit: 4).compactMap(Front.Learned.init)
    return front
  }

  private func educators(_ now: Instant) throws -> Int {
    try count(
      """
      SELECT count(DISTINCT r.person_id) AS n FROM school s JOIN role r ON r.school_id = s.id
      WHERE s.membership = 'active' AND s.status = 'open' AND r.starts_at <= \(now)
        AND (r.ends_at IS NULL OR r.ends_at > \(now))
      """)
  }

  private func verdicts() throws -> [Verdict: Int] {
    try db.rows("SELECT verdict, count(*) AS n FROM trial WHERE state = 'reported' GROUP BY verdict")
      .reduce(into: [:]) { counts, row in
        if let verdict = Verdict(rawValue: try row.read("verdict")) { counts[verdict] = try row.read("n") }
      }
  }

  private func count(_ sql: SQL) throws -> Int { try db.rows(sql).first?.read("n") ?? 0 }
}

extension Front.Learned {
  /// Nil for a trial without a report.
  init?(_ trial: TrialLine) {
    guard let claim = trial.claim, let reportedAt = trial.reportedAt else { return nil }
    self.init(
      idea: trial.ideaTitle, path: "/trials/\(trial.id)",
      school: "\(trial.school.name), \(States.name(trial.school.state))", verdict: claim.verdict,
      finding: claim.finding,
      reportedAt: reportedAt)
  }
}
