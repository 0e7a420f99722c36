import Storage

/// Finds what a discussion is to be about.
struct TopicStore {
  let db: any Transaction

  /// Nil when there is no such thing that all members may see.
  func find(_ kind: Discussion.Kind, _ id: String) throws -> Discussion.Topic? {
    try name(kind, id).map { Discussion.Topic(kind: kind, id: id, title: $0) }
  }

  private func name(_ kind: Discussion.Kind, _ id: String) throws -> String? {
    switch kind {
    case .school: try db.value("name", "SELECT name FROM school WHERE id = \(id)")
    case .idea: try db.value("title", "SELECT title FROM idea WHERE id = \(id) AND state = 'published'")
    case .trial:
      try db.rows(
        """
        SELECT i.title, s.name FROM trial t JOIN idea i ON i.id = t.idea_id JOIN school s ON s.id = t.school_id
        WHERE t.id = \(id) AND i.state = 'published'
        """
      ).first.map { "\(try $0.read("name", as: String.self)): \(try $0.read("title", as: String.self))" }
    }
  }
}
