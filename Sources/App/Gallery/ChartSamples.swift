import Markup
import Statistics

/// Drawings with invented data.
enum ChartSamples {
  static let all: [Sample] = [
    Sample("charts/forest", "Forest plot of nine trials", page("Nine trials", strip: nine) { forest(nine).html }),
    Sample(
      "charts/forest-few", "Forest plot of one trial, nothing pooled",
      page("One trial", strip: one) { ForestPlot(id: "one", rows: one, unreported: 1).html }),
    Sample(
      "charts/forest-long", "Forest plot with long names and a very wide interval",
      page("Long names", strip: long) { forest(long).html }),
    Sample(
      "charts/p", "Control chart of shares, with a change",
      page("Late to first class", strip: []) { weeks?.html(changeAfter: 12) ?? HTML() }),
    Sample("charts/phases", "Two phases and a gap", page("Referrals", strip: []) { phases?.html() ?? HTML() }),
    Sample("charts/run", "Run chart of few points", page("Minutes", strip: []) { run?.html() ?? HTML() }),
    Sample("charts/funnel", "Funnel plot", page("Twenty schools", strip: []) { funnel?.html ?? HTML() }),
    Sample(
      "charts/multiples", "Small multiples and a sparkline",
      Page("Five schools") {
        h1 { "Five schools" }
        p {
          "Late to first class "
          sparkline([18, 17, 19, nil, 15, 12, 13, 11], words: "Late to first class, 8 weeks, last 11")
        }
        multiples.html
      }),
    Sample(
      "charts/forest-none", "No trial reported", page("No trial", strip: []) { quiet("Nobody has tried this yet.") }),
    Sample(
      "charts/strip-many", "Verdict strip of 500 trials",
      Page("Many trials") {
        h1 { "Many trials" }
        verdictStrip((0..<500).map { StripMark(Verdict.inOrder[$0 * $0 % 5], name: "School \($0)") }, unreported: 31)
      }),
  ]

  /// Shares of students on time, week by week; a cycle begins after twelve weeks.
  static let weeks: ChartPlot? = {
    let late = [18, 21, 17, 19, 22, 18, 16, 20, 19, 23, 18, 20, 15, 13, 14, 11, 12, 10, 13, 9, 12, 11, 4, 10]
    let students = [
      112, 118, 109, 115, 117, 110, 104, 116, 113, 118, 111, 114, 115, 108, 112, 116, 110, 113, 117, 109, 112, 115, 118,
      111,
    ]
    var options = ChartOptions()
    options.freeze = 12
    let series = ChartSeries(counts: late.map(Double.init), sizes: students.map(Double.init))
    guard let chart = try? ControlChart(.proportion, series, options: options) else { return nil }
    return ChartPlot(
      id: "late", name: "Late to first class", chart: chart,
      labels: (1...24).map { "week \($0)" }, unit: "week",
      notes: [ChartNote(12, "Conferences begin with every ninth-grader"), ChartNote(17, "Cut to eight minutes")],
      target: 0.1)
  }()

  /// Two phases, the second asked for, and a gap.
  static let phases: ChartPlot? = {
    var options = ChartOptions()
    options.parts = [14]
    let values: [Double?] = [
      31, 28, 35, 30, 27, 33, 29, 32, nil, 30, 34, 28, 31, 30, 24, 22, 26, 21, 25, 23, 24, 22, 27, 23, 25, 45, 24, 22,
    ]
    guard let chart = try? ControlChart(.individuals, ChartSeries(values: values), options: options) else { return nil }
    return ChartPlot(id: "referrals", name: "Referrals a week", chart: chart, rules: .nelson, unit: "week")
  }()

  static let run: ChartPlot? = {
    let values: [Double?] = [62, 58, 65, 60, 63, 59, 61, 66, 60, 64]
    guard let chart = try? ControlChart(.run, ChartSeries(values: values)) else { return nil }
    return ChartPlot(id: "minutes", name: "Minutes of reading", chart: chart, rules: .ihi, unit: "day")
  }()

  static let funnel: FunnelPlot? = {
    let sizes = [42.0, 55, 61, 80, 95, 102, 120, 133, 150, 171, 190, 214, 240, 262, 300, 333, 380, 420, 455, 510]
    let late = [9.0, 6, 11, 12, 9, 20, 17, 18, 25, 22, 30, 29, 61, 35, 42, 49, 50, 60, 62, 38]
    guard let limits = try? FunnelLimits(.proportion, counts: late, sizes: sizes) else { return nil }
    let points = zip(late, sizes).enumerated().map { index, pair in
      FunnelPoint(name: index == 8 ? "Ashuelot Valley" : nil, size: pair.1, value: pair.0 / pair.1, isOwn: index == 8)
    }
    return FunnelPlot(name: "Late to first class", points: points, limits: limits)
  }()

  static let multiples = SmallMultiples(
    ["Kettle Cove Regional", "Ashuelot Valley", "Quaboag Technical", "Mad River Union", "Point Judith"].enumerated().map
    { index, name in
      let values = (0..<20).map { week -> Double? in
        let (chance, gain) = ((week * 7 + index * 5) % 9, week > 10 ? 2 * index : 0)
        return week == 7 && index == 2 ? nil : Double(20 + chance - gain)
      }
      return SmallMultiples.Item(
        name: name, link: "/schools/\(index)", values: values, words: "last \(figure(values[19] ?? 0, places: 0))")
    })

  private static func page(_ title: String, strip rows: [ForestRow], @HTMLBuilder content: @escaping () -> HTML) -> Page
  {
    Page(title) {
      h1 { title }
      if !rows.isEmpty {
        verdictStrip(rows.map { StripMark($0.verdict, name: $0.label, link: $0.link) }, unreported: 3)
      }
      content()
    }
  }

  static func forest(_ rows: [ForestRow]) -> ForestPlot {
    ForestPlot(
      rows: rows, pooled: ForestPooled(effect: 0.17, low: 0.05, high: 0.29, prediction: -0.10...0.44), unreported: 3,
      measure: "lateness, in standard deviations")
  }

  private static func row(
    _ label: String, _ state: String, _ effect: Double, _ error: Double, _ weight: Double, _ verdict: Verdict
  ) -> ForestRow {
    ForestRow(
      label: label, detail: state, link: "/trials/\(label.filter(\.isLetter))", effect: effect,
      low: effect - 1.96 * error,
      high: effect + 1.96 * error, weight: weight, verdict: verdict)
  }

  static let nine: [ForestRow] = [
    row("Kettle Cove Regional", "ME", 0.41, 0.17, 0.08, .worked),
    row("Ashuelot Valley", "NH", 0.33, 0.14, 0.11, .worked),
    row("Quaboag Technical", "MA", 0.30, 0.12, 0.13, .worked), row("Mad River Union", "VT", 0.22, 0.13, 0.12, .mixed),
    row("Point Judith", "RI", 0.18, 0.10, 0.17, .mixed), row("Naugatuck Charter", "CT", 0.12, 0.15, 0.10, .tooEarly),
    row("Sandwich Range", "NH", 0.06, 0.11, 0.09, .tooEarly),
    row("Blackstone Academy", "RI", -0.02, 0.12, 0.12, .didNotWork),
    row("Moosehead Union", "ME", -0.14, 0.16, 0.08, .didNotWork),
  ]

  static let one = [
    ForestRow(
      label: "Kettle Cove Regional", detail: "ME", link: "/trials/kettle", effect: 0.41, low: 0.08, high: 0.74,
      verdict: .tooEarly)
  ]

  static let long: [ForestRow] = [
    row(
      "The Honorable Margaret Chase Smith Interdistrict Academy of Arts, Sciences and Trades at Moosehead", "ME", 0.31,
      0.12,
      0.4, .worked),
    row("Mount Mansfield Supervisory Union Career and Technical Center", "VT", -0.05, 0.11, 0.5, .didNotWork),
    row("Isle au Haut", "ME", 1.4, 1.1, 0.1, .tooEarly),
  ]
}
