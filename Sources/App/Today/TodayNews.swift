import Storage

/// What is new to a person, each with the reason why it is shown to them.
struct TodayNews {
  let db: any Transaction
  let person: Person.ID
  let schools: [School.ID]
  /// Older things are not new.
  let since: Instant

  /// Reports on ideas of the person's own, or that they try as well.
  func reports(limit: Int = Today.most) throws -> [Today.Item] {
    try db.rows(
      """
      SELECT t.id, t.finding, i.title, s.name AS school,
        CASE WHEN i.owner_id = \(person) THEN 1 ELSE 0 END AS is_own
      FROM (SELECT id FROM idea WHERE owner_id = \(person) UNION SELECT idea_id FROM trial WHERE person_id = \(person)) own
        CROSS JOIN trial t JOIN idea i ON i.id = t.idea_id JOIN school s ON s.id = t.school_id
      WHERE t.idea_id = own.id AND t.state = 'reported' AND t.reported_at >= \(since) AND t.person_id <> \(person)
        AND i.state = 'published'
      ORDER BY t.reported_at DESC, t.id DESC LIMIT \(limit)
      """
    ).map { row in
      Today.Item(
        title: "\(try row.read("school", as: String.self)) reported on “\(try row.read("title", as: String.self))”",
        path: "/trials/\(try row.read("id", as: String.self))",
        tag: try row.read("is_own", as: Int.self) == 1 ? "because the idea is yours" : "because you try it, too",
        text: try row.read("finding"))
    }
  }

  /// Trials that others registered on ideas of the person's own.
  func registrations(limit: Int = Today.most) throws -> [Today.Item] {
    try db.rows(
      """
      SELECT t.id, i.title, s.name AS school
      FROM idea i JOIN trial t ON t.idea_id = i.id JOIN school s ON s.id = t.school_id
      WHERE i.owner_id = \(person) AND i.state = 'published' AND t.state = 'running' AND t.registered_at >= \(since)
        AND t.person_id <> \(person)
      ORDER BY t.registered_at DESC, t.id DESC LIMIT \(limit)
      """
    ).map { row in
      Today.Item(
        title: "\(try row.read("school", as: String.self)) is trying “\(try row.read("title", as: String.self))”",
        path: "/trials/\(try row.read("id", as: String.self))", tag: "because the idea is yours")
    }
  }

  /// Ideas of other schools on what the person's schools work on: the topics of their own ideas and trials.
  func ideas(_ topics: [String], named: (String) -> String, limit: Int = Today.most) throws -> [Today.Item] {
    guard !topics.isEmpty else { return [] }
    let fits: SQL = "x.idea_id = i.id AND x.topic IN \(SQL.list(topics))"
    return try db.rows(
      """
      SELECT i.id, i.title, i.summary, (SELECT min(x.topic) FROM idea_topic x WHERE \(fits)) AS topic
      FROM idea i
      WHERE i.state = 'published' AND i.published_at >= \(since) AND i.owner_id <> \(person)
        AND i.school_id NOT IN \(SQL.list(schools)) AND i.outdated_at IS NULL
        AND EXISTS (SELECT 1 FROM idea_topic x WHERE \(fits))
      ORDER BY i.published_at DESC, i.id DESC LIMIT \(limit)
      """
    ).map { row in
      Today.Item(
        title: try row.read("title"), path: "/ideas/\(try row.read("id", as: String.self))",
        tag: "because your school works on \(named(try row.read("topic")))", text: try row.read("summary"))
    }
  }

  /// The topics of what the person's schools shared or tried, those of most trials and ideas first.
  func topics(limit: Int = 12) throws -> [String] {
    guard !schools.isEmpty else { return [] }
    return try db.rows(
      """
      SELECT x.topic, count(*) AS n FROM idea_topic x WHERE x.idea_id IN (
        SELECT i.id FROM idea i WHERE i.school_id IN \(SQL.list(schools))
        UNION SELECT t.idea_id FROM trial t WHERE t.school_id IN \(SQL.list(schools)))
      GROUP BY x.topic ORDER BY n DESC, x.topic LIMIT \(limit)
      """
    ).map { try $0.read("topic") }
  }
}
