import Foundation
import Testing

@testable import Statistics

/// Single-school effects beside SingleCaseES 0.7.4: `script/compare-statistics/charts.R` makes the numbers anew.
struct BeforeAfterCaseTests {
  @Test func everyEffectAgreesWithTheReferenceProgram() throws {
    guard case .list(let cases) = try Vectors.read("before_after.json") else {
      throw StatisticsError.noConvergence(what: "list")
    }
    #expect(cases.count == 33)
    for entry in cases { try check(entry) }
  }

  @Test(.enabled(if: SharedCases.folder != nil, "no ../shared/cases beside this repository"))
  func everySharedCaseIsAnswered() throws {
    let cases = try SharedCases.read("evidence.json").filter { $0.input["kind"] == .text("before_after") }
    #expect(cases.count >= 2)
    for (input, expected, _) in cases {
      guard case .object(let fields) = input else { continue }
      try check(.object(fields + [.init("expected", expected)]))
    }
  }

  private func check(_ entry: CaseValue) throws {
    guard case .object(let fields) = entry, let expected = entry["expected"] else { return }
    let input = CaseInput(.object(fields.filter { $0.name != "expected" }))
    let answer = try BeforeAfterCase.answer(input)
    for fault in differences(answer, expected, path: "") { Issue.record("\(entry["name"] ?? .null)\(fault)") }
    #expect(try BeforeAfterCase.explanation(input).count > 1)
  }

  /// The reference prints eight digits as text.
  private func differences(_ answer: CaseValue?, _ expected: CaseValue, path: String) -> [String] {
    guard case .object(let fields) = expected else {
      guard let wanted = number(expected) else {
        let isMissing =
          expected == .null || [.text("NA"), .text("NaN"), .text("-Inf"), .text("Inf")].contains(expected)
        return isMissing
          ? (answer == .null ? [] : ["\(path) should be null"]) : answer == expected ? [] : ["\(path) differs"]
      }
      guard let found = number(answer ?? .null) else { return ["\(path) is missing, expected \(wanted)"] }
      return agrees(found, wanted, within: 2e-7) || abs(found - wanted) < 1e-12
        ? [] : ["\(path) is \(found), expected \(wanted)"]
    }
    return fields.flatMap { differences(answer?[$0.name], $0.value, path: "\(path).\($0.name)") }
  }

  private func number(_ value: CaseValue) -> Double? {
    switch value {
    case .number(let number): number
    case .text(let text): Double(text).flatMap { $0.isFinite ? $0 : nil }
    default: nil
    }
  }
}
