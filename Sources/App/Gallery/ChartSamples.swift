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
      "charts/forest-none", "No trial reported", page("No trial", strip: []) { quiet("Nobody has tried this yet.") }),
    Sample(
      "charts/strip-many", "Verdict strip of 500 trials",
      Page("Many trials") {
        h1 { "Many trials" }
        verdictStrip((0..<500).map { StripMark(Verdict.inOrder[$0 * $0 % 5], name: "School \($0)") }, unreported: 31)
      }),
  ]

  private static func page(_ title: String, strip rows: [ForestRow], @HTMLBuilder content: @escaping () -> HTML) -> Page
  {
    Page(title) {
      h1 { title }
      verdictStrip(rows.map { StripMark($0.verdict, name: $0.label, link: $0.link) }, unreported: 3)
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
