import Foundation
import Testing

@testable import Statistics

/// The worked reference cases that lie beside the repository, in ../shared/cases: pooled evidence.
/// Their expected numbers: metafor 5.1.12 and bayesmeta 3.4.
struct SharedCaseTests {
  @Test(.enabled(if: SharedCases.folder != nil, "no ../shared/cases beside this repository"))
  func everyPoolingCaseIsAnswered() throws {
    let cases = try SharedCases.read("pooling.json")
    #expect(cases.count >= 13)
    for (input, expected, tolerance) in cases {
      let answer = try CaseParser.parse(try StatisticsCase.answer(input.json()))
      let name = input["name"] ?? .null
      for fault in SharedCases.differences(answer, expected, tolerance, path: "") {
        Issue.record("\(name): \(fault)")
      }
      let lines = try StatisticsCase.explanation(input.json())
      #expect(lines.count > 1 && !lines.contains { $0.contains("nan") || $0.contains("inf ") })
    }
  }
}

/// Reads the shared cases, if they are there, and compares answers with them.
enum SharedCases {
  static let folder: URL? = {
    var here = URL(filePath: #filePath)
    while here.path != "/" {
      here.deleteLastPathComponent()
      let found = here.appending(path: "shared/cases")
      if FileManager.default.fileExists(atPath: found.path) { return found }
    }
    return nil
  }()

  /// Each case without `expected`, its `expected`, and the tolerance for it.
  static func read(_ file: String) throws -> [(input: CaseValue, expected: CaseValue, tolerance: Double)] {
    guard let folder else { return [] }
    guard case .list(let cases) = try CaseParser.parse(Data(contentsOf: folder.appending(path: file))) else {
      return []
    }
    return cases.compactMap { entry in
      guard case .object(let fields) = entry, let expected = entry["expected"] else { return nil }
      let input = CaseValue.object(fields.filter { $0.name != "expected" })
      return (input, refusingRiley(expected), entry["kind"] == .text("bayes") ? 0.01 : 1e-6)
    }
  }

  /// With two studies the shared case gives metafor's interval of 1 degree of freedom and notes that it must be refused.
  private static func refusingRiley(_ expected: CaseValue) -> CaseValue {
    guard case .object(let fields) = expected, expected["k"] == .number(2) else { return expected }
    return .object(
      fields.map { field in
        guard case .object(let figures) = field.value else { return field }
        return .init(
          field.name, .object(figures.map { .init($0.name, $0.name.hasPrefix("pi_riley") ? .null : $0.value) }))
      })
  }

  /// The reference program ends these iterations early (its thresholds are 1e-5 and uniroot's 1e-4).
  private static func foundByIteration(_ path: String) -> Bool {
    path.contains("tau2") || path.contains("sigma2") || path.contains("Qprofile")
  }

  /// Where the answer lacks something of what is expected or differs from it.
  static func differences(
    _ answer: CaseValue?, _ expected: CaseValue, _ tolerance: Double, tauTolerance: Double = 1e-3, path: String
  ) -> [String] {
    switch (answer, expected) {
    case (.object, .object(let fields)):
      fields.flatMap {
        differences(
          answer?[$0.name], $0.value, tolerance, tauTolerance: tauTolerance, path: "\(path).\($0.name)")
      }
    case (.list(let found), .list(let wanted)) where found.count == wanted.count:
      zip(found, wanted).enumerated().flatMap {
        differences(
          $0.element.0, $0.element.1, tolerance, tauTolerance: tauTolerance, path: "\(path)[\($0.offset + 1)]")
      }
    case (.number(let found), .number(let wanted)):
      agrees(found, wanted, within: foundByIteration(path) ? tauTolerance : tolerance) || abs(found - wanted) < 1e-9
        || (foundByIteration(path) && abs(wanted) < 1e-6 && abs(found) < 1e-6)
        ? [] : ["\(path) is \(found), expected \(wanted)"]
    default:
      answer == expected ? [] : ["\(path) is \(answer.map { "\($0)" } ?? "missing"), expected \(expected)"]
    }
  }
}
