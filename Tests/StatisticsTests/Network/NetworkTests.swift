import Testing

@testable import Statistics

struct NetworkTests {
  @Test func agreesWithIgraphOnDirectedAndUndirectedNetworks() throws {
    let vectors: NetworkVectors = try ReferenceVectors.read("network.json")
    #expect(vectors.cases.count == 12)
    for vector in vectors.cases {
      let network = try vector.network
      let comment = Comment(rawValue: vector.name)
      #expect(close([network.density], [vector.density]), comment)
      #expect(network.inDegrees == vector.in && network.outDegrees == vector.out, comment)
      #expect(network.degrees == vector.all, comment)
      #expect(network.components.count == vector.components, comment)
      #expect(network.components.first?.count == vector.largest, comment)
      #expect(network.mutualDyads == vector.mutual && network.asymmetricDyads == vector.asymmetric, comment)
      #expect(close([network.reciprocityByEdge], [vector.reciprocity_edge]), comment)
      #expect(close([network.reciprocityByDyad], [vector.reciprocity_dyad]), comment)
      #expect(close([network.transitivity], [vector.transitivity]), comment)
      #expect(close(network.betweenness, vector.betweenness), comment)
      #expect(network.cutVertices == vector.cut.map { "S\($0)" }, comment)
      #expect(close(network.constraints, vector.constraint), comment)
      #expect(close([network.degreeCentralization], [vector.centralization]), comment)
      #expect(network.cores == vector.core, comment)
      #expect(close([network.meanDistanceInLargestComponent], [vector.distance]), comment)
    }
  }

  @Test func aStarIsAHelpDesk() throws {
    // statistics.md 6: density .11, nothing returned, everything hangs on one school.
    let others = (1...8).map { "S\($0)" }
    let star = try Network(nodes: ["desk"] + others, edges: others.map { ($0, "desk") }, isDirected: true)
    #expect(abs(try #require(star.density) - 1.0 / 9) < 1e-12)
    #expect(star.reciprocityByEdge == 0)
    #expect(star.degreeCentralization == 1)
    // R igraph 1.3.5, centr_degree(as.undirected(star)): 0.7777778.
    #expect(abs(try #require(star.degreeCentralizationAllowingLoops) - 7.0 / 9) < 1e-12)
    #expect(star.cutVertices == ["desk"])
    #expect(star.betweenness == [28] + others.map { _ in 0 })
  }

  @Test func reciprocityByEdgeAndByPairDiffer() throws {
    // statistics.md 6: 7 returned pairs and 1 that is not: .933 of the ties, .875 of the pairs.
    let ring = (0..<8).map { ("S\($0)", "S\(($0 + 1) % 8)") }
    let back = ring.dropLast().map { ($0.1, $0.0) }
    let network = try Network(nodes: (0..<8).map { "S\($0)" }, edges: ring + back, isDirected: true)
    #expect(abs(try #require(network.reciprocityByEdge) - 14.0 / 15) < 1e-12)
    #expect(network.reciprocityByDyad == 0.875)
  }

  @Test(arguments: 1...20) func betweennessCountsTheInnerStepsOfAllPairs(seed: Int) throws {
    // Every pair at distance d has d − 1 schools between: betweenness adds up to Σ (d − 1) over connected pairs.
    var random = Seeded(seed)
    let nodes = (0..<14).map { "S\($0)" }
    let edges = (0..<18).map { _ in
      (nodes.randomElement(using: &random) ?? "", nodes.randomElement(using: &random) ?? "")
    }
    let network = try Network(nodes: nodes, edges: edges.filter { $0.0 != $0.1 }, isDirected: false)
    let steps = nodes.indices.reduce(0) { sum, node in
      sum + ShortestPaths(from: node, in: network).distance.reduce(0) { $0 + max(0, $1 - 1) }
    }
    #expect(abs(network.betweenness.reduce(0, +) - Double(steps) / 2) < 1e-9, "seed \(seed)")
  }

  @Test func aTieNamedTwiceIsOneTie() throws {
    let once = try Network(nodes: ["A", "B"], edges: [("A", "B")], isDirected: false)
    let twice = try Network(nodes: ["A", "B"], edges: [("A", "B"), ("B", "A")], isDirected: false)
    #expect(once == twice)
    #expect(twice.edgeCount == 1)
  }

  @Test func nothingIsUndefinedSilently() throws {
    let alone = try Network(nodes: ["A"], edges: [], isDirected: true)
    #expect(alone.density == nil && alone.reciprocityByEdge == nil && alone.transitivity == nil)
    #expect(alone.degreeCentralization == nil && alone.meanDistanceInLargestComponent == nil)
    #expect(alone.constraints == [nil])
    #expect(alone.isolates == ["A"])
  }

  @Test func wrongTiesAreRefusedByPosition() {
    #expect(throws: StatisticsError.input(field: "edges[1]", advice: "must join two of the nodes; C is none")) {
      try Network(nodes: ["A", "B"], edges: [("A", "C")], isDirected: true)
    }
    #expect(throws: StatisticsError.input(field: "edges[2]", advice: "must join two different nodes")) {
      try Network(nodes: ["A", "B"], edges: [("A", "B"), ("B", "B")], isDirected: true)
    }
    #expect(throws: StatisticsError.input(field: "nodes[2]", advice: "must not be named twice, as A is")) {
      try Network(nodes: ["A", "A"], edges: [], isDirected: true)
    }
  }
}

/// As `close`, where nil only equals nil.
private func close(_ left: [Double?], _ right: [Double?]) -> Bool {
  left.count == right.count && zip(left, right).allSatisfy { ($0 == nil) == ($1 == nil) }
    && close(left.compactMap { $0 }, right.compactMap { $0 }, 1e-10)
}

private struct NetworkVectors: Decodable {
  let cases: [Case]

  struct Case: Decodable {
    let name: String
    let n: Int
    let edges: [[Int]]
    let directed: Bool
    let density: Double?
    let `in`: [Int]
    let out: [Int]
    let all: [Int]
    let components: Int
    let largest: Int
    let mutual: Int
    let asymmetric: Int
    let reciprocity_edge: Double?
    let reciprocity_dyad: Double?
    let transitivity: Double?
    let betweenness: [Double?]
    let cut: [Int]
    let constraint: [Double?]
    let centralization: Double?
    let core: [Int]
    let distance: Double?

    var network: Network {
      get throws {
        try Network(
          nodes: (0..<n).map { "S\($0)" }, edges: edges.map { ("S\($0[0])", "S\($0[1])") }, isDirected: directed)
      }
    }
  }
}
