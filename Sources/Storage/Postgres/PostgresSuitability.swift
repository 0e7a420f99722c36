/// Whether a PostgreSQL database keeps and sorts text as SQLite does.
struct PostgresSuitability {
  let db: any Transaction

  /// - Throws: `DatabaseError.unsuitable`, with what to do.
  func check() throws {
    let found = try db.rows(
      """
      SELECT datname AS name, datcollate AS collation, pg_encoding_to_char(encoding) AS encoding
      FROM pg_database WHERE datname = current_database()
      """)
    guard let row = found.first else { return }
    let (collation, encoding): (String, String) = (try row.read("collation"), try row.read("encoding"))
    guard encoding == "UTF8", ["C", "POSIX", "C.UTF-8", "C.utf8"].contains(collation) else {
      throw DatabaseError.unsuitable(
        """
        The PostgreSQL database \(try row.read("name", as: String.self)) has the encoding \(encoding) and the collation \
        \(collation); League needs UTF8 and C, so that text sorts the same everywhere. Make one so: CREATE DATABASE \
        league TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'
        """)
    }
  }
}
