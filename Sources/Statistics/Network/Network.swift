/// Ties between schools: who learns from, visits or writes to whom.
///
/// Directed ties have a giver and a taker; undirected ones have two ends. A tie named twice is one tie; a school has no
/// tie to itself. Measures "of the undirected network" take two schools as tied when there is a tie in any direction.
public struct Network: Sendable, Equatable {
  /// Names in the order given; everything by school is in this order.
  public let nodes: [String]
  public let isDirected: Bool
  /// Positions of both ends, each tie once, in the order given.
  let ties: [(from: Int, to: Int)]
  /// For each school the schools it is tied to in any direction, in order of position.
  let neighbours: [[Int]]
  private let tieSet: Set<Tie>

  private struct Tie: Hashable { let from, to: Int }

  /// - Throws: `StatisticsError.input` when a school is named twice, or a tie names an unknown school or only one.
  public init(
    nodes: [String], edges: [(from: String, to: String)], isDirected: Bool
  ) throws(StatisticsError) {
    var places: [String: Int] = [:]
    for (place, node) in nodes.enumerated() {
      guard places.updateValue(place, forKey: node) == nil else {
        throw .input(field: "nodes[\(place + 1)]", advice: "must not be named twice, as \(node) is")
      }
    }
    var (ties, seen): ([(from: Int, to: Int)], Set<Tie>) = ([], [])
    for (position, edge) in edges.enumerated() {
      guard let from = places[edge.from], let to = places[edge.to] else {
        let unknown = places[edge.from] == nil ? edge.from : edge.to
        throw .input(field: "edges[\(position + 1)]", advice: "must join two of the nodes; \(unknown) is none")
      }
      guard from != to else { throw .input(field: "edges[\(position + 1)]", advice: "must join two different nodes") }
      let tie = isDirected || from < to ? Tie(from: from, to: to) : Tie(from: to, to: from)
      if seen.insert(tie).inserted { ties.append((from, to)) }
    }
    var neighbours = [Set<Int>](repeating: [], count: nodes.count)
    for tie in ties {
      neighbours[tie.from].insert(tie.to)
      neighbours[tie.to].insert(tie.from)
    }
    self.nodes = nodes
    self.isDirected = isDirected
    self.ties = ties
    self.neighbours = neighbours.map { $0.sorted() }
    tieSet = seen
  }

  public static func == (left: Network, right: Network) -> Bool {
    left.nodes == right.nodes && left.isDirected == right.isDirected && left.tieSet == right.tieSet
  }

  /// Whether there is a tie from one school to another, in this direction when directed.
  func ties(_ from: Int, _ to: Int) -> Bool {
    tieSet.contains(Tie(from: from, to: to)) || (!isDirected && tieSet.contains(Tie(from: to, to: from)))
  }

  public var edgeCount: Int { ties.count }

  /// Ties over possible ties, 0…1; nil for fewer than two schools.
  public var density: Double? {
    let possible = nodes.count * (nodes.count - 1) / (isDirected ? 1 : 2)
    return possible > 0 ? Double(ties.count) / Double(possible) : nil
  }

  /// Ties that come in; all ties when undirected.
  public var inDegrees: [Int] { isDirected ? degrees(from: false, to: true) : degrees }

  /// Ties that go out; all ties when undirected.
  public var outDegrees: [Int] { isDirected ? degrees(from: true, to: false) : degrees }

  /// Ties in both directions together: a mutual tie counts twice when directed.
  public var degrees: [Int] { degrees(from: true, to: true) }

  private func degrees(from: Bool, to: Bool) -> [Int] {
    var degrees = nodes.map { _ in 0 }
    for tie in ties {
      if from { degrees[tie.from] += 1 }
      if to { degrees[tie.to] += 1 }
    }
    return degrees
  }

  /// Schools without any tie.
  public var isolates: [String] { zip(nodes, neighbours).filter { $1.isEmpty }.map(\.0) }

  /// Pairs of schools tied in both directions.
  public var mutualDyads: Int {
    isDirected ? ties.count { tieSet.contains(Tie(from: $0.to, to: $0.from)) } / 2 : ties.count
  }

  /// Pairs of schools tied in one direction only.
  public var asymmetricDyads: Int { isDirected ? ties.count - 2 * mutualDyads : 0 }

  /// Share of ties that are returned, 0…1; nil without ties.
  public var reciprocityByEdge: Double? {
    guard !ties.isEmpty else { return nil }
    return isDirected ? 2 * Double(mutualDyads) / Double(ties.count) : 1
  }

  /// Share of tied pairs that are tied both ways, 0…1; nil without ties. Lower than by edge unless it is 0 or 1.
  public var reciprocityByDyad: Double? {
    guard !ties.isEmpty else { return nil }
    return Double(mutualDyads) / Double(mutualDyads + asymmetricDyads)
  }
}
