import Storage

/// Lists of ideas. Each page costs one query, or two where fresh ideas end and stale ones begin, whatever the number of ideas.
struct IdeaListStore {
  let db: any Transaction

  /// Published ideas that pass the filter: fresh ones first, then those whose review is overdue or which are outdated.
  ///
  /// - Parameter home: the school that "a school like mine" means.
  func page(_ filter: IdeaFilter, home: School.ID?, today: CalendarDate) throws -> IdeaPage {
    let like = filter.likeMine ? try home.flatMap(glance) : nil
    let wanted = IdeaFilter.pageLength + 1
    var found: [ListedIdea] = []
    if filter.after?.isStale != true {
      found = try ideas(filter, like, today, isStale: false, after: filter.after, limit: wanted)
    }
    if found.count < wanted {
      let after = filter.after.flatMap { $0.isStale ? $0 : nil }
      found += try ideas(filter, like, today, isStale: true, after: after, limit: wanted - found.count)
    }
    let shown = Array(found.prefix(IdeaFilter.pageLength))
    let next =
      found.count < wanted
      ? nil
      : shown.last.map {
        IdeaFilter.Place(isStale: $0.isStale(on: today), value: $0.sortValue, id: $0.id.description)
      }
    return IdeaPage(ideas: shown, next: next)
  }

  /// What a person has written and not yet published, the latest first.
  func drafts(of person: Person.ID, limit: Int = 10) throws -> [IdeaGlance] {
    try db.all(
      """
      SELECT i.id, i.title, i.adaptation, \(SchoolGlance.columns)
      FROM idea i JOIN school s ON s.id = i.school_id
      WHERE i.owner_id = \(person) AND i.state = 'draft' ORDER BY i.changed_at DESC LIMIT \(limit)
      """)
  }

  /// A school's published ideas, the newest first; for the school's page.
  func ideas(of school: School.ID, limit: Int = 20) throws -> [IdeaGlance] {
    try db.all(
      """
      SELECT i.id, i.title, i.adaptation, \(SchoolGlance.columns)
      FROM idea i JOIN school s ON s.id = i.school_id
      WHERE i.school_id = \(school) AND i.state = 'published' ORDER BY i.published_at DESC, i.id LIMIT \(limit)
      """)
  }

  /// Published ideas whose review is due, of one owner, the longest overdue first; for Today.
  func reviewsOwed(by person: Person.ID, on day: CalendarDate, limit: Int = 5) throws -> [IdeaGlance] {
    try db.all(
      """
      SELECT i.id, i.title, i.adaptation, \(SchoolGlance.columns)
      FROM idea i JOIN school s ON s.id = i.school_id
      WHERE i.owner_id = \(person) AND i.state = 'published' AND i.outdated_at IS NULL AND i.review_due < \(day)
      ORDER BY i.review_due, i.id LIMIT \(limit)
      """)
  }

  func glance(_ school: School.ID) throws -> SchoolGlance? {
    try db.first("SELECT \(SchoolGlance.columns) FROM school s WHERE s.id = \(school)")
  }

  /// Every member school: over them a distance between schools is measured.
  func memberSchools(limit: Int = 5000) throws -> [SchoolGlance] {
    try db.all(
      """
      SELECT \(SchoolGlance.columns) FROM school s
      WHERE s.membership = 'active' AND s.status = 'open' ORDER BY s.id LIMIT \(limit)
      """)
  }

  private func ideas(
    _ filter: IdeaFilter, _ like: SchoolGlance?, _ today: CalendarDate, isStale: Bool, after: IdeaFilter.Place?,
    limit: Int
  ) throws -> [ListedIdea] {
    let column = SQL.name(filter.sort.column)
    var conditions: [SQL] = ["i.state = 'published'"]
    conditions.append(
      isStale
        ? "i.outdated_at IS NOT NULL OR i.review_due < \(today)"
        : "i.outdated_at IS NULL AND i.review_due >= \(today)")
    if let after {
      conditions.append("i.\(column) < \(after.value) OR (i.\(column) = \(after.value) AND i.id < \(after.id))")
    }
    conditions += narrowing(filter, like)
    return try db.all(
      """
      SELECT i.id, i.title, i.summary, i.topics, i.effort, i.grade_low, i.grade_high, i.worked, i.mixed, i.did_not,
        i.early, i.experience, i.headline, i.review_due, i.outdated_at, i.\(column) AS sort_value,
        (SELECT count(*) FROM trial t WHERE t.idea_id = i.id AND t.state = 'running' AND t.after_data = 0
          AND t.due_on < \(today)) AS unreported, \(SchoolGlance.columns)
      FROM idea i JOIN school s ON s.id = i.school_id
      WHERE \(SQL.all(conditions)) ORDER BY i.\(column) DESC, i.id DESC LIMIT \(limit)
      """)
  }

  private func narrowing(_ filter: IdeaFilter, _ like: SchoolGlance?) -> [SQL] {
    var conditions: [SQL] = []
    if let topic = filter.topic {
      conditions.append("EXISTS (SELECT 1 FROM idea_topic x WHERE x.topic = \(topic) AND x.idea_id = i.id)")
    }
    if let subject = filter.subject {
      conditions.append("EXISTS (SELECT 1 FROM idea_subject x WHERE x.subject = \(subject) AND x.idea_id = i.id)")
    }
    if let grade = filter.grade { conditions.append("i.grade_low <= \(grade) AND i.grade_high >= \(grade)") }
    if let effort = filter.effort { conditions.append("i.effort = \(effort.rawValue)") }
    if let evidence = filter.evidence { conditions.append(evidence.condition) }
    if let like { conditions.append(tried(by: like)) }
    return conditions
  }

  /// Tried by another school of the same setting, between half and twice the size.
  private func tried(by like: SchoolGlance) -> SQL {
    var conditions: [SQL] = ["t.idea_id = i.id", "o.id <> \(like.id)"]
    if let locale = like.locale {
      conditions.append("o.locale BETWEEN \(locale / 10 * 10) AND \(locale / 10 * 10 + 9)")
    }
    if let students = like.students, students > 0 {
      conditions.append("o.students BETWEEN \(students / 2) AND \(2 * students)")
    }
    return "EXISTS (SELECT 1 FROM trial t JOIN school o ON o.id = t.school_id WHERE \(SQL.all(conditions)))"
  }
}

extension IdeaFilter.Sort {
  fileprivate var column: String {
    switch self {
    case .latest: "latest_at"
    case .tried: "schools_reported"
    case .newest: "published_at"
    }
  }
}

extension IdeaFilter.Evidence {
  fileprivate var condition: SQL {
    switch self {
    case .worked: "i.worked > 0"
    case .mixed: "i.mixed > 0"
    case .didNotWork: "i.did_not > 0"
    case .tooEarly: "i.early > 0"
    case .experience: "i.experience > 0"
    case .untried: "i.schools_reported = 0"
    }
  }
}

extension ListedIdea: RowReadable {
  init(row: Row) throws {
    id = try row.read("id")
    title = try row.read("title")
    summary = try row.read("summary")
    school = try SchoolGlance(row: row)
    topics = try row.read("topics", as: String.self).split(separator: " ").map(String.init)
    effort = Effort(rawValue: try row.read("effort")) ?? .medium
    grades = GradeSpan(low: try row.read("grade_low"), high: try row.read("grade_high")) ?? .all
    worked = try row.read("worked")
    mixed = try row.read("mixed")
    didNotWork = try row.read("did_not")
    tooEarly = try row.read("early")
    experience = try row.read("experience")
    unreported = try row.read("unreported")
    headline = try row.read("headline")
    reviewDue = try row.day("review_due")
    isOutdated = try row.read("outdated_at", as: Instant?.self) != nil
    sortValue = try row.read("sort_value")
  }
}
