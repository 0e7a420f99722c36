import Storage

/// Writes to signers who have waited a week: three letters at most, a week apart.
struct SignatureReminders {
  let site: Site

  func send() async throws {
    let (now, letters) = (site.now(), MembershipLetters(settings: site.settings))
    let ids = (0..<50).map { _ in site.newID() }
    try await site.database.write { db in
      let store = SignatureStore(db: db)
      for (signature, id) in zip(try store.waiting(now: now, limit: ids.count), ids) {
        guard let email = EmailAddress(signature.email),
          let membership = try MembershipStore(db: db).find(signature.membership)
        else { continue }
        try store.markReminded(signature.id, now: now)
        try MailStore(db: db).add(
          letters.reminder(signature, to: email, school: membership.schoolName, id: id), now: now)
      }
    }
  }
}
