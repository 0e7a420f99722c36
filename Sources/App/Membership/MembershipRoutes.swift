import Storage

/// A school's way through membership: where it stands, and each step that the viewer may take.
struct MembershipRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.get("schools/:id/membership", .signedIn, use: show)
    routes.post("schools/:id/membership/agreement", .liaison, use: issue)
    routes.post("schools/:id/membership/signers", .signedIn, use: nameSigners)
    routes.post("schools/:id/membership/signers/:signer/replacement", .signedIn, use: replace)
    routes.post("schools/:id/membership/signers/:signer/reminder", .signedIn, use: remind)
    routes.post("schools/:id/membership/signers/:signer/paper", .office, use: attest)
    routes.post("schools/:id/membership/confirmation", .office, use: confirm)
    routes.post("schools/:id/membership/reaffirmation", .signedIn, use: reaffirm)
    routes.post("schools/:id/membership/end", .signedIn, use: end)
  }

  // MARK: where it stands

  /// A membership and on whose word the viewer acts.
  private struct Place: Sendable {
    let membership: Membership
    let party: MembershipParty
  }

  /// - Throws: `Refusal.notFound` for everybody who has nothing to do with it.
  private func find(_ school: School.ID, _ viewer: Viewer, _ db: any Transaction) throws -> Place {
    let membership = try MembershipStore(db: db).latest(of: school).orRefuse(.notFound)
    return Place(
      membership: membership, party: try MembershipAccess.party(of: viewer, in: membership).orRefuse(.notFound))
  }

  @Sendable func show(visit: Visit) async throws -> Page { try await page(visit) }

  private func page(_ visit: Visit, problems: Problems = [:]) async throws -> Page {
    let (id, viewer, fields): (School.ID, Viewer, Fields) = (try visit.id(), visit.viewer, visit.fields)
    return try await site.database.read { db in
      let place = try find(id, viewer, db)
      let texts = AgreementStore(db: db)
      let agreement = try place.membership.agreement.flatMap { try texts.find($0) }
      let typed = problems.isEmpty ? Fields() : fields
      return MembershipPages.show(
        MembershipPages.Standing(
          membership: place.membership, party: place.party, agreement: agreement,
          versions: place.membership.state == .inquiry ? try texts.all() : [],
          signatures: try SignatureStore(db: db).all(of: place.membership.id),
          events: try MembershipStore(db: db).events(of: place.membership.id)),
        form: SignerForm(agreement?.signers ?? [], typed), typed: typed, problems: problems, viewer)
    }
  }

  private func back(_ visit: Visit) throws -> Redirect {
    let id: School.ID = try visit.id()
    return Redirect(to: "/schools/\(id)/membership")
  }

  private func act(_ place: Place, _ viewer: Viewer, why: String = "", id: String) -> MembershipStore.Act {
    .init(party: place.party, person: viewer.person, words: viewer.name, why: why, id: id, now: viewer.now)
  }

  // MARK: agreement and signers

  /// The office gives the text to a school that it has looked at.
  @Sendable func issue(visit: Visit) async throws -> any Answer {
    let (id, viewer): (School.ID, Viewer) = (try visit.id(), visit.viewer)
    let (version, why, event) = (visit.fields["version"], visit.fields["why"], site.newID())
    try await site.database.write { db in
      let place = try find(id, viewer, db)
      guard place.membership.state == .inquiry else { return }
      let agreement = try AgreementStore(db: db).find(version).orRefuse(
        .invalid(["version": "Choose the text that the school will sign."]))
      let store = MembershipStore(db: db)
      try store.issue(agreement, to: place.membership.id)
      try store.move(
        place.membership.id, to: .agreementIssued, today: viewer.today,
        act(place, viewer, why: why.isEmpty ? "Version \(version) was issued." : why, id: event))
      try MembershipTidings(db: db, now: viewer.now).issued(place.membership, by: viewer.person, event: event)
    }
    return try back(visit)
  }

  @Sendable func nameSigners(visit: Visit) async throws -> any Answer {
    let (id, viewer, fields): (School.ID, Viewer, Fields) = (try visit.id(), visit.viewer, visit.fields)
    let (event, letters) = (site.newID(), MembershipLetters(settings: site.settings))
    let ids = (0..<20).map { _ in (signature: Signature.ID(site.newID()), letter: site.newID()) }
    do {
      try await site.database.write { db in
        let place = try find(id, viewer, db)
        guard place.membership.state == .agreementIssued, let version = place.membership.agreement else { return }
        let agreement = try AgreementStore(db: db).find(version).orRefuse(.notFound)
        let signers = try SignerForm(agreement.signers, fields).checked()
        for (signer, fresh) in zip(signers, ids) {
          try SignatureStore(db: db).add(signer, to: place.membership.id, id: fresh.signature, now: viewer.now)
          try MailStore(db: db).add(
            letters.sign(
              signer, fresh.signature, school: place.membership.schoolName, title: agreement.title, by: viewer.name,
              id: fresh.letter), now: viewer.now)
        }
        try MembershipStore(db: db).move(
          place.membership.id, to: .signaturesPending, today: viewer.today,
          act(place, viewer, why: "\(counted(signers.count, "signer")) named and written to.", id: event))
      }
    } catch Refusal.invalid(let problems) {
      return try await page(visit, problems: problems).refused()
    }
    return try back(visit)
  }

  /// The seat of the path, if it is one of this membership's.
  private func findSeat(_ id: Signature.ID, _ place: Place, _ db: any Transaction) throws -> Signature {
    let seat = try SignatureStore(db: db).find(id).orRefuse(.notFound)
    guard seat.membership == place.membership.id else { throw Refusal.notFound }
    return seat
  }

  /// Gives an unsigned seat to somebody else; the link that the first one has leads nowhere from then on.
  @Sendable func replace(visit: Visit) async throws -> any Answer {
    let (id, viewer, fields): (School.ID, Viewer, Fields) = (try visit.id(), visit.viewer, visit.fields)
    let old: Signature.ID = try visit.id("signer")
    let (fresh, letter, letters) = (
      Signature.ID(site.newID()), site.newID(), MembershipLetters(settings: site.settings)
    )
    do {
      try await site.database.write { db in
        let place = try find(id, viewer, db)
        let seat = try findSeat(old, place, db)
        let signer = try SignerForm([seat.role], fields).checked()[0]
        let store = SignatureStore(db: db)
        let taken = try store.all(of: place.membership.id).contains {
          $0.id != old && $0.email == signer.email.description
        }
        if taken {
          throw Refusal.invalid([
            "email-\(seat.role.key)": "Another signer has this address. Each signs from an address of their own."
          ])
        }
        guard place.membership.state == .signaturesPending, try store.replace(old, now: viewer.now) else { return }
        try store.add(signer, to: place.membership.id, id: fresh, now: viewer.now)
        try MailStore(db: db).add(
          letters.sign(
            signer, fresh, school: place.membership.schoolName, title: "Membership agreement", by: viewer.name,
            id: letter),
          now: viewer.now)
      }
    } catch Refusal.invalid(let problems) {
      return try await page(visit, problems: problems).refused()
    }
    return try back(visit)
  }

  /// Writes to a signer again; at most once a day, so that two posts are one letter.
  @Sendable func remind(visit: Visit) async throws -> any Answer {
    let (id, viewer): (School.ID, Viewer) = (try visit.id(), visit.viewer)
    let signer: Signature.ID = try visit.id("signer")
    let (letter, letters) = (site.newID(), MembershipLetters(settings: site.settings))
    try await site.database.write { db in
      let place = try find(id, viewer, db)
      let seat = try findSeat(signer, place, db)
      let isEarly = viewer.now - (seat.remindedAt ?? seat.askedAt) < .hours(20)
      guard !seat.isSigned, seat.replacedAt == nil, !isEarly, let email = EmailAddress(seat.email) else { return }
      try SignatureStore(db: db).markReminded(signer, now: viewer.now)
      try MailStore(db: db).add(
        letters.reminder(seat, to: email, school: place.membership.schoolName, id: letter), now: viewer.now)
    }
    return try back(visit)
  }

  /// The office holds a signed paper: when it was signed, and where it lies.
  @Sendable func attest(visit: Visit) async throws -> any Answer {
    let (id, viewer): (School.ID, Viewer) = (try visit.id(), visit.viewer)
    let (office, signer): (Person.ID, Signature.ID) = (try visit.signedIn(), try visit.id("signer"))
    let (role, event, audit) = (visit.fields["role"], site.newID(), site.newID())
    let (date, note) = (CalendarDate(visit.fields["date-\(role)"]), visit.fields["note-\(role)"])
    var problems: Problems = [:]
    if date == nil || date.map({ $0 > viewer.today }) == true {
      problems["date-\(role)"] = "Write the day on the paper; it cannot lie ahead."
    }
    if note.isEmpty || note.count > 500 {
      problems["note-\(role)"] = "Say how it came and where it is kept, at most 500 characters."
    }
    guard let date, problems.isEmpty else { return try await page(visit, problems: problems).refused() }
    try await site.database.write { db in
      let place = try find(id, viewer, db)
      let seat = try findSeat(signer, place, db)
      guard place.membership.state == .signaturesPending, let hash = place.membership.agreementHash,
        try SignatureStore(db: db).attest(signer, on: date, note: note, by: office, hash: hash, now: viewer.now)
      else { return }
      try AuditStore(db: db).add(
        id: audit, by: office, "paper signature attested", "membership", place.membership.id.description,
        detail: "\(seat.role.words), \(date). \(note)", now: viewer.now)
      try MembershipTidings(db: db, now: viewer.now).signed(seat, of: place.membership, by: office)
      try Settlement(db: db).settle(place.membership.id, event: event, today: viewer.today, now: viewer.now)
    }
    return try back(visit)
  }

  // MARK: member, year by year

  /// The office confirms what was received: the school is a member, and its principal and whoever began lead it.
  @Sendable func confirm(visit: Visit) async throws -> any Answer {
    let (id, viewer): (School.ID, Viewer) = (try visit.id(), visit.viewer)
    let (event, why) = (site.newID(), visit.fields["why"])
    let activation = Activation(site: site, viewer: viewer)
    try await site.database.write { db in
      let place = try find(id, viewer, db)
      // A second post finds the school a member already.
      guard place.membership.state == .received else { return }
      try MembershipStore(db: db).move(
        place.membership.id, to: .active, today: viewer.today, act(place, viewer, why: why, id: event))
      let written = try activation.run(place.membership, db)
      try MembershipTidings(db: db, now: viewer.now).confirmed(
        place.membership, by: viewer.person, event: event, written: written)
    }
    return try back(visit)
  }

  /// Once a year: still a member, and the roster is true. An inactive school is a member again by it.
  @Sendable func reaffirm(visit: Visit) async throws -> any Answer {
    let (id, viewer): (School.ID, Viewer) = (try visit.id(), visit.viewer)
    let (event, audit) = (site.newID(), site.newID())
    try await site.database.write { db in
      let place = try find(id, viewer, db)
      guard place.membership.reaffirmation(today: viewer.today) != nil, place.party == .school || place.party == .office
      else { throw Refusal.notFound }
      if place.membership.reaffirmedOn == viewer.today, place.membership.state == .active { return }
      let wasActive = place.membership.state == .active
      try MembershipStore(db: db).move(
        place.membership.id, to: .active, today: viewer.today,
        act(
          place, viewer, why: wasActive ? "Reaffirmed; the roster is true." : "Reaffirmed, and a member again.",
          id: event))
      try AuditStore(db: db).add(
        id: audit, by: viewer.person, "membership reaffirmed", "school", id.description, now: viewer.now)
    }
    return try back(visit)
  }

  /// Withdrawn by the school or the office; inactive, closed or merged by the office alone: the state machine says so.
  @Sendable func end(visit: Visit) async throws -> any Answer {
    let (id, viewer): (School.ID, Viewer) = (try visit.id(), visit.viewer)
    let (why, event, audit) = (visit.fields["reason"], site.newID(), site.newID())
    let state = MembershipState(rawValue: visit.fields["to"])
    guard let state, state.isEnd || state == .inactive else {
      return try await page(visit, problems: ["to": "Choose what happened."]).refused()
    }
    guard why.count <= 1000 else {
      return try await page(visit, problems: ["reason": "Shorten it to 1,000 characters."]).refused()
    }
    do {
      try await site.database.write { db in
        let place = try find(id, viewer, db)
        guard place.membership.state != state else { return }
        try MembershipStore(db: db).move(
          place.membership.id, to: state, today: viewer.today, act(place, viewer, why: why, id: event))
        try MembershipTidings(db: db, now: viewer.now).ended(
          place.membership, as: state, why: why, by: viewer.person, event: event)
        try AuditStore(db: db).add(
          id: audit, by: viewer.person, "membership \(state.rawValue)", "school", id.description, detail: why,
          now: viewer.now)
      }
    } catch Refusal.invalid {
      return try await page(visit, problems: ["reason": "Say why, in a sentence."]).refused()
    }
    return try back(visit)
  }
}
