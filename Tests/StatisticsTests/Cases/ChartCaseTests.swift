import Foundation
import Testing

@testable import Statistics

/// The worked reference cases of charts in ../shared/cases. Their expected numbers: qicharts2 0.8.1, qcc 3.0,
/// NHSRplotthedots 0.2.2, runchart; limits are held to 1e-6 relative, signals and counts exactly.
struct ChartCaseTests {
  @Test(.enabled(if: SharedCases.folder != nil, "no ../shared/cases beside this repository"))
  func everyChartCaseIsAnswered() throws {
    let cases = try SharedCases.read("charts.json")
    #expect(cases.count >= 26)
    for (input, expected, _) in cases {
      let answer = try CaseParser.parse(try StatisticsCase.answer(input.json()))
      let name = input["name"] ?? .null
      for fault in SharedCases.differences(answer, expected, 1e-8, path: "") { Issue.record("\(name): \(fault)") }
      let lines = try StatisticsCase.explanation(input.json())
      #expect(!lines.isEmpty && !lines.contains { $0.contains("nan") || $0.contains("inf ") })
    }
  }
}
