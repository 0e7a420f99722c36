import Storage

/// Every SQL statement about who is told of new discussions about an idea, a trial or a school.
struct TopicReaderStore {
  let db: any Transaction

  func find(_ viewer: Viewer, _ kind: Discussion.Kind, _ id: String) throws -> TopicReading {
    guard let person = viewer.person else { return TopicReading() }
    let own: SQL =
      switch kind {
      case .idea:
        """
        CASE WHEN EXISTS (SELECT 1 FROM idea WHERE id = \(id) AND owner_id = \(person)) THEN 0
          WHEN EXISTS (SELECT 1 FROM trial WHERE person_id = \(person) AND idea_id = \(id) AND state <> 'withdrawn') THEN 1 END
        """
      case .trial: "CASE WHEN EXISTS (SELECT 1 FROM trial WHERE id = \(id) AND person_id = \(person)) THEN 0 END"
      case .school: "\(viewer.leads(School.ID(id)) ? TopicReading.Own.lead.rawValue : nil)"
      }
    let row = try db.rows(
      """
      SELECT \(own) AS own, (SELECT level FROM topic_reader
        WHERE person_id = \(person) AND about_kind = \(kind.rawValue) AND about_id = \(id)) AS level
      """
    ).first
    return TopicReading(
      own: try row?.read("own", as: Int?.self).flatMap(TopicReading.Own.init)?.words(kind),
      chosen: try row?.read("level", as: String?.self).flatMap(ReadingLevel.init))
  }

  /// - Parameter level: watching or muted.
  func set(_ level: ReadingLevel, of person: Person.ID, _ kind: Discussion.Kind, _ id: String) throws {
    try db.run(
      """
      INSERT INTO topic_reader (person_id, about_kind, about_id, level)
      VALUES (\(person), \(kind.rawValue), \(id), \(level.rawValue))
      ON CONFLICT (person_id, about_kind, about_id) DO UPDATE SET level = excluded.level
      """)
  }

  /// Those to be told that somebody began a discussion about it, each with the reason: whose it is, and who asked.
  func told(of kind: Discussion.Kind, _ id: String, now: Instant, limit: Int = 500) throws -> [(
    person: Person.ID, why: String
  )] {
    let own: SQL =
      switch kind {
      case .idea:
        """
        SELECT owner_id AS person_id, 0 AS own FROM idea WHERE id = \(id)
        UNION SELECT person_id, 1 AS own FROM trial WHERE idea_id = \(id) AND state <> 'withdrawn'
        """
      case .trial: "SELECT person_id, 0 AS own FROM trial WHERE id = \(id)"
      case .school:
        """
        SELECT person_id, 2 AS own FROM role WHERE school_id = \(id) AND kind = 'lead' AND starts_at <= \(now)
          AND (ends_at IS NULL OR ends_at > \(now))
        """
      }
    return try db.rows(
      """
      SELECT w.person_id, min(w.own) AS own FROM (\(own)
        UNION SELECT person_id, 9 AS own FROM topic_reader
        WHERE about_kind = \(kind.rawValue) AND about_id = \(id) AND level = 'watching') w
      WHERE NOT EXISTS (SELECT 1 FROM topic_reader m WHERE m.person_id = w.person_id
        AND m.about_kind = \(kind.rawValue) AND m.about_id = \(id) AND m.level = 'muted')
      GROUP BY w.person_id ORDER BY min(w.own), w.person_id LIMIT \(limit)
      """
    ).map { row in
      let own = TopicReading.Own(rawValue: try row.read("own"))
      return (try row.read("person_id"), own?.words(kind) ?? "you asked to be told of it")
    }
  }
}
