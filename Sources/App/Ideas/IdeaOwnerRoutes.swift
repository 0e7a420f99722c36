import Storage

/// An idea comes to another owner: given by who owns it or by the office, and given back by who does not want it.
struct IdeaOwnerRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.get("ideas/:id/owner", .member, use: show)
    routes.post("ideas/:id/owner", .member, use: give)
    routes.post("ideas/:id/owner/refusal", .member, use: decline)
  }

  @Sendable func show(visit: Visit) async throws -> Page {
    IdeaOwnerPages.show(try await kept(visit), visit.viewer)
  }

  @Sendable func give(visit: Visit) async throws -> any Answer {
    let (ownership, viewer) = (try await kept(visit), visit.viewer)
    let typed = IdeaOwnerPages.Typed(person: visit.fields["person"], why: visit.fields["why"])
    do {
      try await give(ownership, typed, visit)
      return Redirect(to: "/ideas/\(ownership.idea.id)")
    } catch Refusal.invalid(let problems) {
      return IdeaOwnerPages.show(ownership, typed: typed, problems: problems, viewer).refused()
    }
  }

  private func give(_ ownership: IdeaOwnership, _ typed: IdeaOwnerPages.Typed, _ visit: Visit) async throws {
    let (idea, viewer, giver) = (ownership.idea, visit.viewer, try visit.signedIn())
    let why = typed.why
    var check = FormCheck()
    let person = ownership.candidates.first { $0.id.description == typed.person }
    if person == nil { check["person"] = "Choose an educator of \(idea.school.name)." }
    check.words("why", why, 5...300, "Say why it comes to somebody else: it stays in the idea's history.")
    try check.finish()
    guard let person else { throw Refusal.invalid([:]) }
    let (changeID, auditID) = (site.newID(), site.newID())
    let (newNotice, oldNotice) = (site.newID(), site.newID())
    try await site.database.write { db in
      try IdeaOwnerStore(db: db).give(idea, to: person.id, why: why, by: giver, id: changeID, now: viewer.now)
      try AuditStore(db: db).add(
        id: auditID, by: giver, "idea given to another owner", "idea", "\(idea.id)",
        detail: "from \(idea.owner.name) to \(person.name): \(why)", now: viewer.now)
      try Self.tell(
        person.id, idea, "\(viewer.name) made you the owner of “\(idea.content.title)”: \(why)",
        why: "you own it now, and may decline", path: "/ideas/\(idea.id)/owner", by: giver, id: newNotice,
        now: viewer.now, db)
      try Self.tell(
        idea.owner.id, idea, "\(viewer.name) made \(person.name) the owner of “\(idea.content.title)”: \(why)",
        why: "you owned it", path: "/ideas/\(idea.id)/versions#owners", by: giver, id: oldNotice, now: viewer.now, db)
    }
  }

  @Sendable func decline(visit: Visit) async throws -> any Answer {
    let (ownership, viewer) = (try await kept(visit), visit.viewer)
    let typed = IdeaOwnerPages.Typed(declineWhy: visit.fields["decline_why"])
    do {
      try await decline(ownership, typed.declineWhy, visit)
      return Redirect(to: "/ideas/\(ownership.idea.id)")
    } catch Refusal.invalid(let problems) {
      return IdeaOwnerPages.show(ownership, typed: typed, problems: problems, viewer).refused()
    }
  }

  private func decline(_ ownership: IdeaOwnership, _ why: String, _ visit: Visit) async throws {
    let (idea, viewer) = (ownership.idea, visit.viewer)
    guard let change = ownership.mayDecline(viewer) else { throw Refusal.notFound }
    var check = FormCheck()
    check.words("decline_why", why, 5...300, "Say why, so that another owner can be found.")
    try check.finish()
    let auditID = site.newID()
    let told = Set([change.from.id, change.by.id]).map { (person: $0, notice: site.newID()) }
    try await site.database.write { db in
      try IdeaOwnerStore(db: db).decline(change, of: idea, why: why, now: viewer.now)
      try AuditStore(db: db).add(
        id: auditID, by: change.to.id, "idea given back", "idea", "\(idea.id)",
        detail: "from \(change.to.name) to \(change.from.name): \(why)", now: viewer.now)
      for each in told {
        try Self.tell(
          each.person, idea,
          "\(viewer.name) does not want to own “\(idea.content.title)”, so it is \(change.from.name)'s again: \(why)",
          why: each.person == change.from.id ? "you own it again" : "you gave it to them",
          path: "/ideas/\(idea.id)/versions#owners", by: change.to.id, id: each.notice, now: viewer.now, db)
      }
    }
  }

  private static func tell(
    _ person: Person.ID, _ idea: Idea, _ words: String, why: String, path: String, by: Person.ID, id: String,
    now: Instant, _ db: any Transaction
  ) throws {
    try NoticeStore(db: db).tell(
      person, kind: "idea", subject: "idea:\(idea.id)", path: path, words: words, why: why,
      by: by, id: id, now: now)
  }

  /// The idea of the path, if the viewer may give it away; to all others it looks missing.
  private func kept(_ visit: Visit) async throws -> IdeaOwnership {
    let (id, viewer) = (try visit.id() as Idea.ID, visit.viewer)
    return try await site.database.read { db in
      let idea = try IdeaStore(db: db).find(id, for: viewer).orRefuse(.notFound)
      guard idea.mayGiveAway(viewer) else { throw Refusal.notFound }
      return try IdeaOwnerStore(db: db).ownership(of: idea, now: viewer.now)
    }
  }
}
