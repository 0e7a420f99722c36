import Storage

/// The directory's upkeep by the office.
struct SchoolOfficeRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.get("office/schools", .office, use: show)
    routes.post("office/schools/pairs/:id/merger", .office, use: mergePair)
    routes.post("office/schools/pairs/:id/apart", .office, use: apart)
    routes.post("office/schools/pairs/:id/reopening", .office, use: reopen)
    routes.post("office/schools/mergers/:id/undoing", .office, use: undoMerger)
    routes.post("office/schools/imports/:id/undoing", .office, use: undoImport)
    routes.post("schools/:id/merger", .office, use: merge)
  }

  @Sendable func show(visit: Visit) async throws -> Page {
    let view = try await site.database.read { db in
      let duplicates = SchoolDuplicateStore(db: db)
      return SchoolOfficeView(
        pairs: try duplicates.open(), apart: try duplicates.apart(), mergers: try SchoolMergerStore(db: db).recent(),
        runs: try SchoolImportStore(db: db).runs())
    }
    return SchoolOfficePages.show(view, visit.viewer)
  }

  // MARK: pairs

  @Sendable func mergePair(visit: Visit) async throws -> Redirect {
    let pair = try visit.part("id")
    let stays = School.ID(visit.fields["stays"])
    let (person, now, id) = (try visit.signedIn(), site.now(), site.newID())
    try await site.database.write { db in
      let pair = try SchoolDuplicateStore(db: db).find(pair).orRefuse(.notFound)
      guard let other = [pair.first, pair.second].first(where: { $0.id == stays }) else { throw Refusal.notFound }
      let school = other.id == pair.first.id ? pair.second : pair.first
      try merge(db, school, into: other, id: id, by: person, at: now, today: visit.today)
    }
    return Redirect(to: "/office/schools")
  }

  @Sendable func apart(visit: Visit) async throws -> Redirect { try await settle("apart", visit) }
  @Sendable func reopen(visit: Visit) async throws -> Redirect { try await settle(nil, visit) }

  private func settle(_ verdict: String?, _ visit: Visit) async throws -> Redirect {
    let pair = try visit.part("id")
    let (person, now, audit) = (try visit.signedIn(), site.now(), site.newID())
    try await site.database.write { db in
      let store = SchoolDuplicateStore(db: db)
      let found = try store.find(pair).orRefuse(.notFound)
      try store.settle(found.id, verdict, by: person, at: now)
      try AuditStore(db: db).add(
        id: audit, by: person, verdict == nil ? "may be one school again" : "are two schools", "school",
        "\(found.first.id)", detail: "with \(found.second.id)", now: now)
    }
    return Redirect(to: "/office/schools")
  }

  // MARK: any two schools

  @Sendable func merge(visit: Visit) async throws -> Redirect {
    let from: School.ID = try visit.id()
    let typed = visit.fields["into"]
    let (person, now, id) = (try visit.signedIn(), site.now(), site.newID())
    let into = try await site.database.write { db in
      let school = try SchoolStore(db: db).find(from).orRefuse(.notFound)
      let other = try SchoolStore(db: db).find(typed: typed).orRefuse(
        .invalid(["into": "There is no school with this address or official id. Go back and copy it again."]))
      try merge(db, school, into: other, id: id, by: person, at: now, today: visit.today)
      return other.id
    }
    return Redirect(to: "/schools/\(into)")
  }

  private func merge(
    _ db: any Transaction, _ school: School, into other: School, id: String, by person: Person.ID, at now: Instant,
    today: CalendarDate
  ) throws {
    try SchoolMergerStore(db: db).merge(school, into: other, id: id, by: person, at: now, today: today)
    try AuditStore(db: db).add(
      id: "\(id)-a", by: person, "merge", "school", school.id.description, detail: "into \(other.id)", now: now)
  }

  @Sendable func undoMerger(visit: Visit) async throws -> Redirect {
    let merger = try visit.part("id")
    let (person, now, id) = (try visit.signedIn(), site.now(), site.newID())
    try await site.database.write { db in
      let store = SchoolMergerStore(db: db)
      let found = try store.find(merger).orRefuse(.notFound)
      try store.undo(found, id: id, by: person, at: now, today: visit.today)
      try AuditStore(db: db).add(
        id: "\(id)-a", by: person, "unmerge", "school", found.from.description, detail: "from \(found.into)", now: now)
    }
    return Redirect(to: "/office/schools")
  }

  // MARK: imports

  @Sendable func undoImport(visit: Visit) async throws -> Page {
    let run = try visit.part("id")
    let person = try visit.signedIn()
    let work = SchoolImport(database: site.database, newID: site.newID)
    return SchoolOfficePages.undone(try await work.undo(run, by: person, at: site.now()))
  }
}
