import Storage

/// Every SQL statement about imports of schools: comparing, writing, taking back.
struct SchoolImportStore {
  let db: any Transaction

  // MARK: comparing

  /// The schools of these official ids, and every public school that the given states report.
  func existing(_ ids: some Collection<OfficialID>, statesOfPublic states: [String]) throws -> [OfficialID:
    ExistingSchool]
  {
    var found: [OfficialID: ExistingSchool] = [:]
    func keep(_ condition: SQL) throws {
      for school in try db.all("SELECT \(Self.columns) FROM school WHERE \(condition)", as: ExistingSchool.self) {
        if let official = school.facts.official { found[official] = school }
      }
    }
    for kind in [OfficialID.Kind.nces, .pss] {
      let texts = ids.lazy.filter { $0.kind == kind }.map(\.text).sorted()
      for start in stride(from: 0, to: texts.count, by: 1000) {
        let some = SQL.list(texts[start..<min(start + 1000, texts.count)])
        try keep("official_kind = \(kind.rawValue) AND official_id IN \(some)")
      }
    }
    if !states.isEmpty { try keep("official_kind = 'nces' AND agency_state IN \(SQL.list(states))") }
    return found
  }

  private static let columns: SQL = {
    let fields = SQL.join(SchoolField.allCases.map { SQL.name($0.rawValue) })
    return "id, official_kind, official_id, first_seen, last_seen, origins, " + fields
  }()

  // MARK: writing

  /// Writes all that the plan says, and how it was before.
  func carryOut(
    _ plan: SchoolImportPlan, run: String, by person: Person.ID?, at now: Instant,
    progress: (Int, Int) -> Void
  ) throws {
    let names = plan.files.files.map { "\($0.name) (\($0.layout ?? ""))" }
    try db.run(
      """
      INSERT INTO school_import (id, at, person_id, files, created, updated, unchanged, skipped)
      VALUES (\(run), \(now), \(person), \(names.joined(separator: "\n")), \(plan.created.count),
        \(plan.updated.count), \(plan.unchanged), \(plan.skipped))
      """)
    let total = plan.created.count + plan.updated.count + plan.confirmed.count
    for start in stride(from: 0, to: plan.created.count, by: 256) {
      let some = plan.created[start..<min(start + 256, plan.created.count)]
      try SchoolStore(db: db).add(some.map { (id: $0.id, facts: $0.facts) })
      progress(start + some.count, total)
    }
    for (index, change) in (plan.updated + plan.confirmed).enumerated() {
      try SchoolStore(db: db).change(change.id, to: change.facts, fields: change.fields.map(\.field), now: now)
      if index % 256 == 255 { progress(plan.created.count + index + 1, total) }
    }
    try addHistory(plan, run: run, by: person, at: now)
    progress(total, total)
  }

  private func addHistory(_ plan: SchoolImportPlan, run: String, by person: Person.ID?, at now: Instant) throws {
    var number = 0
    func line(
      _ school: School.ID, _ field: String, _ old: String?, _ new: String?, _ origin: Origin?, _ source: String
    ) -> [(any SQLBindable)?] {
      number += 1
      return ["\(run)-\(number)", school, now, field, old, new, origin?.description ?? "", source, run, person]
    }
    var rows: [[(any SQLBindable)?]] = []
    for change in plan.created {
      let source = change.facts.origins[.name]?.words ?? ""
      rows.append(line(change.id, "created", nil, change.name, nil, source))
    }
    for change in plan.updated {
      for field in change.fields {
        let source = change.facts.origins[field.field]?.words ?? ""
        rows.append(
          line(change.id, field.field.rawValue, field.old, field.new, change.oldOrigins[field.field], source))
      }
    }
    try db.insertMany(
      into: "school_history",
      columns: [
        "id", "school_id", "at", "field", "old_value", "new_value", "old_origin", "source", "import_id", "person_id",
      ], rows: rows)
  }

  // MARK: runs

  /// The newest runs first.
  func runs(limit: Int = 50) throws -> [SchoolImportRun] {
    try db.all("SELECT \(Self.runColumns) FROM school_import ORDER BY at DESC, id DESC LIMIT \(limit)")
  }

  func run(_ id: String) throws -> SchoolImportRun? {
    try db.first("SELECT \(Self.runColumns) FROM school_import WHERE id = \(id)")
  }

  private static let runColumns: SQL = "id, at, files, created, updated, unchanged, skipped, undone_at"

  /// Takes a run back, but for schools that somebody has touched since.
  ///
  /// - Returns: the names of the schools that stay as they are, with the reason.
  func undo(_ run: SchoolImportRun, by person: Person.ID?, at now: Instant) throws -> [KeptSchool] {
    var kept: [KeptSchool] = []
    let touched = try touchedSince(run)
    for id in try schools(of: run, created: true) {
      guard let school = try SchoolStore(db: db).find(id) else { continue }
      if let reason = try reasonToKeep(school, touched) {
        kept.append(KeptSchool(id: id, name: school.name, reason: reason))
      } else {
        try remove(id)
        try SearchSources(db: db).refresh(school: id)
      }
    }
    for id in try schools(of: run, created: false) {
      guard let school = try SchoolStore(db: db).find(id) else { continue }
      if touched.contains(id) {
        kept.append(KeptSchool(id: id, name: school.name, reason: "it was changed again later"))
      } else {
        try putBack(id, run, at: now)
      }
    }
    try db.run("UPDATE school_import SET undone_at = \(now), undone_by = \(person) WHERE id = \(run.id)")
    return kept
  }

  private func schools(of run: SchoolImportRun, created: Bool) throws -> [School.ID] {
    let condition: SQL = created ? "field = 'created'" : "field <> 'created'"
    return try db.rows(
      "SELECT DISTINCT school_id FROM school_history WHERE import_id = \(run.id) AND \(condition) ORDER BY school_id"
    ).map { try $0.read("school_id") }
  }

  /// Schools of the run with a younger line of history.
  private func touchedSince(_ run: SchoolImportRun) throws -> Set<School.ID> {
    let rows = try db.rows(
      """
      SELECT DISTINCT h.school_id FROM school_history h
      WHERE h.school_id IN (SELECT school_id FROM school_history WHERE import_id = \(run.id))
        AND h.import_id IS DISTINCT FROM \(run.id) AND h.at >= \(run.at)
      """)
    return Set(try rows.map { try $0.read("school_id") })
  }

  private func reasonToKeep(_ school: School, _ touched: Set<School.ID>) throws -> String? {
    if touched.contains(school.id) { return "it was changed again later" }
    if school.membership != "none" { return "it has begun to join" }
    if !school.about.isEmpty || !school.workingOn.isEmpty || !school.visitors.isEmpty { return "it has told of itself" }
    if try !SchoolStore(db: db).predecessors(of: school.id).isEmpty { return "it is the successor of another" }
    if let table = try SchoolReferences(db: db).firstReference(to: school.id) { return "it is named in \(table)" }
    return nil
  }

  private func remove(_ id: School.ID) throws {
    try db.run("DELETE FROM school_duplicate WHERE first_id = \(id) OR second_id = \(id)")
    try db.run("DELETE FROM school_name_trigram WHERE school_id = \(id)")
    try db.run("DELETE FROM school_history WHERE school_id = \(id)")
    try db.run("DELETE FROM school WHERE id = \(id)")
  }

  private func putBack(_ id: School.ID, _ run: SchoolImportRun, at now: Instant) throws {
    guard
      var facts = try db.first("SELECT \(Self.columns) FROM school WHERE id = \(id)", as: ExistingSchool.self)?.facts
    else { return }
    var fields: [SchoolField] = []
    let rows = try db.rows(
      "SELECT field, old_value, old_origin FROM school_history WHERE import_id = \(run.id) AND school_id = \(id)")
    for row in rows {
      guard let field = SchoolField(rawValue: try row.read("field")) else { continue }
      facts.restore(field, try row.read("old_value"), Origin(try row.read("old_origin", as: String.self)))
      fields.append(field)
    }
    try SchoolStore(db: db).change(id, to: facts, fields: fields, now: now)
    try db.run("DELETE FROM school_history WHERE import_id = \(run.id) AND school_id = \(id)")
  }

  // MARK: what the directory holds

  /// Open schools by state and kind, in the order of the states' names.
  func counts() throws -> [(state: String, kind: School.Kind, count: Int)] {
    try db.rows(
      """
      SELECT state, kind, COUNT(*) AS schools FROM school WHERE status = 'open' AND fictional = 0
      GROUP BY state, kind ORDER BY state, kind
      """
    ).map { row in
      (
        state: try row.read("state"), kind: School.Kind(rawValue: try row.read("kind")) ?? .public,
        count: try row.read("schools")
      )
    }
  }
}

/// One import, as the office sees it afterwards.
package struct SchoolImportRun: Sendable, Equatable {
  package let id: String
  package let at: Instant
  /// Names of the files with their layouts, a line each.
  package let files: String
  package let created: Int
  package let updated: Int
  package let unchanged: Int
  package let skipped: Int
  package let undoneAt: Instant?
}

/// A school that an undone import left in place.
package struct KeptSchool: Sendable, Equatable {
  package let id: School.ID
  package let name: String
  package let reason: String
}

extension SchoolImportRun: RowReadable {
  package init(row: Row) throws {
    id = try row.read("id")
    at = try row.read("at")
    files = try row.read("files")
    created = try row.read("created")
    updated = try row.read("updated")
    unchanged = try row.read("unchanged")
    skipped = try row.read("skipped")
    undoneAt = try row.read("undone_at")
  }
}

extension ExistingSchool: RowReadable {
  init(row: Row) throws {
    id = try row.read("id")
    var facts = SchoolFacts(official: try OfficialID(row: row))
    let origins = Origins(try row.read("origins", as: String.self))
    for field in SchoolField.allCases {
      facts.restore(field, try field.read(row), origins[field])
    }
    facts.firstSeen = try row.read("first_seen", as: Int?.self).map(SchoolYear.init(fall:))
    facts.lastSeen = try row.read("last_seen", as: Int?.self).map(SchoolYear.init(fall:))
    self.facts = facts
  }
}

extension SchoolField {
  /// The column as text; nil where nothing is known.
  func read(_ row: Row) throws -> String? {
    switch form {
    case .text:
      let text: String = try row.read(rawValue)
      return text.isEmpty ? nil : text
    case .whole: return try row.read(rawValue, as: Int?.self).map(String.init)
    case .real: return try row.read(rawValue, as: Double?.self).map { String($0) }
    }
  }
}
