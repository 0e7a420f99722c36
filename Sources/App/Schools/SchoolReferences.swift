import Storage

/// The tables whose rows name a school by a column `school_id`. A school that one of them names is never deleted; when two
/// schools are merged, those rows go over to the one that stays.
///
/// A feature whose table refers to `school` adds it here; a test reads the schema and holds that none is missing.
struct SchoolReferences {
  let db: any Transaction

  struct Table: Sendable {
    let name: String
    /// Its primary key, one column of text.
    let key: String
    let column: String

    init(_ name: String, key: String = "id", column: String = "school_id") {
      self.name = name
      self.key = key
      self.column = column
    }
  }

  static let tables = [
    Table("role"), Table("membership"), Table("roster_request"), Table("roster_import"), Table("idea"), Table("trial"),
    Table("project"), Table("project_school"), Table("measure"), Table("domain_rule", key: "domain"),
  ]

  /// Tables that belong to the directory itself.
  static let ownTables = ["school", "school_name_trigram", "school_history", "school_duplicate", "school_merger"]

  /// The first table that names the school.
  func firstReference(to school: School.ID) throws -> String? {
    for table in Self.tables {
      let rows = try db.rows(
        """
        SELECT \(SQL.name(table.key)) FROM \(SQL.name(table.name))
        WHERE \(SQL.name(table.column)) = \(school) LIMIT 1
        """)
      if !rows.isEmpty { return table.name }
    }
    return nil
  }

  /// Gives the rows that name `school` to `other`, each by itself: one that cannot go, since `other` already has its
  /// like, stays.
  ///
  /// - Returns: the rows that went, and how many stayed.
  func move(from school: School.ID, to other: School.ID) throws -> (moved: [(table: String, row: String)], stayed: Int)
  {
    var moved: [(table: String, row: String)] = []
    var stayed = 0
    for table in Self.tables {
      let rows = try db.rows(
        """
        SELECT \(SQL.name(table.key)) AS key FROM \(SQL.name(table.name)) WHERE \(SQL.name(table.column)) = \(school)
        """)
      for row in rows {
        let key: String = try row.read("key")
        if try set(table, key, to: other) { moved.append((table: table.name, row: key)) } else { stayed += 1 }
      }
    }
    return (moved, stayed)
  }

  /// Gives a row back to the school it came from, unless it names yet another by now.
  func giveBack(_ table: Table, _ key: String, from school: School.ID, to other: School.ID) throws {
    let own = try db.rows(
      """
      SELECT \(SQL.name(table.key)) FROM \(SQL.name(table.name))
      WHERE \(SQL.name(table.key)) = \(key) AND \(SQL.name(table.column)) = \(school)
      """)
    if !own.isEmpty { _ = try set(table, key, to: other) }
  }

  /// Gives one row to a school; false where a rule of the table forbids it.
  private func set(_ table: Table, _ key: String, to school: School.ID) throws -> Bool {
    do {
      try db.savepoint {
        _ = try db.run(
          """
          UPDATE \(SQL.name(table.name)) SET \(SQL.name(table.column)) = \(school) WHERE \(SQL.name(table.key)) = \(key)
          """)
      }
      return true
    } catch DatabaseError.unique {
      return false
    }
  }
}
