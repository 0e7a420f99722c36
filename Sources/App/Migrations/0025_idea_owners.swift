import Storage

extension Site {
  /// Who kept an idea, and how it came to another: who made the change and why, and whether the new owner declined, by
  /// which the idea went back.
  static let ideaOwners = Migration(
    "0025_idea_owners",
    """
    CREATE TABLE idea_owner_change (
      id TEXT PRIMARY KEY,
      idea_id TEXT NOT NULL REFERENCES idea (id),
      at BIGINT NOT NULL,
      by_id TEXT NOT NULL REFERENCES person (id),
      from_id TEXT NOT NULL REFERENCES person (id),
      to_id TEXT NOT NULL REFERENCES person (id) CHECK (to_id <> from_id),
      why TEXT NOT NULL CHECK (why <> ''),
      declined_at BIGINT,
      declined_why TEXT NOT NULL DEFAULT '',
      CHECK ((declined_at IS NULL) = (declined_why = ''))
    )
    """,
    "CREATE INDEX idea_owner_change_idea ON idea_owner_change (idea_id, at, id)",
    "CREATE INDEX idea_owner_change_by ON idea_owner_change (by_id)")
}
