import Storage

extension Site {
  /// Who is told of new discussions about an idea, a trial or a school; the titles that a discussion had; when an answer
  /// was accepted. What was accepted before this step bears the moment at which it was written.
  static let following = Migration(
    "0018_following",
    [
      """
      CREATE TABLE topic_reader (
        person_id TEXT NOT NULL REFERENCES person (id),
        about_kind TEXT NOT NULL CHECK (about_kind IN ('idea', 'trial', 'school')),
        about_id TEXT NOT NULL,
        level TEXT NOT NULL CHECK (level IN ('watching', 'muted')),
        PRIMARY KEY (person_id, about_kind, about_id)
      )
      """,
      "CREATE INDEX topic_reader_topic ON topic_reader (about_kind, about_id, level)",
      """
      CREATE TABLE discussion_revision (
        discussion_id TEXT NOT NULL REFERENCES discussion (id),
        number BIGINT NOT NULL CHECK (number >= 1),
        title TEXT NOT NULL,
        replaced_at BIGINT NOT NULL,
        replaced_by TEXT NOT NULL REFERENCES person (id),
        PRIMARY KEY (discussion_id, number)
      )
      """,
      "CREATE INDEX discussion_revision_by ON discussion_revision (replaced_by)",
      "ALTER TABLE discussion ADD COLUMN title_revisions BIGINT NOT NULL DEFAULT 0",
      "ALTER TABLE post ADD COLUMN accepted_at BIGINT",
      """
      UPDATE post SET accepted_at = created_at
      WHERE id IN (SELECT accepted_id FROM discussion WHERE accepted_id IS NOT NULL)
      """,
      "CREATE INDEX post_accepted ON post (author_id, accepted_at) WHERE accepted_at IS NOT NULL",
      "CREATE INDEX role_starts ON role (starts_at)",
      "CREATE INDEX role_ends ON role (ends_at) WHERE ends_at IS NOT NULL",
    ])
}
