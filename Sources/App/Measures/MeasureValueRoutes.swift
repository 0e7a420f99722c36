import HTTPTypes
import Storage

/// Values: one at a time, a column at once, by a link, downloaded.
struct MeasureValueRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.post("measures/:id/values", .member, use: enter)
    routes.get("measures/:id/values.csv", .member, use: download)
    routes.get("measures/:id/column", .member, use: askColumn)
    routes.post("measures/:id/column", .member, use: column)
    routes.get("enter/:token", .everyone, use: askByLink)
    routes.post("enter/:token", .everyone, use: enterByLink)
    routes.post("enter/:token/values/:value/undoing", .everyone, use: undoByLink)
  }

  // MARK: one value

  @Sendable func enter(visit: Visit) async throws -> any Answer {
    let (measure, person) = (try await site.ownMeasure(visit), try visit.signedIn())
    do {
      let kept = try await keep(visit, measure, .person(person))
      if visit.fields["from"] == "today" {
        return Redirect(to: "/today?entered=\(kept.id)&measure=\(measure.id)")
      }
      return Redirect(to: "/measures/\(measure.id)?\(kept.entry == .same ? "same=" : "entered=")\(kept.id)")
    } catch Refusal.invalid(let problems) {
      return MeasurePages.show(
        try await site.measureView(visit), problems: problems, typed: visit.fields["value"],
        period: visit.fields["period"],
        visit.viewer
      ).refused()
    }
  }

  private func keep(_ visit: Visit, _ measure: Measure, _ author: MeasureValueStore.Author) async throws
    -> (id: String, period: CalendarDate, value: MeasuredValue, entry: MeasureValueStore.Entry)
  {
    let (value, period) = try Self.read(visit, measure)
    let (id, now) = (site.newID(), visit.viewer.now)
    let entry = try await site.database.write { db in
      let entry = try MeasureValueStore(db: db).add(value, for: period, to: measure, by: author, id: id, now: now)
      if let link = author.link { try EntryLinkStore(db: db).markUsed(link, now: now) }
      try MeasureStore(db: db).compile(measure.id)
      return entry
    }
    return (id, period, value, entry)
  }

  private static func read(_ visit: Visit, _ measure: Measure) throws -> (MeasuredValue, CalendarDate) {
    guard measure.restsSince == nil else { throw Refusal.invalid(["value": MeasureChange.rests]) }
    let value = try measure.definition.read(visit.fields["value"], try reading(visit, measure))
    let typed = visit.fields["period"]
    guard let date = typed.isEmpty ? visit.today : CalendarDate(typed) else {
      throw Refusal.invalid(["period": "Write the date as year-month-day, such as 2026-11-24."])
    }
    if let problem = measure.schedule.problem(with: date, today: visit.today) {
      throw Refusal.invalid(["period": problem])
    }
    return (value, measure.schedule.period(of: date))
  }

  /// How a bare number below 1 is meant: as was said, or as the earlier values tell.
  ///
  /// - Throws: `Refusal.invalid` naming `reading` where somebody has to say it.
  private static func reading(_ visit: Visit, _ measure: Measure) throws -> ShareReading? {
    let typed = visit.fields["value"]
    guard MeasuredValue.isTwofold(typed, as: measure.definition.kind) else { return nil }
    if let said = ShareReading(rawValue: visit.fields["reading"]) { return said }
    guard let told = MeasuredValue.reading(of: typed, among: measure.spark.compactMap(\.self)) else {
      throw Refusal.invalid(["reading": "Say what \(typed) means: press one of the two."])
    }
    return told
  }

  // MARK: by a link

  @Sendable func askByLink(visit: Visit) async throws -> any Answer {
    guard let open = try await linked(visit) else { return ended(visit) }
    return MeasureFormPages.enter(open.measure, token: open.token, today: visit.today, visit.viewer)
  }

  @Sendable func enterByLink(visit: Visit) async throws -> any Answer {
    guard let open = try await linked(visit) else { return ended(visit) }
    try await site.take(.init("enter:\(open.link.id)", 30, per: .hours(1)), now: visit.viewer.now)
    do {
      let kept = try await keep(visit, open.measure, .link(open.link.id))
      let words = kept.value.words(open.measure.definition.kind)
      let label = open.measure.schedule.label(kept.period)
      let saved =
        kept.entry == .beside
        ? "Saved: \(words) for \(label). Somebody had entered another value; both are kept, and the team will choose."
        : "Saved: \(words) for \(label). Thank you."
      return MeasureFormPages.enter(
        open.measure, token: open.token, today: visit.today, saved: saved,
        undo: kept.entry == .same ? nil : "/enter/\(open.token)/values/\(kept.id)/undoing", visit.viewer)
    } catch Refusal.invalid(let problems) {
      return MeasureFormPages.enter(
        open.measure, token: open.token, today: visit.today, typed: visit.fields["value"],
        period: visit.fields["period"], problems: problems, visit.viewer
      ).refused()
    }
  }

  /// Whoever entered by the link takes it back by the link, for as long as somebody signed in may.
  @Sendable func undoByLink(visit: Visit) async throws -> any Answer {
    guard let open = try await linked(visit) else { return ended(visit) }
    let (value, now) = (try visit.part("value"), visit.viewer.now)
    try await site.database.write { db in
      try MeasureValueStore(db: db).undo(value, of: open.measure, by: .link(open.link.id), now: now)
      try MeasureStore(db: db).compile(open.measure.id)
    }
    return MeasureFormPages.enter(
      open.measure, token: open.token, today: visit.today,
      saved: "Taken back. Enter the value anew, if there is one.", visit.viewer)
  }

  /// A link that was ended or whose time is over says so, and keeps what was typed in sight; it names nothing of what it led to.
  private func ended(_ visit: Visit) -> StatusPage {
    StatusPage(page: MeasureFormPages.linkEnded(typed: visit.fields["value"], visit.viewer), status: .gone)
  }

  /// The open link of the path; nil for one that has ended, also because its measure rests or its maker may enter no more.
  ///
  /// - Throws: `Refusal.notFound` for one that never was; `tooMany` for who tries many.
  private func linked(_ visit: Visit) async throws -> (token: String, link: EntryLink, measure: Measure)? {
    let (token, now) = (try visit.part("token"), visit.viewer.now)
    try await site.take(.init("enter-from:\(visit.address)", 120, per: .hours(1)), now: now)
    return try await site.database.read { db in
      let links = EntryLinkStore(db: db)
      let link = try links.find(secret: token).orRefuse(.notFound)
      guard link.isOpen(at: now), try links.isVouched(link.id, now: now),
        let measure = try MeasureStore(db: db).findAny(link.measure),
        measure.restsSince == nil
      else { return nil }
      return (token, link, measure)
    }
  }

  // MARK: a column

  @Sendable func askColumn(visit: Visit) async throws -> Page {
    MeasureFormPages.paste(try await site.ownMeasure(visit), visit.viewer)
  }

  @Sendable func column(visit: Visit) async throws -> any Answer {
    let (measure, person, viewer) = (try await site.ownMeasure(visit), try visit.signedIn(), visit.viewer)
    let (pasted, typed) = (visit.fields["pasted"], visit.fields["first"])
    do {
      guard measure.restsSince == nil else { throw Refusal.invalid(["pasted": MeasureChange.rests]) }
      guard typed.isEmpty || CalendarDate(typed) != nil else {
        throw Refusal.invalid(["first": "Write the date as year-month-day, such as 2026-11-24."])
      }
      let read = try PastedColumn(
        pasted, kind: measure.definition.kind, chart: measure.definition.chart, schedule: measure.schedule,
        first: CalendarDate(typed),
        today: visit.today, reading: ShareReading(rawValue: visit.fields["reading"]))
      switch visit.fields["act"] {
      case "errors": return errors(read, measure)
      case "keep" where !read.good.isEmpty && !read.asksReading:
        let first = try await keep(read, measure, person, viewer.now)
        return Redirect(to: "/measures/\(measure.id)\(first.map { "?entered=\($0)" } ?? "")")
      default:
        let standing = try await site.database.read { db in try MeasureValueStore(db: db).standing(of: measure.id) }
        let unsaid = visit.fields["act"] == "keep" && read.asksReading
        let page = MeasureFormPages.paste(
          measure, pasted: pasted, first: typed, checked: read, standing: standing,
          problems: unsaid ? ["reading": "Say what the numbers below 1 mean: nothing is kept before."] : [:], viewer)
        return unsaid ? page.refused() : page
      }
    } catch Refusal.invalid(let problems) {
      return MeasureFormPages.paste(measure, pasted: pasted, first: typed, problems: problems, viewer).refused()
    }
  }

  /// - Returns: the first value that was new.
  private func keep(
    _ column: PastedColumn, _ measure: Measure, _ person: Person.ID, _ now: Instant
  ) async throws -> String? {
    let rows = column.good.map { (site.newID(), $0) }
    return try await site.database.write { db in
      let store = MeasureValueStore(db: db)
      var first: String?
      for (id, line) in rows {
        guard let value = line.value, let period = line.period else { continue }
        let entry = try store.add(value, for: period, to: measure, by: .person(person), id: id, now: now)
        if entry != .same, first == nil { first = id }
      }
      try MeasureStore(db: db).compile(measure.id)
      return first
    }
  }

  private func errors(_ column: PastedColumn, _ measure: Measure) -> Download {
    var csv = CSVWriter(header: ["line", "text", "problem"])
    for line in column.bad { csv.add([String(line.number), line.text, line.problem ?? ""]) }
    return Download(name: "lines-left-out.csv", type: "text/csv; charset=utf-8", bytes: csv.bytes)
  }

  @Sendable func download(visit: Visit) async throws -> Download {
    let (id, viewer) = (try visit.id() as Measure.ID, visit.viewer)
    let (measure, values) = try await site.database.read { db in
      let measure = try MeasureStore(db: db).find(id, for: viewer).orRefuse(.notFound)
      return (measure, try MeasureValueStore(db: db).all(of: id))
    }
    let isOwn = viewer.belongs(to: measure.school)
    var csv = CSVWriter(header: ["date", "value", "count", "n", "state", "entered_by", "why_replaced", "group"])
    for each in values.reversed() where isOwn || each.state == .current {
      csv.add([
        each.period.description, MeasuredValue.plain(each.value.value), each.value.count.map(MeasuredValue.plain) ?? "",
        each.value.size.map(MeasuredValue.plain) ?? "", each.state.rawValue, isOwn ? each.by : "", each.why,
        each.value.parts.map(MeasuredValue.plain).joined(separator: " "),
      ])
    }
    return Download(name: "\(folded(measure.name)).csv", type: "text/csv; charset=utf-8", bytes: csv.bytes)
  }
}
