/// How the network hangs together, directions ignored.
extension Network {
  /// Groups of schools that can reach each other, largest first, equals in the order of their first school.
  public var components: [[String]] { componentPlaces.map { $0.map { nodes[$0] } } }

  var componentPlaces: [[Int]] {
    var (seen, found): ([Bool], [[Int]]) = (nodes.map { _ in false }, [])
    for start in nodes.indices where !seen[start] {
      var (group, next): ([Int], Int) = ([start], 0)
      seen[start] = true
      while next < group.count {
        for neighbour in neighbours[group[next]] where !seen[neighbour] {
          seen[neighbour] = true
          group.append(neighbour)
        }
        next += 1
      }
      found.append(group.sorted())
    }
    return found.sorted { ($1.count, $0[0]) < ($0.count, $1[0]) }
  }

  /// Schools whose leaving splits the group they are in (articulation points), in order. Tarjan 1972, without recursion.
  public var cutVertices: [String] {
    var depth = [Int?](repeating: nil, count: nodes.count)
    var lowest = [Int](repeating: 0, count: nodes.count)
    var isCut = [Bool](repeating: false, count: nodes.count)
    for root in nodes.indices where depth[root] == nil {
      var path: [(node: Int, parent: Int, next: Int)] = [(root, -1, 0)]
      depth[root] = 0
      var branches = 0
      while let (node, parent, next) = path.last {
        if next < neighbours[node].count {
          path[path.count - 1].next += 1
          let neighbour = neighbours[node][next]
          if let known = depth[neighbour] {
            if neighbour != parent { lowest[node] = min(lowest[node], known) }
          } else {
            depth[neighbour] = path.count
            lowest[neighbour] = path.count
            if node == root { branches += 1 }
            path.append((neighbour, node, 0))
          }
        } else {
          path.removeLast()
          guard parent >= 0 else { continue }
          lowest[parent] = min(lowest[parent], lowest[node])
          if parent != root, lowest[node] >= depth[parent] ?? 0 { isCut[parent] = true }
        }
      }
      isCut[root] = branches > 1
    }
    return nodes.indices.filter { isCut[$0] }.map { nodes[$0] }
  }

  /// Share of connected triples that close to a triangle (global clustering), 0…1; nil without connected triples.
  public var transitivity: Double? {
    var (triples, closed) = (0, 0)
    for friends in neighbours {
      triples += friends.count * (friends.count - 1) / 2
      for (place, one) in friends.enumerated() {
        let others = Set(neighbours[one])
        closed += friends[(place + 1)...].count { others.contains($0) }
      }
    }
    return triples > 0 ? Double(closed) / Double(triples) : nil
  }

  /// For each school the largest k such that it belongs to a group in which everybody is tied to at least k others.
  public var cores: [Int] {
    var degree = neighbours.map(\.count)
    var core = degree
    var left = Set(nodes.indices)
    var reached = 0
    while let node = left.min(by: { (degree[$0], $0) < (degree[$1], $1) }) {
      left.remove(node)
      reached = max(reached, degree[node])
      core[node] = reached
      for neighbour in neighbours[node] where left.contains(neighbour) { degree[neighbour] -= 1 }
    }
    return core
  }

  /// Mean number of steps between two schools of the largest group; nil when it has one school only.
  public var meanDistanceInLargestComponent: Double? {
    guard let group = componentPlaces.first, group.count > 1 else { return nil }
    let sum = group.reduce(0) { sum, node in
      sum + ShortestPaths(from: node, in: self).distance.reduce(0) { $0 + max($1, 0) }
    }
    return Double(sum) / Double(group.count * (group.count - 1))
  }
}

/// All shortest ways from one school, each step of length 1, directions ignored.
struct ShortestPaths {
  /// Steps to each school; -1 when it cannot be reached.
  private(set) var distance: [Int]
  /// Number of different shortest ways to each school.
  private(set) var ways: [Double]
  /// Schools reached, nearest first.
  private(set) var order: [Int]

  init(from start: Int, in network: Network) {
    distance = network.nodes.map { _ in -1 }
    ways = network.nodes.map { _ in 0 }
    order = [start]
    distance[start] = 0
    ways[start] = 1
    var next = 0
    while next < order.count {
      let node = order[next]
      for neighbour in network.neighbours[node] {
        if distance[neighbour] < 0 {
          distance[neighbour] = distance[node] + 1
          order.append(neighbour)
        }
        if distance[neighbour] == distance[node] + 1 { ways[neighbour] += ways[node] }
      }
      next += 1
    }
  }
}
