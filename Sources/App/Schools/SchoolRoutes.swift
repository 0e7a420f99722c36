import Storage

/// The directory and the schools' pages, open to everybody.
struct SchoolRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.get("schools", .everyone, cached: true, use: list)
    routes.get("schools.csv", .everyone, use: download)
    routes.get("schools/:id", .everyone, cached: true, use: show)
    routes.get("schools/:id/words", .lead, use: editor)
    routes.post("schools/:id/words", .lead, use: save)
  }

  @Sendable func list(visit: Visit) async throws -> Page {
    let filter = DirectoryFilter(visit.fields)
    return try await site.shared.value("directory \(filter.path()) \(filter.page)", now: visit.viewer.now) {
      DirectoryPages.list(try await site.database.read { db in try SchoolDirectoryStore(db: db).view(filter) })
    }
  }

  @Sendable func download(visit: Visit) async throws -> Download {
    let filter = DirectoryFilter(visit.fields)
    let schools = try await site.database.read { db in try SchoolDirectoryStore(db: db).all(filter) }
    var csv = CSVWriter(header: SchoolWords.columns)
    for school in schools { csv.add(SchoolWords.fields(school)) }
    return Download(name: "schools.csv", type: "text/csv; charset=utf-8", bytes: csv.bytes)
  }

  @Sendable func show(visit: Visit) async throws -> Page {
    let id: School.ID = try visit.id()
    let viewer = visit.viewer
    var view = try await common(id, visit)
    view.people = try await people(of: id, viewer)
    if viewer.isMember {
      // What is said about the schools whose place it took belongs here.
      let schools = ([id] + view.predecessors.map(\.id)).map(\.description)
      view.discussions = try await site.database.read { db in
        try DiscussionStore(db: db).about(.school, schools, for: viewer)
      }
    }
    return SchoolPages.show(view, viewer)
  }

  /// What everybody sees of a school, which is the same for all.
  private func common(_ id: School.ID, _ visit: Visit) async throws -> SchoolView {
    let (today, zone) = (visit.today, visit.viewer.zone)
    return try await site.shared.value("school \(id) on \(today)", now: visit.viewer.now) {
      var view = try await site.database.read { db in
        let store = SchoolStore(db: db)
        let school = try store.find(id).orRefuse(.notFound)
        return SchoolView(
          school: school, successor: try school.successor.flatMap { try store.find($0) },
          predecessors: try store.predecessors(of: id), history: try SchoolHistoryStore(db: db).lines(of: id),
          work: try SchoolWorkStore(db: db).work(of: id))
      }
      view.drawn = SchoolDrawing(view, today: today, zone: zone)
      return view
    }
  }

  private func people(of id: School.ID, _ viewer: Viewer) async throws -> SchoolPeople {
    guard let audience = ProfileStore.audience(of: viewer) else { return SchoolPeople() }
    return try await site.shared.value("people of \(id) for \(audience)", now: viewer.now) {
      try await site.database.read { db in try SchoolWorkStore(db: db).people(of: id, for: viewer) }
    }
  }

  // MARK: a school's own words

  @Sendable func editor(visit: Visit) async throws -> Page {
    let school = try await own(visit)
    return SchoolPages.editor(school, SchoolWordsForm(school), visit.viewer)
  }

  @Sendable func save(visit: Visit) async throws -> any Answer {
    let school = try await own(visit)
    let typed = SchoolWordsForm(visit.fields)
    do {
      let words = try typed.checked()
      try await site.database.write { db in
        try SchoolStore(db: db).setWords(
          school.id, about: words.about, workingOn: words.workingOn, visitors: words.visitors)
      }
      return Redirect(to: "/schools/\(school.id)")
    } catch Refusal.invalid(let problems) {
      return SchoolPages.editor(school, typed, problems: problems, visit.viewer).refused()
    }
  }

  /// The school of the path, if the viewer may speak for it.
  private func own(_ visit: Visit) async throws -> School {
    let id: School.ID = try visit.id()
    let school = try await site.database.read { db in try SchoolStore(db: db).find(id) }.orRefuse(.notFound)
    guard visit.viewer.mayManage(id, in: school.state) else {
      throw Refusal.forbidden("Only the leads of \(school.name), its state's liaison and the office may do this.")
    }
    return school
  }
}
