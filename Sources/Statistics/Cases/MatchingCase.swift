/// `kind: matching`: each school's nearest schools, how near they are, and for whom there are none.
enum MatchingCase: CaseHandler {
  static func answer(_ input: CaseInput) throws -> CaseValue {
    let given = try MatchingInput(input)
    let euclid = try given.search(.euclid)
    let groups = try given.groups(euclid)
    let (mahalanobis, refused) = try given.mahalanobis()
    return [
      "euclid": nearest(groups),
      "mahalanobis": try mahalanobis.map { nearest(try given.groups($0)) } ?? .null,
      "mahalanobis_refused": refused.map { .text($0) } ?? .null,
      "balance_smd": .object(groups.map { CaseValue.Field($0.school, balance($0)) }),
      "mean_abs_smd": .object(groups.map { CaseValue.Field($0.school, .figure(meanSize($0))) }),
      "no_fair_peers": .object(
        groups.filter { !$0.isFair }.map { CaseValue.Field($0.school, .text($0.refusal ?? "")) }),
      "missing": .object(
        groups.filter { !$0.undeclared.isEmpty }.map { group in
          CaseValue.Field(group.school, .list(group.undeclared.map { .text($0) }))
        }),
      "one_way_links": .whole(try PeerLinks(euclid, count: given.count).oneWay),
    ]
  }

  static func explanation(_ input: CaseInput) throws -> [String] {
    let given = try MatchingInput(input)
    let search = try given.search(.euclid)
    return try given.groups(search).flatMap { group in
      group.peers.map { peer in
        let squares = peer.gaps.map { "(\($0.feature) \(figure($0.standardized, 6)))²" }.joined(separator: " + ")
        return "\(group.school) to \(peer.id): √(\(squares)) = \(figure(peer.distance, 8))"
      }
    }
  }

  private static func nearest(_ groups: [PeerGroup]) -> CaseValue {
    .object(
      groups.map { group in
        CaseValue.Field(
          group.school,
          [
            "peers": .list(group.peers.map { .text($0.id) }),
            "distance": .figures(group.peers.map(\.distance)),
            "gaps": .list(group.peers.map { .object($0.gaps.map { .init($0.feature, .figure($0.standardized)) }) }),
            "balance_smd": balance(group),
            "fair": .flag(group.isFair),
          ])
      })
  }

  private static func balance(_ group: PeerGroup) -> CaseValue {
    .object(group.balance.map { CaseValue.Field($0.feature, .figure($0.difference)) })
  }

  private static func meanSize(_ group: PeerGroup) -> Double? {
    guard !group.balance.isEmpty else { return nil }
    return group.balance.reduce(0) { $0 + abs($1.difference) } / Double(group.balance.count)
  }
}

/// Schools and features as the cases write them: "log(pupils)" is the logarithm of the field "pupils".
private struct MatchingInput {
  let features: [Feature]
  let schools: [ComparedSchool]
  let count: Int

  init(_ input: CaseInput) throws {
    count = try input.field("k").whole(1...10_000)
    let rows = try input.list("schools")
    guard rows.count > 1 else { throw try input.field("schools").refusal("must be at least two") }
    let named = try input.list("features").map { try Self.read($0, rows: rows) }
    features = named.map(\.feature)
    schools = try rows.map { row in
      var values: [String: FeatureValue] = [:]
      for (feature, field) in named {
        guard let value = row.optional(field) else { continue }
        values[feature.name] = try Self.value(value, feature)
      }
      return ComparedSchool(id: try row.text("id"), values: values)
    }
  }

  func search(_ metric: PeerSearch.Metric) throws -> PeerSearch {
    try PeerSearch(features: features, schools: schools, metric: metric)
  }

  func groups(_ search: PeerSearch) throws -> [PeerGroup] {
    try schools.map { try search.nearest(to: $0.id, count: count) }
  }

  /// Distances in which features that move together count once, or why there are none.
  func mahalanobis() throws -> (search: PeerSearch?, refused: String?) {
    guard features.allSatisfy({ $0.scale != .category }) else { return (nil, "features must all be numbers") }
    do { return (try search(.mahalanobis), nil) } catch let error as StatisticsError { return (nil, "\(error)") }
  }

  /// A feature that every school states as text is a category.
  private static func read(_ input: CaseInput, rows: [CaseInput]) throws -> (feature: Feature, field: String) {
    let name = try input.text()
    if let match = name.wholeMatch(of: /log\((.+)\)/) {
      return (Feature(name, scale: .logarithm), String(match.1))
    }
    let values = rows.compactMap { $0.optional(name)?.value }
    guard !values.isEmpty else { throw input.refusal("must be stated by at least one school") }
    let isText = values.allSatisfy { if case .text = $0 { true } else { false } }
    return (Feature(name, scale: isText ? .category : .number), name)
  }

  private static func value(_ input: CaseInput, _ feature: Feature) throws -> FeatureValue {
    switch feature.scale {
    case .category: .category(try input.text())
    case .number: .number(try input.number())
    case .logarithm: .number(try input.positive())
    }
  }
}
