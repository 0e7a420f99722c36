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
    visit.viewer = viewer(of: found, formToken: Session.formToken(for: token), now: now)
  }

  /// Who asks, with the rights that hold now.
  func viewer(of found: SessionStore.Found, formToken: String = "", now: Instant) -> Viewer {
    let settings = site.settings
    // Whoever has set the second step up owes it, with every right; the office and liaisons must set it up.
    let owesFactor =
      found.session.secondFactorAt == nil
      && (found.hasSecondFactor || settings.officeNeedsSecondFactor && found.roles.contains(where: \.needsSecondFactor))
    let roles = !owesFactor ? found.roles : found.hasSecondFactor ? [] : found.roles.filter { !$0.needsSecondFactor }
    if let acted = found.acting, !owesFactor, roles.contains(where: { $0.kind == .office }) {
      return viewer(of: acted, by: found, formToken: formToken, now: now)
    }
    return Viewer(
      person: found.session.person, name: found.name,
      roles: roles,
      formToken: formToken, theme: found.theme, hasKeys: found.hasKeys, unread: found.unread,
      owesSecondFactor: owesFactor, now: now, zone: settings.zone)
  }

  /// The office sees what the person sees; rights over others' data are never lent.
  private func viewer(
    of acted: SessionStore.ActedAccount, by found: SessionStore.Found, formToken: String, now: Instant
  ) -> Viewer {
    Viewer(
      person: acted.person, name: acted.name, roles: acted.roles.filter { !$0.needsSecondFactor },
      formToken: formToken, theme: acted.theme, hasKeys: acted.hasKeys, unread: acted.unread,
      acting: Acting(by: found.session.person, name: found.name, until: acted.until), now: now,
      zone: site.settings.zone)
  }
}
