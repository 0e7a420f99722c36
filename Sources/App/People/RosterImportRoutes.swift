import Storage

/// A roster from a file: a dry run that changes nothing, then the import, and the way back.
struct RosterImportRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.get("schools/:id/roster/import", .lead, use: ask)
    routes.post("schools/:id/roster/import", .lead, use: dryRun)
    routes.post("schools/:id/roster/import/refused", .lead, use: refused)
    routes.post("schools/:id/roster/imports", .lead, use: run)
    routes.post("schools/:id/roster/imports/:import/undo", .lead, use: undo)
  }

  /// A chosen file wins over pasted lines; one that is not UTF-8 comes as Latin-1.
  private func text(_ fields: Fields) -> String {
    let file = fields.has("file.latin1") ? fields["file.latin1"] : fields["file"]
    return file.isEmpty ? fields["rows"] : file
  }

  @Sendable func ask(visit: Visit) async throws -> Page {
    let (id, viewer): (School.ID, Viewer) = (try visit.id(), visit.viewer)
    let school = try await site.database.read { db in try RosterAccess.school(id, for: viewer, db) }
    return RosterImportPages.ask(school, viewer)
  }

  @Sendable func dryRun(visit: Visit) async throws -> any Answer {
    let (id, viewer, text): (School.ID, Viewer, String) = (try visit.id(), visit.viewer, text(visit.fields))
    let school = try await site.database.read { db in try RosterAccess.school(id, for: viewer, db) }
    do {
      let file = try RosterFile(text)
      let plan = try await site.database.read { db in
        try RosterImportStore(db: db).plan(file, at: id, now: viewer.now)
      }
      return RosterImportPages.plan(plan, text: text, school, viewer)
    } catch Refusal.invalid(let problems) {
      return RosterImportPages.ask(school, typed: visit.fields["rows"], problems: problems, viewer).refused()
    }
  }

  @Sendable func refused(visit: Visit) async throws -> any Answer {
    let (id, viewer, text): (School.ID, Viewer, String) = (try visit.id(), visit.viewer, text(visit.fields))
    _ = try await site.database.read { db in try RosterAccess.school(id, for: viewer, db) }
    return Download(
      name: "roster-to-mend.csv", type: "text/csv; charset=utf-8", bytes: try RosterFile(text).refusedCSV())
  }

  @Sendable func run(visit: Visit) async throws -> any Answer {
    let (id, viewer, person): (School.ID, Viewer, Person.ID) = (try visit.id(), visit.viewer, try visit.signedIn())
    let file = try RosterFile(text(visit.fields))
    let fresh = RosterImport.ID(site.newID())
    let ids = file.lines.map { _ in (person: Person.ID(site.newID()), role: site.newID()) }
    let letterIDs = file.lines.map { _ in site.newID() }
    let (letters, audit) = (RosterLetters(settings: site.settings), site.newID())
    try await site.take(.init("import:\(person)", 30, per: .hours(1)), now: viewer.now)
    try await site.database.write { db in
      let school = try RosterAccess.school(id, for: viewer, db)
      let added = try RosterImportStore(db: db).run(file, id: fresh, at: id, ids: ids, by: person, now: viewer.now)
      let tidings = RosterTidings(db: db, school: school, now: viewer.now)
      for (each, letter) in zip(added, letterIDs) {
        try tidings.added(each.person, role: "\(each.role)", by: viewer)
        try MailStore(db: db).add(
          letters.invitation(each.naming, school: school.name, by: viewer.name, isNew: each.isNew, id: letter),
          now: viewer.now)
      }
      try AuditStore(db: db).add(
        id: audit, by: person, "roster imported", "school", id.description,
        detail: "\(counted(file.lines.count, "line")), \(added.count) added", now: viewer.now)
    }
    return Redirect(to: "/schools/\(id)/roster")
  }

  @Sendable func undo(visit: Visit) async throws -> any Answer {
    let (id, viewer, person): (School.ID, Viewer, Person.ID) = (try visit.id(), visit.viewer, try visit.signedIn())
    let (importID, audit): (RosterImport.ID, String) = (try visit.id("import"), site.newID())
    let (school, result) = try await site.database.write { db in
      let school = try RosterAccess.school(id, for: viewer, db)
      let store = RosterImportStore(db: db)
      _ = try store.find(importID, at: id).orRefuse(.notFound)
      let result = try store.undo(importID, by: person, now: viewer.now)
      if let result {
        try AuditStore(db: db).add(
          id: audit, by: person, "roster import taken back", "school", id.description,
          detail: "\(result.ended) ended, \(result.kept.count) kept", now: viewer.now)
      }
      return (school, result)
    }
    guard let result else { return Redirect(to: "/schools/\(id)/roster") }
    return RosterImportPages.undone(result, school, viewer)
  }
}
