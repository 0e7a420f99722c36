import Statistics

/// All data of a project as CSV, one value a line: the points of its charts, and for the school's own people what was
/// corrected, moved, withdrawn or stands beside another one, with who and why.
enum ProjectDataSheet {
  private static let columns = [
    "school", "measure", "role", "unit", "better", "chart", "date", "phase", "value", "count", "n", "definition",
    "state",
    "entered_by", "entered_at", "why", "ended_by", "ended_at",
  ]

  static func csv(_ measures: [ProjectMeasure], _ viewer: Viewer) -> [UInt8] {
    var csv = CSVWriter(header: columns)
    for each in measures {
      let (measure, definition) = (each.measure, each.measure.definition)
      for taken in each.taken(by: viewer) {
        let value = taken.value
        csv.add([
          measure.schoolName, measure.name, measure.role.rawValue, definition.unit, definition.better.rawValue,
          definition.chart.rawValue, value.period.description, String(each.phase(of: value.period)),
          MeasuredValue.plain(value.value.value), value.value.count.map(MeasuredValue.plain) ?? "",
          value.value.size.map(MeasuredValue.plain) ?? "", String(value.definition), value.state.rawValue, taken.by,
          value.at.iso8601, value.why, taken.endedBy, value.endedAt?.iso8601 ?? "",
        ])
      }
    }
    return csv.bytes
  }
}
