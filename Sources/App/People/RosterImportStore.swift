import Storage

/// Every SQL statement about imports of rosters.
struct RosterImportStore {
  let db: any Transaction

  /// What the file would do now.
  func plan(_ file: RosterFile, at school: School.ID, now: Instant) throws -> RosterPlan {
    RosterPlan(
      entries: try file.lines.map { line in
        switch line.reading {
        case .wrong(let reason):
          .init(line: line.number, who: line.fields.prefix(2).joined(separator: ", "), act: .refused(reason))
        case .right(let naming):
          .init(
            line: line.number, who: "\(naming.name) <\(naming.email)>",
            act: Self.act(try RosterStore(db: db).outlook(naming, at: school, now: now)))
        }
      })
  }

  private static func act(_ outcome: RosterStore.Outcome) -> RosterPlan.Act {
    switch outcome {
    case .given(_, _, let isNew): .add(isNew: isNew)
    case .retitled(_, let old): .retitle(from: old)
    case .unchanged: .unchanged
    }
  }

  /// An invitation to be written to somebody whom the import added.
  struct Added: Sendable {
    let naming: RosterNaming
    let role: RosterEntry.ID
    let person: Person.ID
    let isNew: Bool
  }

  /// Does what `plan` says, and writes down what it did so that it can be taken back. Without anything to do it leaves no
  /// trace, so that the same file twice is the same as once.
  ///
  /// - Parameter ids: two fresh ids for each line: for a person, for a role.
  func run(
    _ file: RosterFile, id: RosterImport.ID, at school: School.ID, ids: [(person: Person.ID, role: String)],
    by person: Person.ID, now: Instant
  ) throws -> [Added] {
    let plan = try plan(file, at: school, now: now)
    guard plan.added + plan.retitled > 0 else { return [] }
    try db.run(
      """
      INSERT INTO roster_import (id, school_id, by_id, at, created, changed, unchanged, refused)
      VALUES (\(id), \(school), \(person), \(now), \(plan.added), \(plan.retitled), \(plan.unchanged), \(plan.refused))
      """)
    var added: [Added] = []
    for (line, fresh) in zip(file.lines, ids) {
      guard case .right(let naming) = line.reading else { continue }
      let outcome = try RosterStore(db: db).put(
        naming, at: school, from: now, until: nil, person: fresh.person, role: fresh.role, by: person, now: now)
      switch outcome {
      case .given(let role, let person, let isNew):
        try record(id, line.number, role, "given", from: "", to: naming.title)
        added.append(Added(naming: naming, role: role, person: person, isNew: isNew))
      case .retitled(let role, let old): try record(id, line.number, role, "retitled", from: old, to: naming.title)
      case .unchanged: break
      }
    }
    return added
  }

  private func record(
    _ id: RosterImport.ID, _ line: Int, _ role: RosterEntry.ID, _ act: String, from old: String, to new: String
  ) throws {
    try db.run(
      """
      INSERT INTO roster_import_row (import_id, line, role_id, act, old_title, new_title)
      VALUES (\(id), \(line), \(role), \(act), \(old), \(new))
      """)
  }

  /// The school's imports, the latest first.
  func all(at school: School.ID) throws -> [RosterImport] {
    try db.all("SELECT \(RosterImport.columns) WHERE i.school_id = \(school) ORDER BY i.at DESC, i.id DESC LIMIT 10")
  }

  func find(_ id: RosterImport.ID, at school: School.ID) throws -> RosterImport? {
    try db.first("SELECT \(RosterImport.columns) WHERE i.id = \(id) AND i.school_id = \(school)")
  }

  /// Takes an import back: ends the roles that it gave and puts back the titles that it changed. Kept is what somebody
  /// has built on since: a person who has signed in, a role or a title that was changed by hand.
  ///
  /// - Returns: nil when it was taken back before.
  func undo(_ id: RosterImport.ID, by person: Person.ID, now: Instant) throws -> RosterUndo? {
    let isFirst =
      try db.run(
        "UPDATE roster_import SET undone_at = \(now), undone_by = \(person) WHERE id = \(id) AND undone_at IS NULL")
    guard isFirst == 1 else { return nil }
    let rows = try db.rows(
      """
      SELECT w.role_id, w.act, w.old_title, w.new_title, r.title, r.ends_at, p.name,
        (SELECT count(*) FROM session s WHERE s.person_id = p.id AND s.created_at > i.at) AS visits
      FROM roster_import_row w JOIN roster_import i ON i.id = w.import_id JOIN role r ON r.id = w.role_id
        JOIN person p ON p.id = r.person_id
      WHERE w.import_id = \(id) ORDER BY w.line
      """)
    var (ended, retitled) = (0, 0)
    var kept: [RosterUndo.Kept] = []
    for row in rows {
      let (name, role): (String, RosterEntry.ID) = (try row.read("name"), try row.read("role_id"))
      let isGiven = try row.read("act", as: String.self) == "given"
      if let why = try Self.reasonToKeep(row, isGiven: isGiven, now: now) {
        kept.append(.init(name: name, why: why))
      } else if isGiven {
        try RoleStore(db: db).end(role.description, now: now, by: person, reason: "Import taken back")
        ended += 1
      } else {
        try RosterStore(db: db).setTitle(role, try row.read("old_title"))
        retitled += 1
      }
    }
    return RosterUndo(ended: ended, retitled: retitled, kept: kept)
  }

  private static func reasonToKeep(_ row: Row, isGiven: Bool, now: Instant) throws -> String? {
    if try row.read("ends_at", as: Instant?.self).map({ $0 <= now }) == true { return "the term has ended already" }
    if try row.read("title", as: String.self) != row.read("new_title", as: String.self) {
      return "the title was changed since"
    }
    return try isGiven && row.read("visits", as: Int.self) > 0 ? "has signed in since" : nil
  }
}

extension RosterImport: RowReadable {
  static let columns: SQL = """
    i.id, i.school_id, p.name AS by_name, i.at, i.created, i.changed, i.unchanged, i.refused, i.undone_at
    FROM roster_import i JOIN person p ON p.id = i.by_id
    """

  init(row: Row) throws {
    id = try row.read("id")
    school = try row.read("school_id")
    byName = try row.read("by_name")
    at = try row.read("at")
    created = try row.read("created")
    changed = try row.read("changed")
    unchanged = try row.read("unchanged")
    refused = try row.read("refused")
    undoneAt = try row.read("undone_at")
  }
}
