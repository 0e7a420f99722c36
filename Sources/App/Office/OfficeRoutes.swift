import Storage

/// The office's own pages: what waits, and the membership queue. Liaisons see their states.
struct OfficeRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.get("office", .liaison, use: index)
    routes.get("office/membership", .liaison, use: queue)
    routes.post("office/membership/reminders", .liaison, use: remind)
  }

  @Sendable func index(visit: Visit) async throws -> Page {
    let viewer = visit.viewer
    return try await site.database.read { db in
      let queue = MembershipQueue(db: db)
      let counts = OfficePages.Counts(
        states: try queue.counts(in: viewer.officeStates),
        overdue: try queue.overdueCount(in: viewer.officeStates, today: viewer.today),
        mail: viewer.isOffice ? try OfficeStore(db: db).waitingLetters() : 0,
        duplicates: viewer.isOffice ? try OfficeStore(db: db).openDuplicates() : 0,
        alike: viewer.isOffice ? try PersonDuplicates(db: db).all(limit: 50).count : 0,
        acts: viewer.isOffice ? try OfficeStore(db: db).acts(limit: 15) : [])
      return OfficePages.index(counts, viewer)
    }
  }

  @Sendable func queue(visit: Visit) async throws -> Page {
    let (viewer, fields) = (visit.viewer, visit.fields)
    let filter = MembershipQueue.Filter(
      state: MembershipState(rawValue: fields["state"]),
      place: States.codes.contains(fields["place"]) ? fields["place"] : nil, overdue: fields["overdue"] == "yes")
    return try await site.database.read { db in
      let queue = MembershipQueue(db: db)
      return OfficePages.queue(
        try queue.entries(filter, in: viewer.officeStates, today: viewer.today), filter,
        counts: try queue.counts(in: viewer.officeStates),
        overdue: try queue.overdueCount(in: viewer.officeStates, today: viewer.today), viewer)
    }
  }

  /// Writes to the leads of every member that is overdue; each school at most once in two weeks.
  @Sendable func remind(visit: Visit) async throws -> Redirect {
    let viewer = visit.viewer
    let ids = (0..<400).map { _ in site.newID() }
    let letters = MembershipLetters(settings: site.settings)
    try await site.database.write { db in
      var free = ids[...]
      let entries = try MembershipQueue(db: db).entries(
        .init(overdue: true), in: viewer.officeStates, today: viewer.today)
      for membership in entries.map(\.membership) {
        if let at = membership.remindedAt, viewer.now - at < .days(14) { continue }
        let leads = try RosterStore(db: db).leadEmails(of: membership.school, now: viewer.now)
        for email in leads {
          guard let id = free.popFirst() else { return }
          try MailStore(db: db).add(
            letters.reaffirm(school: membership.school, name: membership.schoolName, to: email, id: id), now: viewer.now
          )
        }
        try MembershipStore(db: db).markReminded(membership.id, now: viewer.now)
      }
    }
    return Redirect(to: "/office/membership?overdue=yes")
  }
}

extension Viewer {
  /// The states whose schools the viewer looks after; nil for all of them.
  var officeStates: [String]? { isOffice ? nil : liaisonStates }
}
