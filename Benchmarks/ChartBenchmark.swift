import App
import Markup
import Statistics

/// A thousand charts of sixty points, computed, read by a rule set and drawn as a file each.
enum ChartBenchmark {
  static func run() throws {
    var random = SeededNumbers(seed: 1)
    let all = (0..<1000).map { _ in (0..<60).map { _ in (20 + 5 * random.normal()).rounded() } }
    for (kind, rules) in [(ChartKind.run, RuleSet.anhoej), (.individuals, .nelson)] {
      var bytes = 0
      let seconds = try Stopwatch.median(of: 3) {
        bytes = 0
        for values in all {
          let chart = try ControlChart(kind, ChartSeries(values: values))
          let plot = ChartPlot(name: "Late arrivals", chart: chart, rules: rules, unit: "week")
          bytes += plot.drawing(width: 760, id: "chart", isFile: true).string.utf8.count
        }
      }
      Report.line(
        "1,000 charts of 60 points drawn, \(kind.title), \(rules.name)", Report.milliseconds(seconds), bar: "< 1000 ms",
        isMet: seconds < 1 && bytes > 1_000_000)
    }
  }
}
