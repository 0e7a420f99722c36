import Storage

/// Light, dark or as the system says, kept with the account.
struct ThemeStore {
  let db: any Transaction

  func choose(_ theme: Theme, for person: Person.ID) throws {
    try db.run("UPDATE person SET theme = \(theme.rawValue) WHERE id = \(person)")
  }
}
