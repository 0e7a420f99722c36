import Foundation
import Testing

@testable import Statistics

/// Cases whose expected numbers metafor 5.1.12 computed with its iterations run to the end
/// (script/compare-statistics/vectors.R): published data sets of metadat and generated ones.
struct ReferenceVectorTests {
  @Test(arguments: [
    ("effect-sizes.json", 450, 1e-8, 1e-8), ("pooling.json", 50, 1e-7, 1e-6),
    ("structured.json", 6, 1e-4, 2e-3), ("bayes.json", 13, 1e-6, 1e-6), ("regression.json", 60, 1e-7, 1e-6),
  ])
  func everyVectorIsAnswered(file: String, fewest: Int, tolerance: Double, tauTolerance: Double) throws {
    guard case .list(let cases)? = try Vectors.read(file)["cases"] else {
      Issue.record("\(file) has no cases")
      return
    }
    #expect(cases.count >= fewest)
    var faults: [String] = []
    for entry in cases {
      guard case .object(let fields) = entry, let expected = entry["expected"] else { continue }
      let input = CaseValue.object(fields.filter { $0.name != "expected" })
      let answer = try CaseParser.parse(try StatisticsCase.answer(input.json()))
      faults += SharedCases.differences(answer, expected, tolerance, tauTolerance: tauTolerance, path: name(entry))
    }
    for fault in faults.prefix(40) { Issue.record("\(fault)") }
    #expect(faults.isEmpty)
  }

  /// Where answers go wrong most easily (edges.R), and what other programs than metafor say (second_opinion.py). Models of
  /// three levels are held to less: the reference's optimizer stops early.
  @Test(arguments: [("edges.json", 800), ("second-opinion.json", 40), ("edge-charts.json", 300)])
  func everyEdgeIsAnswered(file: String, fewest: Int) throws {
    guard case .list(let cases)? = try Vectors.read(file)["cases"] else {
      Issue.record("\(file) has no cases")
      return
    }
    #expect(cases.count >= fewest)
    for entry in cases {
      guard case .object(let fields) = entry, let expected = entry["expected"] else { continue }
      let tolerance =
        entry["kind"] == .text("effect_size") ? 1e-8 : entry["kind"] == .text("structured") ? 2e-5 : 1e-6
      let input = CaseValue.object(fields.filter { $0.name != "expected" })
      let answer = try CaseParser.parse(try StatisticsCase.answer(input.json()))
      for fault in SharedCases.differences(answer, expected, tolerance, path: name(entry)) {
        Issue.record("\(fault)")
      }
      #expect(!(try StatisticsCase.explanation(input.json())).isEmpty)
    }
  }

  private func name(_ entry: CaseValue) -> String {
    if case .text(let name)? = entry["name"] { return name }
    return "?"
  }
}
