import Storage
import TestDatabase

/// A small schema that shows every rule the contract speaks of.
let ideas = [
  Migration(
    "0001_idea",
    """
    CREATE TABLE school (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      state TEXT,
      UNIQUE (name, state)
    );
    CREATE TABLE idea (
      id TEXT PRIMARY KEY,
      title TEXT NOT NULL CHECK (title <> ''),
      effect DOUBLE PRECISION,
      votes BIGINT NOT NULL DEFAULT 0 CONSTRAINT votes_count_up CHECK (votes >= 0),
      published INTEGER NOT NULL DEFAULT 0 CHECK (published IN (0, 1)),
      school_id TEXT REFERENCES school (id),
      picture BYTEA
    );
    """)
]

/// A fresh database with the small schema.
func openIdeas(
  _ engine: Engine, connections: Int = 4, limits: DatabaseLimits = DatabaseLimits()
) async throws -> any Database {
  try await TestDatabase.open(engine, migrations: ideas, connections: connections, limits: limits)
}

extension Database {
  func addIdea(_ id: String, title: String = "An idea", votes: Int = 0) async throws {
    try await write { try $0.run("INSERT INTO idea (id, title, votes) VALUES (\(id), \(title), \(votes))") }
  }

  func votes(of id: String) async throws -> Int? {
    try await read { try $0.value("votes", "SELECT votes FROM idea WHERE id = \(id)") }
  }

  func count() async throws -> Int? {
    try await read { try $0.value("n", "SELECT count(*) AS n FROM idea") }
  }
}

/// The database error that `work` throws; nil when it throws none.
func databaseError(from work: () async throws -> Void) async -> DatabaseError? {
  do {
    try await work()
    return nil
  } catch { return error as? DatabaseError }
}
