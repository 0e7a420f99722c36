/// `kind: network`: how dense, mutual, connected and centred the ties between schools are.
enum NetworkCase: CaseHandler {
  static func answer(_ input: CaseInput) throws -> CaseValue {
    let network = try read(input)
    return [
      "n": .whole(network.nodes.count),
      "edges": .whole(network.edgeCount),
      "density": .figure(network.density),
      "in_degree": bySchool(network, network.inDegrees.map { .whole($0) }),
      "out_degree": bySchool(network, network.outDegrees.map { .whole($0) }),
      "degree": bySchool(network, network.degrees.map { .whole($0) }),
      "isolates": names(network.isolates),
      "components_weak": .whole(network.components.count),
      "largest_component": .whole(network.components.first?.count ?? 0),
      "mutual_dyads": .whole(network.mutualDyads),
      "asymmetric_dyads": .whole(network.asymmetricDyads),
      "reciprocity_edge": .figure(network.reciprocityByEdge),
      "reciprocity_dyad": .figure(network.reciprocityByDyad),
      "transitivity": .figure(network.transitivity),
      "betweenness_undirected": bySchool(network, network.betweenness.map { .figure($0) }),
      "cut_vertices": names(network.cutVertices),
      "burt_constraint": bySchool(network, network.constraints.map { .figure($0) }),
      "degree_centralization_undirected": .figure(network.degreeCentralizationAllowingLoops),
      "degree_centralization_freeman": .figure(network.degreeCentralization),
      "core": bySchool(network, network.cores.map { .whole($0) }),
      "mean_distance_largest": .figure(network.meanDistanceInLargestComponent),
    ]
  }

  static func explanation(_ input: CaseInput) throws -> [String] {
    let network = try read(input)
    let (nodes, edges) = (network.nodes.count, network.edgeCount)
    let possible = nodes * (nodes - 1) / (network.isDirected ? 1 : 2)
    let (mutual, oneWay) = (network.mutualDyads, network.asymmetricDyads)
    return [
      "density = ties / possible ties = \(edges) / \(possible)",
      "reciprocity by edge = 2 · mutual / ties = \(2 * mutual) / \(2 * mutual + oneWay)",
      "reciprocity by dyad = mutual / (mutual + one-way) = \(mutual) / \(mutual + oneWay)",
      "transitivity = closed triples / connected triples = \(network.transitivity.map { figure($0) } ?? "undefined")",
      "degree_centralization_undirected divides by (n − 1) n, igraph's default; Freeman's by (n − 1)(n − 2)",
    ]
  }

  private static func read(_ input: CaseInput) throws -> Network {
    let edges = try input.list("edges").map { edge -> (from: String, to: String) in
      if case .object = edge.value { return (try edge.text("from"), try edge.text("to")) }
      let ends = try edge.list()
      guard ends.count == 2 else { throw edge.refusal("must be two nodes") }
      return (try ends[0].text(), try ends[1].text())
    }
    let nodes =
      try input.optional("nodes")?.list().map { try $0.text() }
      ?? Set(edges.flatMap { [$0.from, $0.to] }).sorted { NaturalOrder($0) < NaturalOrder($1) }
    guard !nodes.isEmpty else { throw StatisticsError.input(field: "nodes", advice: "must name at least one") }
    return try Network(nodes: nodes, edges: edges, isDirected: try input.optional("directed")?.flag() ?? false)
  }

  private static func names(_ names: [String]) -> CaseValue { .list(names.map { .text($0) }) }

  private static func bySchool(_ network: Network, _ values: [CaseValue]) -> CaseValue {
    .object(zip(network.nodes, values).map { CaseValue.Field($0, $1) })
  }
}
