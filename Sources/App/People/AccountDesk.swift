import Storage

/// What the command line does with accounts. Errors are sentences for the operator.
package struct AccountDesk {
  let site: Site

  package init(site: Site) { self.site = site }

  /// - Throws: `SettingsError` when the address is none or has an account.
  package func invite(email typed: String, name: String) async throws -> String {
    let email = try address(typed)
    let (id, letterID, now) = (Person.ID(site.newID()), site.newID(), site.now())
    let settings = site.settings
    try await site.database.write { db in
      let people = PersonStore(db: db)
      guard try people.find(email: email.description) == nil else {
        throw SettingsError(description: "\(email) has an account already")
      }
      _ = try people.add(id: id, email: email.description, name: name, now: now)
      try MailStore(db: db).add(PeopleLetters.invitation(to: email, name: name, id: letterID, settings), now: now)
    }
    return "\(name) <\(email)> has an account; the invitation is in the outbox."
  }

  /// - Throws: `SettingsError` when the role, the state or the school is not one, or nobody has the address.
  package func promote(email typed: String, role: String, state: String?, school: String?) async throws -> String {
    let email = try address(typed)
    guard let kind = Role.Kind(rawValue: role) else {
      throw SettingsError(description: "there is no role \(role): write office, liaison, lead or educator")
    }
    if kind == .liaison, !["CT", "MA", "ME", "NH", "RI", "VT"].contains(state ?? "") {
      throw SettingsError(description: "a liaison needs --state CT, MA, ME, NH, RI or VT")
    }
    if kind == .lead || kind == .educator, school == nil {
      throw SettingsError(description: "a \(role) needs --school with the school's id")
    }
    let (id, audit, now) = (site.newID(), site.newID(), site.now())
    let schoolID = kind == .lead || kind == .educator ? school.map { School.ID($0) } : nil
    try await site.database.write { db in
      guard let person = try PersonStore(db: db).find(email: email.description) else {
        throw SettingsError(description: "nobody has the address \(email); `league person invite` makes the account")
      }
      if let schoolID, try db.rows("SELECT id FROM school WHERE id = \(schoolID)").isEmpty {
        throw SettingsError(description: "there is no school \(schoolID)")
      }
      try RoleStore(db: db).give(
        kind, to: person, school: schoolID, state: kind == .liaison ? state : nil, id: id, from: now, by: nil)
      try AuditStore(db: db).add(id: audit, by: nil, "role given", "person", person.description, detail: role, now: now)
    }
    return "\(email) is now \(role)."
  }

  /// - Throws: `SettingsError` when nobody has the address, or no second step.
  package func removeSecondStep(email typed: String) async throws -> String {
    let email = try address(typed)
    let (letterID, audit, now, settings) = (site.newID(), site.newID(), site.now(), site.settings)
    try await site.database.write { db in
      guard let person = try PersonStore(db: db).find(email: email.description) else {
        throw SettingsError(description: "nobody has the address \(email)")
      }
      guard try PersonStore(db: db).standing(of: person).hasSecondFactor else {
        throw SettingsError(description: "\(email) has no second step")
      }
      try PersonStore(db: db).removeSecondFactor(of: person)
      try SessionStore(db: db).endAll(of: person)
      try AuditStore(db: db).add(
        id: audit, by: nil, "second step taken away", "person", person.description, detail: "on the server", now: now)
      try MailStore(db: db).add(
        AccountCareLetters.secondStepRemoved(
          reason: "Asked for on the server itself.", to: email, id: letterID, settings), now: now)
    }
    return "\(email) has no second step any more; whoever needs one sets it up at the next sign-in."
  }

  private func address(_ typed: String) throws -> EmailAddress {
    guard let email = EmailAddress(typed) else { throw SettingsError(description: "\(typed) is no email address") }
    return email
  }
}
