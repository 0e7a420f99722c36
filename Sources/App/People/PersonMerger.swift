import Storage

/// Two accounts that look like one person: the same folded name, at the same school.
struct PersonDuplicates {
  let db: any Transaction

  struct Pair: Sendable, Equatable {
    let first: Account
    let second: Account
    let school: String
  }

  struct Account: Sendable, Equatable {
    let id: Person.ID
    let name: String
    let email: String
  }

  func all(limit: Int) throws -> [Pair] {
    try db.rows(
      """
      SELECT DISTINCT a.id AS a_id, a.name AS a_name, a.email AS a_email, b.id AS b_id, b.name AS b_name,
        b.email AS b_email, s.name AS school
      FROM role ra JOIN role rb ON rb.school_id = ra.school_id AND rb.person_id > ra.person_id
        JOIN person a ON a.id = ra.person_id
        JOIN person b ON b.id = rb.person_id AND b.folded_name = a.folded_name
        JOIN school s ON s.id = ra.school_id
      WHERE a.merged_into IS NULL AND b.merged_into IS NULL ORDER BY a.name, a.id, b.id LIMIT \(limit)
      """
    ).map { row in
      Pair(
        first: Account(id: try row.read("a_id"), name: try row.read("a_name"), email: try row.read("a_email")),
        second: Account(id: try row.read("b_id"), name: try row.read("b_name"), email: try row.read("b_email")),
        school: try row.read("school"))
    }
  }
}

/// Makes one account of two.
struct PersonMerger {
  let db: any Transaction

  /// The roles of `old` go over to `kept`, its sessions end, and its address signs in to `kept` from now on. What `old`
  /// wrote stays under its own id, whose page leads on to `kept`.
  ///
  /// - Throws: `Refusal.conflict` when one of them was merged already, or they are one.
  func merge(_ old: Person.ID, into kept: Person.ID, now: Instant) throws {
    guard old != kept else { throw Refusal.conflict("That is one and the same account.") }
    for id in [old, kept] {
      let row = try db.rows("SELECT merged_into FROM person WHERE id = \(id)").first.orRefuse(.notFound)
      guard try row.read("merged_into", as: String?.self) == nil else {
        throw Refusal.conflict("One of the two was merged already. Look the list over again.")
      }
    }
    try endDoubles(old, kept, now: now)
    try db.run("UPDATE role SET person_id = \(kept) WHERE person_id = \(old)")
    try db.run(
      "UPDATE roster_request SET decided_at = \(now), verdict = 'declined' WHERE person_id = \(old) AND decided_at IS NULL"
    )
    try db.run("UPDATE person SET merged_into = \(kept), suspended_at = \(now) WHERE id = \(old)")
    // Whoever was merged into the old account before follows it.
    try db.run("UPDATE person SET merged_into = \(kept) WHERE merged_into = \(old)")
    try db.run("DELETE FROM person_word WHERE person_id = \(old)")
    try SessionStore(db: db).endAll(of: old)
    for id in [old, kept] { try SearchSources(db: db).refresh(person: id, now: now) }
  }

  /// A role that both hold is held once: the older account's ends.
  private func endDoubles(_ old: Person.ID, _ kept: Person.ID, now: Instant) throws {
    let doubles = try db.rows(
      """
      SELECT o.id FROM role o JOIN role k ON k.person_id = \(kept) AND k.kind = o.kind
        AND k.school_id IS NOT DISTINCT FROM o.school_id AND k.state IS NOT DISTINCT FROM o.state
      WHERE o.person_id = \(old) AND (o.ends_at IS NULL OR o.ends_at > \(now))
        AND (k.ends_at IS NULL OR k.ends_at > \(now))
      """)
    for row in doubles {
      try RoleStore(db: db).end(try row.read("id"), now: now, by: nil, reason: "Two accounts became one")
    }
  }
}
