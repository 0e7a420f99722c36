import Testing

@testable import Statistics

/// Charts on generated data, beside what qicharts2 0.8.1, qcc 3.0, NHSRplotthedots 0.2.2 and runchart say of them:
/// `script/compare-statistics/charts.R` makes the numbers anew.
struct ChartReferenceTests {
  @Test func everyChartAgreesWithItsReferenceProgram() throws {
    guard case .list(let cases) = try Vectors.read("charts.json") else {
      throw StatisticsError.noConvergence(what: "list")
    }
    #expect(cases.count > 300)
    for entry in cases {
      guard case .object(let fields) = entry, let expected = entry["expected"] else { continue }
      let input = CaseInput(.object(fields.filter { $0.name != "expected" }))
      let answer = try ChartCase.answer(input)
      for fault in SharedCases.differences(answer, expected, 1e-9, path: "") {
        Issue.record("\(entry["name"] ?? .null): \(fault)")
      }
      let lines = try ChartCase.explanation(input)
      #expect(!lines.isEmpty)
    }
  }
}
