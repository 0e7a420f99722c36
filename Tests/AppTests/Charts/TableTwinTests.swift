import Foundation
import Markup
import Statistics
import Testing

@testable import App

/// What a drawing shows by places, its table says in figures: read from the ink itself, both must be the same.
struct TableTwinTests {
  private static let charts = [ChartSamples.weeks, ChartSamples.phases, ChartSamples.run].compactMap(\.self)

  private static func cells(_ html: HTML) -> [[String]] {
    html.string.matches(of: /<tr[^>]*>(.*?)<\/tr>/.dotMatchesNewlines()).map { row in
      String(row.output.1).matches(of: /<t[dh][^>]*>(.*?)<\/t[dh]>/.dotMatchesNewlines()).map {
        String($0.output.1).replacing(/<[^>]*>/, with: "").trimmingCharacters(in: .whitespacesAndNewlines)
      }
    }.filter { !$0.isEmpty }
  }

  /// "12.5 %", "−0.25", "+0.41".
  private static func number(_ text: String) -> Double? {
    let plain = text.replacing("−", with: "-").filter { "-.0123456789".contains($0) }
    return Double(plain).map { text.contains("%") ? $0 / 100 : $0 }
  }

  private static func ends(_ text: String) -> [Double] {
    text.split(separator: " to ").compactMap { number(String($0)) }
  }

  /// Elements of the drawing whose class is `style`, each with its named numbers.
  private static func ink(_ html: HTML, _ element: String, _ style: String) throws -> [[String: Double]] {
    try html.string.matches(of: Regex("<\(element) [^>]*>")).map { String($0.output[0].substring ?? "") }
      .filter { $0.contains("class=\"\(style)\"") || $0.contains("class=\"\(style) ") }
      .map { text in
        Dictionary(
          text.matches(of: /([a-z0-9]+)="(-?[0-9.]+)"/).compactMap { match in
            Double(match.output.2).map { (String(match.output.1), $0) }
          }, uniquingKeysWith: { first, _ in first })
      }
  }

  @Test(arguments: [360.0, 760]) func aChartsDotsLieWhereItsTableSays(_ width: Double) throws {
    #expect(Self.charts.count == 3)
    for plot in Self.charts {
      let place = ChartGeometry(plot, width: width)
      let rows = Array(Self.cells(plot.table).dropFirst())
      let drawing = plot.drawing(width: width, id: "a")
      let dots = try Self.ink(drawing, "circle", "dot") + Self.ink(drawing, "circle", "hollow")
      #expect(rows.count == plot.chart.values.count)
      #expect(dots.count == rows.count { $0[1] != "–" })
      // A figure of the table is rounded to a tenth of the drawing's step.
      let slack = abs(place.scale(place.step * 0.06) - place.scale(0)) + 0.06
      let heights = Set(dots.compactMap { $0["cy"] })
      for spot in place.spots {
        let value = try #require(Self.number(rows[spot.position][1]))
        #expect(abs(place.scale(value) - spot.at.y) <= slack)
        #expect(heights.contains { abs($0 - spot.at.y) < 0.06 })
        let says = rows[spot.position].last ?? ""
        #expect(!spot.isMarked || !says.isEmpty)
      }
      #expect(try Self.ink(drawing, "circle", "ring").count == place.spots.count(where: \.isMarked))
      for (centre, phase) in zip(place.centres, plot.chart.phases) {
        let value = try #require(Self.number(rows[phase.positions.lowerBound][2]))
        #expect(abs(place.scale.clamped(value) - centre.from.y) <= slack)
      }
      #expect(try Self.ink(drawing, "line", "rule").count == plot.chart.phases.count)
      try limits(plot, place, rows, slack)
    }
  }

  /// Every corner of a limit lies at the height of a limit in the table.
  private func limits(_ plot: ChartPlot, _ place: ChartGeometry, _ rows: [[String]], _ slack: Double) throws {
    guard plot.chart.kind != .run else { return #expect(place.limits.isEmpty) }
    let figures = rows.flatMap { $0[3...4] }.compactMap(Self.number).map { place.scale.clamped($0) }
    for corner in place.limits.flatMap(\.self) {
      #expect(figures.contains { abs($0 - corner.y) <= slack })
    }
  }

  @Test(arguments: [360.0, 760]) func aForestsMarksLieWhereItsTableSays(_ width: Double) throws {
    for plot in [ChartSamples.forest(ChartSamples.nine), ChartSamples.forest(ChartSamples.long)] {
      let place = ForestGeometry(plot, width: width)
      let rows = Array(Self.cells(plot.table).dropFirst())
      let slack = abs(place.scale(0.005) - place.scale(0)) + 1e-6
      for (row, cells) in zip(place.rows, rows) {
        let ends = Self.ends(cells[3])
        #expect(abs(place.scale(try #require(Self.number(cells[2]))) - row.x) <= slack)
        #expect(row.isCutLow || abs(place.scale(ends[0]) - row.low) <= slack)
        #expect(row.isCutHigh || abs(place.scale(ends[1]) - row.high) <= slack)
      }
      guard let pooled = place.pooled else { continue }
      let together = try #require(rows.first { $0[0] == "Together" })
      let corners = Self.ends(together[3])
      #expect(abs(place.scale(corners[0]) - pooled.diamond[0].x) <= slack)
      #expect(abs(place.scale(corners[1]) - pooled.diamond[2].x) <= slack)
      #expect(abs(place.scale(try #require(Self.number(together[2]))) - pooled.diamond[1].x) <= slack)
      #expect((pooled.prediction == nil) == !rows.contains { $0[0] == "A new school" })
    }
  }

  @Test(arguments: [360.0, 760]) func aFunnelsDotsLieWhereItsTableSays(_ width: Double) throws {
    let plot = try #require(ChartSamples.funnel)
    let place = FunnelGeometry(plot, width: width)
    let rows = Array(Self.cells(plot.table).dropFirst())
    #expect(rows.count == place.dots.count)
    let slack = abs(place.y(0.0051) - place.y(0))
    for (dot, cells) in zip(place.dots, rows) {
      let (size, value) = (try #require(Self.number(cells[1])), try #require(Self.number(cells[2])))
      #expect(abs(place.x(size) - dot.x) < 0.6 && abs(place.y(value) - dot.y) <= slack)
      let chance = Self.ends(cells[3])
      #expect(cells[4] == "outside" || (chance[0] - 0.0051...chance[1] + 0.0051).contains(value))
    }
  }

  @Test func aStripHasAMarkForEachTrialAndItsKeyCountsThem() {
    let marks = [Verdict.worked, .worked, .didNotWork].map { StripMark($0, name: "S") }
    let strip = verdictStrip(marks, unreported: 2).string
    #expect(strip.matches(of: /<li/).count == 3)
    #expect(strip.contains("2 \(Verdict.worked.words)") && strip.contains("1 \(Verdict.didNotWork.words)"))
    #expect(strip.contains("2 more were started and never reported"))
  }
}
