import Foundation
import Storage

/// Every SQL statement that reads or ends all that is held of a person.
struct PersonDataStore {
  let db: any Transaction

  /// What one table gives at most: a copy is made in memory.
  static let longest = 50_000

  /// The person's own account and those that were merged into it.
  private func accounts(of person: Person.ID) throws -> [Person.ID] {
    try db.rows("SELECT id FROM person WHERE id = \(person) OR merged_into = \(person) ORDER BY id").map {
      try $0.read("id")
    }
  }

  func copy(of person: Person.ID, league: String, now: Instant) throws -> PersonCopy {
    let accounts = try accounts(of: person)
    let emails = try emails(of: accounts)
    var copy = PersonCopy(madeAt: now, league: league, tables: [:])
    copy.tables["person"] = try rows("person", "id IN \(SQL.list(accounts))")
    copy.tables["mail"] = try rows(
      "mail", "address IN \(SQL.list(emails)) AND headers NOT LIKE '%X-League-Holds: code%'")
    copy.tables["address_trouble"] = try rows("address_trouble", "address IN \(SQL.list(emails))")
    copy.tables["signature"] = try rows("signature", "email IN \(SQL.list(emails))")
    for column in PersonReferences.columns where column.meaning == .theirs || column.meaning == .own {
      let found = try rows(column.table, "\(SQL.name(column.name)) IN \(SQL.list(accounts))")
      copy.tables[column.table, default: []] += found
    }
    return copy
  }

  private func rows(_ table: String, _ condition: SQL) throws -> [[String: SQLValue]] {
    let found = try db.rows("SELECT * FROM \(SQL.name(table)) WHERE \(condition) LIMIT \(Self.longest + 1)")
    guard found.count <= Self.longest else {
      throw Refusal.conflict("There is more of yours than one file may hold. Ask the League office for it.")
    }
    return found.map { row in
      Dictionary(zip(row.columns, row.values).filter { !PersonReferences.hiddenColumns.contains($0.0) }) { first, _ in
        first
      }
    }
  }

  private func emails(of accounts: [Person.ID]) throws -> [String] {
    try db.rows("SELECT email FROM person WHERE id IN \(SQL.list(accounts))").map { try $0.read("email") }
  }

  // MARK: erasing

  /// The name under which what an erased person wrote stands.
  static let formerName = "Former member"

  /// Ends the account for good: name, address, profile and what was theirs alone are gone; what they wrote for others
  /// keeps its place under "Former member". Signed agreements and the log stay as they were written.
  ///
  /// - Returns: the address to which the last letter goes.
  func erase(_ person: Person.ID, now: Instant) throws -> String {
    let accounts = try accounts(of: person)
    let emails = try emails(of: accounts)
    let own = try db.rows("SELECT email FROM person WHERE id = \(person)").first.orRefuse(.notFound)
    let address: String = try own.read("email")
    for account in accounts {
      try AccountCareStore(db: db).endAccess(of: account, now: now)
      try endRoles(of: account, now: now)
      try takeNameAway(from: account)
      for column in PersonReferences.columns where column.meaning == .own || column.meaning == .secret {
        try db.run("DELETE FROM \(SQL.name(column.table)) WHERE \(SQL.name(column.name)) = \(account)")
      }
      try db.run(
        """
        UPDATE person SET email = \("erased-\(account)@erased.invalid"), name = \(Self.formerName),
          folded_name = \(folded(Self.formerName)), handle = \("former-member-\(account)"), title = '', about = '',
          ask_me = '', looking_for = '', email_shown = 'nobody', about_shown = 'nobody', asking_shown = 'nobody',
          letter = 'none', totp_secret = NULL, erased_at = \(now), suspended_at = \(now), suspended_reason = ''
        WHERE id = \(account)
        """)
      try SearchSources(db: db).refresh(person: account, now: now)
      try SearchSources(db: db).refresh(authorOfPosts: account)
    }
    try db.run("DELETE FROM mail WHERE address IN \(SQL.list(emails))")
    try db.run("DELETE FROM address_trouble WHERE address IN \(SQL.list(emails))")
    try db.run("DELETE FROM sign_in_code WHERE email IN \(SQL.list(emails))")
    try db.run("DELETE FROM identity_offer WHERE email IN \(SQL.list(emails))")
    return address
  }

  private func endRoles(of account: Person.ID, now: Instant) throws {
    let held = try db.rows(
      "SELECT id FROM role WHERE person_id = \(account) AND (ends_at IS NULL OR ends_at > \(now)) ORDER BY id")
    for row in held {
      try RoleStore(db: db).end(try row.read("id"), now: now, by: nil, reason: "The account was erased")
    }
    try db.run("UPDATE role SET title = '' WHERE person_id = \(account)")
    try db.run("UPDATE project_member SET until = \(now) WHERE person_id = \(account) AND until IS NULL")
  }

  /// Where their name was written down beside what it stands for.
  private func takeNameAway(from account: Person.ID) throws {
    let row = try db.rows("SELECT name, handle FROM person WHERE id = \(account)").first.orRefuse(.notFound)
    let (name, handle): (String, String) = (try row.read("name"), try row.read("handle"))
    try db.run("UPDATE notice SET words = replace(words, \(name), \(Self.formerName)) WHERE by_id = \(account)")
    try db.run("UPDATE membership_event SET by_words = \(Self.formerName) WHERE by_id = \(account)")
    let (called, former) = ("@\(handle)", "@former-member-\(account)")
    for post in try db.rows("SELECT id, text, html FROM post WHERE text LIKE \("%\(called)%")") {
      let (id, text, html): (Post.ID, String, String) = (
        try post.read("id"), try post.read("text"), try post.read("html")
      )
      try db.run(
        """
        UPDATE post SET text = \(Self.renamed(called, former, in: text)), html = \(Self.renamed(called, former, in: html))
        WHERE id = \(id)
        """)
      if let changed = try PostStore(db: db).find(id) { try SearchSources(db: db).refresh(post: changed) }
    }
    for revision in try db.rows("SELECT post_id, number, text FROM post_revision WHERE text LIKE \("%\(called)%")") {
      let (post, number, text): (Post.ID, Int, String) = (
        try revision.read("post_id"), try revision.read("number"), try revision.read("text")
      )
      try db.run(
        """
        UPDATE post_revision SET text = \(Self.renamed(called, former, in: text))
        WHERE post_id = \(post) AND number = \(number)
        """)
    }
  }

  /// `text` with the mention `called` made `former`; one that only begins alike, "@dana-marsh" for "@dana", stays.
  static func renamed(_ called: String, _ former: String, in text: String) -> String {
    var (result, rest) = ("", text[...])
    while let found = rest.range(of: called) {
      let next = rest[found.upperBound...].first
      let goesOn = next.map { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" } ?? false
      result += rest[..<found.lowerBound] + (goesOn ? called : former)
      rest = rest[found.upperBound...]
    }
    return result + rest
  }

  /// Whether the League would be without an office.
  func isLastOfOffice(_ person: Person.ID, now: Instant) throws -> Bool {
    let holders = try db.rows(
      """
      SELECT DISTINCT r.person_id FROM role r JOIN person p ON p.id = r.person_id
      WHERE r.kind = 'office' AND r.starts_at <= \(now) AND (r.ends_at IS NULL OR r.ends_at > \(now))
        AND p.suspended_at IS NULL LIMIT 2
      """
    ).map { try $0.read("person_id", as: Person.ID.self) }
    return holders == [person]
  }
}
