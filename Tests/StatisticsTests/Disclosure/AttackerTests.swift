import CLinearProgram
import Testing

@testable import Statistics

struct AttackerTests {
  @Test func boundsAgreeWithHiGHSInOneToFourDimensions() throws {
    let vectors: DisclosureVectors = try ReferenceVectors.read("disclosure.json")
    #expect(vectors.cases.count == 8)
    for vector in vectors.cases {
      let audit = try DisclosureAudit(vector.table, hidden: vector.hiddenNames, rule: SuppressionRule(minimum: 10))
      for (cell, ends) in zip(vector.hidden, vector.bounds) {
        #expect(audit.intervals["c\(cell)"] == CountInterval(ends[0], ends[1]), "seed \(vector.seed), cell \(cell)")
      }
    }
  }

  @Test func threeDashboardsOfTwoQuestionsBoundTheThird() throws {
    // Year by need, year by language and need by language are shown, the eight cells are not. By hand: moving the
    // cell of 3 up takes as much from its neighbours, 11 at most.
    var attacker = Attacker()
    let counts = ["aaa": 3.0, "aab": 14, "aba": 12, "abb": 20, "baa": 11, "bab": 16, "bba": 17, "bbb": 13]
    for kept in [[0, 1], [0, 2], [1, 2]] {
      let groups = Dictionary(grouping: counts.keys) { name in String(kept.map { Array(name)[$0] }) }
      for names in groups.values { attacker.learnSum(names, is: names.reduce(0) { $0 + (counts[$1] ?? 0) }) }
    }
    #expect(try attacker.counts(of: ["aaa"]) == ["aaa": CountInterval(0, 14)])
  }

  @Test func aSchoolThatJoinsBetweenReleasesIsGivenAway() throws {
    // statistics.md 4: 6 · 72.4 − 5 · 71.6 = 76.4.
    var attacker = Attacker()
    let five = (1...5).map { "school \($0)" }
    for school in five + ["school 6"] { attacker.learn(school, from: 0, to: 100) }
    attacker.learnSum(five, is: 5 * 71.6)
    attacker.learnSum(five + ["school 6"], is: 6 * 72.4)
    let bounds = try #require(try attacker.bounds(of: ["school 6"])["school 6"])
    #expect(abs(bounds.lowerBound - 76.4) < 1e-9 && abs(bounds.upperBound - 76.4) < 1e-9)
  }

  @Test func roundingHidesOnlyAsMuchAsItRounds() throws {
    // Means to one decimal are sums ± 0.05 n: 6 · 72.4 ± 0.3 less 5 · 71.6 ± 0.25.
    var attacker = Attacker()
    attacker.learnSum(["old five"], is: 358, within: 0.25)
    attacker.learnSum(["old five", "new"], is: 434.4, within: 0.3)
    let bounds = try #require(try attacker.bounds(of: ["new"])["new"])
    #expect(abs(bounds.lowerBound - 75.85) < 1e-9 && abs(bounds.upperBound - 76.95) < 1e-9)
  }

  @Test func whatAViewerKnowsCounts() throws {
    // A mean of two schools tells each the other's.
    var attacker = Attacker()
    attacker.learnSum(["mine", "yours"], is: 130)
    #expect(try attacker.bounds(of: ["yours"])["yours"] == 0...130)
    attacker.learn("mine", is: 58)
    #expect(try attacker.bounds(of: ["yours"])["yours"] == 72...72)
  }

  @Test func whatNobodyMentionedHasNoBound() throws {
    #expect(try Attacker().bounds(of: ["x"])["x"] == 0...Double.infinity)
    #expect(try Attacker().bounds(ofSum: ["x": 1, "y": -1]) == -Double.infinity...Double.infinity)
  }

  @Test func contradictionsAreSaidNotSolved() {
    var attacker = Attacker()
    attacker.learnSum(["a", "b"], is: 5)
    attacker.learn("a", from: 6, to: 9)
    #expect(throws: Contradiction()) { try attacker.bounds(of: ["b"]) }
    attacker.learn("a", is: 3)
    #expect(throws: Contradiction()) { try attacker.bounds(of: ["a"]) }
  }

  @Test func aSolverThatGivesUpThrowsAndTheNextCallWorks() throws {
    // A column twice in one row makes GLPK raise an error, which would end the process without the hook.
    let twice = LinearRow(terms: [LinearTerm(0), LinearTerm(0)], limits: .exactly(1))
    #expect(throws: LinearProgramFailure()) { _ = try LinearProgram(rows: [twice], columns: [.nonNegative]) }
    var attacker = Attacker()
    attacker.learnSum(["a", "b"], is: 5)
    #expect(try attacker.bounds(of: ["a"])["a"] == 0...5)
  }

  @Test func theSolverGivesBackItsMemory() throws {
    let vectors: DisclosureVectors = try ReferenceVectors.read("disclosure.json")
    func blocks() -> Int32 {
      var count: Int32 = 0
      glp_mem_usage(&count, nil, nil, nil)
      return count
    }
    let before = blocks()
    for vector in vectors.cases {
      _ = try DisclosureAudit(vector.table, hidden: vector.hiddenNames, rule: SuppressionRule(minimum: 10))
      _ = try Suppression(vector.table, rule: SuppressionRule(minimum: 10))
    }
    #expect(blocks() == before)
  }

  @Test func threadsDoNotMeetInTheSolver() async throws {
    let vector = try #require(try ReferenceVectors.read("disclosure.json", as: DisclosureVectors.self).cases.last)
    let expected = try DisclosureAudit(vector.table, hidden: vector.hiddenNames, rule: SuppressionRule(minimum: 10))
    try await withThrowingTaskGroup(of: DisclosureAudit.self) { group in
      for _ in 1...16 {
        group.addTask {
          try DisclosureAudit(vector.table, hidden: vector.hiddenNames, rule: SuppressionRule(minimum: 10))
        }
      }
      for try await audit in group { #expect(audit == expected) }
    }
  }
}

struct DisclosureVectors: Decodable {
  let cases: [Table]

  struct Table: Decodable {
    let seed: Int
    let shape: [Int]
    let counts: [Int]
    let margins: [[Int]]
    let hidden: [Int]
    let bounds: [[Int]]

    var table: CountTable {
      get throws {
        try CountTable(
          cells: counts.enumerated().map { CountTable.Cell("c\($0)", $1) },
          margins: margins.enumerated().map { CountTable.Margin("m\($0)", sums: $1.map { "c\($0)" }) })
      }
    }

    var hiddenNames: Set<String> { Set(hidden.map { "c\($0)" }) }
  }
}
