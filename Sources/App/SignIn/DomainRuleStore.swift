import Storage

/// Every SQL statement about domains and the providers that speak for them.
struct DomainRuleStore {
  let db: any Transaction

  func all() throws -> [DomainRule] {
    try db.all("SELECT \(Self.columns) ORDER BY s.folded_name, r.domain LIMIT 500")
  }

  func find(_ domain: String) throws -> DomainRule? {
    try db.first("SELECT \(Self.columns) WHERE r.domain = \(domain)")
  }

  /// Sets the rule of a domain, in place of the one before.
  func set(
    _ domain: String, school: School.ID, provider: Provider, isRequired: Bool, by person: Person.ID, now: Instant
  ) throws {
    try db.run(
      """
      INSERT INTO domain_rule (domain, school_id, provider, required, set_at, set_by)
      VALUES (\(domain), \(school), \(provider.id), \(isRequired), \(now), \(person))
      ON CONFLICT (domain) DO UPDATE SET school_id = excluded.school_id, provider = excluded.provider,
        required = excluded.required, set_at = excluded.set_at, set_by = excluded.set_by
      """)
  }

  func remove(_ domain: String) throws -> Bool { try db.run("DELETE FROM domain_rule WHERE domain = \(domain)") == 1 }

  /// Whether somebody of the office would be locked out when the provider is.
  func holdsOffice(_ domain: String, now: Instant) throws -> Bool {
    try db.rows(
      """
      SELECT p.email FROM role r JOIN person p ON p.id = r.person_id
      WHERE r.kind = 'office' AND r.starts_at <= \(now) AND (r.ends_at IS NULL OR r.ends_at > \(now)) LIMIT 200
      """
    ).contains { try $0.read("email", as: String.self).hasSuffix("@\(domain)") }
  }

  private static let columns: SQL = """
    r.domain, r.school_id, s.name AS school_name, r.provider, r.required
    FROM domain_rule r JOIN school s ON s.id = r.school_id
    """
}

extension DomainRule: RowReadable {
  init(row: Row) throws {
    domain = try row.read("domain")
    school = try row.read("school_id")
    schoolName = try row.read("school_name")
    provider = try row.read("provider")
    isRequired = try row.read("required")
  }
}
