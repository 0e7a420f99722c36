import Storage

/// Every SQL statement of the directory's lists. Each is bounded and goes through an index, for 130,000 schools.
struct SchoolDirectoryStore {
  let db: any Transaction

  /// The most schools that a search by name gives.
  static let searchLimit = 200
  /// The most rows of a downloaded list.
  static let downloadLimit = 20_000

  func view(_ filter: DirectoryFilter) throws -> DirectoryView {
    var view = DirectoryView()
    view.filter = filter
    if folded(filter.name).isEmpty { try list(&view) } else { try search(&view) }
    if let state = filter.state { view.counties = try counties(of: state) }
    return view
  }

  /// All that the filter lets through, on one page.
  func all(_ filter: DirectoryFilter) throws -> [School] {
    if !folded(filter.name).isEmpty { return try found(filter).schools }
    return try db.all(
      """
      SELECT \(School.columns) FROM school WHERE \(Self.condition(filter, throughStates: filter.isFiltered))
      ORDER BY folded_name, id LIMIT \(Self.downloadLimit)
      """)
  }

  // MARK: without a name

  private func list(_ view: inout DirectoryView) throws {
    let filter = view.filter
    view.counts = try counts(filter)
    view.total = view.counts.filter { filter.state == nil || $0.state == filter.state }.reduce(0) { $0 + $1.schools }
    view.schools = try db.all(
      """
      SELECT \(School.columns) FROM school WHERE \(Self.condition(filter, throughStates: filter.isFiltered))
      ORDER BY folded_name, id LIMIT \(DirectoryFilter.perPage) OFFSET \((filter.page - 1) * DirectoryFilter.perPage)
      """)
    if view.total <= SchoolMap.few, filter.page == 1 {
      view.dots = .few(Self.spots(view.schools))
    } else {
      view.dots = .many(try squares(filter))
    }
  }

  /// Schools and members by state, with every filter but those of the place.
  private func counts(_ filter: DirectoryFilter) throws -> [SchoolMap.StateCount] {
    let everywhere = filter.showing(nil)
    let rows = try db.rows(
      """
      SELECT state, COUNT(*) AS schools, COUNT(*) FILTER (WHERE membership = 'active') AS members
      FROM school WHERE \(Self.condition(everywhere, throughStates: true)) GROUP BY state
      """)
    let counts = try rows.map { row in
      SchoolMap.StateCount(
        state: try row.read("state"), schools: try row.read("schools"), members: try row.read("members"))
    }
    guard let state = filter.state, filter.county != nil else { return Self.inOrder(counts) }
    let here = try db.rows(
      """
      SELECT COUNT(*) AS schools, COUNT(*) FILTER (WHERE membership = 'active') AS members
      FROM school WHERE \(Self.condition(filter))
      """
    ).first
    let inCounty = SchoolMap.StateCount(
      state: state, schools: try here?.read("schools") ?? 0, members: try here?.read("members") ?? 0)
    return Self.inOrder(counts.map { $0.state == state ? inCounty : $0 })
  }

  /// Squares of the map with schools in them.
  private func squares(_ filter: DirectoryFilter) throws -> [SchoolMap.Square] {
    try db.rows(
      """
      SELECT cell, COUNT(*) FILTER (WHERE membership = 'active') AS members
      FROM school WHERE \(Self.condition(filter, throughStates: true)) AND cell IS NOT NULL GROUP BY cell
      """
    ).compactMap { row in
      guard let point = GeoPoint(cell: try row.read("cell")) else { return nil }
      return SchoolMap.Square(point: point, hasMember: try row.read("members", as: Int.self) > 0)
    }
  }

  private func counties(of state: String) throws -> [String] {
    try db.rows(
      """
      SELECT DISTINCT county FROM school WHERE state = \(state) AND status = 'open' AND county <> ''
      ORDER BY county LIMIT 300
      """
    ).map { try $0.read("county") }
  }

  // MARK: by name

  private func search(_ view: inout DirectoryView) throws {
    let (schools, isCut) = try found(view.filter.showing(nil))
    let byState = Dictionary(grouping: schools, by: \.state)
    view.counts = Self.inOrder(
      byState.map { state, some in
        SchoolMap.StateCount(state: state, schools: some.count, members: some.count(where: \.isMember))
      })
    let filter = view.filter
    let here = schools.filter {
      (filter.state == nil || $0.state == filter.state) && (filter.county == nil || $0.county == filter.county)
    }
    view.isCut = isCut
    view.total = here.count
    let start = min((filter.page - 1) * DirectoryFilter.perPage, here.count)
    view.schools = Array(here[start..<min(start + DirectoryFilter.perPage, here.count)])
    view.dots = .few(Self.spots(Array(here.prefix(SchoolMap.few))))
    if here.count > SchoolMap.few {
      view.dots = .many(
        here.compactMap { school in
          school.point.map { SchoolMap.Square(point: $0, hasMember: school.isMember) }
        })
    }
  }

  /// The best fits first, names before towns. Words that many schools bear are looked at only where the query has no other.
  private func found(_ filter: DirectoryFilter) throws -> (schools: [School], isCut: Bool) {
    let query = folded(filter.name)
    let telling = SchoolName.telling(query)
    let pieces = SchoolName.pieces(telling.isEmpty ? query : telling.joined(separator: " ")).sorted()
    let candidates = try db.rows(
      telling.isEmpty ? Self.bearing(pieces, filter) : Self.sharing(pieces, filter))
    let ids = try candidates.map { try $0.read("id", as: School.ID.self) }
    let schools = try db.all("SELECT \(School.columns) FROM school WHERE id IN \(SQL.list(ids))", as: School.self)
    let fits = schools.compactMap { school -> (school: School, fit: Double, name: String)? in
      let name = folded(school.name)
      let text = "\(name) \(folded(school.city)) \(school.state.lowercased()) \(folded(school.stateName))"
      let fit = SchoolName.fit(query, text)
      return fit > 0 ? (school, fit + SchoolName.fit(query, name), name) : nil
    }
    let sorted = fits.sorted { ($1.fit, $0.name, $0.school.id) < ($0.fit, $1.name, $1.school.id) }
    return (sorted.map(\.school), candidates.count == Self.searchLimit)
  }

  /// Schools that share at least a quarter of the pieces, those that share most first.
  private static func sharing(_ pieces: [String], _ filter: DirectoryFilter) -> SQL {
    """
    SELECT school.id AS id FROM (
      SELECT school_id, COUNT(*) AS shared FROM school_name_trigram WHERE trigram IN \(SQL.list(pieces))
      GROUP BY school_id HAVING COUNT(*) >= \(max(1, pieces.count / 4))
    ) hit JOIN school ON school.id = hit.school_id
    WHERE \(condition(filter)) ORDER BY hit.shared DESC, school.folded_name, school.id LIMIT \(searchLimit)
    """
  }

  /// Some of the schools that bear a word like "academy", which very many do.
  private static func bearing(_ pieces: [String], _ filter: DirectoryFilter) -> SQL {
    let rarest = pieces.max { $0.utf8.count < $1.utf8.count } ?? ""
    return """
      SELECT school.id AS id FROM school_name_trigram JOIN school ON school.id = school_name_trigram.school_id
      WHERE trigram = \(rarest) AND \(condition(filter)) LIMIT \(searchLimit)
      """
  }

  /// By the states' names.
  private static func inOrder(_ counts: [SchoolMap.StateCount]) -> [SchoolMap.StateCount] {
    counts.sorted { States.name($0.state) < States.name($1.state) }
  }

  private static func spots(_ schools: [School]) -> [SchoolMap.Spot] {
    schools.compactMap { school in
      school.point.map { SchoolMap.Spot(id: school.id, name: school.name, point: $0, isMember: school.isMember) }
    }
  }

  // MARK: the filter as SQL

  /// Where no file tells the lowest grade, a school counts as beginning with grade 9.
  ///
  /// - Parameter throughStates: names the six states where none is chosen, so that counts and filters go through the
  ///   index of states; an unfiltered list goes through the index of names, in its order.
  static func condition(_ filter: DirectoryFilter, throughStates: Bool = false) -> SQL {
    var conditions: [SQL] = [filter.closed ? "status IN ('closed', 'merged', 'outside')" : "status = 'open'"]
    if let state = filter.state {
      conditions.append("state = \(state)")
    } else if throughStates {
      conditions.append("state IN \(SQL.list(States.codes))")
    }
    if let county = filter.county { conditions.append("county = \(county)") }
    if let kind = filter.kind { conditions.append("kind = \(kind.rawValue)") }
    if let grade = filter.grade {
      conditions.append("COALESCE(grade_low, 9) <= \(grade) AND COALESCE(grade_high, 12) >= \(grade)")
    }
    if let size = filter.size?.range {
      conditions.append("students BETWEEN \(size.lowerBound) AND \(size.upperBound)")
    }
    if let area = filter.area?.rawValue { conditions.append("locale BETWEEN \(area * 10 + 1) AND \(area * 10 + 3)") }
    if let member = filter.member { conditions.append(member ? "membership = 'active'" : "membership <> 'active'") }
    return SQL.all(conditions)
  }
}
