import Storage

/// Reading and signing an agreement. The link in the letter shows; only the code that is mailed to the signer signs.
struct SignatureRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.get("sign/:id", .everyone, use: show)
    routes.post("sign/:id/code", .everyone, use: send)
    routes.post("sign/:id", .everyone, use: sign)
  }

  /// All that the page shows.
  private struct Seat: Sendable {
    let signature: Signature
    let membership: Membership
    let agreement: AgreementVersion
    let others: [Signature]
    /// Whether the viewer's account has the signer's address.
    let isOwn: Bool
  }

  private func find(_ id: Signature.ID, for viewer: Viewer, _ db: any Transaction) throws -> Seat {
    let signature = try SignatureStore(db: db).find(id).orRefuse(.notFound)
    guard signature.replacedAt == nil else { throw Refusal.gone }
    let membership = try MembershipStore(db: db).find(signature.membership).orRefuse(.notFound)
    let version = try membership.agreement.orRefuse(.notFound)
    let own = try viewer.person.map { try PersonStore(db: db).email(of: $0) == signature.email } ?? false
    return Seat(
      signature: signature, membership: membership,
      agreement: try AgreementStore(db: db).find(version).orRefuse(.notFound),
      others: try SignatureStore(db: db).all(of: membership.id), isOwn: own)
  }

  private func page(_ seat: Seat, sent: Bool, typed: String = "", problems: Problems = [:], _ viewer: Viewer) -> Page {
    SignaturePages.sign(
      seat.signature, school: seat.membership.schoolName, seat.agreement, all: seat.others,
      state: seat.membership.state,
      isOwn: seat.isOwn, codeSent: sent, typed: typed, problems: problems, viewer)
  }

  @Sendable func show(visit: Visit) async throws -> Page {
    let (id, viewer): (Signature.ID, Viewer) = (try visit.id(), visit.viewer)
    let seat: Seat = try await site.database.read { db in try find(id, for: viewer, db) }
    return page(seat, sent: visit.fields["code"] == "sent", viewer)
  }

  @Sendable func send(visit: Visit) async throws -> any Answer {
    let (id, viewer, now): (Signature.ID, Viewer, Instant) = (try visit.id(), visit.viewer, visit.viewer.now)
    try await site.take(
      .init("sign:\(id)", 5, per: .minutes(15)),
      .init("code:\(visit.address)", 60, per: .hours(1)), now: now)
    let (code, browser) = (site.newCode(), visit.browser.isEmpty ? site.newSecret() : visit.browser)
    let (codeID, letterID, letters) = (
      SignInCode.ID(site.newID()), site.newID(), MembershipLetters(settings: site.settings)
    )
    try await site.database.write { db in
      let seat = try find(id, for: viewer, db)
      guard !seat.signature.isSigned, let email = EmailAddress(seat.signature.email) else { return }
      try SignInStore(db: db).add(
        code: code, id: codeID, email: email, purpose: .signature, subject: id.description, browser: browser, now: now)
      try MailStore(db: db).add(
        letters.code(code, to: email, school: seat.membership.schoolName, id: letterID), now: now)
    }
    return Redirect(to: "/sign/\(id)?code=sent", cookies: [site.settings.browserCookie(browser)])
  }

  @Sendable func sign(visit: Visit) async throws -> any Answer {
    let (id, viewer, now): (Signature.ID, Viewer, Instant) = (try visit.id(), visit.viewer, visit.viewer.now)
    let (typed, browser, event) = (visit.fields["code"], visit.browser, site.newID())
    try await site.take(.init("try:\(visit.address)", 120, per: .minutes(15)), now: now)
    let problem: String? = try await site.database.write { db in
      let seat = try find(id, for: viewer, db)
      guard !seat.signature.isSigned else { return nil }
      guard seat.membership.state == .signaturesPending else {
        throw Refusal.conflict("This agreement does not wait for signatures any more. Nothing was signed.")
      }
      if !seat.isOwn {
        let answer = try SignInStore(db: db).spend(
          typed, purpose: .signature, subject: id.description, browser: browser, now: now)
        guard case .right(seat.signature.email, _) = answer else { return answer.refusal }
      }
      guard
        try SignatureStore(db: db).sign(id, how: seat.isOwn ? .account : .code, hash: seat.agreement.hash, now: now)
      else { return nil }
      try MembershipTidings(db: db, now: now).signed(
        seat.signature, of: seat.membership, by: seat.isOwn ? viewer.person : nil)
      try Settlement(db: db).settle(seat.membership.id, event: event, today: viewer.today, now: now)
      return nil
    }
    guard let problem else { return Redirect(to: "/sign/\(id)") }
    let seat: Seat = try await site.database.read { db in try find(id, for: viewer, db) }
    return page(seat, sent: true, typed: typed, problems: ["code": problem], viewer).refused()
  }
}
