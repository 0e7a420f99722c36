import Storage

/// Reads the charts of several measures at once, for pages that show them side by side.
struct MeasureChartStore {
  let db: any Transaction

  /// The charts of a project's measures, which the caller has found to be visible: two reads for all of them.
  func charts(of measures: [Measure], in project: Project.ID) throws -> [Measure.ID: MeasureChart] {
    let ids = measures.map(\.id)
    guard !ids.isEmpty else { return [:] }
    let values = try values(of: ids)
    let (phases, cycles) = (try phases(of: ids), try cycles(of: project))
    return Dictionary(
      uniqueKeysWithValues: measures.map { measure in
        let own = cycles.filter { $0.measure == nil || $0.measure == measure.id }.map { cycle in
          MeasureMark(
            kind: .change, period: measure.schedule.period(of: cycle.day), day: cycle.day, words: "", at: cycle.at,
            by: "")
        }
        return (measure.id, MeasureChart(measure, values[measure.id] ?? [], (phases[measure.id] ?? []) + own))
      })
  }

  private func values(of ids: [Measure.ID]) throws -> [Measure.ID: [MeasureChart.Dated]] {
    let rows = try db.rows(
      """
      SELECT measure_id, period, value, x, n, parts FROM measure_value
      WHERE measure_id IN \(SQL.list(ids)) AND state = 'current' ORDER BY measure_id, period LIMIT 12000
      """)
    var found: [Measure.ID: [MeasureChart.Dated]] = [:]
    for row in rows { found[try row.read("measure_id"), default: []].append(try MeasureChart.Dated(row: row)) }
    return found
  }

  private func phases(of ids: [Measure.ID]) throws -> [Measure.ID: [MeasureMark]] {
    let rows = try db.rows(
      """
      SELECT k.measure_id, k.period, k.words, k.at FROM measure_mark k
      WHERE k.measure_id IN \(SQL.list(ids)) AND k.kind = 'phase'
        AND NOT EXISTS (SELECT 1 FROM mark_withdrawal w WHERE w.mark_id = k.id)
      ORDER BY k.measure_id, k.period, k.id LIMIT 500
      """)
    var found: [Measure.ID: [MeasureMark]] = [:]
    for row in rows {
      found[try row.read("measure_id"), default: []].append(
        MeasureMark(
          kind: .phase, period: try row.read("period"), words: try row.read("words"), at: try row.read("at"), by: ""))
    }
    return found
  }

  private func cycles(of project: Project.ID) throws -> [(measure: Measure.ID?, day: CalendarDate, at: Instant)] {
    try db.rows(
      "SELECT measure_id, starts_on, created_at FROM cycle WHERE project_id = \(project) ORDER BY number LIMIT 50"
    ).map { row in
      (
        measure: try row.read("measure_id", as: String?.self).map { Measure.ID($0) }, day: try row.read("starts_on"),
        at: try row.read("created_at")
      )
    }
  }
}

extension MeasureChart.Dated: RowReadable {
  init(row: Row) throws {
    period = try row.read("period")
    value = try MeasuredValue(row: row)
  }
}
