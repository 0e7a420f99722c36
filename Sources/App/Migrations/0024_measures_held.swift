import Storage

extension Site {
  /// A definition is held with all that it says, its target and the reason of its amendment among it: a foreign key
  /// cannot hold a target that may be empty, so triggers refuse. So do they for how often a measure is taken and of whom.
  /// A phase or a change that was noted by mistake is taken back by a row of its own, with who and why; the mark stays.
  static let measuresHeld = Migration(
    "0024_measures_held",
    [
      """
      CREATE TABLE mark_withdrawal (
        mark_id TEXT PRIMARY KEY REFERENCES measure_mark (id),
        at BIGINT NOT NULL,
        by_id TEXT NOT NULL REFERENCES person (id),
        why TEXT NOT NULL CHECK (why <> '')
      )
      """
    ] + recorded(in: "mark_withdrawal", columns: " OF mark_id, at, why")
      + recorded(in: "measure_mark", columns: " OF id, measure_id, kind, period, words, at")
      + recorded(
        in: "measure_definition",
        columns:
          " OF measure_id, number, at, why, who, what, how, unit, data_kind, better, chart_kind, rules, target, baseline_until"
      ) + recorded(in: "measure", columns: " OF id, subgroup, schedule, created_at"))
}
