import Storage

/// Answering a signal of concern.
struct ConcernRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.post("measures/:id/concern", .member, use: answer)
  }

  @Sendable func answer(visit: Visit) async throws -> any Answer {
    let (measure, person, viewer) = (try await site.ownMeasure(visit), try visit.signedIn(), visit.viewer)
    let words = visit.fields["concern"]
    var check = FormCheck()
    check.words("concern", words, 5...1000, "Say what you make of it, in a sentence or two.")
    do { try check.finish() } catch Refusal.invalid(let problems) {
      return MeasurePages.show(try await site.measureView(visit), problems: problems, concern: words, viewer).refused()
    }
    let id = site.newID()
    try await site.database.write { db in
      try ConcernStore(db: db).answer(measure.id, with: words, id: id, by: person, now: viewer.now)
    }
    return Redirect(to: "/measures/\(measure.id)#concern")
  }
}
