import Storage

/// What was done with a right that others do not have: who, when, to what.
struct AuditStore {
  let db: any Transaction

  func add(
    id: String, by person: Person.ID?, _ action: String, _ noun: String, _ nounID: String, detail: String = "",
    now: Instant
  ) throws {
    try db.run(
      """
      INSERT INTO audit (id, at, person_id, action, noun, noun_id, detail)
      VALUES (\(id), \(now), \(person), \(action), \(noun), \(nounID), \(detail))
      """)
  }
}
