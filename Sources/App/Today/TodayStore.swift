import Storage

/// Gathers what waits for a person and what is new to them, through the stores of each feature.
struct TodayStore {
  let db: any Transaction
  let taxonomy: Taxonomy

  /// Older things are not new.
  static let fresh = Span.days(30)

  func today(for viewer: Viewer) throws -> Today {
    var today = Today()
    let begun = try viewer.person.map { try MembershipStore(db: db).begun(by: $0) } ?? []
    today.beginning = beginning(viewer, hasBegun: !begun.isEmpty)
    let (first, duties) = (try address(viewer), try MembershipDuties(db: db).all(for: viewer, begun: begun))
    guard let person = viewer.person, viewer.isMember else {
      today.waiting = first + duties
      today.news = begun.filter { $0.state == .inquiry || $0.state == .received }.map(underWay)
      return today
    }
    let day = viewer.zone.date(of: viewer.now)
    let trials = TrialDuties(db: db)
    let calls = try talk(person, viewer).calls(limit: 3)
    today.waiting =
      try first
      + calls.map { call in
        var item = call.item
        item.tag = viewer.zone.ago(call.at, now: viewer.now)
        return item
      } + trials.reports(of: person, today: day)
      + ProjectAttention(db: db).duties(of: person, viewer, today: day) + MeasureDuties(db: db).conflicts(for: viewer)
      + duties
      + trials.reviews(by: person, today: day)
    today.numbers = try MeasureDuties(db: db).values(for: viewer, today: day, limit: Today.mostNumbers + 20)
      .map { Today.Number(measure: $0, period: $0.schedule.asked(on: day)) }
    today.news = try news(person, viewer, besides: calls.map(\.discussion))
    today.running = try trials.running(of: person, today: day)
    return today
  }

  /// First of all: who does not get letters does not know what else waits.
  private func address(_ viewer: Viewer) throws -> [Today.Item] {
    guard let person = viewer.person else { return [] }
    let email = try PersonStore(db: db).email(of: person)
    guard try AddressTroubleStore(db: db).hasEnded(email) else { return [] }
    return [
      Today.Item(
        title: "Letters to \(email) come back", path: "/account/letters",
        text: "None is sent there any more but codes to sign in. See what the mail server said, and put it right.")
    ]
  }

  /// Whoever owes the second step has no rights before it; whoever began a membership has found the school.
  private func beginning(_ viewer: Viewer, hasBegun: Bool) -> Today.Beginning? {
    if viewer.owesSecondFactor { return .secondStep }
    if viewer.isMember { return nil }
    guard let role = viewer.homeSchool, let school = role.school else { return hasBegun ? nil : .findSchool }
    return .schoolIsNoMember(school, name: role.schoolName)
  }

  /// A membership that the person began and that waits for the office.
  private func underWay(_ membership: Membership) -> Today.Item {
    Today.Item(
      title: membership.schoolName, path: "/schools/\(membership.school)/membership",
      tag: "because you began its membership", text: membership.next(signed: 0, of: 0))
  }

  private func talk(_ person: Person.ID, _ viewer: Viewer, besides: [Discussion.ID] = []) -> TodayTalk {
    TodayTalk(
      db: db, person: person, led: viewer.schools.filter(viewer.leads), since: viewer.now - Self.fresh,
      besides: besides)
  }

  /// The first of each kind, then the second, so that one busy kind does not hide everything else.
  private func news(
    _ person: Person.ID, _ viewer: Viewer, besides: [Discussion.ID]
  ) throws -> [Today.Item] {
    let news = TodayNews(db: db, person: person, schools: viewer.schools, since: viewer.now - Self.fresh)
    let talk = talk(person, viewer, besides: besides)
    let kinds = [
      try news.reports(limit: 3), try talk.begun(limit: 2), try talk.replies(limit: 2),
      try news.registrations(limit: 2), try news.ideas(news.topics(), named: taxonomy.topicName, limit: 2),
    ]
    let found = (0..<3).flatMap { place in kinds.compactMap { $0.dropFirst(place).first } }
    return found.count < 2 ? found + (try latest(besides: found, person)) : found
  }

  /// For whoever works on nothing that has news: what the whole League learned last.
  private func latest(besides shown: [Today.Item], _ person: Person.ID) throws -> [Today.Item] {
    try TrialListStore(db: db).whatWasLearned(limit: 4)
      .filter { trial in trial.person.id != person && !shown.contains { $0.path == "/trials/\(trial.id)" } }
      .prefix(2).map { trial in
        Today.Item(
          title: "\(trial.school.name) reported on “\(trial.ideaTitle)”", path: "/trials/\(trial.id)",
          tag: "the latest in the League", text: trial.claim?.finding ?? "")
      }
  }
}
