import Storage

extension Site {
  /// The directory of schools.
  static let schools = Migration(
    "0002_schools",
    """
    CREATE TABLE school (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL CHECK (name <> ''),
      state TEXT NOT NULL,
      membership TEXT NOT NULL DEFAULT 'none'
    )
    """)
}
