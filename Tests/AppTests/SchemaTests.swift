import Foundation
import Storage
import TestDatabase
import Testing

@testable import App

struct SchemaTests {
  /// `RECORD=1 swift test --filter SchemaTests` writes it anew; the difference in git is what a migration does.
  @Test func schemaFileIsTheSumOfTheMigrations() async throws {
    let schema = try await TestDatabase.open(.sqlite, migrations: Site.migrations).schema()
    let file = Repository.root.appending(path: "Sources/App/Migrations/schema.sql")
    if ProcessInfo.processInfo.environment["RECORD"] != nil { try Data(schema.utf8).write(to: file) }
    #expect(try String(contentsOf: file, encoding: .utf8) == schema, "RECORD=1 to accept")
  }

  /// What a person takes along, and what goes with them, is decided for every column that names one.
  @Test func everyColumnThatNamesAPersonIsDecided() async throws {
    let schema = try await TestDatabase.open(.sqlite, migrations: Site.migrations).schema()
    var named: Set<String> = []
    for table in schema.matches(of: /CREATE TABLE (\w+) \(([^;]*);/) {
      for column in table.output.2.matches(of: /(\w+) TEXT[^,;]*?REFERENCES person \(id\)/) {
        named.insert("\(table.output.1).\(column.output.1)")
      }
    }
    #expect(named == Set(PersonReferences.columns.map { "\($0.table).\($0.name)" }), "see PersonReferences.swift")
  }

  @Test func migrationsStandInOrderUnderNamesOfTheirOwn() {
    let names = Site.migrations.map(\.name)
    #expect(names == names.sorted())
    #expect(Set(names).count == names.count)
  }
}
