import Storage

/// What waits in the demonstration, dated from today: something for everybody into whose role one may step.
struct DemoWaiting: Decodable, Sendable {
  /// Somebody who asks to be on a school's roster.
  struct Request: Decodable, Sendable {
    let key, name, school, title, words, on: String
  }

  /// A school that stands in the directory twice: `key` is the second, `merged` when the office made one of the two.
  struct Twin: Decodable, Sendable {
    let key, of, name, found: String
    let merged: String?
  }

  let ideas: [DemoIdea]
  let trials: [DemoTrial]
  let projects: [DemoProject]
  let threads: [DemoThread]
  let requests: [Request]
  let twins: [Twin]
}

/// Puts before people what waits for them beyond what their trials, projects and discussions say.
struct DemoWaits {
  let db: any Transaction
  let files: DemoFiles
  let calendar: DemoCalendar

  func load() throws {
    for request in files.waiting.requests { try add(request) }
    for twin in files.waiting.twins { try add(twin) }
  }

  private func add(_ request: DemoWaiting.Request) throws {
    let (id, person) = (RosterRequest.ID("request-\(request.key)"), Person.ID(request.key))
    let now = try calendar.moment(request.on)
    _ = try RosterRequestStore(db: db).add(
      id, school: School.ID(request.school), person: person, title: request.title, words: request.words, now: now)
    try RosterTidings(db: db, school: school(request.school), now: now)
      .asked(id, by: Viewer(person: person, name: request.name, now: now))
  }

  private func add(_ twin: DemoWaiting.Twin) throws {
    let ids = [School.ID(twin.key)]
    _ = try SchoolDuplicateStore(db: db).look(at: ids, run: "twin-\(twin.key)", now: calendar.moment(twin.found))
    guard let merged = twin.merged else { return }
    try SchoolMergerStore(db: db).merge(
      school(twin.key), into: school(twin.of), id: "merger-\(twin.key)",
      by: files.people.first { $0.office }.map { Person.ID($0.key) }, at: calendar.moment(merged), today: calendar.today
    )
  }

  private func school(_ key: String) throws -> School {
    guard let school = try SchoolStore(db: db).find(School.ID(key)) else {
      throw SettingsError(description: "Data/demo/waiting.json: no school \(key)")
    }
    return school
  }
}
