import Storage

/// Every SQL statement about driver diagrams.
struct DriverStore {
  let db: any Transaction

  /// In the order of the outline.
  func all(of project: Project.ID) throws -> [Driver] {
    try db.all(
      """
      SELECT id, parent_id, kind, words, idea_id FROM driver WHERE project_id = \(project) ORDER BY position LIMIT 200
      """)
  }

  /// Measures that hang on a driver of the project, by driver.
  func measures(of project: Project.ID) throws -> [HungMeasure] {
    try db.rows(
      "SELECT id, name, driver_id FROM measure WHERE project_id = \(project) ORDER BY name, id LIMIT 100"
    ).map { HungMeasure(id: try $0.read("id"), name: try $0.read("name"), driver: try $0.read("driver_id")) }
  }

  /// Published ideas whose title holds the words, for putting one into the diagram.
  func ideas(_ words: String) throws -> [(id: Idea.ID, title: String)] {
    guard !words.isEmpty else { return [] }
    let found = try SearchStore(db: db).find(
      SearchRequest(text: words, kind: .idea), for: .visitor(now: Instant(milliseconds: 0)))
    return found.groups.flatMap(\.results).prefix(8).map { (id: Idea.ID($0.id), title: $0.title) }
  }

  /// Puts a whole outline in place of the one before; drivers that stay keep their ids.
  ///
  /// - Throws: `Refusal.invalid` when a line names an idea that the viewer may not see.
  func replace(_ old: [Driver], with new: [Driver], of project: Project.ID, for viewer: Viewer) throws {
    for idea in Set(new.compactMap(\.idea)) {
      guard try IdeaStore(db: db).find(idea, for: viewer) != nil else {
        throw Refusal.invalid(["outline": "No idea of the library has the address /ideas/\(idea)."])
      }
    }
    let kept = Set(old.map(\.id))
    for (index, each) in new.enumerated() {
      if kept.contains(each.id) {
        try db.run(
          """
          UPDATE driver SET parent_id = \(each.parent), position = \(index + 1), words = \(each.words),
            idea_id = \(each.idea)
          WHERE id = \(each.id)
          """)
      } else {
        try db.run(
          """
          INSERT INTO driver (id, project_id, parent_id, kind, position, words, idea_id)
          VALUES (\(each.id), \(project), \(each.parent), \(each.kind.rawValue), \(index + 1), \(each.words),
            \(each.idea))
          """)
      }
    }
    let gone = old.filter { each in !new.contains { $0.id == each.id } }
    try db.run("UPDATE measure SET driver_id = NULL WHERE driver_id IN \(SQL.list(gone.map(\.id)))")
    for kind in [Driver.Kind.change, .secondary, .primary] {
      for each in gone where each.kind == kind { try db.run("DELETE FROM driver WHERE id = \(each.id)") }
    }
    try db.run("DELETE FROM project_idea WHERE project_id = \(project)")
    for idea in Set(new.compactMap(\.idea)).sorted() {
      try db.run("INSERT INTO project_idea (project_id, idea_id) VALUES (\(project), \(idea))")
    }
  }
}

extension Driver: RowReadable {
  init(row: Row) throws {
    id = try row.read("id")
    parent = try row.read("parent_id")
    kind = Kind(rawValue: try row.read("kind")) ?? .change
    words = try row.read("words")
    idea = try row.read("idea_id")
  }
}
