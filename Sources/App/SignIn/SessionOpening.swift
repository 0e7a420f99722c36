import SignIn
import Storage

/// Opens a session once somebody has shown who they are, by whatever way in.
struct SessionOpening: Sendable {
  let site: Site
  /// Made outside of the transaction, which may run twice.
  let token: String
  private let letterID: String

  init(site: Site) {
    self.site = site
    token = site.newSecret()
    letterID = site.newID()
  }

  /// A new token each time; the session that was open in this browser ends, so none can be fixed beforehand.
  ///
  /// - Throws: `Refusal.forbidden` for a suspended account, and only here, where its owner reads it.
  func open(_ person: Person.ID, _ visit: Visit, browser: String, _ db: any Transaction) throws {
    let account = try PersonStore(db: db).standing(of: person)
    if account.isErased { throw Refusal.forbidden("This account was erased.") }
    if account.isSuspended {
      throw Refusal.forbidden(
        "Your account is suspended\(account.reason.isEmpty ? "" : ": \(account.reason)"). Write to the League office if you think that is wrong."
      )
    }
    let now = visit.viewer.now
    if let old = visit.session { try SessionStore(db: db).end(old.id, of: old.person) }
    try SessionStore(db: db).add(
      token: token, person: person, now: now, lifetime: site.settings.sessionLifetime, agent: visit.agent,
      address: visit.address)
    let isNew = try !browser.isEmpty && KnownBrowserStore(db: db).note(browser, of: person, now: now)
    if isNew, let email = EmailAddress(account.email) {
      try MailStore(db: db).add(
        SignInLetters.newBrowser(
          visit.agent, address: visit.address, to: email, id: letterID, at: now, site.settings), now: now)
    }
  }
}
