extension Transaction {
  /// Inserts many rows with few statements: for imports and large demonstrations.
  ///
  /// Rows go in groups of at most 512, and at most 8,192 values a statement, so that both engines take them and only
  /// two statement texts are prepared per width.
  ///
  /// - Parameter conflict: what follows the rows, as `ON CONFLICT (id) DO NOTHING`.
  /// - Returns: the number of rows inserted or changed.
  /// - Throws: `DatabaseError.value` when a row has another number of values than there are columns.
  @discardableResult
  public func insertMany(
    into table: String, columns: [String], rows: some Sequence<[(any SQLBindable)?]>, conflict: SQL = ""
  ) throws -> Int {
    let head: SQL = "INSERT INTO \(SQL.name(table)) (\(SQL.join(columns.map(SQL.name)))) VALUES "
    let limit = max(1, min(512, 8192 / max(1, columns.count)))
    var changed = 0
    var group: [SQL] = []
    func flush() throws {
      guard !group.isEmpty else { return }
      changed += try run(head + SQL.join(group) + " " + conflict)
      group.removeAll(keepingCapacity: true)
    }
    for row in rows {
      guard row.count == columns.count else {
        throw DatabaseError.value("\(row.count) values in \(columns.count) columns of \(table)")
      }
      group.append("(" + SQL.join(row.map(SQL.bound)) + ")")
      if group.count == limit { try flush() }
    }
    try flush()
    return changed
  }
}

extension SQL {
  /// One bound value of a type known only while running.
  static func bound(_ value: (any SQLBindable)?) -> SQL {
    guard let value else { return SQL(parts: [.value(.null, .inferred)]) }
    return SQL(parts: [.value(value.sqlValue, type(of: value).sqlType)])
  }
}
