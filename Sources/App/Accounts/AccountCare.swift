/// One account as the office looks after it.
struct AccountCare: Sendable, Equatable {
  let id: Person.ID
  let name: String
  let email: String
  let createdAt: Instant
  let suspendedAt: Instant?
  let suspendedReason: String
  let erasedAt: Instant?
  let hasSecondFactor: Bool
  let sessions: [Session]
  /// The roles that hold now.
  let roles: [Role]
  let hold: LegalHold?
  let erasure: Erasure?
  /// The latest entries about this person.
  let log: [AuditEntry]

  var isSuspended: Bool { suspendedAt != nil }

  /// Nobody acts as those who have rights over others' data.
  var mayBeActed: Bool { !isSuspended && erasedAt == nil && !roles.contains(where: \.needsSecondFactor) }
}

/// While the office acts as somebody: who really sits there, and until when.
package struct Acting: Sendable, Equatable {
  package let by: Person.ID
  package let name: String
  package let until: Instant

  /// Long enough to look at what somebody describes on the phone.
  static let lifetime = Span.minutes(30)
}
