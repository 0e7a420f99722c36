import Storage

/// A reason for which nothing of a person may be erased now: a dispute, a court's order.
struct LegalHold: Sendable, Equatable {
  let placedAt: Instant
  let reason: String
}

/// Every SQL statement about holds. A person is under one at most.
struct LegalHoldStore {
  let db: any Transaction

  func inForce(on person: Person.ID) throws -> LegalHold? {
    try db.rows("SELECT placed_at, reason FROM legal_hold WHERE person_id = \(person) AND lifted_at IS NULL").first.map
    {
      LegalHold(placedAt: try $0.read("placed_at"), reason: try $0.read("reason"))
    }
  }

  func place(id: String, on person: Person.ID, by office: Person.ID, reason: String, now: Instant) throws {
    guard try inForce(on: person) == nil else { return }
    try db.run(
      """
      INSERT INTO legal_hold (id, person_id, placed_at, placed_by, reason)
      VALUES (\(id), \(person), \(now), \(office), \(reason))
      """)
  }

  func lift(from person: Person.ID, by office: Person.ID, now: Instant) throws {
    try db.run(
      """
      UPDATE legal_hold SET lifted_at = \(now), lifted_by = \(office) WHERE person_id = \(person) AND lifted_at IS NULL
      """)
  }
}
