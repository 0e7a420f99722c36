import Storage

extension Site {
  /// Hardly anybody was merged into another account. An index that holds everybody else, too, looks useless to SQLite
  /// once it has counted, and it reads all people instead.
  static let speed = Migration(
    "0011_speed",
    "DROP INDEX person_merged",
    "CREATE INDEX person_merged ON person (merged_into) WHERE merged_into IS NOT NULL")
}
