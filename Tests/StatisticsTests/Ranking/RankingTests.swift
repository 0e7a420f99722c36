import Testing

@testable import Statistics

struct RankingTests {
  @Test func agreesWithTrecEval() throws {
    let vectors: RankingVectors = try ReferenceVectors.read("ranking.json")
    #expect(vectors.cases.count == 40)
    for vector in vectors.cases {
      let found = RankingMeasures(relevance: vector.qrel, scores: vector.run)
      let expected = vector.measures
      let pairs: [(Double, Double?)] = [
        (found.averagePrecision, expected["map"]), (found.reciprocalRank, expected["recip_rank"]),
        (found.precision(at: 5), expected["P_5"]), (found.precision(at: 10), expected["P_10"]),
        (found.recall(at: 5), expected["recall_5"]), (found.recall(at: 10), expected["recall_10"]),
        (found.nDCG(), expected["ndcg"]), (found.nDCG(at: 5), expected["ndcg_cut_5"]),
        (found.nDCG(at: 10), expected["ndcg_cut_10"]),
      ]
      #expect(close(pairs.map(\.0), pairs.compactMap(\.1), 1e-9), "seed \(vector.seed)")
    }
  }

  @Test func nothingFoundOrNothingRelevantIsNothingNotAnError() {
    let nothing = RankingMeasures(relevance: ["a": 1], scores: [:])
    #expect(nothing.averagePrecision == 0 && nothing.nDCG() == 0 && nothing.reciprocalRank == 0)
    let irrelevant = RankingMeasures(relevance: ["a": 0], scores: ["a": 1])
    #expect(irrelevant.recall(at: 5) == 0 && irrelevant.nDCG() == 0)
  }

  @Test func giniIsNoughtForEqualsAndNearOneForOne() throws {
    #expect(try Gini.coefficient([3, 3, 3]) == 0)
    #expect(abs(try #require(try Gini.coefficient([0, 0, 0, 8])) - 0.75) < 1e-12)
    #expect(try Gini.coefficient([0, 0]) == nil)
    #expect(throws: StatisticsError.self) { try Gini.coefficient([-1]) }
  }
}

private struct RankingVectors: Decodable {
  let cases: [Case]

  struct Case: Decodable {
    let seed: Int
    let qrel: [String: Double]
    let run: [String: Double]
    let measures: [String: Double]
  }
}
