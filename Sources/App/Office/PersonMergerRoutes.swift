import Storage

/// The office makes one account of two.
struct PersonMergerRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.get("office/people", .office, use: show)
    routes.post("office/people/merger", .office, use: merge)
  }

  @Sendable func show(visit: Visit) async throws -> Page {
    var page = try await page(visit, problems: [:])
    if visit.fields["merged"] == "yes" { page.notice = "The two accounts are one now." }
    return page
  }

  private func page(_ visit: Visit, problems: Problems) async throws -> Page {
    let (fields, viewer) = (problems.isEmpty ? Fields() : visit.fields, visit.viewer)
    return try await site.database.read { db in
      PersonMergerPages.show(try PersonDuplicates(db: db).all(limit: 50), typed: fields, problems: problems, viewer)
    }
  }

  /// By the addresses of the two, so that it works for pairs that no list has found.
  @Sendable func merge(visit: Visit) async throws -> any Answer {
    let (office, now) = (try visit.signedIn(), visit.viewer.now)
    let (old, kept) = (visit.fields["from"].lowercased(), visit.fields["into"].lowercased())
    let (why, audits) = (visit.fields["why"], [site.newID(), site.newID()])
    do {
      try await site.database.write { db in
        let people = PersonStore(db: db)
        var problems: Problems = [:]
        let from = try people.find(email: old)
        let into = try people.find(email: kept)
        if from == nil { problems["from"] = "Nobody has this address." }
        if into == nil { problems["into"] = "Nobody has this address." }
        if why.isEmpty { problems["why"] = "Say how you know that they are one person." }
        guard problems.isEmpty, let from, let into else { throw Refusal.invalid(problems) }
        // A second post finds that both addresses lead to one account.
        guard from != into else { return }
        try PersonMerger(db: db).merge(from, into: into, now: now)
        try AuditStore(db: db).add(
          id: audits[0], by: office, "account merged away", "person", from.description, detail: "into \(into): \(why)",
          now: now)
        try AuditStore(db: db).add(
          id: audits[1], by: office, "account took another in", "person", into.description, detail: "\(from): \(why)",
          now: now)
      }
    } catch Refusal.invalid(let problems) {
      return try await page(visit, problems: problems).refused()
    }
    return Redirect(to: "/office/people?merged=yes")
  }
}
