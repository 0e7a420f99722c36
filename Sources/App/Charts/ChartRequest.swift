import Foundation
import Statistics

/// A chart asked for from the columns of a file.
package struct ChartRequest: Sendable {
  /// Columns by name.
  package var value = "value"
  package var size: String?
  package var date: String?
  package var kind: ChartKind = .run
  package var rules: RuleSet = .anhoej
  package var options = ChartOptions()
  package var target: Double?
  package var unit = "point"
  package var title: String?

  package init() {}

  /// The chart of `file`. For charts of shares the values may be counts, or shares of their n, or percentages. Rows that are
  /// labelled by dates are charted in the order of time.
  /// - Throws: `StatisticsError.input` naming the option, or the column and line.
  package func plot(_ file: ColumnFile) throws -> ChartPlot {
    let names = try date.map { try file.texts($0, option: "--date") } ?? []
    let order = try inTime(names, file)
    let values = Self.sorted(try file.numbers(value, option: "--value"), order)
    let labels = Self.sorted(names, order)
    let series: ChartSeries
    if kind.needsSubgroups {
      series = try subgroups(values, labels)
    } else if let size {
      let sizes = Self.sorted(try file.numbers(size, option: "--n"), order)
      let shares = Self.sharesOf(values, kind)
      series = ChartSeries(counts: counts(values, sizes, shares), sizes: sizes)
    } else {
      guard !kind.needsSizes else {
        throw StatisticsError.input(
          field: "--n", advice: "is missing: a \(kind.title) needs the column that each value is out of")
      }
      series = ChartSeries(values: values)
    }
    try check(points: series.count)
    do {
      let chart = try ControlChart(kind, series, options: options)
      return ChartPlot(
        id: "chart", name: title ?? value, chart: chart, rules: rules,
        labels: kind.needsSubgroups ? Self.unique(labels) : labels, unit: unit, target: target)
    } catch let error as StatisticsError { throw named(error, file, order) }
  }

  /// Places of the rows in the order of time where every label is a date (2024-03-01, 2024-03), as files are often newest
  /// first; nil where labels are names, or none.
  private func inTime(_ labels: [String], _ file: ColumnFile) throws -> [Int]? {
    let isDate = { (label: String) in label.wholeMatch(of: /[0-9]{4}-[0-9]{2}(-[0-9]{2})?/) != nil }
    guard !labels.isEmpty, labels.allSatisfy(isDate) else { return nil }
    let order = labels.indices.sorted { (labels[$0], $0) < (labels[$1], $1) }
    guard !kind.needsSubgroups else { return order }
    for (first, second) in zip(order, order.dropFirst()) where labels[first] == labels[second] {
      throw StatisticsError.input(
        field: "\(date ?? "--date"), line \(file.line(second))",
        advice: "must be another date than line \(file.line(first)): a point is one date")
    }
    return order
  }

  private static func sorted<Value>(_ column: [Value], _ order: [Int]?) -> [Value] {
    order.map { $0.map { column[$0] } } ?? column
  }

  /// Options that name points must name points that are there.
  private func check(points: Int) throws {
    if let target, !target.isFinite {
      throw StatisticsError.input(field: "--target", advice: "must be a finite number")
    }
    if let part = options.parts.first(where: { !(1..<max(points, 2)).contains($0) }) {
      throw StatisticsError.input(
        field: "--part",
        advice: "must name a point from 1 to \(points - 1), after which another phase begins; it is \(part)")
    }
    if let excluded = options.exclude.sorted().first(where: { !(1...max(points, 1)).contains($0) }) {
      throw StatisticsError.input(
        field: "--exclude", advice: "must name a point from 1 to \(points); it is \(excluded)")
    }
    if let freeze = options.freeze, !(2...max(points, 2)).contains(freeze) {
      throw StatisticsError.input(
        field: "--freeze", advice: "must be from 2 to \(points), the number of points; it is \(freeze)")
    }
  }

  /// The factor that turns values of a share chart into shares: 1 when all lie within 0…1 and are not all whole, 1/100 when
  /// some are broken numbers above 1; nil for counts.
  private static func sharesOf(_ values: [Double?], _ kind: ChartKind) -> Double? {
    let known = values.compactMap(\.self)
    guard kind == .proportion || kind == .proportionPrime, known.contains(where: { $0 != $0.rounded() }) else {
      return nil
    }
    return known.allSatisfy { $0 <= 1 } ? 1 : 0.01
  }

  private func counts(_ values: [Double?], _ sizes: [Double?], _ shares: Double?) -> [Double?] {
    guard let shares else { return values }
    return zip(values, sizes).map { value, size in
      guard let value, let size else { return nil }
      return value * shares * size
    }
  }

  /// Values of one date make one group.
  private func subgroups(_ values: [Double?], _ labels: [String]) throws -> ChartSeries {
    guard !labels.isEmpty else {
      throw StatisticsError.input(field: "--date", advice: "is missing: a \(kind.title) groups the values by it")
    }
    let groups = Self.unique(labels).map { label in
      zip(labels, values).filter { $0.0 == label }.compactMap(\.1)
    }
    return ChartSeries(subgroups: groups)
  }

  private static func unique(_ labels: [String]) -> [String] {
    var seen: Set<String> = []
    return labels.filter { seen.insert($0).inserted }
  }

  /// The chart's own words for a field, turned into column and line.
  private func named(_ error: StatisticsError, _ file: ColumnFile, _ order: [Int]?) -> StatisticsError {
    guard case .input(let field, let advice) = error else { return error }
    let column = field.hasPrefix("sizes") ? size ?? "--n" : field.hasPrefix("values") ? value : "--\(field)"
    guard let place = field.firstMatch(of: /\[([0-9]+)\]/).flatMap({ Int($0.output.1) }), !kind.needsSubgroups else {
      return .input(field: column, advice: advice)
    }
    return .input(field: "\(column), line \(file.line(order?[place - 1] ?? place - 1))", advice: advice)
  }
}

extension ChartPlot {
  /// What the chart says, whose rules said it, and every point: for a terminal.
  package var report: String {
    let marks = marks
    var lines = [sentence(), "\(ruleLine)."]
    for (index, phase) in chart.phases.enumerated() where chart.phases.count > 1 {
      lines.append(
        "Phase \(index + 1): \(labels[phase.positions.lowerBound]) to \(labels[phase.positions.upperBound - 1]).")
    }
    let step = LinearScale(ChartGeometry.domain(self), from: 0, to: 1).ticks(7).step
    func words(_ value: Double?) -> String { value.map { figureWords($0, step: step, isExact: true) } ?? "–" }
    let rows = chart.phases.flatMap { phase in
      phase.positions.map { position -> [String] in
        let place = position - phase.positions.lowerBound
        let seen = marks.filter { $0.points.contains(position) }.map(\.rule.words).joined(separator: "; ")
        return [
          labels[position], words(phase.values[place]), words(phase.centre), words(phase.lower[place]),
          words(phase.upper[place]),
          seen,
        ]
      }
    }
    return (lines + [""] + TextTable([unit, "value", centreName, "lower", "upper", "signal"], rows).lines).joined(
      separator: "\n")
  }
}

/// Columns of text, figures flush right.
package struct TextTable {
  package let lines: [String]

  package init(_ header: [String], _ rows: [[String]]) {
    let widths = header.indices.map { column in ([header] + rows).map { $0[column].count }.max() ?? 0 }
    lines = ([header] + rows).map { cells in
      let padded = cells.enumerated().map { column, cell -> String in
        let space = String(repeating: " ", count: widths[column] - cell.count)
        return column == 0 || column == header.count - 1 ? cell + space : space + cell
      }
      var line = padded.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}
