/// A school's way through membership, from the first inquiry to its end.
struct Membership: Sendable, Identifiable, Equatable {
  let id: Identifier<Membership>
  let school: School.ID
  let schoolName: String
  /// Postal code.
  let schoolState: String
  let state: MembershipState
  let startedBy: Person.ID?
  let startedByName: String
  let startedAt: Instant
  let stateSince: Instant
  /// The version that was issued, or during the inquiry the one that was asked for, and the hash of its text.
  let agreement: String?
  let agreementHash: String?
  let activeOn: CalendarDate?
  let reaffirmedOn: CalendarDate?
  let remindedAt: Instant?

  /// Where its yearly reaffirming stands; nil for schools that never were members.
  func reaffirmation(today: CalendarDate) -> Reaffirmation? {
    guard state == .active || state == .inactive, let last = reaffirmedOn ?? activeOn else { return nil }
    return Reaffirmation(last: last, today: today)
  }

  /// What the office or the school does next, in one sentence.
  func next(signed: Int, of total: Int) -> String {
    switch state {
    case .inquiry: "The office looks whether the school may join."
    case .agreementIssued: "The school names who signs."
    case .signaturesPending: "\(signed) of \(total) have signed; the others were written to."
    case .received: "The office confirms the membership."
    case .active: "The school reaffirms each autumn."
    case .inactive: "The school reaffirms, and is a member again at once."
    case .withdrawn, .closed, .merged: "Nothing. A new inquiry begins anew."
    }
  }
}

/// One step that was taken: who, when, why.
struct MembershipEvent: Sendable, Equatable {
  let at: Instant
  let by: Person.ID?
  /// A name, or what acted: "Rule".
  let byWords: String
  let from: MembershipState?
  let to: MembershipState
  let why: String
}

/// A seat at the foot of an agreement, and who is asked to take it.
struct Signature: Sendable, Identifiable, Equatable {
  enum How: String, Sendable {
    /// By the code mailed to the signer's address.
    case code
    /// From an account with that address.
    case account
    /// On paper, attested by the office.
    case paper
  }

  let id: Identifier<Signature>
  let membership: Membership.ID
  let role: SignerRole
  let name: String
  let email: String
  let askedAt: Instant
  let remindedAt: Instant?
  let replacedAt: Instant?
  let signedAt: Instant?
  let how: How?
  /// The hash of the text that was signed.
  let signedHash: String?
  let paperDate: CalendarDate?
  let note: String

  var isSigned: Bool { signedAt != nil }

  /// "d•••@school.org": enough to know one's own address again.
  var maskedEmail: String {
    let halves = email.split(separator: "@", maxSplits: 1)
    return halves.count == 2 ? "\(halves[0].prefix(1))•••@\(halves[1])" : "•••"
  }
}
