import Storage

/// Writes to who started a measure when no value has come for two periods: once a week at most, with a link that opens
/// the value's form without signing in. The link itself is the record of the letter; each new one ends the one before.
struct MeasureReminders {
  let site: Site

  /// Measures without a value for longer than this are asked about; after a quarter nobody is asked any more.
  private static let silence = ["day": 7, "week": 14, "month": 62]
  private static let forgotten = 120

  func send() async throws {
    let (now, today) = (site.now(), site.settings.zone.date(of: site.now()))
    let secrets = (0..<50).map { _ in
      (secret: site.newSecret(), link: site.newID(), letter: site.newID(), stop: site.newSecret())
    }
    let (settings, origin, league) = (site.settings, site.settings.origin, site.settings[.leagueName])
    try await site.database.write { db in
      for (due, made) in zip(try waiting(db, now, today, limit: secrets.count), secrets) {
        guard let email = EmailAddress(due.email) else { continue }
        try db.run(
          """
          UPDATE entry_link SET ended_at = \(now)
          WHERE measure_id = \(due.measure) AND by_id = \(due.personID) AND holder = \(due.person) AND ended_at IS NULL
          """)
        try EntryLinkStore(db: db).add(
          made.secret, for: due.person, to: due.measure, by: due.personID, id: made.link, now: now)
        try LetterStopStore(db: db).add(token: made.stop, person: due.personID, .stream(.projects), now: now)
        let stop = LetterHeaders.stopLink(made.stop, settings)
        let hour = try LetterWishStore(db: db).find(due.personID).hour(for: now, settings.zone)
        let body = """
          \(due.person),

          The last value of “\(due.name)” is of \(due.last.spoken). One number is enough, and you need not sign in:

          \(origin)/enter/\(made.secret)

          You get this because you started this measure: at most once a week, and only while no value comes.
          \(LetterHeaders.howToStop(stop))

          \(league)
          """
        try MailStore(db: db).add(
          Letter(
            id: made.letter, to: email, subject: "One number for “\(due.name)”", body: body,
            headers: LetterHeaders.stop(stop)), now: now, due: hour)
      }
    }
  }

  private struct Due {
    let measure: Measure.ID
    let name: String
    let last: CalendarDate
    let person: String
    let personID: Person.ID
    let email: String
  }

  private func waiting(_ db: any Transaction, _ now: Instant, _ today: CalendarDate, limit: Int) throws -> [Due] {
    try Schedule.allCases.flatMap { schedule -> [Due] in
      let latest = today.adding(days: -(Self.silence[schedule.rawValue] ?? 14))
      return try db.rows(
        """
        SELECT m.id, m.name, m.last_on, p.name AS person, p.id AS person_id, p.email
        FROM measure m JOIN person p ON p.id = m.person_id
        WHERE m.schedule = \(schedule.rawValue) AND m.rests_since IS NULL AND m.last_on BETWEEN \(today.adding(days: -Self.forgotten)) AND \(latest)
          AND p.suspended_at IS NULL AND p.merged_into IS NULL AND p.letter <> 'none' AND NOT EXISTS (SELECT 1 FROM letter_pace c
            WHERE c.person_id = p.id AND c.stream = \(LetterStream.projects.rawValue) AND c.pace = 'site')
          AND NOT EXISTS (SELECT 1 FROM address_trouble b WHERE b.address = p.email AND b.ended_at IS NOT NULL)
          AND NOT EXISTS (SELECT 1 FROM entry_link l
            WHERE l.measure_id = m.id AND l.by_id = p.id AND l.holder = p.name AND l.made_at > \(now - .days(7)))
          AND EXISTS (SELECT 1 FROM role r WHERE r.person_id = p.id AND r.school_id = m.school_id
            AND r.starts_at <= \(now) AND (r.ends_at IS NULL OR r.ends_at > \(now)))
        ORDER BY m.id LIMIT \(limit)
        """
      ).map { row in
        Due(
          measure: try row.read("id"), name: try row.read("name"), last: try row.read("last_on"),
          person: try row.read("person"), personID: try row.read("person_id"), email: try row.read("email"))
      }
    }
  }
}
