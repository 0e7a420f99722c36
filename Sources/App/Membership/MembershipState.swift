/// Where a school stands on its way through membership, and every step that may be taken from there.
///
///     inquiry → agreement issued → signatures pending → received → active ⇄ inactive
///     and from each of them: withdrawn, closed, merged, where the way ends.
///
/// Nothing here depends on money.
enum MembershipState: String, Sendable, CaseIterable {
  case inquiry
  case agreementIssued = "agreement-issued"
  case signaturesPending = "signatures-pending"
  /// All have signed; the office has not confirmed yet.
  case received
  case active
  /// A member that did not answer when it was asked to reaffirm.
  case inactive
  case withdrawn, closed, merged

  var words: String {
    switch self {
    case .inquiry: "Inquiry"
    case .agreementIssued: "Agreement issued"
    case .signaturesPending: "Signatures pending"
    case .received: "Received"
    case .active: "Member"
    case .inactive: "Inactive"
    case .withdrawn: "Withdrawn"
    case .closed: "School closed"
    case .merged: "School merged"
    }
  }

  /// Whether the way ends here; a school that comes back begins a new one.
  var isEnd: Bool { [.withdrawn, .closed, .merged].contains(self) }

  /// The stages that every school passes, in order.
  static let journey: [MembershipState] = [.inquiry, .agreementIssued, .signaturesPending, .received, .active]
}

/// On whose word a step is taken.
enum MembershipParty: Sendable, CaseIterable {
  /// The person who began, or a lead of the school.
  case school
  /// The liaison of the school's state.
  case liaison
  case office
  /// The program itself, when a rule is met: all have signed, the school is eligible.
  case rule
}

/// A step from one state to another and who may take it.
struct MembershipStep: Sendable, Equatable {
  /// Nil where the way begins.
  let from: MembershipState?
  let to: MembershipState
  let parties: Set<MembershipParty>
  /// Whether somebody must say why.
  let needsReason: Bool

  private init(
    _ from: MembershipState?, _ to: MembershipState, _ parties: Set<MembershipParty>, needsReason: Bool = false
  ) {
    self.from = from
    self.to = to
    self.parties = parties
    self.needsReason = needsReason
  }

  static let all: [MembershipStep] =
    [
      MembershipStep(nil, .inquiry, [.school]),
      MembershipStep(.inquiry, .agreementIssued, [.rule, .liaison, .office]),
      MembershipStep(.agreementIssued, .signaturesPending, [.school, .liaison, .office]),
      MembershipStep(.signaturesPending, .received, [.rule]),
      MembershipStep(.received, .active, [.office]),
      // Reaffirming: the state stays, the day is kept.
      MembershipStep(.active, .active, [.school, .office]),
      MembershipStep(.active, .inactive, [.office], needsReason: true),
      MembershipStep(.inactive, .active, [.school, .office]),
    ]
    + MembershipState.allCases.filter { !$0.isEnd }.flatMap { state in
      [
        MembershipStep(state, .withdrawn, [.school, .office], needsReason: true),
        MembershipStep(state, .closed, [.office], needsReason: true),
        MembershipStep(state, .merged, [.office], needsReason: true),
      ]
    }

  /// The step, if there is one that `party` may take.
  static func allowed(_ from: MembershipState?, _ to: MembershipState, by party: MembershipParty) -> MembershipStep? {
    all.first { $0.from == from && $0.to == to && $0.parties.contains(party) }
  }

  /// Where `party` may lead from here.
  static func choices(from state: MembershipState, for party: MembershipParty) -> [MembershipState] {
    all.filter { $0.from == state && $0.to != state && $0.parties.contains(party) }.map(\.to)
  }
}
