import Storage

struct MailRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.get("office/mail", .office, use: list)
    routes.get("office/mail/:id", .office, use: show)
  }

  @Sendable func list(visit: Visit) async throws -> Page {
    let before = visit.fields["before"].isEmpty ? nil : visit.fields["before"]
    let letters = try await site.database.read { db in try MailStore(db: db).latest(before: before) }
    return MailPages.list(letters.map(shown), visit.viewer)
  }

  @Sendable func show(visit: Visit) async throws -> Page {
    let id = try visit.part("id")
    let letter = try await site.database.read { db in try MailStore(db: db).find(id) }.orRefuse(.notFound)
    try await site.recordView("letter read", "mail", id, visit)
    return MailPages.show(shown(letter), visit.viewer)
  }

  /// A code lets whoever reads it in as another: it is on the page only where everything is invented.
  private func shown(_ letter: SentLetter) -> SentLetter {
    site.settings.isDemo || site.settings.isDevelopment ? letter : letter.withoutCode
  }
}
