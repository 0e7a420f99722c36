import Storage

/// Every SQL statement about accounts.
struct PersonStore {
  let db: any Transaction

  func find(email: String) throws -> Person.ID? {
    try db.rows("SELECT id, merged_into FROM person WHERE email = \(email)").first.map { row in
      try row.read("merged_into", as: Person.ID?.self) ?? row.read("id")
    }
  }

  /// The account of an address, and behind it the one into which it was merged.
  func accounts(email: String) throws -> [Person.ID] {
    guard let row = try db.rows("SELECT id, merged_into FROM person WHERE email = \(email)").first else { return [] }
    return [try row.read("id")] + [try row.read("merged_into", as: Person.ID?.self)].compactMap(\.self)
  }

  /// A new account, named after its address until the person says otherwise.
  func add(id: Person.ID, email: String, name: String? = nil, now: Instant, fictional: Bool = false) throws -> Person.ID
  {
    let name = name ?? Self.guessedName(email)
    try db.run(
      """
      INSERT INTO person (id, email, name, folded_name, handle, created_at, fictional)
      VALUES (\(id), \(email), \(name), \(folded(name)), \(try freeHandle(for: name)), \(now), \(fictional))
      """)
    try index(id, name: name, asking: "")
    return id
  }

  func email(of person: Person.ID) throws -> String {
    try db.value("email", "SELECT email FROM person WHERE id = \(person)").orRefuse(.notFound)
  }

  /// The words by which a person is found.
  ///
  /// - Parameter asking: what they may be asked about; empty where not every member may know it.
  func index(_ id: Person.ID, name: String, asking: String) throws {
    try db.run("DELETE FROM person_word WHERE person_id = \(id)")
    for (source, text) in [("name", name), ("asking", asking)] {
      let words = Set(folded(text).split(separator: " ").prefix(60).map { String($0.prefix(40)) })
      try db.insertMany(
        into: "person_word", columns: ["word", "person_id", "source"],
        rows: words.sorted().map { [$0, id, source] as [(any SQLBindable)?] })
    }
  }

  /// "dana.marsh7@school.org" → "Dana Marsh".
  static func guessedName(_ email: String) -> String {
    let local = email.prefix { $0 != "@" }
    let words = local.split { !$0.isLetter }.map { $0.prefix(1).uppercased() + $0.dropFirst() }
    return words.isEmpty ? "Somebody" : words.joined(separator: " ")
  }

  private func freeHandle(for name: String) throws -> String {
    let words = folded(name).split(separator: " ")
    let stem = String(words.joined(separator: "-").prefix(40))
    let base = stem.isEmpty ? "somebody" : stem
    let taken = Set(
      try db.rows("SELECT handle FROM person WHERE handle >= \(base) AND handle < \(base + "~")").map {
        try $0.read("handle", as: String.self)
      })
    if !taken.contains(base) { return base }
    return "\(base)-\((2...).first { !taken.contains("\(base)-\($0)") } ?? 2)"
  }

  /// Whether an account may be used.
  struct Standing: Sendable {
    let name: String
    let email: String
    let isSuspended: Bool
    let reason: String
    let isErased: Bool
    let hasSecondFactor: Bool
  }

  func standing(of person: Person.ID) throws -> Standing {
    let row = try db.rows(
      """
      SELECT name, email, suspended_at, suspended_reason, erased_at, CASE WHEN totp_secret IS NULL THEN 0 ELSE 1 END AS has_factor
      FROM person WHERE id = \(person)
      """
    ).first.orRefuse(.notFound)
    return Standing(
      name: try row.read("name"), email: try row.read("email"),
      isSuspended: try row.read("suspended_at", as: Instant?.self) != nil, reason: try row.read("suspended_reason"),
      isErased: try row.read("erased_at", as: Instant?.self) != nil, hasSecondFactor: try row.read("has_factor"))
  }

  func removeSecondFactor(of person: Person.ID) throws {
    try db.run("UPDATE person SET totp_secret = NULL WHERE id = \(person)")
    try RecoveryCodeStore(db: db).remove(of: person)
  }
}
