import Storage

/// Every SQL statement about single ideas; lists are in `IdeaListStore`.
struct IdeaStore {
  let db: any Transaction

  // MARK: reading

  /// What `viewer` may see of ideas called `i`: all that are published, and one's own drafts.
  static func visible(to viewer: Viewer) -> SQL {
    guard let person = viewer.person else { return "i.state = 'published'" }
    return "(i.state = 'published' OR i.owner_id = \(person))"
  }

  func find(_ id: Idea.ID, for viewer: Viewer) throws -> Idea? {
    try db.first(
      """
      SELECT i.*, p.name AS owner_name, \(SchoolGlance.columns)
      FROM idea i JOIN school s ON s.id = i.school_id JOIN person p ON p.id = i.owner_id
      WHERE i.id = \(id) AND \(Self.visible(to: viewer))
      """)
  }

  /// The idea that this form made before, when it was sent twice.
  func find(submission: String, by owner: Person.ID) throws -> Idea.ID? {
    try db.value("id", "SELECT id FROM idea WHERE owner_id = \(owner) AND submission = \(submission)")
  }

  /// The idea that this one was made from and those made from it, at most `limit`, oldest first.
  func lineage(of idea: Idea, limit: Int = 20) throws -> (parent: IdeaGlance?, children: [IdeaGlance]) {
    let parent = idea.adaptedFrom?.description ?? ""
    let relatives: [IdeaGlance] = try db.all(
      """
      SELECT i.id, i.title, i.adaptation, \(SchoolGlance.columns)
      FROM idea i JOIN school s ON s.id = i.school_id
      WHERE (i.id = \(parent) OR i.adapted_from = \(idea.id)) AND i.state = 'published'
      ORDER BY i.published_at, i.id LIMIT \(limit + 1)
      """)
    return (
      relatives.first { $0.id == idea.adaptedFrom }, Array(relatives.filter { $0.id != idea.adaptedFrom }.prefix(limit))
    )
  }

  /// Newest first, at most `limit`.
  func versions(of id: Idea.ID, limit: Int = 50) throws -> [IdeaVersion] {
    try db.all(
      """
      SELECT v.number, v.content, v.at, v.by_id, v.note, p.name AS by_name
      FROM idea_version v JOIN person p ON p.id = v.by_id
      WHERE v.idea_id = \(id) ORDER BY v.number DESC LIMIT \(limit)
      """)
  }

  /// Newest first, at most `limit`.
  func reviews(of id: Idea.ID, limit: Int = 20) throws -> [IdeaReview] {
    try db.all(
      """
      SELECT r.at, r.finding, r.reason, r.by_id, p.name AS by_name
      FROM idea_review r JOIN person p ON p.id = r.by_id
      WHERE r.idea_id = \(id) ORDER BY r.at DESC, r.id DESC LIMIT \(limit)
      """)
  }

  // MARK: writing

  /// What a new idea needs beside its content.
  struct Origin: Sendable {
    let id: Idea.ID
    let school: School.ID
    let owner: Person.ID
    let submission: String
    var adaptedFrom: Idea.ID?
    var adaptation = ""
    var isPublished = true
    let now: Instant
    let today: CalendarDate
  }

  func add(_ content: IdeaContent, _ origin: Origin) throws {
    try db.run(
      """
      INSERT INTO idea (id, state, title, summary, problem, problem_html, practice, practice_html, core, adaptable,
        conditions, effort, effort_words, cost_low, cost_high, cost_words, grade_low, grade_high, topics, subjects,
        school_id, owner_id, created_at, published_at, changed_at, reviewed_on, review_due, adapted_from, adaptation,
        submission)
      VALUES (\(origin.id), \(origin.isPublished ? "published" : "draft"), \(content.title), \(content.summary),
        \(content.problem), \(renderedMarkdown(content.problem)), \(content.practice),
        \(renderedMarkdown(content.practice)), \(lines(content.core)), \(lines(content.adaptable)),
        \(lines(content.conditions)), \(content.effort.rawValue), \(content.effortWords), \(content.cost.low),
        \(content.cost.high), \(content.cost.words), \(content.grades.low), \(content.grades.high),
        \(content.topics.joined(separator: " ")), \(content.subjects.joined(separator: " ")), \(origin.school),
        \(origin.owner), \(origin.now), \(origin.isPublished ? origin.now : nil), \(origin.now), \(origin.today),
        \(origin.today.adding(days: Idea.reviewDays)), \(origin.adaptedFrom), \(origin.adaptation), \(origin.submission))
      """)
    try index(content, origin.id)
    try keep(content, origin.id, number: 1, by: origin.owner, note: "", now: origin.now)
    try SearchSources(db: db).refresh(idea: origin.id)
  }

  /// Changes what an idea says and keeps the text before.
  ///
  /// - Parameter basis: the version on which the change was made.
  /// - Throws: `Refusal.conflict` when somebody changed it meanwhile.
  func change(
    _ id: Idea.ID, to content: IdeaContent, basis: Int, by person: Person.ID, note: String, now: Instant,
    today: CalendarDate
  ) throws {
    let changed = try db.run(
      """
      UPDATE idea SET version = version + 1, title = \(content.title), summary = \(content.summary),
        problem = \(content.problem), problem_html = \(renderedMarkdown(content.problem)),
        practice = \(content.practice), practice_html = \(renderedMarkdown(content.practice)),
        core = \(lines(content.core)), adaptable = \(lines(content.adaptable)),
        conditions = \(lines(content.conditions)), effort = \(content.effort.rawValue),
        effort_words = \(content.effortWords), cost_low = \(content.cost.low), cost_high = \(content.cost.high),
        cost_words = \(content.cost.words), grade_low = \(content.grades.low), grade_high = \(content.grades.high),
        topics = \(content.topics.joined(separator: " ")), subjects = \(content.subjects.joined(separator: " ")),
        changed_at = \(now), reviewed_on = \(today), review_due = \(today.adding(days: Idea.reviewDays))
      WHERE id = \(id) AND version = \(basis)
      """)
    guard changed == 1 else {
      throw Refusal.conflict(
        "Somebody changed this idea while you were writing. Go back, copy your words, open the idea again and put them in."
      )
    }
    try db.run("DELETE FROM idea_topic WHERE idea_id = \(id)")
    try db.run("DELETE FROM idea_subject WHERE idea_id = \(id)")
    try index(content, id)
    try keep(content, id, number: basis + 1, by: person, note: note, now: now)
    try SearchSources(db: db).refresh(idea: id)
    try SearchSources(db: db).refresh(trialsOf: id)
  }

  func publish(_ id: Idea.ID, now: Instant) throws {
    try db.run("UPDATE idea SET state = 'published', published_at = \(now) WHERE id = \(id) AND state = 'draft'")
    try SearchSources(db: db).refresh(idea: id)
  }

  /// Writes down what somebody found when they read the idea again.
  func review(
    _ id: Idea.ID, _ finding: IdeaReview.Finding, reason: String, by person: Person.ID, reviewID: String, now: Instant,
    today: CalendarDate
  ) throws {
    try db.run(
      """
      INSERT INTO idea_review (id, idea_id, at, by_id, finding, reason)
      VALUES (\(reviewID), \(id), \(now), \(person), \(finding.rawValue), \(reason))
      """)
    if finding == .outdated {
      try db.run(
        """
        UPDATE idea SET outdated_at = \(now), outdated_by = \(person), outdated_reason = \(reason) WHERE id = \(id)
        """)
    } else {
      try db.run(
        """
        UPDATE idea SET outdated_at = NULL, outdated_by = NULL, outdated_reason = '', reviewed_on = \(today),
          review_due = \(today.adding(days: Idea.reviewDays))
        WHERE id = \(id)
        """)
    }
    try SearchSources(db: db).refresh(idea: id)
  }

  private func index(_ content: IdeaContent, _ id: Idea.ID) throws {
    try db.insertMany(into: "idea_topic", columns: ["topic", "idea_id"], rows: content.topics.map { [$0, id] })
    try db.insertMany(into: "idea_subject", columns: ["subject", "idea_id"], rows: content.subjects.map { [$0, id] })
  }

  private func keep(
    _ content: IdeaContent, _ id: Idea.ID, number: Int, by person: Person.ID, note: String, now: Instant
  ) throws {
    try db.run(
      """
      INSERT INTO idea_version (idea_id, number, content, at, by_id, note)
      VALUES (\(id), \(number), \(try IdeaVersion.text(of: content)), \(now), \(person), \(note))
      """)
  }

  private func lines(_ items: [String]) -> String { items.joined(separator: "\n") }
}
