/// What an import would do to the directory, before it does it.
package struct SchoolImportPlan: Sendable {
  package struct Change: Sendable {
    let id: School.ID
    package let official: OfficialID
    package let name: String
    /// The school as it will be.
    let facts: SchoolFacts
    /// Values that change: before and after, as text.
    package let fields: [(field: SchoolField, old: String?, new: String?)]
    let oldOrigins: Origins
    /// Line of the first file that tells of it.
    package let line: Int
  }

  package private(set) var created: [Change] = []
  package private(set) var updated: [Change] = []
  package private(set) var unchanged = 0
  /// Schools of which only the years of sight or the sources change: not worth a line of history.
  private(set) var confirmed: [Change] = []
  package private(set) var files: OfficialFiles

  /// Rows that were left out, over all files.
  package var skipped: Int { files.files.reduce(0) { $0 + $1.skipped.values.reduce(0) { $0 + $1.count } } }

  /// - Parameters:
  ///   - existing: what the directory knows of the schools that the files tell of, and of all public schools of the states
  ///     that the location files cover.
  ///   - ids: makes the id of a new school.
  init(_ files: OfficialFiles, existing: [OfficialID: ExistingSchool], ids: (OfficialID) -> School.ID) {
    self.files = files
    let gone = Absences(files, existing: existing)
    for (id, known) in files.schools.sorted(by: { $0.key.text < $1.key.text }) {
      var facts = known.facts
      if let absence = gone.closing[id] { facts.take(absence) }
      if let school = existing[id] {
        update(school, facts, known.lines.first?.line ?? 0)
      } else {
        create(id, facts, known.lines, ids)
      }
    }
    for (id, absence) in gone.closing.sorted(by: { $0.key.text < $1.key.text }) where files.schools[id] == nil {
      if let school = existing[id] { update(school, absence, 0) }
    }
  }

  private mutating func create(
    _ id: OfficialID, _ facts: SchoolFacts, _ lines: [(file: Int, line: Int)], _ ids: (OfficialID) -> School.ID
  ) {
    if let reason = Self.reasonToLeave(facts) {
      for line in lines { files.skip(line, reason) }
      return
    }
    created.append(
      Change(
        id: ids(id), official: id, name: facts[.name] ?? "", facts: facts, fields: [], oldOrigins: Origins(),
        line: lines.first?.line ?? 0))
  }

  /// Why a school that the directory does not have does not enter it; nil when it does.
  private static func reasonToLeave(_ facts: SchoolFacts) -> SkipReason? {
    guard facts[.name] != nil, facts[.kind] != nil, facts[.state] != nil else { return .unnamed }
    if facts[.status] == School.Status.outside.rawValue { return .noGrade }
    guard let high = facts[.gradeHigh].flatMap(Int.init) ?? facts[.gradeLow].flatMap(Int.init) else {
      return facts[.status] == School.Status.closed.rawValue ? .closed : .unknownGrades
    }
    let low = facts[.gradeLow].flatMap(Int.init) ?? high
    return high >= 6 && low <= 12 ? nil : .noGrade
  }

  private mutating func update(_ school: ExistingSchool, _ news: SchoolFacts, _ line: Int) {
    guard let official = news.official else { return }
    var facts = school.facts
    let changed = facts.take(news)
    let change = Change(
      id: school.id, official: official, name: facts[.name] ?? "", facts: facts,
      fields: changed.map { (field: $0, old: school.facts[$0], new: facts[$0]) }, oldOrigins: school.facts.origins,
      line: line)
    if !changed.isEmpty {
      updated.append(change)
    } else {
      unchanged += 1
      if facts != school.facts { confirmed.append(change) }
    }
  }
}

/// A school of the directory as an import compares it.
struct ExistingSchool: Sendable {
  let id: School.ID
  let facts: SchoolFacts
}

/// Public schools that a complete location file of a later year no longer has: they have closed.
///
/// A file counts as complete for a state when it has at least nine in ten of that state's public schools that were known
/// in the year before or later; a file of a few rows closes nobody.
struct Absences {
  private(set) var closing: [OfficialID: SchoolFacts] = [:]

  init(_ files: OfficialFiles, existing: [OfficialID: ExistingSchool]) {
    let located = files.located
    let years = Self.years(files, located)
    var known: [OfficialID: SchoolFacts] = existing.mapValues(\.facts)
    for (id, entry) in files.schools {
      known[id, default: SchoolFacts(official: id)].take(entry.facts)
    }
    for (state, year) in years {
      let schools = known.filter { id, facts in
        id.kind == .nces && facts[.agencyState] == state && facts[.name] != nil && facts[.kind] != nil
          && facts[.status] != School.Status.closed.rawValue
      }
      let recent = schools.filter { ($0.value.lastSeen?.fall ?? 0) >= year.fall - 1 }
      guard !recent.isEmpty, recent.count(where: { located.contains($0.key) }) * 10 >= recent.count * 9 else {
        continue
      }
      for (id, facts) in schools where !located.contains(id) && (facts.lastSeen?.fall ?? year.fall) < year.fall {
        var closed = SchoolFacts(official: id)
        closed.set(.status, School.Status.closed.rawValue, from: Origin(.absence, year))
        closing[id] = closed
      }
    }
  }

  /// The newest year in which the location files tell of each state's schools.
  private static func years(_ files: OfficialFiles, _ located: Set<OfficialID>) -> [String: SchoolYear] {
    var years: [String: SchoolYear] = [:]
    for id in located {
      guard let facts = files.schools[id]?.facts, let state = facts[.agencyState],
        let origin = facts.origins[.street] ?? facts.origins[.state],
        (1..<9999).contains(origin.year)
      else { continue }
      years[state] = max(years[state] ?? SchoolYear(fall: origin.year), SchoolYear(fall: origin.year))
    }
    return years
  }
}
