import Storage

/// Every SQL statement about kept forms.
struct KeptFormStore {
  let db: any Transaction

  func add(_ form: KeptForm, browser: String, now: Instant) throws {
    try db.run(
      """
      INSERT INTO kept_form (id, browser_hash, path, fields, created_at)
      VALUES (\(form.id), \(browser), \(form.path), \(form.fields.encoded), \(now))
      """)
  }

  func find(_ id: KeptForm.ID, browser: String, now: Instant) throws -> KeptForm? {
    try db.first(
      """
      SELECT id, path, fields FROM kept_form
      WHERE id = \(id) AND browser_hash = \(browser) AND created_at > \(now - .days(1))
      """)
  }
}

extension KeptForm: RowReadable {
  init(row: Row) throws {
    id = try row.read("id")
    path = try row.read("path")
    fields = Fields(urlEncoded: try row.read("fields", as: String.self)) ?? Fields()
  }
}
