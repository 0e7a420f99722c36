import Foundation
import Testing

/// STANDARDS.md answers each item of OWASP ASVS 5.0, levels 1 and 2, and what it names as proof is there.
struct StandardsTests {
  /// The numbers of the items by level (OWASP ASVS 5.0.0).
  private static let levelOne = """
    1.2.1 1.2.2 1.2.3 1.2.4 1.2.5 1.3.1 1.3.2 1.5.1 2.1.1 2.2.1 2.2.2 2.3.1 3.2.1 3.2.2 3.3.1 3.4.1 3.4.2 3.5.1
    3.5.2 3.5.3 4.1.1 4.4.1 5.2.1 5.2.2 5.3.1 5.3.2 6.1.1 6.2.1 6.2.2 6.2.3 6.2.4 6.2.5 6.2.6 6.2.7 6.2.8 6.3.1
    6.3.2 6.4.1 6.4.2 7.2.1 7.2.2 7.2.3 7.2.4 7.4.1 7.4.2 8.1.1 8.2.1 8.2.2 8.3.1 9.1.1 9.1.2 9.1.3 9.2.1 10.4.1
    10.4.2 10.4.3 10.4.4 10.4.5 11.3.1 11.3.2 11.4.1 12.1.1 12.2.1 12.2.2 13.4.1 14.2.1 14.3.1 15.1.1 15.2.1
    15.3.1
    """.split(whereSeparator: \.isWhitespace).map(String.init)

  private static let levelTwo = """
    1.1.1 1.1.2 1.2.6 1.2.7 1.2.8 1.2.9 1.3.3 1.3.4 1.3.5 1.3.6 1.3.7 1.3.8 1.3.9 1.3.10 1.3.11 1.4.1 1.4.2 1.4.3
    1.5.2 2.1.2 2.1.3 2.2.3 2.3.2 2.3.3 2.3.4 2.4.1 3.3.2 3.3.3 3.3.4 3.4.3 3.4.4 3.4.5 3.4.6 3.5.4 3.5.5 3.7.1
    3.7.2 4.1.2 4.1.3 4.2.1 4.3.1 4.3.2 4.4.2 4.4.3 4.4.4 5.1.1 5.2.3 5.4.1 5.4.2 5.4.3 6.1.2 6.1.3 6.2.9 6.2.10
    6.2.11 6.2.12 6.3.3 6.3.4 6.4.3 6.4.4 6.5.1 6.5.2 6.5.3 6.5.4 6.5.5 6.6.1 6.6.2 6.6.3 6.8.1 6.8.2 6.8.3 6.8.4
    7.1.1 7.1.2 7.1.3 7.3.1 7.3.2 7.4.3 7.4.4 7.4.5 7.5.1 7.5.2 7.6.1 7.6.2 8.1.2 8.2.3 8.4.1 9.2.2 9.2.3 9.2.4
    10.1.1 10.1.2 10.2.1 10.2.2 10.3.1 10.3.2 10.3.3 10.3.4 10.4.6 10.4.7 10.4.8 10.4.9 10.4.10 10.4.11 10.5.1
    10.5.2 10.5.3 10.5.4 10.5.5 10.6.1 10.6.2 10.7.1 10.7.2 10.7.3 11.1.1 11.1.2 11.2.1 11.2.2 11.2.3 11.3.3
    11.4.2 11.4.3 11.4.4 11.5.1 11.6.1 12.1.2 12.1.3 12.3.1 12.3.2 12.3.3 12.3.4 13.1.1 13.2.1 13.2.2 13.2.3
    13.2.4 13.2.5 13.3.1 13.3.2 13.4.2 13.4.3 13.4.4 13.4.5 14.1.1 14.1.2 14.2.2 14.2.3 14.2.4 14.3.2 14.3.3
    15.1.2 15.1.3 15.2.2 15.2.3 15.3.2 15.3.3 15.3.4 15.3.5 15.3.6 15.3.7 16.1.1 16.2.1 16.2.2 16.2.3 16.2.4
    16.2.5 16.3.1 16.3.2 16.3.3 16.3.4 16.4.1 16.4.2 16.4.3 16.5.1 16.5.2 16.5.3 17.1.1 17.2.1 17.2.2 17.2.3
    17.2.4 17.3.1 17.3.2
    """.split(whereSeparator: \.isWhitespace).map(String.init)

  /// One line of a table: for one item, or for several in a row that have the same answer.
  private struct Line {
    let ids: [String]
    let level: String
    let answer: String
    let proofs: [String]
  }

  private static func lines() throws -> [Line] {
    let text = try String(contentsOf: Repository.root.appending(path: "STANDARDS.md"), encoding: .utf8)
    return text.split(separator: "\n").compactMap { line -> Line? in
      let cells = line.split(separator: "|", omittingEmptySubsequences: false).map { String($0) }
      guard cells.count == 7, cells[1].contains(/^ \d/) else { return nil }
      let proofs = cells[5].matches(of: /`([^`]+)`/).map { String($0.output.1) }
      return Line(ids: expanded(cells[1]), level: cells[2], answer: cells[4], proofs: proofs)
    }
  }

  /// `1.2.6, 1.2.8–1.2.10` as the items of the standard between them.
  private static func expanded(_ cell: String) -> [String] {
    cell.split(separator: ",").flatMap { piece -> [String] in
      let ends = piece.split(separator: "–").map { String($0.filter { $0 != " " }) }
      guard ends.count == 2 else { return ends }
      return (levelOne + levelTwo).filter { !isBefore($0, ends[0]) && !isBefore(ends[1], $0) }
    }
  }

  private static func isBefore(_ left: String, _ right: String) -> Bool {
    let numbers = { (id: String) in id.split(separator: ".").compactMap { Int($0) } }
    return numbers(left).lexicographicallyPrecedes(numbers(right))
  }

  @Test func everyItemIsAnsweredOnce() throws {
    let answered = try Self.lines().flatMap(\.ids)
    let known = Set(Self.levelOne + Self.levelTwo)
    #expect(known.count == 253)
    let counts = Dictionary(grouping: answered, by: \.self).mapValues(\.count)
    #expect(counts.filter { $0.value > 1 }.isEmpty, "answered more than once")
    #expect(known.subtracting(answered).isEmpty, "not answered")
    #expect(Set(answered).subtracting(known).isEmpty, "no item of the standard")
  }

  @Test func theLevelsAreTheStandards() throws {
    for line in try Self.lines() {
      let levels = Set(line.ids.map { Self.levelOne.contains($0) ? "1" : "2" }).sorted().joined(separator: ", ")
      #expect(line.level.filter { $0 != " " } == levels.filter { $0 != " " }, "\(line.ids)")
    }
  }

  @Test func everyAnswerIsProvenOpenOrDoesNotApply() throws {
    for line in try Self.lines() {
      let isOpen = line.answer.hasPrefix(" open: ") || line.answer.hasPrefix(" partly open: ")
      let doesNotApply = line.answer.hasPrefix(" does not apply: ")
      #expect(isOpen || doesNotApply || !line.proofs.isEmpty, "\(line.ids) names no proof")
    }
  }

  @Test func whatIsNamedIsThere() throws {
    let tests = try Self.tests()
    for line in try Self.lines() {
      for proof in line.proofs {
        if let match = proof.wholeMatch(of: /([A-Z]\w+)\.(\w+)/), !proof.hasSuffix(".md"), !proof.hasSuffix(".swift") {
          #expect(
            tests[String(match.output.1)]?.contains(String(match.output.2)) == true,
            "\(line.ids) names the test \(proof)")
        } else {
          let places = ["", "Sources/", "Sources/App/"].map { Repository.root.appending(path: $0 + proof).path }
          #expect(places.contains { FileManager.default.fileExists(atPath: $0) }, "\(line.ids) names the file \(proof)")
        }
      }
    }
  }

  /// Suite → its tests, as the text of Tests says.
  private static func tests() throws -> [String: Set<String>] {
    let folder = Repository.root.appending(path: "Tests")
    let files =
      FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?
      .compactMap { $0 as? URL }.filter { $0.lastPathComponent.hasSuffix("Tests.swift") } ?? []
    var tests: [String: Set<String>] = [:]
    for file in files {
      var suite = ""
      for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
        if let found = line.firstMatch(of: /^(?:@Suite.* )?(?:struct|final class) (\w+Tests)\b/) {
          suite = String(found.1)
        }
        if let found = line.firstMatch(of: /\bfunc (\w+)\(/) { tests[suite, default: []].insert(String(found.1)) }
      }
    }
    return tests
  }
}
