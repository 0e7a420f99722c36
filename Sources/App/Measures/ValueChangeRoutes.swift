import HTTPTypes
import Storage

/// What becomes of a value that was entered: corrected, moved, withdrawn, taken back at once, chosen among several.
struct ValueChangeRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    for change in ValueChange.allCases {
      routes.get("measures/:id/values/:value/\(change.rawValue)", .member) { try await ask(change, $0) }
      routes.post("measures/:id/values/:value/\(change.rawValue)", .member) { try await make(change, $0) }
    }
    routes.post("measures/:id/values/:value/undoing", .member, use: undo)
    routes.post("measures/:id/settlement", .member, use: settle)
  }

  private func ask(_ change: ValueChange, _ visit: Visit) async throws -> Page {
    let (measure, value) = try await ownValue(visit)
    guard value.isStanding else { throw Refusal.notFound }
    return ValueChangePages.show(
      change, measure, value, ValueChangeForm(value, measure.definition.kind), today: visit.today, visit.viewer)
  }

  /// A value that somebody changed meanwhile is not changed again unseen: the words stay in the form, beside what stands
  /// there now.
  private func make(_ change: ValueChange, _ visit: Visit) async throws -> any Answer {
    let ((measure, value), form) = (try await ownValue(visit), ValueChangeForm(visit.fields))
    let (person, now, id) = (try visit.signedIn(), visit.viewer.now, site.newID())
    do {
      guard value.isStanding else { throw MeasureValueStore.meanwhile }
      let checked = try form.checked(change, of: measure, today: visit.today)
      try await site.database.write { db in
        let store = MeasureValueStore(db: db)
        switch checked {
        case .correction(let new):
          try store.correct(value.id, to: new, why: form.why, of: measure, by: person, id: id, now: now)
        case .move(let period):
          try store.move(value.id, to: period, why: form.why, of: measure, by: person, id: id, now: now)
        case .withdrawal: try store.withdraw(value.id, why: form.why, of: measure, by: person, now: now)
        }
        try MeasureStore(db: db).compile(measure.id)
      }
      return Redirect(to: "/measures/\(measure.id)#values")
    } catch Refusal.invalid(let problems) {
      return ValueChangePages.show(
        change, measure, value, form, problems: problems, today: visit.today, visit.viewer
      ).refused()
    } catch Refusal.conflict {
      let story = try await site.database.read { db in
        try MeasureValueStore(db: db).story(of: value.id, of: measure.id)
      }
      guard let story else { throw Refusal.notFound }
      let page = ValueChangePages.meanwhile(change, measure, story, form, today: visit.today, visit.viewer)
      return StatusPage(page: page, status: .conflict)
    }
  }

  @Sendable func undo(visit: Visit) async throws -> Redirect {
    let (measure, value) = try await ownValue(visit)
    let (person, now) = (try visit.signedIn(), visit.viewer.now)
    try await site.database.write { db in
      try MeasureValueStore(db: db).undo(value.id, of: measure, by: .person(person), now: now)
      try MeasureStore(db: db).compile(measure.id)
    }
    return Redirect(to: "/measures/\(measure.id)?undone=\(value.id)")
  }

  /// All conflicts of a measure in one form; those that are left open stay.
  @Sendable func settle(visit: Visit) async throws -> any Answer {
    let measure = try await site.ownMeasure(visit)
    let (form, person, now) = (SettlementForm(visit.fields), try visit.signedIn(), visit.viewer.now)
    func again(_ problems: Problems, _ status: HTTPResponse.Status) async throws -> StatusPage {
      var view = try await site.measureView(visit)
      view.settlement = form
      return StatusPage(page: MeasurePages.show(view, problems: problems, visit.viewer), status: status)
    }
    do {
      try form.checked()
      try await site.database.write { db in
        try MeasureValueStore(db: db).settle(form, of: measure, by: person, now: now)
        try MeasureStore(db: db).compile(measure.id)
      }
      return Redirect(to: "/measures/\(measure.id)?settled=\(form.choices.count)")
    } catch Refusal.invalid(let problems) {
      return try await again(problems, .unprocessableContent)
    } catch Refusal.conflict {
      let words = "Somebody has changed one of these values meanwhile, so nothing was settled. Look once more."
      return try await again(["settlement": words], .conflict)
    }
  }

  /// A value of a measure that the viewer may change, as it stands or as it ended.
  private func ownValue(_ visit: Visit) async throws -> (Measure, KeptValue) {
    let (measure, id) = (try await site.ownMeasure(visit), try visit.part("value"))
    let value = try await site.database.read { db in try MeasureValueStore(db: db).find(id, of: measure.id) }
    return (measure, try value.orRefuse(.notFound))
  }
}
