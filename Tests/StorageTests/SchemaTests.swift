import Storage
import TestDatabase
import Testing

@Suite struct SchemaTests {
  @Test(arguments: Engine.contract) func theSameStepsGiveTheSameText(engine: Engine) async throws {
    let (one, other) = (try await openIdeas(engine), try await openIdeas(engine))
    let text = try await one.schema()
    #expect(try await other.schema() == text)
    #expect(text.contains("idea") && text.contains("votes_count_up") && !text.contains("migration"))
    try await other.write { _ = try $0.script("CREATE INDEX idea_by_title ON idea (title)") }
    #expect(try await other.schema().contains("idea_by_title"))
  }

  @Test(arguments: Engine.contract) func tablesAreNamedWithoutTheEnginesOwn(engine: Engine) async throws {
    let db = try await openIdeas(engine)
    try await db.migrate(ideas + [Migration("0002_documents", [documents] + FullText(table: "document").creation)])
    #expect(try await db.tables() == ["document", "idea", "school"])
    #expect(!(try await db.schema()).contains("document_index_data"))
  }

  private let documents: SQL = """
    CREATE TABLE document (\(SQL.rowNumber), title TEXT NOT NULL, body TEXT NOT NULL, marks TEXT NOT NULL)
    """
}
