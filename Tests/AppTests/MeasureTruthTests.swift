import Foundation
import Markup
import Statistics
import Storage
import TestDatabase
import Testing

@testable import App

/// What a measure's page says is what `league statistics` says of the same data: its file downloaded and read again by the
/// command, and its numbers put to the case reader.
struct MeasureTruthTests {
  struct Series: Sendable, CustomStringConvertible {
    let kind: DataKind
    let chart: ChartKind
    let rules: RuleSet
    let values: [String]
    /// How many of the first values hold the baseline; 0 for all.
    var held = 0
    /// Weeks without a value after the ninth: the picture leaves them empty, and no figure changes.
    var missing = 0

    var description: String {
      "\(chart.rawValue) read by \(rules.rawValue), \(values.count) values, \(held) held, \(missing) missing"
    }
  }

  private static let level = ["12", "9", "11", "10", "13", "8", "11", "9", "12", "10", "11", "9"]
  private static let counts = [
    "61/90", "58/88", "64/91", "60/90", "63/90", "59/87", "61/90", "66/92", "60/90", "64/90", "62/89", "63/90", "80/90",
    "81/90", "82/91", "79/90", "83/90", "84/90",
  ]

  private static let rates = zip(level + ["31", "12"], [5, 5, 4, 5, 5, 3, 5, 5, 5, 4, 5, 5, 4, 5]).map { "\($0)/\($1)" }

  static let all: [Series] = [
    Series(kind: .count, chart: .run, rules: .anhoej, values: level),
    Series(kind: .count, chart: .run, rules: .ihi, values: level + ["15", "16", "17", "18", "19", "20", "21"]),
    Series(kind: .count, chart: .count, rules: .anhoej, values: level + ["31"]),
    Series(kind: .count, chart: .count, rules: .westernElectric, values: level + ["20", "21", "22"], held: 8),
    Series(kind: .number, chart: .individuals, rules: .nelson, values: level.map { "\($0).5" } + ["40.5", "9.25"]),
    Series(
      kind: .number, chart: .individuals, rules: .nhs, values: level + ["14", "15", "14", "15", "14", "15", "14"]),
    Series(kind: .share, chart: .proportion, rules: .anhoej, values: counts),
    Series(kind: .share, chart: .proportion, rules: .anhoej, values: counts, missing: 3),
    Series(kind: .count, chart: .run, rules: .anhoej, values: level + ["15", "16", "17", "18", "19"], missing: 10),
    Series(kind: .count, chart: .rate, rules: .anhoej, values: rates),
    Series(kind: .count, chart: .rate, rules: .nelson, values: rates, held: 8, missing: 2),
    Series(kind: .share, chart: .proportion, rules: .nelson, values: counts, held: 12),
    Series(kind: .share, chart: .proportionPrime, rules: .anhoej, values: counts),
    Series(kind: .share, chart: .run, rules: .anhoej, values: counts.map { "\($0.prefix(2))%" }),
  ]

  /// A measure with its values, one a week from 6 July 2026 on.
  private static func page(_ series: Series, _ world: TestWorld) async throws -> (path: String, page: String) {
    let browser = try await world.browser(as: .educator)
    var fields: [(String, String)] = [
      ("name", "On time"), ("kind", series.kind.rawValue), ("better", "higher"), ("who", "All ninth-graders"),
      ("what", "In the room at the bell"), ("how", "Fridays, from the door list"), ("role", "outcome"),
      ("schedule", "week"), ("chart", series.chart.rawValue), ("rules", series.rules.rawValue),
      ("submission", world.site.newID()),
    ]
    if series.held > 0 {
      let until = try #require(CalendarDate("2026-07-06")).adding(days: 7 * (series.held - 1))
      fields.append(("baseline_until", until.description))
    }
    _ = try await browser.get("/measures/new")
    let made = try await browser.post("/measures", all: fields)
    let path = String(try #require(made.location, "\(made.text.prefix(3000))").dropLast("/column".count))
    let first = try #require(CalendarDate("2026-07-06"))
    let lines = series.values.enumerated().map { index, value in
      series.missing == 0 ? value : "\(first.adding(days: 7 * (index < 9 ? index : index + series.missing)))\t\(value)"
    }
    let kept = try await browser.post(
      "\(path)/column",
      ["pasted": lines.joined(separator: "\n"), "first": series.missing == 0 ? "2026-07-06" : "", "act": "keep"])
    #expect(kept.status == 303)
    return (path, try await browser.get(path).text)
  }

  /// What the command `league statistics chart` reads from the file that the page offers.
  private static func command(_ series: Series, _ csv: String, parts: [Int] = []) throws -> ChartPlot {
    var request = ChartRequest()
    request.kind = series.chart
    request.rules = series.rules
    request.unit = "week"
    request.date = "date"
    request.value = series.chart.needsSizes ? "count" : "value"
    request.size = series.chart.needsSizes ? "n" : nil
    request.options.freeze = series.held > 0 ? series.held : nil
    request.options.parts = parts
    return try request.plot(ColumnFile(text: csv))
  }

  @Test(arguments: all) func thePageSaysWhatTheCommandSays(series: Series) async throws {
    let world = try await TestWorld()
    let (path, page) = try await Self.page(series, world)
    let csv = try await world.browser(as: .educator).get("\(path)/values.csv").text
    let plot = try Self.command(series, csv)
    let labels = plot.labels.map { CalendarDate($0)?.short ?? $0 }
    let sentence = ChartSentence(
      plot.chart, rules: series.rules, unit: "week", labels: labels
    ).text
    #expect(page.contains(HTML(text: sentence).string), "the page does not say “\(sentence)”")
    #expect(page.contains(HTML(text: plot.ruleLine).string))
    for signal in series.rules.signals(in: plot.chart) {
      #expect(page.contains(HTML(text: signal.rule.words).string), "\(signal.rule.words)")
    }
    let quietRules = series.rules.rules.filter { rule in
      !series.rules.signals(in: plot.chart).contains { $0.rule == rule }
    }
    let table = try #require(page.range(of: "<table")).lowerBound
    for rule in quietRules { #expect(!page[table...].contains("\(HTML(text: rule.words).string)</td>"), "\(rule)") }
  }

  /// Centre and limits of the page's table are those that the case reader answers for the same numbers.
  @Test(arguments: all) func theTableHoldsWhatTheCaseReaderAnswers(series: Series) async throws {
    let world = try await TestWorld()
    let (path, page) = try await Self.page(series, world)
    let csv = try await world.browser(as: .educator).get("\(path)/values.csv").text
    let file = try ColumnFile(text: csv)
    let values = try file.numbers(series.chart.needsSizes ? "count" : "value", option: "--value")
    var data: [String: Any] = ["y": values.map { $0 as Any? ?? NSNull() }]
    if series.chart.needsSizes {
      data["n"] = try file.numbers("n", option: "--n").map { $0 as Any? ?? NSNull() }
      data["count"] = data["y"]
    }
    var options: [String: Any] = ["screened_mr": true]
    if series.held > 0 { options["freeze"] = series.held }
    let asked = try JSONSerialization.data(
      withJSONObject: ["chart": series.chart.rawValue, "call": "", "data": data, "options": options])
    let answer = try JSONSerialization.jsonObject(with: try StatisticsCase.answer(asked)) as? [String: Any]
    let part = try #require((answer?["parts"] as? [[String: Any]])?.first)
    let centre = try #require(part["center"] as? Double)
    let plot = try Self.command(series, csv)
    #expect(abs(try #require(plot.chart.phases.first?.centre) - centre) < 1e-9)
    let shown = ChartPlot(
      name: "On time", chart: plot.chart, rules: series.rules, isPercent: series.kind == .share)
    let step = LinearScale(ChartGeometry.domain(shown), from: 0, to: 1).ticks(5).step
    #expect(page.contains("<td class=\"number\">\(shown.figureWords(centre, step: step, isExact: true))</td>"))
    let beyond = try #require(answer?["sigma_signal_points"] as? [Int])
    #expect(beyond == plot.chart.beyond.map { $0 + 1 })
    let longest = part["longest_run"] as? Int
    #expect(longest == plot.chart.phases.first?.runs.longestRun)
  }

  /// With a phase and after it was taken back: sentence, signals and limits are the command's for the same phases.
  @Test(arguments: Engine.available) func aPhaseTakenBackIsNoPhaseForTheCommandEither(engine: Engine) async throws {
    let world = try await TestWorld(engine)
    let series = Series(kind: .share, chart: .proportion, rules: .anhoej, values: Self.counts)
    let (path, _) = try await Self.page(series, world)
    let browser = try await world.browser(as: .educator)
    let csv = try await browser.get("\(path)/values.csv").text
    func agrees(parts: [Int]) async throws -> Bool {
      let plot = try Self.command(series, csv, parts: parts)
      let labels = plot.labels.map { CalendarDate($0)?.short ?? $0 }
      let sentence = ChartSentence(plot.chart, rules: series.rules, unit: "week", labels: labels).text
      let id = Measure.ID(String(path.dropFirst("/measures/".count)))
      let (own, kept) = try await world.site.database.read { db in
        let measure = try #require(try MeasureStore(db: db).findAny(id))
        let marks = try MeasureStore(db: db).marks(of: measure, withCycles: true)
        return (
          MeasureChart(measure, try MeasureValueStore(db: db).current(of: id), marks).plot?.chart, measure.sentence
        )
      }
      let page = try await browser.get(path).text
      return own == plot.chart && kept == sentence && page.contains(HTML(text: sentence).string)
    }
    #expect(try await agrees(parts: []))
    // The thirteenth of the weeks from 6 July 2026 on.
    let noted = try await browser.post(
      "\(path)/marks", ["kind": "phase", "period": "2026-09-28", "words": "Advisers greet at the door"])
    #expect(noted.status == 303)
    #expect(try await agrees(parts: [12]))
    let link = try #require(
      try await browser.get(path).text.firstMatch(of: /href="([^"]*\/withdrawal)"/)
    ).output.1
    #expect(try await browser.post(String(link), ["why": "They began a month later"]).status == 303)
    #expect(try await agrees(parts: []))
  }

  /// A phase ends what was held, and the page says so, on the screen and on paper alike.
  @Test func aPhaseEndsTheHeldBaselineAndThePageSaysSo() async throws {
    let world = try await TestWorld()
    let series = Series(kind: .share, chart: .proportion, rules: .nelson, values: Self.counts, held: 12)
    let (path, before) = try await Self.page(series, world)
    #expect(before.contains("held up to Mon 21 Sep 2026"))
    let browser = try await world.browser(as: .educator)
    _ = try await browser.post(
      "\(path)/marks", ["kind": "phase", "period": "2026-09-28", "words": "Advisers greet at the door"])
    let after = try await browser.get(path).text
    #expect(after.contains("each phase its own; Mon 21 Sep 2026, up to which it was held, counts no more"))
  }

  /// Mean 10.4 of the twelve and the thirteenth: the c chart's upper limit lies at about 20. One more and the sentence
  /// changes, one less and it changes back.
  @Test func aPointMovedAcrossALimitChangesTheSentence() async throws {
    let world = try await TestWorld()
    let inside = Series(kind: .count, chart: .count, rules: .anhoej, values: Self.level + ["19"])
    let (path, before) = try await Self.page(inside, world)
    #expect(before.contains("Nothing in these 13 weeks that chance alone would not give."))
    #expect(!before.contains("beyond the limits"))
    let browser = try await world.browser(as: .educator)
    func correct(to value: String) async throws -> String {
      let id = try await world.site.database.read { db in
        try db.value(
          "id", "SELECT id FROM measure_value WHERE state = 'current' AND period = '2026-09-28'", as: String.self)
      }
      let answer = try await browser.post(
        "\(path)/values/\(try #require(id))/correction", ["value": value, "why": "It was counted wrong"])
      #expect(answer.status == 303)
      return try await browser.get(path).text
    }
    let outside = try await correct(to: "25")
    #expect(outside.contains("28 Sep 2026 lies beyond the limits, where chance puts a week about 3 times in 1,000."))
    #expect(!outside.contains("that chance alone would not give"))
    #expect(try await correct(to: "19").contains("Nothing in these 13 weeks"))
  }
}
