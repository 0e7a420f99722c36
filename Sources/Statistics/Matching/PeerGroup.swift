/// A school's nearest schools and an honest account of how near they are.
public struct PeerGroup: Sendable, Equatable {
  /// A group is not fair on a feature on which its school lies further than this from the peers' mean: in standard
  /// deviations, or as the share of peers of another category. Usual limit of balance in matched studies (What Works
  /// Clearinghouse, baseline equivalence).
  public static let largestFairDifference = 0.25

  public let school: String
  /// Nearest first.
  public let peers: [Peer]
  /// For each usable feature that the school and at least one peer state.
  public let balance: [FeatureBalance]
  /// Features that the school states and no peer does.
  let unseen: [String]
  /// Features the school itself does not state: nobody can say whether the peers fit it there.
  public let undeclared: [String]
  /// Features that could not tell any schools apart.
  public let unusable: [String]
  /// Schools that state too little to be compared.
  public let leftOut: [String]

  /// Features on which these are no peers.
  public var misfits: [FeatureBalance] {
    balance.filter { abs($0.difference) > Self.largestFairDifference + 1e-9 }
  }

  /// Features that could tell schools apart, and that the school or more than half of the peers do not state: whether
  /// these are peers on them is not known, and what is not known is not balanced.
  public var unjudged: [String] {
    undeclared.filter { !unusable.contains($0) } + balance.filter { $0.peersKnown * 2 < peers.count }.map(\.feature)
      + unseen
  }

  /// Whether the group may be shown as peers. If not, `refusal` says why: show that in their place.
  public var isFair: Bool { !peers.isEmpty && !balance.isEmpty && misfits.isEmpty && unjudged.isEmpty }

  /// Why these are no peers, as a sentence; nil when they are.
  public var refusal: String? {
    guard !isFair else { return nil }
    let reasons = misfits.map { "\($0.feature) (\($0.sentence))" }
    guard !balance.isEmpty else { return "No school states enough to be compared with." }
    var sentences: [String] = []
    if !reasons.isEmpty {
      sentences.append(
        "No fair peers: even the nearest \(peers.count) differ on " + reasons.joined(separator: ", ") + ".")
    }
    if !unjudged.isEmpty {
      sentences.append(
        "Whether they are peers on " + unjudged.joined(separator: ", ") + " is not known: too few state it.")
    }
    return sentences.joined(separator: " ")
  }
}

/// One of a school's peers.
public struct Peer: Sendable, Equatable {
  public let id: String
  /// In standard deviations over all features; 0 or more.
  public let distance: Double
  /// Feature by feature, for those both schools state.
  public let gaps: [FeatureGap]
  /// Features this peer does not state.
  public let missing: [String]

  /// Distances that agree to nine decimals are equal: rounding in the last digits must not order schools.
  var rank: Double { (distance * 1e9).rounded() }
}

/// How far a peer is on one feature.
public struct FeatureGap: Sendable, Equatable {
  public let feature: String
  public let own: FeatureValue
  public let theirs: FeatureValue
  /// Own minus theirs in standard deviations; for a category 0 when the same and 1 when not.
  public let standardized: Double
}

/// How well a whole group fits its school on one feature.
public struct FeatureBalance: Sendable, Equatable {
  public let feature: String
  public let own: FeatureValue
  /// The peers' mean in the feature's own unit (geometric for a logarithm); nil for a category.
  public let peersTypical: Double?
  /// Own minus the peers' mean in standard deviations (SMD); for a category the share of peers, 0…1, of another one.
  public let difference: Double
  /// Peers that state the feature.
  public let peersKnown: Int

  var sentence: String {
    let tenths = (abs(difference) * 100).rounded() / 100
    if peersTypical == nil { return "\(Int((difference * 100).rounded())) % are of another kind" }
    return "\(tenths) standard deviations \(difference > 0 ? "above" : "below") them"
  }
}
