import Statistics
import Storage

/// What somebody knows from having done it: finished trials first, then ideas, then answers that helped, then the topics
/// of all three. Computed from the League's records; nobody can type it.
struct Expertise: Sendable, Equatable {
  struct Trial: Sendable, Equatable {
    let id: String
    let idea: String
    let verdict: Verdict?
    let school: String
    let reportedAt: Instant
  }

  struct Idea: Sendable, Equatable {
    let id: String
    let title: String
  }

  /// An answer that whoever asked accepted.
  struct Answer: Sendable, Equatable {
    let post: Post.ID
    let question: String
    let acceptedAt: Instant
  }

  struct Topic: Sendable, Equatable {
    let key: String
    let name: String
    /// Ideas of that topic which the person tried or wrote, or about which an answer of theirs helped.
    let count: Int
  }

  var trials: [Trial] = []
  var ideas: [Idea] = []
  var answers: [Answer] = []
  var topics: [Topic] = []

  var isEmpty: Bool { trials.isEmpty && ideas.isEmpty && answers.isEmpty }
}

/// Every SQL statement about what somebody has done. Work of accounts that were merged into theirs counts.
struct ExpertiseStore {
  let db: any Transaction

  /// - Parameter viewer: questions are read by members alone, so the answers to them are told to nobody else.
  func of(_ person: Person.ID, taxonomy: Taxonomy, for viewer: Viewer, limit: Int = 6) throws -> Expertise {
    let own: SQL =
      "(SELECT id FROM person WHERE id = \(person) UNION ALL SELECT id FROM person WHERE merged_into = \(person))"
    let trials = try db.rows(
      """
      SELECT t.id, i.title, t.verdict, t.reported_at, s.name FROM trial t JOIN idea i ON i.id = t.idea_id
        JOIN school s ON s.id = t.school_id
      WHERE t.person_id IN \(own) AND t.state = 'reported' AND i.state = 'published'
      ORDER BY t.reported_at DESC, t.id LIMIT \(limit)
      """)
    let ideas = try db.rows(
      """
      SELECT id, title FROM idea WHERE owner_id IN \(own) AND state = 'published'
      ORDER BY latest_at DESC, id LIMIT \(limit)
      """)
    let answers =
      viewer.isMember
      ? try db.rows(
        """
        SELECT p.id, p.accepted_at, d.title FROM post p JOIN discussion d ON d.id = p.discussion_id
        WHERE p.author_id IN \(own) AND p.accepted_at IS NOT NULL AND d.starter_id NOT IN \(own) AND d.hidden = 0
        ORDER BY p.accepted_at DESC, p.id LIMIT \(limit)
        """) : []
    let topics = try db.rows(
      """
      SELECT x.topic, count(*) AS n FROM idea_topic x JOIN idea i ON i.id = x.idea_id AND i.state = 'published'
      WHERE x.idea_id IN (
        SELECT idea_id FROM trial WHERE person_id IN \(own) AND state = 'reported'
        UNION SELECT id FROM idea WHERE owner_id IN \(own)
        UNION SELECT COALESCE(t.idea_id, d.about_id) FROM post p JOIN discussion d ON d.id = p.discussion_id
          LEFT JOIN trial t ON d.about_kind = 'trial' AND t.id = d.about_id
          WHERE p.author_id IN \(own) AND p.accepted_at IS NOT NULL AND d.starter_id NOT IN \(own)
            AND d.about_kind IN ('idea', 'trial') AND d.hidden = 0)
      GROUP BY x.topic ORDER BY n DESC, x.topic LIMIT \(limit)
      """)
    return Expertise(
      trials: try trials.map { row in
        Expertise.Trial(
          id: try row.read("id"), idea: try row.read("title"),
          verdict: Verdict(rawValue: try row.read("verdict", as: String?.self) ?? ""), school: try row.read("name"),
          reportedAt: try row.read("reported_at"))
      },
      ideas: try ideas.map { Expertise.Idea(id: try $0.read("id"), title: try $0.read("title")) },
      answers: try answers.map { row in
        Expertise.Answer(
          post: try row.read("id"), question: try row.read("title"), acceptedAt: try row.read("accepted_at"))
      },
      topics: try topics.map { row in
        let key: String = try row.read("topic")
        return Expertise.Topic(key: key, name: taxonomy.topicName(key), count: try row.read("n"))
      })
  }
}
