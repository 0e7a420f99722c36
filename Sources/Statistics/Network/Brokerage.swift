/// Who stands between others.
extension Network {
  /// For each school the number of pairs of others whose shortest ways lead through it, a pair with several shortest
  /// ways counted by their share; of the undirected network, not normalized. Brandes 2001.
  public var betweenness: [Double] {
    var total = nodes.map { _ in 0.0 }
    for start in nodes.indices {
      let paths = ShortestPaths(from: start, in: self)
      var share = nodes.map { _ in 0.0 }
      for node in paths.order.reversed() where node != start {
        for before in neighbours[node] where paths.distance[before] == paths.distance[node] - 1 {
          share[before] += paths.ways[before] / paths.ways[node] * (1 + share[node])
        }
        total[node] += share[node]
      }
    }
    return total.map { $0 / 2 }
  }

  /// Burt's constraint for each school: how much its contacts are tied to each other, so that it bridges nothing.
  ///
  ///     Σ_j (p_ij + Σ_q p_iq p_qj)²,  p_ij = (a_ij + a_ji) / Σ_k (a_ik + a_ki)
  ///
  /// nil for a school without ties. A tie in both directions weighs twice one in one. Burt 1992, eq. 2.4.
  public var constraints: [Double?] {
    let strength = nodes.indices.map { node in neighbours[node].reduce(0) { $0 + weight(node, $1) } }
    func share(_ from: Int, _ to: Int) -> Double { strength[from] > 0 ? weight(from, to) / strength[from] : 0 }
    return nodes.indices.map { node in
      guard !neighbours[node].isEmpty else { return nil }
      var direct: [Int: Double] = [:]
      for contact in neighbours[node] {
        direct[contact, default: 0] += share(node, contact)
        for further in neighbours[contact] where further != node {
          direct[further, default: 0] += share(node, contact) * share(contact, further)
        }
      }
      return neighbours[node].reduce(0) { sum, contact in
        let invested = direct[contact] ?? 0
        return sum + invested * invested
      }
    }
  }

  private func weight(_ from: Int, _ to: Int) -> Double {
    isDirected ? (ties(from, to) ? 1 : 0) + (ties(to, from) ? 1 : 0) : 1
  }

  /// How much the undirected network hangs on one school: 1 for a star, 0 when all have as many ties; nil for fewer
  /// than three schools. Freeman 1979: Σ (largest degree − degree) / ((n − 1)(n − 2)).
  public var degreeCentralization: Double? {
    nodes.count > 2 ? degreeShortfall / Double((nodes.count - 1) * (nodes.count - 2)) : nil
  }

  /// The same over the maximum that igraph's `centr_degree` takes unless told otherwise, (n − 1) n, as if a school could
  /// have a tie to itself: a star has (n − 2)/n. For comparison with figures made there; nil for fewer than two schools.
  public var degreeCentralizationAllowingLoops: Double? {
    nodes.count > 1 ? degreeShortfall / Double((nodes.count - 1) * nodes.count) : nil
  }

  /// Σ (largest degree − degree).
  private var degreeShortfall: Double {
    let degrees = neighbours.map(\.count)
    let largest = degrees.max() ?? 0
    return Double(degrees.reduce(0) { $0 + largest - $1 })
  }
}
