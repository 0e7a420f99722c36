/// Who names whom as a peer, when every school has its own nearest ones.
public struct PeerLinks: Sendable, Equatable {
  /// By school: its peers, nearest first.
  public let peers: [String: [String]]

  public init(_ search: PeerSearch, count: Int) throws(StatisticsError) {
    var peers: [String: [String]] = [:]
    for school in search.schools { peers[school.id] = try search.nearest(to: school.id, count: count).peers.map(\.id) }
    self.peers = peers
  }

  public init(_ peers: [String: [String]]) { self.peers = peers }

  /// Links that are not returned: peers are not mutual, and a page must not say they are.
  public var oneWay: Int {
    peers.reduce(0) { sum, entry in
      sum + entry.value.count { !(peers[$0] ?? []).contains(entry.key) }
    }
  }

  /// How much of the peer sets stays between two years: mean over schools of |both| / |either| (Jaccard), 0…1.
  /// Nil when no school stands in both.
  public func stability(to later: PeerLinks) -> Double? {
    let shares = peers.compactMap { school, before -> Double? in
      guard let after = later.peers[school] else { return nil }
      let either = Set(before).union(after)
      return either.isEmpty ? 1 : Double(Set(before).intersection(after).count) / Double(either.count)
    }
    return shares.isEmpty ? nil : shares.sorted().reduce(0, +) / Double(shares.count)
  }
}
