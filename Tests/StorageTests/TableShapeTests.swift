import Foundation
import Storage
import TestDatabase
import Testing

struct TableShapeTests {
  private static let tables = [
    Migration(
      "0001_tables",
      """
      CREATE TABLE pair (b TEXT NOT NULL, a BIGINT NOT NULL, x DOUBLE PRECISION, picture BYTEA, PRIMARY KEY (b, a));
      CREATE TABLE child (id TEXT PRIMARY KEY, parent_id TEXT REFERENCES child (id))
      """,
      "CREATE TABLE document (\(SQL.rowNumber), title TEXT NOT NULL)")
  ]

  private static let values: [[SQLValue]] = [
    [.integer(1), .text("é"), .null, .real(1e-300)],
    [.integer(-9_223_372_036_854_775_808), .text("Z"), .blob([0, 255]), .null],
    [.integer(2), .text("Z"), .blob([]), .real(0.1)], [.integer(3), .text("a"), .null, .real(3)],
    [.integer(10), .text("a"), .null, .real(-2.5e10)], [.integer(0), .text(""), .null, .real(1.7976931348623157e308)],
    [.integer(5), .text("𝄞 \"quoted\"\n"), .null, .null],
  ]

  @Test(arguments: Engine.contract) func tablesTellTheirColumnsAndKeys(engine: Engine) async throws {
    let database = try await TestDatabase.open(engine, migrations: Self.tables)
    let shapes = try await database.read { try $0.tableShapes() }
    #expect(shapes.map(\.name) == ["child", "document", "pair"])
    #expect(shapes[2].columns == ["a", "b", "picture", "x"])
    #expect(shapes[2].key == ["b", "a"])
    #expect(shapes[1].key == ["number"])
  }

  /// Two rows at a time, in the same order on both engines: by the bytes of UTF-8, then by number.
  @Test(arguments: Engine.contract) func rowsComeBackInOrderOfTheirKey(engine: Engine) async throws {
    let database = try await TestDatabase.open(engine, migrations: Self.tables)
    let back = try await database.write { db in
      let shape = try db.tableShapes()[2]
      try db.insert(Self.values, into: shape)
      var (all, last) = ([[SQLValue]](), [SQLValue]?.none)
      while true {
        let rows = try db.rows(of: shape, after: last, limit: 2).map { Array($0.values) }
        all += rows
        guard let end = rows.last else { return all }
        last = [end[1], end[0]]
      }
    }
    #expect(back == [5, 1, 2, 3, 4, 0, 6].map { Self.values[$0] })
  }

  @Test(arguments: Engine.contract) func rowsMayReferToLaterOnesButNotToMissingOnes(engine: Engine) async throws {
    let database = try await TestDatabase.open(engine, migrations: Self.tables)
    func load(_ rows: [[SQLValue]]) async throws {
      try await database.write { db in
        try db.loading {
          try db.insert(rows, into: try db.tableShapes()[0])
          try db.insert([[.integer(7), .text("seven")]], into: try db.tableShapes()[1])
        }
      }
    }
    await #expect(throws: (any Error).self) { try await load([[.text("a"), .text("nobody")]]) }
    #expect(try await database.read { db in try db.isEmpty(try db.tableShapes()) })
    try await load([[.text("a"), .text("b")], [.text("b"), .null]])
    // Numbers go on behind those that were loaded, and references hold again.
    let next: Int? = try await database.write { db in
      try db.value("number", "INSERT INTO document (title) VALUES ('eight') RETURNING number")
    }
    #expect(next == 8)
    await #expect(throws: DatabaseError.self) {
      try await database.write { try $0.run("INSERT INTO child (id, parent_id) VALUES ('c', 'nobody')") }
    }
  }

  @Test func aFileThatSomebodyHasOpenIsInUse() async throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appending(path: "a.sqlite").path
    #expect(try await !SQLiteDatabase.isInUse(path: path))
    let database = try SQLiteDatabase(path: path)
    try await database.write { try $0.script("CREATE TABLE a (id TEXT PRIMARY KEY)") }
    #expect(try await SQLiteDatabase.isInUse(path: path))
    try await database.close()
    #expect(try await !SQLiteDatabase.isInUse(path: path))
  }
}
