import Storage

/// The home of whoever is signed in.
struct TodayRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.get("today", .signedIn, use: show)
  }

  @Sendable func show(visit: Visit) async throws -> Page {
    let (viewer, taxonomy) = (visit.viewer, site.taxonomy)
    let entered = Measure.ID(visit.fields["measure"])
    let (value, today) = (visit.fields["entered"], visit.today)
    let (shown, kept) = try await site.database.read { db in
      (
        try TodayStore(db: db, taxonomy: taxonomy).today(for: viewer),
        value.isEmpty ? nil : try MeasureDuties(db: db).entered(value, at: entered, by: viewer, today: today)
      )
    }
    var page = TodayPages.show(shown, viewer)
    if let kept {
      page.notice = ValuePages.entered(kept)
      page.undo = ValuePages.undoPath(kept)
    }
    return page
  }
}
