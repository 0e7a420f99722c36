import Storage

/// Two schools that were made one.
struct SchoolMerger: Sendable, Equatable {
  let id: String
  let from: School.ID
  let fromName: String
  let into: School.ID
  let intoName: String
  let at: Instant
  let undoneAt: Instant?
}

/// Every SQL statement about schools that are merged, and about taking that back.
struct SchoolMergerStore {
  let db: any Transaction

  /// The newest first.
  func recent(limit: Int = 30) throws -> [SchoolMerger] {
    try db.all("\(Self.selection) ORDER BY m.at DESC, m.id DESC LIMIT \(limit)")
  }

  func find(_ id: String) throws -> SchoolMerger? {
    try db.first("\(Self.selection) WHERE m.id = \(id)")
  }

  private static let selection: SQL = """
    SELECT m.id, m.from_id, f.name AS from_name, m.into_id, i.name AS into_name, m.at, m.undone_at
    FROM school_merger m LEFT JOIN school f ON f.id = m.from_id LEFT JOIN school i ON i.id = m.into_id
    """

  /// Makes `school` a thing of the past that points to `other`: a closed one stays closed, any other is merged.
  ///
  /// People, trials and membership go over, but where the other has its own; what is known of the ideas that they tried
  /// is compiled anew, since two schools count as one from here on.
  /// - Returns: how many rows could not go, since the other school already has their like.
  /// - Throws: `Refusal.conflict` where that would run in a circle or was done before.
  @discardableResult
  func merge(
    _ school: School, into other: School, id: String, by person: Person.ID?, at now: Instant, today: CalendarDate
  ) throws -> Int {
    try check(school, other)
    let since: SQL = "\(other.memberSince?.description)"
    try db.run(
      """
      INSERT INTO school_merger (id, from_id, into_id, at, by_id, old_status, old_membership, old_into_membership,
        old_into_since)
      VALUES (\(id), \(school.id), \(other.id), \(now), \(person), \(school.status.rawValue), \(school.membership),
        \(other.membership), \(since))
      """)
    let status = school.status == .closed ? School.Status.closed : .merged
    let origins = origins(school.origins, status: .office)
    let stage = school.membership == "none" ? "none" : "merged"
    try db.run(
      """
      UPDATE school SET status = \(status.rawValue), successor_id = \(other.id), membership = \(stage),
        origins = \(origins.description) WHERE id = \(school.id)
      """)
    if other.membership == "none", school.membership != "none" {
      try SchoolStore(db: db).setMembership(other.id, school.membership, since: school.memberSince, now: now)
    }
    let (moved, stayed) = try SchoolReferences(db: db).move(from: school.id, to: other.id)
    try db.insertMany(
      into: "school_merger_move", columns: ["merger_id", "table_name", "row_id"],
      rows: moved.map { [id, $0.table, $0.row] as [(any SQLBindable)?] })
    let history = SchoolHistoryStore(db: db)
    try history.add(
      id: "\(id)-1", school.id, "merged into", old: nil, new: other.name, source: Origin.office.words, by: person,
      at: now)
    try history.add(
      id: "\(id)-2", other.id, "took over", old: nil, new: school.name, source: Origin.office.words, by: person, at: now
    )
    try SchoolDuplicateStore(db: db).settle(school.id, other.id, "merged", by: person, at: now)
    try refresh([school.id, other.id], at: now, today: today)
    return stayed
  }

  /// What is computed from the rows of schools, and what is found by them.
  private func refresh(_ schools: [School.ID], at now: Instant, today: CalendarDate) throws {
    let tried = try db.rows(
      "SELECT DISTINCT idea_id FROM trial WHERE school_id IN \(SQL.list(schools)) ORDER BY idea_id")
    for row in tried { try EvidenceStore(db: db).compile(row.read("idea_id"), today: today) }
    for school in schools { try SearchSources(db: db).refresh(everythingOf: school, now: now) }
  }

  private func check(_ school: School, _ other: School) throws {
    if school.id == other.id { throw Refusal.invalid(["into": "This is the same school."]) }
    if school.status == .merged || school.successor != nil {
      throw Refusal.conflict("\(school.name) was merged before. Undo that under Office first.")
    }
    if other.status == .merged || other.successor != nil {
      throw Refusal.conflict("\(other.name) points to another school itself. Choose that one.")
    }
    if school.isFictional != other.isFictional {
      throw Refusal.invalid(["into": "One of the two is part of the demonstration."])
    }
  }

  private func origins(_ origins: Origins, status: Origin?) -> Origins {
    var changed = origins
    changed[.status] = status
    return changed
  }

  /// Takes a merger back: what went over and still names the other school returns.
  func undo(
    _ merger: SchoolMerger, id: String, by person: Person.ID?, at now: Instant, today: CalendarDate
  ) throws {
    guard merger.undoneAt == nil else { throw Refusal.conflict("This was undone before. Nothing was changed.") }
    guard let school = try SchoolStore(db: db).find(merger.from), let other = try SchoolStore(db: db).find(merger.into),
      let before = try db.rows("SELECT * FROM school_merger WHERE id = \(merger.id)").first
    else { throw Refusal.notFound }
    let stage: String = try before.read("old_membership")
    let status: String = try before.read("old_status")
    let since = stage == "none" ? nil : (school.memberSince ?? other.memberSince)
    try db.run(
      """
      UPDATE school SET status = \(status), successor_id = NULL, membership = \(stage), member_since = \(since),
        origins = \(origins(school.origins, status: nil).description) WHERE id = \(school.id)
      """)
    if try before.read("old_into_membership", as: String.self) == "none", other.membership == stage, stage != "none" {
      try SchoolStore(db: db).setMembership(other.id, "none", since: try before.read("old_into_since"), now: now)
    }
    try returnRows(merger)
    try db.run("UPDATE school_merger SET undone_at = \(now), undone_by = \(person) WHERE id = \(merger.id)")
    try SchoolHistoryStore(db: db).add(
      id: id, school.id, "no longer merged into", old: other.name, new: nil, source: Origin.office.words, by: person,
      at: now)
    try SchoolDuplicateStore(db: db).settle(school.id, other.id, nil, by: person, at: now)
    try refresh([school.id, other.id], at: now, today: today)
  }

  private func returnRows(_ merger: SchoolMerger) throws {
    for row in try db.rows("SELECT table_name, row_id FROM school_merger_move WHERE merger_id = \(merger.id)") {
      let name: String = try row.read("table_name")
      let key: String = try row.read("row_id")
      guard let table = SchoolReferences.tables.first(where: { $0.name == name }) else { continue }
      try SchoolReferences(db: db).giveBack(table, key, from: merger.into, to: merger.from)
    }
  }
}

extension SchoolMerger: RowReadable {
  init(row: Row) throws {
    id = try row.read("id")
    from = try row.read("from_id")
    fromName = try row.read("from_name")
    into = try row.read("into_id")
    intoName = try row.read("into_name")
    at = try row.read("at")
    undoneAt = try row.read("undone_at")
  }
}
