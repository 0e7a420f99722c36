import HTTPTypes
import Storage

/// Another name for a measure; letting it rest, and taking it up again.
struct MeasureChangeRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.get("measures/:id/name", .member, use: askName)
    routes.post("measures/:id/name", .member, use: rename)
    routes.post("measures/:id/rest", .member, use: rest)
    routes.post("measures/:id/return", .member, use: takeUp)
  }

  @Sendable func askName(visit: Visit) async throws -> Page {
    let measure = try await site.ownMeasure(visit)
    return MeasureChangePages.rename(measure, MeasureNameForm(measure), visit.viewer)
  }

  @Sendable func rename(visit: Visit) async throws -> any Answer {
    let (measure, form) = (try await site.ownMeasure(visit), MeasureNameForm(visit.fields))
    let (person, now, id) = (try visit.signedIn(), visit.viewer.now, site.newID())
    do {
      try form.checked()
      try await site.database.write { db in
        try MeasureChangeStore(db: db).rename(measure.id, form, by: person, id: id, now: now)
      }
      return Redirect(to: "/measures/\(measure.id)")
    } catch Refusal.invalid(let problems) {
      return MeasureChangePages.rename(measure, form, problems: problems, visit.viewer).refused()
    } catch Refusal.conflict {
      // What was typed stays, and is sent again knowing the name that stands now.
      let now = try await site.ownMeasure(visit)
      var again = form
      again.basis = now.name
      let problem = "Somebody renamed it meanwhile: it is called “\(now.name)” now. Send yours again to replace that."
      let page = MeasureChangePages.rename(now, again, problems: ["name": problem], visit.viewer)
      return StatusPage(page: page, status: .conflict)
    }
  }

  @Sendable func rest(visit: Visit) async throws -> Redirect {
    let (measure, person) = (try await site.ownMeasure(visit), try visit.signedIn())
    let (id, now) = (site.newID(), visit.viewer.now)
    try await site.database.write { db in
      try MeasureChangeStore(db: db).rest(measure.id, by: person, id: id, now: now)
    }
    return Redirect(to: "/measures/\(measure.id)")
  }

  @Sendable func takeUp(visit: Visit) async throws -> Redirect {
    let (measure, person) = (try await site.ownMeasure(visit), try visit.signedIn())
    let (id, now) = (site.newID(), visit.viewer.now)
    try await site.database.write { db in
      try MeasureChangeStore(db: db).takeUp(measure.id, by: person, id: id, now: now)
    }
    return Redirect(to: "/measures/\(measure.id)")
  }
}
