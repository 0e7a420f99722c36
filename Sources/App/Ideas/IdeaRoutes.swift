import Statistics
import Storage

/// Reading ideas: the library, one idea, its numbers, its versions.
struct IdeaRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.get("ideas", .everyone, cached: true, use: list)
    routes.get("ideas/:id", .everyone, cached: true, use: show)
    routes.get("ideas/:id/evidence", .everyone, cached: true, use: explain)
    routes.get("ideas/:id/like-mine", .signedIn, use: likeMine)
    routes.get("ideas/:id/versions", .everyone, cached: true, use: versions)
  }

  @Sendable func list(visit: Visit) async throws -> Page {
    let (viewer, taxonomy, today) = (visit.viewer, site.taxonomy, visit.today)
    let filter = IdeaFilter(visit.fields, taxonomy)
    let home = viewer.homeSchool?.school
    let comparedWith = filter.likeMine ? home?.description ?? "" : ""
    let list = try await site.shared.value("\(filter.path) \(home != nil) \(comparedWith) \(today)", now: viewer.now) {
      let page = try await site.database.read { db in
        try IdeaListStore(db: db).page(filter, home: home, today: today)
      }
      return IdeaListDrawing(page, filter, taxonomy, today, hasSchool: home != nil)
    }
    let drafts = try await drafts(of: viewer)
    return IdeaListPages.list(list, filter, drafts: drafts, viewer)
  }

  private func drafts(of viewer: Viewer) async throws -> [IdeaGlance] {
    guard viewer.isMember, let person = viewer.person else { return [] }
    return try await site.database.read { db in try IdeaListStore(db: db).drafts(of: person) }
  }

  @Sendable func show(visit: Visit) async throws -> Page {
    let (id, viewer) = (try visit.id() as Idea.ID, visit.viewer)
    let (idea, lineage, home, discussions) = try await site.database.read { db in
      let idea = try IdeaStore(db: db).find(id, for: viewer).orRefuse(.notFound)
      return (
        idea, try IdeaStore(db: db).lineage(of: idea),
        try viewer.homeSchool?.school.flatMap { try IdeaListStore(db: db).glance($0) },
        try DiscussionStore(db: db).about(.idea, ["\(id)"], for: viewer)
      )
    }
    let (evidence, drawn) = try await drawing(of: id, visit)
    let view = IdeaView(
      idea: idea, evidence: evidence, parent: lineage.parent, children: lineage.children,
      likeMine: home.map { LikeMine(evidence, home: $0) }, taxonomy: site.taxonomy, drawn: drawn,
      discussions: discussions)
    return IdeaPages.show(view, viewer)
  }

  /// The evidence of an idea that the viewer may see, and what its page says of it.
  private func drawing(of id: Idea.ID, _ visit: Visit) async throws -> (IdeaEvidence, IdeaDrawing) {
    let (today, zone) = (visit.today, visit.viewer.zone)
    return try await site.shared.value("idea \(id) on \(today)", now: visit.viewer.now) {
      let (trials, unshared) = try await site.database.read { db in
        (try TrialListStore(db: db).all(of: id), try TrialListStore(db: db).unshared(of: id, on: today))
      }
      return try site.evidence.evidence(of: id, trials, unshared: unshared, today: today, zone: zone)
    }
  }

  @Sendable func explain(visit: Visit) async throws -> Page {
    let (id, viewer, today) = (try visit.id() as Idea.ID, visit.viewer, visit.today)
    let (idea, evidence) = try await site.database.read { db in
      (
        try IdeaStore(db: db).find(id, for: viewer).orRefuse(.notFound),
        try IdeaEvidence(
          TrialListStore(db: db).all(of: id, limit: 1000), today: today,
          unshared: TrialListStore(db: db).unshared(of: id, on: today))
      )
    }
    return EvidencePages.explain(idea, evidence, viewer)
  }

  @Sendable func likeMine(visit: Visit) async throws -> Page {
    let (id, viewer, today) = (try visit.id() as Idea.ID, visit.viewer, visit.today)
    let school = try (viewer.homeSchool?.school).orRefuse(
      .forbidden("This compares schools with yours, and you belong to none yet. Ask your school's lead to add you."))
    let (idea, nearness) = try await site.database.read { db in
      let idea = try IdeaStore(db: db).find(id, for: viewer).orRefuse(.notFound)
      let evidence = try IdeaEvidence(
        TrialListStore(db: db).all(of: id, limit: 1000), today: today,
        unshared: TrialListStore(db: db).unshared(of: id, on: today))
      let home = try IdeaListStore(db: db).glance(school).orRefuse(.notFound)
      return (idea, try Nearness(evidence, home: home, members: IdeaListStore(db: db).memberSchools()))
    }
    return EvidencePages.likeMine(idea, nearness, viewer)
  }

  @Sendable func versions(visit: Visit) async throws -> Page {
    let (id, viewer) = (try visit.id() as Idea.ID, visit.viewer)
    let (idea, versions, reviews, owners) = try await site.database.read { db in
      let store = IdeaStore(db: db)
      let idea = try store.find(id, for: viewer).orRefuse(.notFound)
      return (
        idea, try store.versions(of: id), try store.reviews(of: id), try IdeaOwnerStore(db: db).changes(of: id)
      )
    }
    return IdeaVersionPages.list(idea, versions, reviews, owners: owners, viewer)
  }
}

extension Visit {
  /// The day of the visit in the League's zone.
  var today: CalendarDate { viewer.zone.date(of: viewer.now) }
}

extension Viewer {
  /// The member schools for which the person may share ideas and register trials.
  var memberSchools: [Option] {
    var seen: Set<School.ID> = []
    return roles.compactMap { role in
      guard let school = role.school, role.schoolIsMember, seen.insert(school).inserted else { return nil }
      return Option(school.description, role.schoolName)
    }
  }

  /// The member school that a form names, or the only one.
  ///
  /// - Throws: `Refusal.forbidden` for who has none, `Refusal.invalid` when it is not one of theirs.
  func memberSchool(named id: String) throws(Refusal) -> School.ID {
    guard let first = memberSchools.first else {
      throw .forbidden(
        "Ideas and trials belong to a school. Your account belongs to none that is a member; ask a school's lead to add you."
      )
    }
    if id.isEmpty { return School.ID(first.value) }
    guard memberSchools.contains(where: { $0.value == id }) else {
      throw .invalid(["school": "Choose one of your own schools."])
    }
    return School.ID(id)
  }
}
