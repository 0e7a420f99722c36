/// Finds the schools most like a given one, by nearest neighbours on standardized features.
///
/// Every numeric feature is divided by its standard deviation (n − 1) over all schools of the search that state it, so a
/// change of unit changes nothing. The distance is
///
///     d² = (W / W_shared) · Σ weight · gap²
///
/// where a gap is in standard deviations (a different category counts 1), the sum runs over the features that both
/// schools state, W is the weight of all features the school itself states and W_shared that of the shared ones: a
/// missing value neither draws schools together nor drives them apart, and it is declared with the peer.
/// A school is never its own peer. Equal distances (to nine decimals) go by id, numbers in ids counted as numbers.
/// Method: nearest neighbours as Ohio's similar districts use them (size logged, statistics standardized).
public struct PeerSearch: Sendable {
  /// Which distance orders the schools.
  public enum Metric: Sendable, Equatable {
    /// Each feature counts alike, times its weight.
    case euclid
    /// Features that move together count once (covariance over all complete schools, n − 1). Weights of numbers have
    /// no meaning here and are refused; schools that miss a number are left out. Categories are added as in `euclid`.
    case mahalanobis
  }

  public let features: [Feature]
  public let schools: [ComparedSchool]
  /// Features that tell schools apart: at least two schools state them, and not all the same.
  public let usable: [Feature]
  /// Features of no use here, since fewer than two schools state them or all state the same. They count for nothing.
  public let unusable: [String]

  let positions: [String: Int]
  /// By feature name: standard deviation (n − 1) on the feature's scale.
  let deviations: [String: Double]
  let mahalanobis: MahalanobisMetric?

  /// - Parameter outcome: the measure that peers will be compared on, if one: it may not be a feature.
  /// - Throws: `StatisticsError.input`, naming the field: no features, a name twice, the outcome as a feature, a size of 0 or less, a
  ///   number that is not finite, a category where a number belongs, features that move together exactly (Mahalanobis).
  public init(
    features: [Feature], schools: [ComparedSchool], metric: Metric = .euclid, outcome: String? = nil
  ) throws(StatisticsError) {
    try Self.check(features, metric: metric, outcome: outcome)
    try Self.check(schools, features: features)
    self.features = features
    self.schools = schools
    positions = Dictionary(uniqueKeysWithValues: schools.enumerated().map { ($1.id, $0) })
    let deviations = Self.deviations(of: features, in: schools)
    self.deviations = deviations
    usable = features.filter { deviations[$0.name] != nil }
    unusable = features.map(\.name).filter { deviations[$0] == nil }
    mahalanobis =
      metric == .euclid
      ? nil : try MahalanobisMetric(features: usable.filter { $0.scale != .category }, schools: schools)
  }

  /// The `count` schools nearest to `id`, nearest first; fewer when fewer can be compared.
  ///
  /// Look at `PeerGroup.isFair` before showing them: nearest is not yet near.
  public func nearest(to id: String, count: Int) throws(StatisticsError) -> PeerGroup {
    guard count > 0 else { throw .input(field: "k", advice: "must be at least 1") }
    guard let position = positions[id] else {
      throw .input(field: "school", advice: "must be one of the schools; \(id) is not")
    }
    let school = schools[position]
    var peers: [Peer] = []
    var leftOut: [String] = []
    for candidate in schools where candidate.id != id {
      if let distance = distance(school, candidate) {
        peers.append(peer(candidate, of: school, distance: distance))
      } else {
        leftOut.append(candidate.id)
      }
    }
    peers.sort { ($0.rank, NaturalOrder($0.id)) < ($1.rank, NaturalOrder($1.id)) }
    let chosen = Array(peers.prefix(count))
    let balance = usable.compactMap { self.balance(of: $0, school, chosen) }
    let judged = Set(balance.map(\.feature))
    return PeerGroup(
      school: id, peers: chosen, balance: balance,
      unseen: chosen.isEmpty
        ? [] : usable.map(\.name).filter { school.values[$0] != nil && !judged.contains($0) },
      undeclared: features.map(\.name).filter { school.values[$0] == nil }, unusable: unusable,
      leftOut: leftOut.sorted { NaturalOrder($0) < NaturalOrder($1) })
  }

  /// The largest fair group of nearest schools whose size lies in `sizes`; nil when there is none.
  ///
  /// The size is chosen by the features alone, never by an outcome, so the choice cannot flatter.
  public func fairGroup(for id: String, sizes: ClosedRange<Int>) throws(StatisticsError) -> PeerGroup? {
    for size in sizes.reversed() {
      let group = try nearest(to: id, count: size)
      if group.isFair && group.peers.count == size { return group }
    }
    return nil
  }

  /// Nil when the two cannot be compared: they share less than half of the weight the school states.
  private func distance(_ school: ComparedSchool, _ candidate: ComparedSchool) -> Double? {
    let stated = usable.filter { school.values[$0.name] != nil }
    let shared = stated.filter { candidate.values[$0.name] != nil }
    let weight = stated.reduce(0) { $0 + $1.weight }
    let sharedWeight = shared.reduce(0) { $0 + $1.weight }
    guard sharedWeight > 0, sharedWeight * 2 >= weight else { return nil }
    if let mahalanobis {
      guard let numbers = mahalanobis.squaredDistance(school, candidate) else { return nil }
      return (numbers + squaredGaps(shared.filter { $0.scale == .category }, school, candidate)).squareRoot()
    }
    return (squaredGaps(shared, school, candidate) * weight / sharedWeight).squareRoot()
  }

  private func squaredGaps(_ features: [Feature], _ school: ComparedSchool, _ other: ComparedSchool) -> Double {
    features.reduce(0) { sum, feature in
      let gap = standardizedGap(feature, school, other) ?? 0
      return sum + feature.weight * gap * gap
    }
  }

  private func peer(_ candidate: ComparedSchool, of school: ComparedSchool, distance: Double) -> Peer {
    let gaps = usable.compactMap { feature -> FeatureGap? in
      guard let own = school.values[feature.name], let theirs = candidate.values[feature.name],
        let gap = standardizedGap(feature, school, candidate)
      else { return nil }
      return FeatureGap(feature: feature.name, own: own, theirs: theirs, standardized: gap)
    }
    let missing = usable.map(\.name).filter { candidate.values[$0] == nil }
    return Peer(id: candidate.id, distance: distance, gaps: gaps, missing: missing)
  }

  /// Own minus theirs in standard deviations; for a category 0 when the same, 1 when not. Nil when either is missing.
  private func standardizedGap(_ feature: Feature, _ school: ComparedSchool, _ other: ComparedSchool) -> Double? {
    switch (school.values[feature.name], other.values[feature.name]) {
    case (.number(let own), .number(let theirs)):
      deviations[feature.name].map { (feature.scaled(own) - feature.scaled(theirs)) / $0 }
    case (.category(let own), .category(let theirs)): own == theirs ? 0 : 1
    default: nil
    }
  }

  private func balance(of feature: Feature, _ school: ComparedSchool, _ peers: [Peer]) -> FeatureBalance? {
    let gaps = peers.compactMap { peer in peer.gaps.first { $0.feature == feature.name } }
    guard let own = school.values[feature.name], !gaps.isEmpty else { return nil }
    let difference = gaps.reduce(0) { $0 + $1.standardized } / Double(gaps.count)
    var typical: Double?
    if case .number(let value) = own, let deviation = deviations[feature.name] {
      typical = feature.unscaled(feature.scaled(value) - difference * deviation)
    }
    return FeatureBalance(
      feature: feature.name, own: own, peersTypical: typical, difference: difference, peersKnown: gaps.count)
  }
}
