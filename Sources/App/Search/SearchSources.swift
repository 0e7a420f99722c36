import Storage

/// What can be found of each noun: one place says how a school, a person, an idea, a trial or a post becomes a document.
struct SearchSources {
  let db: any Transaction

  /// A document with the id by which its source is read in order.
  struct Numbered: Sendable {
    let id: String
    let document: SearchDocument
  }

  func documents(_ source: SearchRebuild.Source, after place: String, limit: Int, now: Instant) throws -> [Numbered] {
    switch source {
    case .schools: try schools("s.id > \(place)", limit)
    case .people: try people("p.id > \(place)", limit, now: now)
    case .ideas: try ideas("i.id > \(place)", limit)
    case .trials: try trials("t.id > \(place)", limit)
    case .projects: try projects("p.id > \(place)", limit)
    case .posts: try posts("p.id > \(place)", limit)
    }
  }

  // MARK: one noun, in the transaction that saves it

  /// Keeps what can be found of an idea true; a draft cannot be found.
  func refresh(idea id: Idea.ID) throws { try refresh(.idea, "\(id)", ideas("i.id = \(id)", 1)) }
  func refresh(trial id: Trial.ID) throws { try refresh(.trial, "\(id)", trials("t.id = \(id)", 1)) }
  /// Only a project that is open to the League can be found: the others are for those who know them.
  func refresh(project id: Project.ID) throws { try refresh(.project, "\(id)", projects("p.id = \(id)", 1)) }
  func refresh(school id: School.ID) throws { try refresh(.school, "\(id)", schools("s.id = \(id)", 1)) }

  /// A person is found while they belong to the League, with the schools to which they belong at `now`.
  func refresh(person id: Person.ID, now: Instant) throws {
    try refresh(.person, "\(id)", people("p.id = \(id)", 1, now: now))
  }

  /// Schools that are new to the directory.
  func add(schools ids: [School.ID]) throws {
    for start in stride(from: 0, to: ids.count, by: 500) {
      let found = try schools("s.id IN \(SQL.list(ids.dropFirst(start).prefix(500)))", 500)
      try SearchStore(db: db).add(found.map(\.document))
    }
  }

  /// A deleted post cannot be found.
  func refresh(post: Post) throws {
    let found = try posts("p.id = \(post.id)", 1)
    if let document = found.first?.document {
      try SearchStore(db: db).put(document)
    } else {
      try SearchStore(db: db).remove(.discussion, "\(post.discussion)", part: "\(post.id)")
    }
  }

  // MARK: what names another noun

  /// A trial bears the title of its idea.
  func refresh(trialsOf idea: Idea.ID) throws {
    for id in try ids("SELECT id FROM trial WHERE idea_id = \(idea)") { try refresh(trial: Trial.ID(id)) }
  }

  /// A person is found by the name of their school, and not at all where none of theirs is a member.
  func refresh(peopleOf school: School.ID, now: Instant) throws {
    for id in try ids("SELECT DISTINCT person_id AS id FROM role WHERE school_id = \(school)") {
      try refresh(person: Person.ID(id), now: now)
    }
  }

  /// The school and all that bears its name: its people, its ideas, its trials.
  func refresh(everythingOf school: School.ID, now: Instant) throws {
    try refresh(school: school)
    try refresh(peopleOf: school, now: now)
    for id in try ids("SELECT id FROM idea WHERE school_id = \(school)") { try refresh(idea: Idea.ID(id)) }
    for id in try ids("SELECT id FROM trial WHERE school_id = \(school)") { try refresh(trial: Trial.ID(id)) }
  }

  /// Beside every post stands who wrote it. The words by which it is found stay, so one statement does for all.
  func refresh(authorOfPosts person: Person.ID) throws {
    try db.run(
      """
      UPDATE search_document SET about = (SELECT name FROM person WHERE id = \(person))
      WHERE kind = 'discussion' AND (noun_id, part) IN (SELECT discussion_id, id FROM post WHERE author_id = \(person))
      """)
  }

  /// The first post is found by the title, the others show it.
  func refresh(titleOf discussion: Discussion.ID) throws {
    if let first = try posts("p.discussion_id = \(discussion) AND p.number = 1", 1).first {
      try SearchStore(db: db).put(first.document)
    }
    try db.run(
      """
      UPDATE search_document SET shown_title = (SELECT title FROM discussion WHERE id = \(discussion))
      WHERE kind = 'discussion' AND noun_id = \(discussion)
      """)
  }

  private func ids(_ statement: SQL) throws -> [String] {
    try db.rows("\(statement) ORDER BY id").map { try $0.read("id") }
  }

  private func refresh(_ kind: SearchDocument.Kind, _ id: String, _ found: [Numbered]) throws {
    if let document = found.first?.document {
      try SearchStore(db: db).put(document)
    } else {
      try SearchStore(db: db).remove(kind, id)
    }
  }

  // MARK: documents

  private func schools(_ condition: SQL, _ limit: Int) throws -> [Numbered] {
    try db.rows(
      """
      SELECT s.id, s.name, s.city, s.county, s.state, s.kind, s.about, s.working_on, s.membership, s.last_seen
      FROM school s WHERE \(condition) AND s.status IN ('open', 'closed') ORDER BY s.id LIMIT \(limit)
      """
    ).map { row in
      let id = try row.read("id", as: String.self)
      let (city, state) = (try row.read("city", as: String.self), try row.read("state", as: String.self))
      let words = [try row.read("about", as: String.self), try row.read("working_on")].filter { !$0.isEmpty }
      let place = [city, States.name(state)].filter { !$0.isEmpty }.joined(separator: ", ")
      let isMember = try row.read("membership", as: String.self) == "active"
      return Numbered(
        id: id,
        document: SearchDocument(
          kind: .school, id: id, title: try row.read("name"),
          text: (words + [place, try row.read("county")]).joined(separator: "\n\n"), path: "/schools/\(id)",
          audience: .everyone, state: isMember ? "member" : "", about: place + (isMember ? " · member" : ""),
          updatedAt: try row.read("last_seen", as: Instant?.self) ?? Instant(milliseconds: 0)))
    }
  }

  /// Whoever belongs or belonged to the League, by their name and title, their school, and what they show to all members.
  /// Whether this viewer may see them is asked again when they are found: see `SearchStore`.
  private func people(_ condition: SQL, _ limit: Int, now: Instant) throws -> [Numbered] {
    try db.rows(
      """
      SELECT p.id, p.name, p.title, p.created_at,
        CASE WHEN p.asking_shown = 'members' THEN p.ask_me ELSE '' END AS ask_me,
        CASE WHEN p.asking_shown = 'members' THEN p.looking_for ELSE '' END AS looking_for,
        CASE WHEN p.about_shown = 'members' THEN p.about ELSE '' END AS about,
        (SELECT s.name FROM role r JOIN school s ON s.id = r.school_id
         WHERE r.person_id = p.id AND r.starts_at <= \(now) AND (r.ends_at IS NULL OR r.ends_at > \(now))
         ORDER BY r.starts_at, r.id LIMIT 1) AS school
      FROM person p WHERE \(condition) AND p.merged_into IS NULL AND p.suspended_at IS NULL AND EXISTS (
        SELECT 1 FROM role v LEFT JOIN school vs ON vs.id = v.school_id
        WHERE v.person_id = p.id AND (v.school_id IS NULL OR vs.membership = 'active'))
      ORDER BY p.id LIMIT \(limit)
      """
    ).map { row in
      let id = try row.read("id", as: String.self)
      let about = [try row.read("title", as: String.self), try row.read("school", as: String?.self) ?? ""]
        .filter { !$0.isEmpty }.joined(separator: ", ")
      let words = [try row.read("ask_me", as: String.self), try row.read("looking_for"), try row.read("about")]
      return Numbered(
        id: id,
        document: SearchDocument(
          kind: .person, id: id, title: try row.read("name"),
          text: (words.filter { !$0.isEmpty } + [about]).joined(separator: "\n\n"), path: "/people/\(id)",
          audience: .members, about: about, updatedAt: try row.read("created_at")))
    }
  }

  private func ideas(_ condition: SQL, _ limit: Int) throws -> [Numbered] {
    try db.rows(
      """
      SELECT i.id, i.title, i.summary, i.problem, i.practice, i.core, i.conditions, i.headline, i.changed_at,
        i.outdated_at, s.name AS school
      FROM idea i JOIN school s ON s.id = i.school_id
      WHERE \(condition) AND i.state = 'published' ORDER BY i.id LIMIT \(limit)
      """
    ).map { row in
      let id = try row.read("id", as: String.self)
      let words = try ["summary", "problem", "practice", "core", "conditions"].map { try row.read($0, as: String.self) }
      let isOutdated = try row.read("outdated_at", as: Instant?.self) != nil
      return Numbered(
        id: id,
        document: SearchDocument(
          kind: .idea, id: id, title: try row.read("title"), text: words.joined(separator: "\n\n"),
          path: "/ideas/\(id)", audience: .everyone, state: isOutdated ? "outdated" : "current",
          about: [try row.read("school", as: String.self), try row.read("headline")].filter { !$0.isEmpty }
            .joined(separator: " · "), updatedAt: try row.read("changed_at")))
    }
  }

  private func trials(_ condition: SQL, _ limit: Int) throws -> [Numbered] {
    try db.rows(
      """
      SELECT t.id, t.state, t.verdict, t.finding, t.registered_at, t.reported_at, i.title, s.name AS school,
        g.measure, g.participants, r.happened, r.changed, r.again
      FROM trial t JOIN idea i ON i.id = t.idea_id JOIN school s ON s.id = t.school_id
        JOIN trial_registration g ON g.trial_id = t.id AND g.number = t.registration
        LEFT JOIN trial_report r ON r.trial_id = t.id AND r.number = t.report
      WHERE \(condition) AND i.state = 'published' ORDER BY t.id LIMIT \(limit)
      """
    ).map { row in
      let id = try row.read("id", as: String.self)
      let words = try ["finding", "happened", "changed", "again", "measure", "participants"].compactMap {
        try row.read($0, as: String?.self)
      }
      let school = try row.read("school", as: String.self)
      return Numbered(
        id: id,
        document: SearchDocument(
          kind: .trial, id: id, title: "\(school): \(try row.read("title", as: String.self))",
          text: words.filter { !$0.isEmpty }.joined(separator: "\n\n"), path: "/trials/\(id)", audience: .everyone,
          state: try row.read("verdict", as: String?.self) ?? row.read("state"), about: school,
          updatedAt: try row.read("reported_at", as: Instant?.self) ?? row.read("registered_at")))
    }
  }

  private func projects(_ condition: SQL, _ limit: Int) throws -> [Numbered] {
    try db.rows(
      """
      SELECT p.id, p.title, p.aim, p.population, p.aim_measure, p.questions, p.decision, p.decision_reason, p.state,
        p.changed_at, s.name AS school
      FROM project p JOIN school s ON s.id = p.school_id
      WHERE \(condition) AND p.visibility = 'league' ORDER BY p.id LIMIT \(limit)
      """
    ).map { row in
      let id = try row.read("id", as: String.self)
      let words = try ["aim", "decision_reason", "population", "aim_measure", "questions"].map {
        try row.read($0, as: String.self)
      }
      let decision = try row.read("decision", as: String?.self).flatMap(Project.Decision.init(rawValue:))?.past
      let state = try row.read("state", as: String.self)
      return Numbered(
        id: id,
        document: SearchDocument(
          kind: .project, id: id, title: try row.read("title"),
          text: words.filter { !$0.isEmpty }.joined(separator: "\n\n"), path: "/projects/\(id)", audience: .members,
          state: decision ?? state, about: "\(try row.read("school", as: String.self)) · \(decision ?? state)",
          updatedAt: try row.read("changed_at")))
    }
  }

  private func posts(_ condition: SQL, _ limit: Int) throws -> [Numbered] {
    try db.rows(
      """
      SELECT p.id, p.number, p.text, p.created_at, d.id AS discussion_id, d.title, d.asks, d.accepted_id, a.name
      FROM post p JOIN discussion d ON d.id = p.discussion_id JOIN person a ON a.id = p.author_id
      WHERE \(condition) AND p.deleted_at IS NULL ORDER BY p.id LIMIT \(limit)
      """
    ).map { row in
      let id = try row.read("id", as: String.self)
      return Numbered(
        id: id,
        document: SearchDocument(
          kind: .discussion, id: try row.read("discussion_id"), part: id, title: try row.read("title"),
          titleIsFound: try row.read("number", as: Int.self) == 1, text: try row.read("text"), path: "/posts/\(id)",
          audience: .members, about: try row.read("name"), updatedAt: try row.read("created_at")))
    }
  }
}
