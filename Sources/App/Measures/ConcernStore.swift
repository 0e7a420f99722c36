import Storage

/// Every SQL statement about signals of concern and what teams make of them.
struct ConcernStore {
  let db: any Transaction

  /// Measures called `m` whose concern waits for an answer.
  static let isOpen: SQL = """
    (m.concern <> '' AND NOT EXISTS (
      SELECT 1 FROM concern_answer a WHERE a.measure_id = m.id AND a.points > m.points - \(Concern.rest)))
    """

  func find(_ measure: Measure.ID, limit: Int = 50) throws -> Concern {
    let replies = try db.rows(
      """
      SELECT a.words, a.at, a.sentence, a.points, p.name FROM concern_answer a JOIN person p ON p.id = a.by_id
      WHERE a.measure_id = \(measure) ORDER BY a.at DESC, a.id DESC LIMIT \(limit)
      """
    ).map { row in
      Concern.Reply(
        words: try row.read("words"), by: try row.read("name"), at: try row.read("at"),
        sentence: try row.read("sentence"), points: try row.read("points"))
    }
    let row = try db.rows("SELECT concern, points FROM measure WHERE id = \(measure)").first.orRefuse(.notFound)
    return Concern(sentence: try row.read("concern"), points: try row.read("points"), replies: replies)
  }

  /// - Throws: `Refusal.conflict` when the chart gives no cause any more, or somebody has answered.
  func answer(_ measure: Measure.ID, with words: String, id: String, by person: Person.ID, now: Instant) throws {
    let concern = try find(measure, limit: 1)
    guard concern.isOpen else {
      throw Refusal.conflict(
        concern.sentence.isEmpty
          ? "The chart gives no cause for concern any more: values came in meanwhile. Nothing was kept."
          : "Somebody has answered this meanwhile. Open the measure again to read it; go back first to copy your words."
      )
    }
    try db.run(
      """
      INSERT INTO concern_answer (id, measure_id, by_id, at, words, sentence, points)
      VALUES (\(id), \(measure), \(person), \(now), \(words), \(concern.sentence), \(concern.points))
      """)
  }
}
