import Storage

extension Site {
  /// A measure may get another name, and may rest: nobody is asked for its values then. Every such change is a row with
  /// who and when; the measure itself says how it stands now.
  static let measuresRenamed = Migration(
    "0028_measures_renamed",
    [
      "ALTER TABLE measure ADD COLUMN rests_since BIGINT",
      """
      CREATE TABLE measure_change (
        id TEXT PRIMARY KEY,
        measure_id TEXT NOT NULL REFERENCES measure (id),
        kind TEXT NOT NULL CHECK (kind IN ('name', 'rest', 'return')),
        at BIGINT NOT NULL,
        by_id TEXT NOT NULL REFERENCES person (id),
        old_name TEXT NOT NULL DEFAULT '',
        new_name TEXT NOT NULL DEFAULT '',
        why TEXT NOT NULL DEFAULT '',
        CHECK ((kind = 'name') = (old_name <> '' AND new_name <> ''))
      )
      """,
      "CREATE INDEX measure_change_measure ON measure_change (measure_id, id)",
    ] + recorded(in: "measure_change", columns: " OF id, measure_id, kind, at, old_name, new_name, why"))
}
