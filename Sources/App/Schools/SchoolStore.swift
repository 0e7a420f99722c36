import Storage

/// Every SQL statement about single schools. Schools are public: everybody may see each of them.
struct SchoolStore {
  let db: any Transaction

  func find(_ id: School.ID) throws -> School? {
    try db.first("SELECT \(School.columns) FROM school WHERE id = \(id)")
  }

  func find(_ official: OfficialID) throws -> School? {
    try db.first(
      "SELECT \(School.columns) FROM school WHERE official_kind = \(official.kind.rawValue) AND official_id = \(official.text)"
    )
  }

  /// By what a person copied: the address of its page, its id or its official id.
  func find(typed: String) throws -> School? {
    let last = typed.split(separator: "/").last.map { $0.prefix { $0 != "?" && $0 != "#" } } ?? ""
    guard !last.isEmpty, last.utf8.count <= 64 else { return nil }
    let text = String(last)
    return try find(School.ID(text)) ?? find(OfficialID(.nces, text)) ?? find(OfficialID(.pss, text))
  }

  /// The schools of `ids` that exist, by name.
  func all(_ ids: [School.ID]) throws -> [School] {
    try db.all("SELECT \(School.columns) FROM school WHERE id IN \(SQL.list(ids)) ORDER BY folded_name, id")
  }

  /// Those that were closed into or merged with `id`, by name; at most 20.
  func predecessors(of id: School.ID) throws -> [School] {
    try db.all(
      "SELECT \(School.columns) FROM school WHERE successor_id = \(id) ORDER BY folded_name, id LIMIT 20")
  }

  // MARK: writing

  /// Adds a school that must have a name, a kind and a state; whatever else is known goes with it.
  func add(_ facts: SchoolFacts, id: School.ID, isFictional: Bool = false) throws {
    try add([(id: id, facts: facts)], isFictional: isFictional)
  }

  func add(_ schools: [(id: School.ID, facts: SchoolFacts)], isFictional: Bool = false) throws {
    let fields = SchoolField.allCases
    let columns =
      [
        "id", "official_kind", "official_id", "folded_name", "folded_city", "cell", "first_seen", "last_seen",
        "origins",
      ]
      + ["fictional"] + fields.map(\.rawValue)
    let rows = schools.lazy.map { id, facts -> [(any SQLBindable)?] in
      let head: [(any SQLBindable)?] = [
        id, facts.official?.kind.rawValue, facts.official?.text, folded(facts[.name] ?? ""),
        folded(facts[.city] ?? ""), facts.point?.cell, facts.firstSeen?.fall, facts.lastSeen?.fall,
        facts.origins.description, isFictional,
      ]
      return head + fields.map { $0.stored(facts[$0]) }
    }
    try db.insertMany(into: "school", columns: columns, rows: rows)
    try index(schools.map { (id: $0.id, name: $0.facts[.name] ?? "", city: $0.facts[.city] ?? "") })
    try SearchSources(db: db).add(schools: schools.map(\.id))
  }

  /// Writes the values of `fields`, and all that hangs on them.
  func change(_ id: School.ID, to facts: SchoolFacts, fields: [SchoolField], now: Instant) throws {
    let point = facts.point
    let sets = fields.map { field -> SQL in "\(SQL.name(field.rawValue)) = \(field.bound(facts[field]))" }
    try db.run(
      """
      UPDATE school SET \(SQL.join(sets + ["origins = \(facts.origins.description)"])), cell = \(point?.cell),
        first_seen = \(facts.firstSeen?.fall), last_seen = \(facts.lastSeen?.fall),
        folded_name = \(folded(facts[.name] ?? "")), folded_city = \(folded(facts[.city] ?? ""))
      WHERE id = \(id)
      """)
    let sources = SearchSources(db: db)
    if fields.contains(.name) {
      try sources.refresh(everythingOf: id, now: now)
    } else {
      try sources.refresh(school: id)
    }
    guard fields.contains(.name) || fields.contains(.city) else { return }
    try db.run("DELETE FROM school_name_trigram WHERE school_id = \(id)")
    try index([(id: id, name: facts[.name] ?? "", city: facts[.city] ?? "")])
  }

  private func index(_ schools: [(id: School.ID, name: String, city: String)]) throws {
    let rows = schools.lazy.flatMap { school in
      SchoolName.pieces(folded(school.name) + " " + folded(school.city)).map {
        [$0, school.id] as [(any SQLBindable)?]
      }
    }
    try db.insertMany(into: "school_name_trigram", columns: ["trigram", "school_id"], rows: rows)
  }

  /// Moves the school to another stage of membership; the membership's own rules decide which.
  func setMembership(_ id: School.ID, _ stage: String, since: CalendarDate?, now: Instant) throws {
    let old = try db.value("membership", "SELECT membership FROM school WHERE id = \(id)", as: String.self)
    try db.run("UPDATE school SET membership = \(stage), member_since = \(since) WHERE id = \(id)")
    try SearchSources(db: db).refresh(school: id)
    // Only a member school's people can be found.
    if old != stage, old == "active" || stage == "active" {
      try SearchSources(db: db).refresh(peopleOf: id, now: now)
    }
  }

  /// What the school says of itself.
  func setWords(_ id: School.ID, about: String, workingOn: String, visitors: String) throws {
    try db.run(
      "UPDATE school SET about = \(about), working_on = \(workingOn), visitors = \(visitors) WHERE id = \(id)")
    try SearchSources(db: db).refresh(school: id)
  }

  /// The mail domain by which its educators may join by themselves.
  func setDomain(_ id: School.ID, _ domain: String) throws {
    try db.run("UPDATE school SET domain = \(domain) WHERE id = \(id)")
  }
}

extension SchoolField {
  /// What the column holds where nothing is known: an empty text, or no number.
  func stored(_ value: String?) -> (any SQLBindable)? {
    switch form {
    case .text: value ?? (self == .status ? School.Status.open.rawValue : "")
    case .whole: value.flatMap(Int.init)
    case .real: value.flatMap(Double.init)
    }
  }

  func bound(_ value: String?) -> SQL {
    switch form {
    case .text: "\(value ?? (self == .status ? School.Status.open.rawValue : ""))"
    case .whole: "\(value.flatMap(Int.init))"
    case .real: "\(value.flatMap(Double.init))"
    }
  }
}

extension School: RowReadable {
  static let columns: SQL = """
    id, official_kind, official_id, name, kind, kind_basis, agency, agency_state, street, city, state, zip, county,
    latitude, longitude, locale, grade_low, grade_high, students, status, successor_id, website, phone, about,
    working_on, visitors, membership, member_since, first_seen, last_seen, origins, fictional
    """

  package init(row: Row) throws {
    id = try row.read("id")
    name = try row.read("name")
    kind = Kind(rawValue: try row.read("kind")) ?? .public
    kindBasis = try row.read("kind_basis")
    official = try OfficialID(row: row)
    agency = try row.read("agency")
    agencyState = try row.read("agency_state")
    street = try row.read("street")
    city = try row.read("city")
    state = try row.read("state")
    zip = try row.read("zip")
    county = try row.read("county")
    point = try GeoPoint(row: row)
    locale = try row.read("locale", as: Int?.self).flatMap(Locale.init)
    grades = Grades(low: try row.read("grade_low"), high: try row.read("grade_high"))
    students = try row.read("students")
    status = Status(rawValue: try row.read("status")) ?? .open
    successor = try row.read("successor_id")
    website = try row.read("website")
    phone = try row.read("phone")
    about = try row.read("about")
    workingOn = try row.read("working_on")
    visitors = try row.read("visitors")
    membership = try row.read("membership")
    memberSince = try row.read("member_since")
    firstSeen = try row.read("first_seen", as: Int?.self).map(SchoolYear.init(fall:))
    lastSeen = try row.read("last_seen", as: Int?.self).map(SchoolYear.init(fall:))
    origins = Origins(try row.read("origins", as: String.self))
    isFictional = try row.read("fictional")
  }
}

extension OfficialID {
  init?(row: Row) throws {
    guard let kind = try row.read("official_kind", as: String?.self).flatMap(Kind.init(rawValue:)),
      let text = try row.read("official_id", as: String?.self)
    else { return nil }
    self.init(kind, text)
  }
}

extension GeoPoint {
  init?(row: Row) throws {
    guard let latitude = try row.read("latitude", as: Double?.self),
      let longitude = try row.read("longitude", as: Double?.self)
    else { return nil }
    self.init(latitude: latitude, longitude: longitude)
  }
}
