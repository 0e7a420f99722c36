import Storage

extension Site {
  /// A value may be the mean of a group: then each number of the group is kept, parted by spaces, for the x̄ chart's limits
  /// rest on how much they differ. They are held as the value is.
  static let groupsOfValues = Migration(
    "0029_groups_of_values",
    [
      "ALTER TABLE measure_value ADD COLUMN parts TEXT NOT NULL DEFAULT ''",
      .either(
        sqlite: "DROP TRIGGER measure_value_never_changed; DROP TRIGGER measure_value_never_gone",
        postgres: """
          DROP TRIGGER measure_value_never_changed ON measure_value;
          DROP TRIGGER measure_value_never_gone ON measure_value
          """),
    ]
      + recorded(
        in: "measure_value", columns: " OF measure_id, definition, period, value, x, n, at, follows_id, parts"))
}
