import Storage

extension Site {
  /// How a value ended is told apart: replaced by another one, moved to another period, withdrawn with a reason, or taken
  /// back by who had just entered it (through a link, too). What stands in its place refers to it. SQLite cannot change a
  /// check, so its values move to a table that has the new ones.
  static let valuesMoved = Migration(
    "0027_values_moved", rebuilt + recorded(in: "measure_value", columns: held) + [ended])

  private static let held: SQL = " OF measure_id, definition, period, value, x, n, at, follows_id"

  /// What has ended stays ended, and so does the reason.
  private static let ended: SQL = .either(
    sqlite: """
      CREATE TRIGGER measure_value_stays_ended BEFORE UPDATE OF state, why, ended_at ON measure_value
      WHEN OLD.state NOT IN ('current', 'beside')
      BEGIN SELECT RAISE(ABORT, 'what was recorded is never changed'); END
      """,
    postgres: """
      CREATE TRIGGER measure_value_stays_ended BEFORE UPDATE OF state, why, ended_at ON measure_value
      FOR EACH ROW WHEN (OLD.state NOT IN ('current', 'beside')) EXECUTE FUNCTION record_refuses()
      """)

  private static let rebuilt: [SQL] = [
    .either(
      sqlite: """
        ALTER TABLE measure_value RENAME TO measure_value_before;
        CREATE TABLE measure_value (
          id TEXT PRIMARY KEY,
          measure_id TEXT NOT NULL,
          definition BIGINT NOT NULL,
          period TEXT NOT NULL,
          value DOUBLE PRECISION NOT NULL,
          x DOUBLE PRECISION,
          n DOUBLE PRECISION CHECK (n > 0),
          at BIGINT NOT NULL,
          by_id TEXT REFERENCES person (id),
          link_id TEXT REFERENCES entry_link (id),
          follows_id TEXT REFERENCES measure_value (id),
          state TEXT NOT NULL CHECK (state IN ('current', 'beside', 'replaced', 'moved', 'withdrawn', 'undone')),
          why TEXT NOT NULL DEFAULT '',
          ended_at BIGINT,
          ended_by TEXT REFERENCES person (id),
          ended_link TEXT REFERENCES entry_link (id),
          CHECK ((x IS NULL) = (n IS NULL)),
          CHECK ((by_id IS NULL) <> (link_id IS NULL)),
          CHECK (state IN ('current', 'beside')
            OR (why <> '' AND ended_at IS NOT NULL AND (ended_by IS NULL) <> (ended_link IS NULL))),
          FOREIGN KEY (measure_id, definition) REFERENCES measure_lock (measure_id, number)
        );
        INSERT INTO measure_value (id, measure_id, definition, period, value, x, n, at, by_id, link_id, state, why,
          ended_at, ended_by)
        SELECT id, measure_id, definition, period, value, x, n, at, by_id, link_id, state, why, ended_at, ended_by
        FROM measure_value_before;
        DROP TABLE measure_value_before;
        CREATE UNIQUE INDEX measure_value_current ON measure_value (measure_id, period) WHERE state = 'current';
        CREATE INDEX measure_value_period ON measure_value (measure_id, state, period)
        """,
      postgres: """
        ALTER TABLE measure_value DROP CONSTRAINT measure_value_state_check;
        ALTER TABLE measure_value ADD CONSTRAINT measure_value_state_check
          CHECK (state IN ('current', 'beside', 'replaced', 'moved', 'withdrawn', 'undone'));
        ALTER TABLE measure_value ADD COLUMN follows_id TEXT REFERENCES measure_value (id);
        ALTER TABLE measure_value ADD COLUMN ended_link TEXT REFERENCES entry_link (id);
        ALTER TABLE measure_value ADD CONSTRAINT measure_value_ended_check
          CHECK (state IN ('current', 'beside')
            OR (why <> '' AND ended_at IS NOT NULL AND (ended_by IS NULL) <> (ended_link IS NULL)));
        DROP TRIGGER measure_value_never_changed ON measure_value;
        DROP TRIGGER measure_value_never_gone ON measure_value
        """)
  ]
}
