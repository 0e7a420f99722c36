import Storage

/// Finds out who asks: the session that the cookie names, and the roles that hold at this moment.
struct Identify {
  let site: Site

  func identify(_ token: String, _ visit: inout Visit) async throws {
    let now = visit.viewer.now
    let settings = site.settings
    guard token.utf8.count <= 128,
      let found = try await site.database.read({ db in
        try SessionStore(db: db).find(token: token, now: now, idle: settings.sessionIdle)
      })
    else { return }
    if now - found.session.seenAt > .minutes(10) {
      try await site.database.write { db in try SessionStore(db: db).touch(found.session.id, now: now) }
    }
    visit.session = found.session
    let owesFactor =
      settings.officeNeedsSecondFactor && found.session.secondFactorAt == nil
      && found.roles.contains { $0.kind == .office || $0.kind == .liaison }
    visit.viewer = Viewer(
      person: found.session.person, name: found.name,
      roles: owesFactor ? found.roles.filter { $0.kind != .office && $0.kind != .liaison } : found.roles,
      formToken: Session.formToken(for: token), theme: found.theme, hasKeys: found.hasKeys, unread: found.unread,
      owesSecondFactor: owesFactor, now: now, zone: settings.zone)
  }
}
