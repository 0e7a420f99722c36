import Foundation
import Testing

@testable import Statistics

struct PeerSearchTests {
  private static let features = [
    Feature("pupils", scale: .logarithm), Feature("ed"), Feature("ell"), Feature("prior"),
  ]

  @Test(arguments: [PeerSearch.Metric.euclid, .mahalanobis])
  func agreesWithScipyOnGeneratedNetworks(metric: PeerSearch.Metric) throws {
    let vectors: MatchingVectors = try ReferenceVectors.read("matching.json")
    for network in vectors.cases {
      let search = try PeerSearch(features: Self.features, schools: network.schools, metric: metric)
      let answer = metric == .euclid ? network.euclid : network.mahalanobis
      for (position, expected) in answer.peers.enumerated() {
        let group = try search.nearest(to: "S\(position + 1)", count: network.k)
        #expect(group.peers.map(\.id) == expected.map { "S\($0 + 1)" }, "seed \(network.seed)")
        #expect(close(group.peers.map(\.distance), answer.distance[position]), "seed \(network.seed)")
        #expect(close(group.balance.map(\.difference), answer.smd[position]), "seed \(network.seed)")
      }
    }
  }

  @Test func aSchoolIsNeverItsOwnPeer() throws {
    let network = try #require(try ReferenceVectors.read("matching.json", as: MatchingVectors.self).cases.first)
    let search = try PeerSearch(features: Self.features, schools: network.schools)
    let everybody = try search.nearest(to: "S3", count: 100).peers.map(\.id)
    #expect(everybody.count == network.schools.count - 1)
    #expect(!everybody.contains("S3"))
  }

  @Test(arguments: 1...8) func unitsAndOrderOfSchoolsChangeNothing(seed: Int) throws {
    var random = Seeded(seed)
    let schools = Self.network(20, &random)
    let changed = schools.map { school in
      ComparedSchool(
        id: school.id,
        values: school.values.mapValues { value in .number((value.number ?? 0) * 0.001) })
    }.shuffled(using: &random)
    let before = try PeerSearch(features: Self.features, schools: schools)
    let after = try PeerSearch(features: Self.features, schools: changed)
    for school in schools {
      let (one, other) = (try before.nearest(to: school.id, count: 5), try after.nearest(to: school.id, count: 5))
      #expect(one.peers.map(\.id) == other.peers.map(\.id), "seed \(seed)")
      #expect(close(one.peers.map(\.distance), other.peers.map(\.distance)), "seed \(seed)")
    }
  }

  @Test(arguments: 1...8) func distanceIsTheSameBothWays(seed: Int) throws {
    var random = Seeded(seed)
    let search = try PeerSearch(features: Self.features, schools: Self.network(9, &random), metric: .mahalanobis)
    let there = try search.nearest(to: "S2", count: 8).peers.first { $0.id == "S7" }?.distance
    let back = try search.nearest(to: "S7", count: 8).peers.first { $0.id == "S2" }?.distance
    #expect(abs(try #require(there) - (try #require(back))) < 1e-12)
  }

  @Test func equallyNearSchoolsGoByIdWithNumbersAsNumbers() throws {
    let schools = ["S10", "S2", "S1"].map { ComparedSchool(id: $0, values: ["ed": .number($0 == "S1" ? 10 : 20)]) }
    let peers = try PeerSearch(features: [Feature("ed")], schools: schools).nearest(to: "S1", count: 2).peers
    #expect(peers.map(\.id) == ["S2", "S10"])
  }

  @Test func aMissingFeatureIsDeclaredAndNeitherHelpsNorHurts() throws {
    // By hand: ed 10, 20, 30 has SD 10 and ell 0, 5, 10 SD 5. A to B: gaps 1 and (missing): d² = 2/1 · 1.
    let schools = [
      ComparedSchool(id: "A", values: ["ed": .number(10), "ell": .number(0)]),
      ComparedSchool(id: "B", values: ["ed": .number(20)]),
      ComparedSchool(id: "C", values: ["ed": .number(30), "ell": .number(10)]),
      ComparedSchool(id: "D", values: ["ell": .number(5)]),
      ComparedSchool(id: "E", values: [:]),
    ]
    let search = try PeerSearch(features: [Feature("ed"), Feature("ell")], schools: schools)
    let group = try search.nearest(to: "A", count: 9)
    let peer = try #require(group.peers.first { $0.id == "B" })
    #expect(abs(peer.distance - 2.0.squareRoot()) < 1e-12)
    #expect(peer.missing == ["ell"])
    #expect(group.leftOut == ["E"])
    #expect(try search.nearest(to: "D", count: 9).undeclared == ["ed"])
  }

  @Test func aDifferentCategoryCountsOneStandardDeviation() throws {
    let schools = [("A", 10.0, "rural"), ("B", 20, "rural"), ("C", 20, "town"), ("D", 30, "town")].map {
      ComparedSchool(id: $0.0, values: ["ed": .number($0.1), "locale": .category($0.2)])
    }
    let search = try PeerSearch(features: [Feature("ed"), Feature("locale", scale: .category)], schools: schools)
    let peers = try search.nearest(to: "A", count: 3).peers
    let gap = 10 / (200.0 / 3).squareRoot()
    #expect(close(peers.map(\.distance), [gap, (gap * gap + 1).squareRoot(), (4 * gap * gap + 1).squareRoot()]))
  }

  @Test func anUnusualSchoolIsToldThatItHasNoPeers() throws {
    let schools = (1...9).map { ComparedSchool(id: "S\($0)", values: ["ell": .number(Double($0))]) }
    let unusual = ComparedSchool(id: "S10", values: ["ell": .number(60)])
    let search = try PeerSearch(features: [Feature("ell")], schools: schools + [unusual])
    let group = try search.nearest(to: "S10", count: 4)
    #expect(!group.isFair)
    #expect(group.refusal?.contains("ell") == true)
    #expect(try search.nearest(to: "S5", count: 4).isFair)
    #expect(try search.nearest(to: "S5", count: 4).refusal == nil)
    #expect(try search.fairGroup(for: "S10", sizes: 1...4) == nil)
    #expect(try search.fairGroup(for: "S5", sizes: 1...4)?.peers.count == 4)
  }

  @Test func whatCannotBeComparedIsRefusedByName() {
    let schools = [1.0, 2, 3].map {
      ComparedSchool(id: "S\(Int($0))", values: ["a": .number($0), "b": .number(2 * $0)])
    }
    let both = [Feature("a"), Feature("b")]
    #expect(
      throws: StatisticsError.input(
        field: "features", advice: "must not hold a, the outcome: peers are never chosen by what they are compared on")
    ) {
      try PeerSearch(features: [Feature("a")], schools: schools, outcome: "a")
    }
    #expect(throws: StatisticsError.self) { try PeerSearch(features: both, schools: schools, metric: .mahalanobis) }
    #expect(throws: StatisticsError.input(field: "schools[2].a", advice: "must be a number")) {
      let text = ComparedSchool(id: "X", values: ["a": .category("many")])
      return try PeerSearch(features: both, schools: [schools[0], text])
    }
    #expect(throws: StatisticsError.input(field: "schools[1].a", advice: "must be above 0 for its logarithm")) {
      let empty = ComparedSchool(id: "X", values: ["a": .number(0)])
      return try PeerSearch(features: [Feature("a", scale: .logarithm)], schools: [empty])
    }
    #expect(throws: StatisticsError.input(field: "schools[1].a", advice: "must be a finite number")) {
      let unknown = ComparedSchool(id: "X", values: ["a": .number(.nan)])
      return try PeerSearch(features: [Feature("a")], schools: [unknown])
    }
    #expect(throws: StatisticsError.input(field: "school", advice: "must be one of the schools; S9 is not")) {
      try PeerSearch(features: both, schools: schools).nearest(to: "S9", count: 1)
    }
  }

  @Test func aFeatureThatIsTheSameForAllCountsForNothing() throws {
    let schools = [1.0, 2, 4].map { ComparedSchool(id: "S\(Int($0))", values: ["a": .number($0), "b": .number(0.1)]) }
    let search = try PeerSearch(features: [Feature("a"), Feature("b")], schools: schools)
    #expect(search.unusable == ["b"])
    #expect(try search.nearest(to: "S1", count: 1).peers.map(\.id) == ["S2"])
  }

  @Test func peersNeedNotBeMutual() throws {
    let links = PeerLinks(["A": ["B"], "B": ["C"], "C": ["B"]])
    #expect(links.oneWay == 1)
    #expect(links.stability(to: links) == 1)
    #expect(links.stability(to: PeerLinks(["A": ["C"], "B": ["C"], "C": ["B"]])) == 2.0 / 3)
  }

  private static func network(_ count: Int, _ random: inout Seeded) -> [ComparedSchool] {
    (1...count).map { number in
      ComparedSchool(
        id: "S\(number)",
        values: [
          "pupils": .number(.random(in: 50...2000, using: &random)), "ed": .number(.random(in: 5...90, using: &random)),
          "ell": .number(.random(in: 1...40, using: &random)), "prior": .number(.random(in: 90...110, using: &random)),
        ])
    }
  }
}

/// Within 1e-8, relative to 1.
func close(_ left: [Double], _ right: [Double], _ tolerance: Double = 1e-8) -> Bool {
  left.count == right.count && zip(left, right).allSatisfy { abs($0 - $1) <= tolerance * max(1, abs($1)) }
}

private struct MatchingVectors: Decodable {
  let cases: [Network]

  struct Network: Decodable {
    let seed: Int
    let k: Int
    let pupils: [Double]
    let ed: [Double]
    let ell: [Double]
    let prior: [Double]
    let euclid: Answer
    let mahalanobis: Answer

    var schools: [ComparedSchool] {
      pupils.indices.map {
        ComparedSchool(
          id: "S\($0 + 1)",
          values: [
            "pupils": .number(pupils[$0]), "ed": .number(ed[$0]), "ell": .number(ell[$0]), "prior": .number(prior[$0]),
          ])
      }
    }
  }

  struct Answer: Decodable {
    let peers: [[Int]]
    let distance: [[Double]]
    let smd: [[Double]]
  }
}
