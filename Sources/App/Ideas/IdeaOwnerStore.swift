import Storage

/// Every SQL statement about who owns an idea.
struct IdeaOwnerStore {
  let db: any Transaction

  func ownership(of idea: Idea, now: Instant) throws -> IdeaOwnership {
    IdeaOwnership(idea: idea, candidates: try candidates(for: idea, now: now), changes: try changes(of: idea.id))
  }

  /// The latest first, at most `limit`.
  func changes(of id: Idea.ID, limit: Int = 20) throws -> [IdeaOwnerChange] {
    try db.all(
      """
      SELECT c.id, c.at, c.why, c.declined_at, c.declined_why, c.by_id, b.name AS by_name, c.from_id,
        f.name AS from_name, c.to_id, t.name AS to_name
      FROM idea_owner_change c JOIN person b ON b.id = c.by_id JOIN person f ON f.id = c.from_id
        JOIN person t ON t.id = c.to_id
      WHERE c.idea_id = \(id) ORDER BY c.at DESC, c.id DESC LIMIT \(limit)
      """)
  }

  /// Who holds a role at the idea's school at this moment, where that is a member; by name, without the owner.
  private func candidates(for idea: Idea, now: Instant) throws -> [Person] {
    try db.rows(
      """
      SELECT DISTINCT p.id, p.name, p.folded_name FROM person p JOIN role r ON r.person_id = p.id
        JOIN school s ON s.id = r.school_id
      WHERE r.school_id = \(idea.school.id) AND s.membership = 'active' AND p.id <> \(idea.owner.id)
        AND r.starts_at <= \(now) AND (r.ends_at IS NULL OR r.ends_at > \(now)) AND p.suspended_at IS NULL
        AND p.merged_into IS NULL
      ORDER BY p.folded_name, p.id LIMIT 300
      """
    ).map { Person(id: try $0.read("id"), name: try $0.read("name")) }
  }

  /// - Throws: `Refusal.conflict` when it has come to somebody else meanwhile.
  func give(_ idea: Idea, to person: Person.ID, why: String, by giver: Person.ID, id: String, now: Instant) throws {
    try move(idea.id, from: idea.owner.id, to: person, now: now)
    try db.run(
      """
      INSERT INTO idea_owner_change (id, idea_id, at, by_id, from_id, to_id, why)
      VALUES (\(id), \(idea.id), \(now), \(giver), \(idea.owner.id), \(person), \(why))
      """)
  }

  /// The new owner declines, and the idea goes back to who had it.
  ///
  /// - Throws: `Refusal.conflict` when it has come to somebody else meanwhile.
  func decline(_ change: IdeaOwnerChange, of idea: Idea, why: String, now: Instant) throws {
    try move(idea.id, from: change.to.id, to: change.from.id, now: now)
    try db.run(
      "UPDATE idea_owner_change SET declined_at = \(now), declined_why = \(why) WHERE id = \(change.id)")
  }

  private func move(_ id: Idea.ID, from: Person.ID, to: Person.ID, now: Instant) throws {
    let changed = try db.run("UPDATE idea SET owner_id = \(to) WHERE id = \(id) AND owner_id = \(from)")
    guard changed == 1 else {
      throw Refusal.conflict("This idea has come to somebody else meanwhile. Open it again.")
    }
    try SearchSources(db: db).refresh(idea: id)
    for person in [from, to] { try SearchSources(db: db).refresh(person: person, now: now) }
  }
}

extension IdeaOwnerChange: RowReadable {
  init(row: Row) throws {
    id = try row.read("id")
    at = try row.read("at")
    why = try row.read("why")
    by = Person(id: try row.read("by_id"), name: try row.read("by_name"))
    from = Person(id: try row.read("from_id"), name: try row.read("from_name"))
    to = Person(id: try row.read("to_id"), name: try row.read("to_name"))
    decline = try row.read("declined_at", as: Instant?.self).map {
      Decline(at: $0, why: try row.read("declined_why"))
    }
  }
}
