import App
import ArgumentParser
import Foundation
import Markup
import Statistics

struct StatisticsChart: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chart", abstract: "Draw and read a run or control chart from a CSV file.",
    discussion: """
      Prints what the chart says in a sentence, whose rules were used, and every point. For charts of shares the values \
      may be counts, shares or percentages of --n.
      """)

  @Option(help: "The file; its first line names the columns.") var csv: String
  @Option(help: "Column of the values or counts.") var value: String
  @Option(help: "Column of what each value is out of: students, days.") var n: String?
  @Option(help: "Column that names each point.") var date: String?
  @Option(help: "Kind: \(ChartKind.allCases.map(\.rawValue).joined(separator: ", ")).") var kind = "run"
  @Option(help: "Rules: \(RuleSet.allCases.map(\.rawValue).joined(separator: ", ")).") var rules = "anhoej"
  @Option(help: "Limits from this many first points.") var freeze: Int?
  @Option(help: "A phase ends after this point, counted from 1; may be given again.") var part: [Int] = []
  @Option(help: "Leave this point out of centre and limits; may be given again.") var exclude: [Int] = []
  @Option(help: "A target, in the unit of the values as charted.") var target: Double?
  @Option(help: "What a point is: week, month.") var unit = "point"
  @Option(help: "What is measured; the column's name without it.") var title: String?
  @Flag(help: "Keep moving ranges far above their average.") var unscreened = false
  @Option(help: "Write the drawing to this file.") var svg: String?
  @Flag(help: "Draw for a narrow screen.") var narrow = false

  func run() throws {
    try refusing {
      let plot = try request().plot(ColumnFile(URL(filePath: csv)))
      print(plot.report)
      guard let svg else { return }
      let drawing = plot.drawing(width: narrow ? 360 : 760, id: "chart", isFile: true)
      do { try Data((drawing.string + "\n").utf8).write(to: URL(filePath: svg)) } catch {
        throw StatisticsError.input(field: "--svg", advice: "cannot be written: \(svg)")
      }
    }
  }

  private func request() throws -> ChartRequest {
    var request = ChartRequest()
    guard let known = ChartKind(rawValue: kind) else {
      throw StatisticsError.unknown(field: "--kind", value: kind, known: ChartKind.allCases.map(\.rawValue))
    }
    guard let set = RuleSet(rawValue: rules) else {
      throw StatisticsError.unknown(field: "--rules", value: rules, known: RuleSet.allCases.map(\.rawValue))
    }
    (request.value, request.size, request.date, request.kind, request.rules) = (value, n, date, known, set)
    (request.target, request.unit, request.title) = (target, unit, title)
    request.options.freeze = freeze
    request.options.parts = part
    request.options.exclude = Set(exclude)
    request.options.screensMovingRanges = !unscreened
    return request
  }
}
