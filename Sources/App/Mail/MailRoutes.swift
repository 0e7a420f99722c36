import Storage

struct MailRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.get("office/mail", .office, use: list)
    routes.get("office/mail/addresses", .office, use: addresses)
    routes.get("office/mail/:id", .office, use: show)
    routes.post("office/mail/:id/attempt", .office, use: tryAgain)
  }

  @Sendable func list(visit: Visit) async throws -> Page {
    let before = visit.fields["before"].isEmpty ? nil : visit.fields["before"]
    let failed = visit.fields["failed"] == "yes"
    let (letters, failures, ended) = try await site.database.read { db in
      (
        try MailStore(db: db).latest(before: before, failed: failed), try MailStore(db: db).failures(),
        try AddressTroubleStore(db: db).ended().count
      )
    }
    return MailPages.list(letters.map(shown), failures: failures, failed: failed, ended: ended, visit.viewer)
  }

  @Sendable func addresses(visit: Visit) async throws -> Page {
    let (addresses, failures) = try await site.database.read { db in
      (try AddressTroubleStore(db: db).endedWithNames(), try MailStore(db: db).failures())
    }
    return MailPages.addresses(addresses, failures: failures, visit.viewer)
  }

  @Sendable func show(visit: Visit) async throws -> Page {
    let id = try visit.part("id")
    let letter = try await site.database.read { db in try MailStore(db: db).find(id) }.orRefuse(.notFound)
    try await site.recordView("letter read", "mail", id, visit)
    return MailPages.show(shown(letter), visit.viewer)
  }

  @Sendable func tryAgain(visit: Visit) async throws -> Redirect {
    let (id, person, now, audit) = (try visit.part("id"), try visit.signedIn(), visit.viewer.now, site.newID())
    try await site.database.write { db in
      _ = try MailStore(db: db).find(id).orRefuse(.notFound)
      try MailStore(db: db).tryAgain(id, now: now)
      try AuditStore(db: db).add(id: audit, by: person, "letter sent again", "mail", id, now: now)
    }
    return Redirect(to: "/office/mail/\(id)")
  }

  /// A code lets whoever reads it in as another: it is on the page only where everything is invented.
  private func shown(_ letter: SentLetter) -> SentLetter {
    site.settings.isDemo || site.settings.isDevelopment ? letter : letter.withoutCode
  }
}
