import Storage

/// The demonstration's schools, under their keys as ids.
struct DemoSchools {
  let db: any Transaction
  let files: DemoFiles
  let calendar: DemoCalendar

  func load() throws {
    try SchoolStore(db: db).add(
      files.schools.map { (id: School.ID($0.key), facts: facts(of: $0)) } + twins(), isFictional: true)
    for school in files.schools { try setWords(of: school) }
    for school in files.schools where school.membership.successor != nil { try join(school) }
  }

  /// The same schools again, a hundred metres away under another name, as two official lists have them.
  private func twins() -> [(id: School.ID, facts: SchoolFacts)] {
    files.waiting.twins.compactMap { twin in
      guard let school = files.schools.first(where: { $0.key == twin.of }) else { return nil }
      var facts = facts(of: school)
      facts.set(.name, twin.name, from: .school)
      facts.set(.latitude, "\(school.latitude + 0.001)", from: .school)
      return (id: School.ID(twin.key), facts: facts)
    }
  }

  private func facts(of school: DemoSchool) -> SchoolFacts {
    var facts = SchoolFacts(official: nil)
    let values: [(SchoolField, String)] = [
      (.name, school.name), (.kind, school.kind), (.city, school.town), (.state, school.state),
      (.agencyState, school.state), (.county, school.county), (.latitude, "\(school.latitude)"),
      (.longitude, "\(school.longitude)"), (.locale, "\(school.locale)"), (.gradeLow, "\(school.gradeLow)"),
      (.gradeHigh, "\(school.gradeHigh)"), (.students, "\(school.students)"), (.status, "open"),
    ]
    for (field, value) in values { facts.set(field, value, from: .school) }
    return facts
  }

  private func setWords(of school: DemoSchool) throws {
    let (store, id) = (SchoolStore(db: db), School.ID(school.key))
    try store.setWords(
      id, about: school.about ?? "", workingOn: school.workingOn ?? "", visitors: school.visitors ?? "")
    try store.setDomain(id, school.domain)
    let since = try school.membership.history.first { $0.stage == "active" }.map { try calendar.date($0.on) }
    let isMember = ["active", "inactive", "closed", "merged", "withdrawn"].contains(school.membership.stage)
    try store.setMembership(id, school.membership.stage, since: isMember ? since : nil, now: calendar.end())
  }

  private func join(_ school: DemoSchool) throws {
    try db.run(
      """
      UPDATE school SET status = \(school.membership.stage), successor_id = \(school.membership.successor)
      WHERE id = \(school.key)
      """)
    guard let other = files.schools.first(where: { $0.key == school.membership.successor }),
      let last = school.membership.history.last
    else { return }
    let (history, source, at) = (SchoolHistoryStore(db: db), Origin.office.words, try calendar.moment(last.on))
    try history.add(
      id: "\(school.key)-joined", School.ID(school.key), "merged into", old: nil, new: other.name, source: source,
      by: nil, at: at)
    try history.add(
      id: "\(school.key)-taken", School.ID(other.key), "took over", old: nil, new: school.name, source: source, by: nil,
      at: at)
  }
}
