extension Transaction {
  /// Runs `work`, which fills tables in any order: rows may refer to rows that come later, but not to rows that are still
  /// missing when it ends. Numbers that the engine gives go on behind the ones that were loaded.
  ///
  /// - Throws: what `work` throws; `DatabaseError.foreignKey` when a reference leads nowhere, on SQLite at the latest
  ///   when the transaction ends.
  public func loading<Value>(_ work: () throws -> Value) throws -> Value {
    try script(.referencesWait)
    let value = try work()
    try script(.referencesHold)
    return value
  }

  /// Rows that refer to one that is not there, as `table → other table`; PostgreSQL has none.
  public func brokenReferences() throws -> [String] {
    guard dialect == .sqlite else { return [] }
    return try rows("SELECT \"table\" AS place, parent FROM pragma_foreign_key_check LIMIT 100").map {
      "\(try $0.read("place", as: String.self)) → \(try $0.read("parent", as: String.self))"
    }
  }

  /// What SQLite finds wrong in its file; empty when it is whole. PostgreSQL keeps checksums of its own.
  public func damages() throws -> [String] {
    guard dialect == .sqlite else { return [] }
    let found: [String] = try rows("SELECT integrity_check AS line FROM pragma_integrity_check(100)").map {
      try $0.read("line")
    }
    return found == ["ok"] ? [] : found
  }
}

extension SQL {
  /// PostgreSQL has no switch for it that an ordinary owner may turn: constraints are taken away and put back, all
  /// within the transaction.
  fileprivate static var referencesWait: SQL {
    .either(
      sqlite: "PRAGMA defer_foreign_keys = ON",
      postgres: """
        CREATE TEMPORARY TABLE loading_constraint ON COMMIT DROP AS
          SELECT conrelid::regclass::text AS place, conname AS name, pg_get_constraintdef(oid) AS definition
          FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace;
        DO $$ DECLARE c record; BEGIN
          FOR c IN SELECT * FROM loading_constraint LOOP
            EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', c.place, c.name);
          END LOOP;
        END $$
        """)
  }

  fileprivate static var referencesHold: SQL {
    .either(
      sqlite: "SELECT 1",
      postgres: """
        DO $$ DECLARE c record; BEGIN
          FOR c IN SELECT * FROM loading_constraint ORDER BY place, name LOOP
            EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I %s', c.place, c.name, c.definition);
          END LOOP;
          FOR c IN
            SELECT quote_ident(t.relname) AS place, a.attname AS name FROM pg_class t
            JOIN pg_attribute a ON a.attrelid = t.oid AND a.attidentity <> '' AND NOT a.attisdropped
            WHERE t.relkind = 'r' AND t.relnamespace = current_schema()::regnamespace
          LOOP
            EXECUTE format('SELECT setval(pg_get_serial_sequence(%L, %L), coalesce(max(%I), 1), max(%I) IS NOT NULL) FROM %s',
              c.place, c.name, c.name, c.name, c.place);
          END LOOP;
          DROP TABLE loading_constraint;
        END $$
        """)
  }
}

extension Transaction {
  /// The name of the PostgreSQL schema in use.
  public func currentSchema() throws -> String { try value("name", "SELECT current_schema() AS name") ?? "public" }

  /// Keeps a PostgreSQL schema with all that is in it under another name, and makes an empty one in its place.
  public func setAside(schema: String, as kept: String) throws {
    try script("ALTER SCHEMA \(SQL.name(schema)) RENAME TO \(SQL.name(kept)); CREATE SCHEMA \(SQL.name(schema))")
  }

  /// Undoes `setAside`: what is in `schema` now is gone.
  public func putBack(schema: String, from kept: String) throws {
    try script(
      "DROP SCHEMA \(SQL.name(schema)) CASCADE; ALTER SCHEMA \(SQL.name(kept)) RENAME TO \(SQL.name(schema))")
  }

  public func drop(schema: String) throws { try script("DROP SCHEMA \(SQL.name(schema)) CASCADE") }
}
