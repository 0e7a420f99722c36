extension Database {
  /// The whole schema as text that is the same for the same schema: of SQLite every statement that made it, of
  /// PostgreSQL every column, constraint and index. Without the table of applied migrations and what engines keep for
  /// themselves.
  public func schema() async throws -> String {
    let lines = try await read { db in
      try db.rows(.schemaLines).map { try $0.read("line", as: String.self) }
    }
    return lines.map { $0 + ";\n" }.joined(separator: "\n")
  }

  /// The names of the tables that hold data of the program, in order.
  public func tables() async throws -> [String] {
    try await read { db in try db.rows(.tableNames).map { try $0.read("name") } }
  }
}

extension SQL {
  fileprivate static var tableNames: SQL {
    .either(
      sqlite: """
        SELECT name FROM pragma_table_list
        WHERE schema = 'main' AND type = 'table' AND name NOT GLOB 'sqlite_*' AND name <> 'migration' ORDER BY name
        """,
      postgres: """
        SELECT tablename AS name FROM pg_tables
        WHERE schemaname = current_schema() AND tablename <> 'migration' ORDER BY tablename
        """)
  }

  fileprivate static var schemaLines: SQL {
    .either(
      sqlite: """
        SELECT s.sql AS line FROM sqlite_schema s LEFT JOIN pragma_table_list t ON t.schema = 'main' AND t.name = s.name
        WHERE s.sql IS NOT NULL AND s.name NOT GLOB 'sqlite_*' AND s.tbl_name <> 'migration'
          AND t.type IS DISTINCT FROM 'shadow'
        ORDER BY CASE s.type WHEN 'table' THEN 0 WHEN 'view' THEN 1 WHEN 'index' THEN 2 ELSE 3 END, s.name
        """,
      postgres: """
        SELECT line FROM (
          SELECT 0 AS kind, c.relname AS place, a.attnum AS position, c.relname || '.' || a.attname || ' '
            || format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
            || coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '') AS line
          FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
          WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
          UNION ALL
          SELECT 1, conrelid::regclass::text, 0, conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
          FROM pg_constraint WHERE connamespace = current_schema()::regnamespace
          UNION ALL
          SELECT 2, tablename, 0, 'index ' || indexname || ' on ' || tablename
            || substr(indexdef, strpos(indexdef, ' USING '))
          FROM pg_indexes WHERE schemaname = current_schema()
        ) lines WHERE place <> 'migration' ORDER BY kind, place, position, line
        """)
  }
}
