import Storage

/// Writes to whoever keeps measures of which no value has come for two periods: one letter a person and week that holds all
/// of them, each with a link that opens its form without signing in. The links themselves are the record of the letter;
/// each new one ends the one before.
struct MeasureReminders {
  let site: Site

  /// Measures without a value for longer than this are asked about; after a quarter nobody is asked any more.
  private static let silence = ["day": 7, "week": 14, "month": 62]
  private static let forgotten = 120
  /// The most measures of one run, which is repeated every hour.
  private static let most = 200

  func send() async throws {
    let (now, today) = (site.now(), site.settings.zone.date(of: site.now()))
    let secrets = (0..<Self.most).map { _ in
      Secrets(link: site.newSecret(), linkID: site.newID(), letter: site.newID(), stop: site.newSecret())
    }
    let settings = site.settings
    try await site.database.write { db in
      var unused = secrets[...]
      for due in try waiting(db, now, today) {
        guard let person = due.first, let email = EmailAddress(person.email), let first = unused.first else { continue }
        let lines = try due.compactMap { each -> String? in
          guard let own = unused.popFirst() else { return nil }
          try link(each, own, db, now)
          return "“\(each.name)”, last value of \(each.last.spoken):\n\(settings.origin)/enter/\(own.link)"
        }
        try LetterStopStore(db: db).add(token: first.stop, person: person.personID, .stream(.projects), now: now)
        let stop = LetterHeaders.stopLink(first.stop, settings)
        let letter = Letter(
          id: first.letter, to: email, subject: Self.subject(due), body: Self.body(due, lines, stop, settings),
          headers: LetterHeaders.stop(stop))
        let hour = try LetterWishStore(db: db).find(person.personID).hour(for: now, settings.zone)
        try MailStore(db: db).add(letter, now: now, due: hour)
      }
    }
  }

  /// Made outside of the transaction, which may be repeated: enough for every measure of a run.
  private struct Secrets {
    let link, linkID, letter, stop: String
  }

  private struct Due {
    let measure: Measure.ID
    let name: String
    let last: CalendarDate
    let person: String
    let personID: Person.ID
    let email: String
  }

  private static func subject(_ due: [Due]) -> String {
    due.count == 1 ? "One number for “\(due[0].name)”" : "\(due.count) numbers wait for you"
  }

  private static func body(_ due: [Due], _ lines: [String], _ stop: String, _ settings: Settings) -> String {
    """
    \(due[0].person),

    \(due.count == 1 ? "No value has come lately for a measure that you keep. One number is enough" : "No value has come lately for \(due.count) measures that you keep. One number for each is enough"), and you need not sign in:

    \(lines.joined(separator: "\n\n"))

    You get this because you keep \(due.count == 1 ? "this measure" : "these measures"): at most once a week, and only while no value comes. A measure that nobody takes any more can be let rest on its page.
    \(LetterHeaders.howToStop(stop))

    \(settings[.leagueName])
    """
  }

  private func link(_ due: Due, _ own: Secrets, _ db: any Transaction, _ now: Instant) throws {
    try db.run(
      """
      UPDATE entry_link SET ended_at = \(now)
      WHERE measure_id = \(due.measure) AND by_id = \(due.personID) AND holder = \(due.person) AND ended_at IS NULL
      """)
    try EntryLinkStore(db: db).add(
      own.link, for: due.person, to: due.measure, by: due.personID, id: own.linkID, now: now)
  }

  /// What waits, by person. A project's measure is kept by who began it, and once they have left by a lead of its team.
  private func waiting(_ db: any Transaction, _ now: Instant, _ today: CalendarDate) throws -> [[Due]] {
    func silent(_ schedule: Schedule) -> SQL {
      let latest = today.adding(days: -(Self.silence[schedule.rawValue] ?? 14))
      return "(m.schedule = \(schedule.rawValue) AND m.last_on <= \(latest))"
    }
    let rows = try db.rows(
      """
      SELECT m.id, m.name, m.last_on, p.name AS person, p.id AS person_id, p.email
      FROM measure m LEFT JOIN project j ON j.id = m.project_id JOIN person p ON p.id = CASE
        WHEN m.project_id IS NULL OR EXISTS (SELECT 1 FROM project_member t WHERE t.project_id = m.project_id
          AND t.person_id = m.person_id AND t.until IS NULL) THEN m.person_id
        ELSE (SELECT MIN(t.person_id) FROM project_member t WHERE t.project_id = m.project_id AND t.role = 'lead'
          AND t.until IS NULL) END
      WHERE (\(silent(.day)) OR \(silent(.week)) OR \(silent(.month)))
        AND m.last_on >= \(today.adding(days: -Self.forgotten)) AND m.rests_since IS NULL
        AND (m.project_id IS NULL OR j.state IN ('planned', 'active'))
        AND NOT EXISTS (SELECT 1 FROM measure_definition d
          WHERE d.measure_id = m.id AND d.number = m.definition AND d.chart_kind IN ('g', 't'))
        AND p.suspended_at IS NULL AND p.merged_into IS NULL AND p.letter <> 'none' AND NOT EXISTS (SELECT 1 FROM letter_pace c
          WHERE c.person_id = p.id AND c.stream = \(LetterStream.projects.rawValue) AND c.pace = 'site')
        AND NOT EXISTS (SELECT 1 FROM address_trouble b WHERE b.address = p.email AND b.ended_at IS NOT NULL)
        AND NOT EXISTS (SELECT 1 FROM entry_link l
          WHERE l.by_id = p.id AND l.holder = p.name AND l.made_at > \(now - .days(7)))
        AND EXISTS (SELECT 1 FROM role r WHERE r.person_id = p.id AND r.school_id = m.school_id
          AND r.starts_at <= \(now) AND (r.ends_at IS NULL OR r.ends_at > \(now)))
      ORDER BY p.id, m.id LIMIT \(Self.most)
      """
    ).map { row in
      Due(
        measure: try row.read("id"), name: try row.read("name"), last: try row.read("last_on"),
        person: try row.read("person"), personID: try row.read("person_id"), email: try row.read("email"))
    }
    let people = rows.reduce(into: [[Due]]()) { people, due in
      if people.last?.first?.personID == due.personID {
        people[people.count - 1].append(due)
      } else {
        people.append([due])
      }
    }
    // Whose measures may be cut off waits for the next hour, so that one letter holds all of them.
    return rows.count == Self.most && people.count > 1 ? people.dropLast() : people
  }
}
