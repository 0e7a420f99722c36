import Storage

/// The demonstration's people: those of the files under their keys as ids, and as many more as make 400.
struct DemoPeople {
  let db: any Transaction
  let files: DemoFiles
  let calendar: DemoCalendar

  /// - Returns: how many there are.
  func load() throws -> Int {
    for person in files.people { try add(person) }
    for request in files.waiting.requests { try add(request) }
    let named = files.people.count + files.waiting.requests.count
    try addMore(max(0, 400 - named))
    return max(named, 400)
  }

  /// An account without a school yet.
  private func add(_ request: DemoWaiting.Request) throws {
    let id = Person.ID(request.key)
    let domain = files.schools.first { $0.key == request.school }?.domain ?? "league-office.example"
    _ = try PersonStore(db: db).add(
      id: id, email: "\(request.key)@\(domain)", name: request.name, now: calendar.moment(request.on),
      fictional: true)
    try PersonStore(db: db).index(id, name: request.name, asking: "")
  }

  private func add(_ person: DemoPerson) throws {
    let id = Person.ID(person.key)
    let joined =
      try person.roles.map { try calendar.moment($0.from) }.min() ?? calendar.moment(person.since ?? "2020-07-01")
    let current = person.roles.last { $0.to == nil } ?? person.roles.last
    let domain = files.schools.first { $0.key == current?.school }?.domain ?? "league-office.example"
    _ = try PersonStore(db: db).add(
      id: id, email: "\(person.key)@\(domain)", name: person.name, now: joined, fictional: true)
    try db.run(
      """
      UPDATE person SET title = \(person.title), about = \(person.about ?? ""), ask_me = \(person.askMe ?? ""),
        looking_for = \(person.lookingFor ?? ""), about_shown = \(audience(person, "about")),
        asking_shown = \(audience(person, "askMe"))
      WHERE id = \(id)
      """)
    try PersonStore(db: db).index(
      id, name: person.name, asking: audience(person, "askMe") == "members" ? person.askMe ?? "" : "")
    let roles = RoleStore(db: db)
    if person.office { try roles.give(.office, to: id, id: "\(person.key)-office", from: joined, by: nil) }
    if let state = person.liaison {
      try roles.give(.liaison, to: id, state: state, id: "\(person.key)-liaison", from: joined, by: nil)
    }
    for (number, term) in person.roles.enumerated() { try give(term, to: id, number: number) }
  }

  /// Principals lead; the title says that they are the principal.
  private func give(_ term: DemoPerson.Term, to person: Person.ID, number: Int) throws {
    let id = "\(person)-\(number)"
    try RoleStore(db: db).give(
      term.role == "educator" ? .educator : .lead, to: person, school: School.ID(term.school), id: id,
      from: calendar.moment(term.from), until: term.to.map { try calendar.moment($0) }, by: nil)
    let title = term.title ?? (term.role == "principal" ? "Principal" : "")
    try db.run("UPDATE role SET title = \(title) WHERE id = \(id)")
  }

  private func audience(_ person: DemoPerson, _ field: String) -> String {
    let wanted = person.audience[field] ?? "members"
    return wanted == "public" ? "members" : wanted
  }

  private func addMore(_ count: Int) throws {
    let schools = files.schools.filter { $0.membership.stage == "active" }
    let names = files.names
    guard !schools.isEmpty, !names.given.isEmpty, !names.family.isEmpty, !names.titles.isEmpty else { return }
    let start = try calendar.moment("2024-08-26")
    var staffs = schools.enumerated().map { titles(at: $1, number: $0)[...] }
    for number in 0..<count {
      // Two lists of coprime strides meet in pairs that do not repeat for thousands of people.
      let name = "\(names.given[(number * 7) % names.given.count]) \(names.family[(number * 11) % names.family.count])"
      let place = (number * 5) % schools.count
      let (school, title) = (schools[place], staffs[place].popFirst() ?? "Teacher")
      let id = Person.ID("educator-\(number + 1)")
      _ = try PersonStore(db: db).add(
        id: id, email: "educator-\(number + 1)@\(school.domain)", name: name, now: start, fictional: true)
      let askMe = number % 7 == 0 && number / 7 < names.askMe.count ? names.askMe[number / 7] : ""
      try db.run("UPDATE person SET title = \(title), ask_me = \(askMe) WHERE id = \(id)")
      try PersonStore(db: db).index(id, name: name, asking: askMe)
      try RoleStore(db: db).give(
        .educator, to: id, school: School.ID(school.key), id: "\(id)-0", from: start, by: nil)
    }
  }

  /// What else there is to be at the school, in the order in which it is filled: each title once, none for a grade that
  /// it does not teach, none that somebody of the files has there, and three teachers to each other post.
  private func titles(at school: DemoSchool, number: Int) -> [String] {
    let taken = Set(
      files.people.filter { person in person.roles.contains { $0.school == school.key && $0.to == nil } }.map(\.title))
    let grades = school.gradeLow...max(school.gradeLow, school.gradeHigh)
    let free = files.names.titles.enumerated().filter { _, title in
      !taken.contains(title) && (Self.grade(in: title).map(grades.contains) ?? true)
    }
    // 97 is a prime above the number of titles, so every school has an order of its own and each title a place in it.
    .sorted { ($0.offset * 29 + number * 41) % 97 < ($1.offset * 29 + number * 41) % 97 }.map(\.element)
    var (teachers, others) = (free.filter { $0.contains("eacher") }[...], free.filter { !$0.contains("eacher") }[...])
    return free.indices.compactMap { place in
      place % 4 == 3 ? others.popFirst() ?? teachers.popFirst() : teachers.popFirst() ?? others.popFirst()
    }
  }

  /// "English teacher, grade 8" is for grade 8.
  private static func grade(in title: String) -> Int? {
    title.firstMatch(of: /grade (\d+)/).flatMap { Int($0.output.1) }
  }
}
