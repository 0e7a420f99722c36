import Storage

/// Gathers what waits for a person and what is new to them, through the stores of each feature.
struct TodayStore {
  let db: any Transaction
  let taxonomy: Taxonomy

  /// Older things are not new.
  static let fresh = Span.days(30)

  func today(for viewer: Viewer) throws -> Today {
    var today = Today()
    today.beginning = beginning(viewer)
    let duties = try MembershipDuties(db: db).all(for: viewer)
    guard let person = viewer.person, viewer.isMember else {
      today.waiting = duties
      return today
    }
    let day = viewer.zone.date(of: viewer.now)
    let trials = TrialDuties(db: db)
    today.waiting =
      try trials.reports(of: person, today: day)
      + ProjectAttention(db: db).duties(of: person, viewer, today: day) + duties
      + trials.reviews(by: person, today: day)
    today.news = try news(person, viewer)
    today.running = try trials.running(of: person, today: day)
    return today
  }

  private func beginning(_ viewer: Viewer) -> Today.Beginning? {
    if viewer.isMember { return nil }
    guard let role = viewer.homeSchool, let school = role.school else { return .findSchool }
    return .schoolIsNoMember(school, name: role.schoolName)
  }

  /// The first of each kind, then the second, so that one busy kind does not hide everything else.
  private func news(
    _ person: Person.ID, _ viewer: Viewer
  ) throws -> [Today.Item] {
    let news = TodayNews(db: db, person: person, schools: viewer.schools, since: viewer.now - Self.fresh)
    let talk = TodayTalk(
      db: db, person: person, led: viewer.schools.filter(viewer.leads), since: viewer.now - Self.fresh)
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
