import Storage

/// Keeps what can be found true where nothing is saved: terms begin and end by themselves.
struct SearchUpkeep {
  let site: Site

  /// People in one transaction, so that nobody waits long for the writer.
  private static let batch = 200

  func run(since: Instant, until end: Instant, now: Instant) async throws {
    let people = try await site.database.read { db in try RoleStore(db: db).turned(since: since, until: end) }
    for start in stride(from: 0, to: people.count, by: Self.batch) {
      let some = people[start..<min(people.count, start + Self.batch)]
      try await site.database.write { db in
        for person in some { try SearchSources(db: db).refresh(person: person, now: now) }
      }
    }
  }
}
