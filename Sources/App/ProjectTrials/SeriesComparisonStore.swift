import Storage

/// Reads what a comparison on demand needs: the measure of one name in schools that did not try the idea.
struct SeriesComparisonStore {
  let db: any Transaction

  /// The most schools that are looked among.
  static let most = 200

  /// Nil while the cycle has no measure with values.
  func comparison(of proposal: ProjectTrial) throws -> SeriesComparison? {
    guard let measure = proposal.measure, let series = proposal.series, let first = series.values.first,
      let own = try IdeaListStore(db: db).glance(measure.school)
    else { return nil }
    let found = try candidates(for: proposal, measure)
    let values = try values(of: found.map(\.measure), first.period...proposal.cycle.study)
    return try SeriesComparison(
      own: .init(school: own, measure: measure.id, series: series),
      candidates: found.map { candidate in
        var theirs = TrialSeries(
          kind: series.kind, schedule: series.schedule, changedOn: series.changedOn, students: nil,
          isCountedAlike: true)
        theirs.values = values[candidate.measure] ?? []
        return .init(school: candidate.school, measure: candidate.measure, series: theirs)
      })
  }

  /// Member schools that share a measure of the same name, kind, direction and schedule, and have neither a trial nor a
  /// project on any of the ideas; each with its first such measure.
  private func candidates(for proposal: ProjectTrial, _ measure: Measure) throws
    -> [(school: SchoolGlance, measure: Measure.ID)]
  {
    let ideas = SQL.list(proposal.ideas.map(\.id))
    let own = SQL.list([proposal.project.school.id] + proposal.project.furtherSchools)
    let rows = try db.rows(
      """
      SELECT m.id AS measure_id, \(SchoolGlance.columns)
      FROM measure m JOIN school s ON s.id = m.school_id
        JOIN measure_definition d ON d.measure_id = m.id AND d.number = m.definition
      WHERE m.shared = 1 AND m.folded_name = \(folded(measure.name)) AND m.school_id NOT IN \(own)
        AND s.membership = 'active' AND m.schedule = \(measure.schedule.rawValue)
        AND d.data_kind = \(measure.definition.kind.rawValue) AND d.better = \(measure.definition.better.rawValue)
        AND NOT EXISTS (SELECT 1 FROM trial t WHERE t.school_id = m.school_id AND t.idea_id IN \(ideas))
        AND NOT EXISTS (SELECT 1 FROM project p JOIN project_idea l ON l.project_id = p.id
          WHERE p.school_id = m.school_id AND l.idea_id IN \(ideas))
      ORDER BY m.id LIMIT \(Self.most)
      """)
    var seen: Set<School.ID> = []
    return try rows.map { (school: try SchoolGlance(row: $0), measure: try $0.read("measure_id", as: Measure.ID.self)) }
      .filter { seen.insert($0.school.id).inserted }
  }

  private func values(of measures: [Measure.ID], _ time: ClosedRange<CalendarDate>) throws
    -> [Measure.ID: [TrialSeries.Value]]
  {
    let rows = try db.rows(
      """
      SELECT measure_id, period, value, x, n FROM measure_value
      WHERE measure_id IN \(SQL.list(measures)) AND state = 'current'
        AND period BETWEEN \(time.lowerBound) AND \(time.upperBound)
      ORDER BY measure_id, period LIMIT 60000
      """)
    var found: [Measure.ID: [TrialSeries.Value]] = [:]
    for row in rows { found[try row.read("measure_id"), default: []].append(try TrialSeries.Value(row: row)) }
    return found
  }
}
