/// A table that holds data, as the engine describes it.
public struct TableShape: Sendable, Equatable {
  public let name: String
  /// The stored columns in order of their names, without those that an engine computes.
  public let columns: [String]
  /// The primary key's columns, in its order.
  public let key: [String]
}

extension Transaction {
  /// Every table of the program in order of its name; without the record of migrations and what engines keep for
  /// themselves.
  ///
  /// - Throws: `DatabaseError.unsuitable` for a table without a primary key, whose rows have no order.
  public func tableShapes() throws -> [TableShape] {
    var columns: [String: [(name: String, position: Int)]] = [:]
    for row in try rows(.tableColumns) {
      let table: String = try row.read("table_name")
      columns[table, default: []].append((try row.read("column_name"), try row.read("key_position")))
    }
    return try columns.sorted { $0.key < $1.key }.map { name, columns in
      let key = columns.filter { $0.position > 0 }.sorted { $0.position < $1.position }.map(\.name)
      guard !key.isEmpty else { throw DatabaseError.unsuitable("The table \(name) has no primary key.") }
      return TableShape(name: name, columns: columns.map(\.name).sorted(), key: key)
    }
  }

  /// Up to `limit` rows of the table in order of its key, all of its columns in the shape's order: the first ones, or
  /// those behind the row whose key is `last`. The order is the same on both engines.
  public func rows(of table: TableShape, after last: [SQLValue]?, limit: Int) throws -> [Row] {
    let key = SQL.join(table.key.map(SQL.name))
    let rest: SQL = last.map { "WHERE (\(key)) > (\(SQL.join($0.map { "\($0)" })))" } ?? ""
    let columns = SQL.join(table.columns.map(SQL.name))
    return try rows("SELECT \(columns) FROM \(SQL.name(table.name)) \(rest) ORDER BY \(key) LIMIT \(limit)")
  }

  /// Adds rows with all of the table's columns, in the shape's order.
  public func insert(_ rows: [[SQLValue]], into table: TableShape) throws {
    try insertMany(into: table.name, columns: table.columns, rows: rows.map { $0.map { $0 } })
  }

  /// True when no table holds a row.
  public func isEmpty(_ tables: [TableShape]) throws -> Bool {
    for table in tables where try !rows("SELECT 1 AS one FROM \(SQL.name(table.name)) LIMIT 1").isEmpty { return false }
    return true
  }
}

/// A value read from one table and bound for another; its column tells PostgreSQL the type.
extension SQLValue: SQLBindable {
  public var sqlValue: SQLValue { self }
}

extension SQL {
  fileprivate static var tableColumns: SQL {
    .either(
      sqlite: """
        SELECT t.name AS table_name, c.name AS column_name, c.pk AS key_position
        FROM pragma_table_list t, pragma_table_xinfo(t.name) c
        WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT GLOB 'sqlite_*' AND t.name <> 'migration'
          AND c.hidden = 0
        """,
      postgres: """
        SELECT c.relname AS table_name, a.attname AS column_name,
          coalesce((SELECT k.position FROM pg_index i, unnest(i.indkey::int2[]) WITH ORDINALITY AS k (number, position)
                    WHERE i.indrelid = c.oid AND i.indisprimary AND k.number = a.attnum), 0) AS key_position
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace AND c.relname <> 'migration'
          AND a.attgenerated = ''
        """)
  }
}
