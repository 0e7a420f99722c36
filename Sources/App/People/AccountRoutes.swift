import Storage

/// A person's own account: what others read, letters and keys.
struct AccountRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.get("account", .signedIn, use: profile)
    routes.get("account/profile", .signedIn, use: profile)
    routes.post("account/profile", .signedIn, whileActing: true, use: save)
    routes.get("account/letters", .signedIn, use: letters)
    routes.post("account/letters", .signedIn, whileActing: true, use: saveLetters)
    routes.post("account/letters/trial", .signedIn, use: tryAddress)
  }

  private func own(_ visit: Visit) async throws -> Profile {
    let (person, viewer) = (try visit.signedIn(), visit.viewer)
    return try await site.database.read { db in try ProfileStore(db: db).find(person, for: viewer).orRefuse(.notFound) }
  }

  /// With `next`, the first page of a new account: it leads on to where the person was going.
  @Sendable func profile(visit: Visit) async throws -> Page {
    let next = visit.fields["next"].isEmpty ? nil : Redirect.local(visit.fields["next"])
    let profile = try await own(visit)
    let (draft, kept) = try await draft(next: next, visit)
    let form = kept.map { ProfileForm($0) } ?? ProfileForm(profile)
    var page = AccountPages.profile(profile, form, next: next, draft: draft, visit.viewer)
    if visit.fields["saved"] == "yes" { page.notice = "Saved." }
    return page
  }

  private func draft(next: String?, _ visit: Visit) async throws -> (draft: FormDraft, kept: Fields?) {
    try await site.formDraft(
      "profile", fresh: "/account/profile" + (next.map { "?next=\(percentEncoded($0))" } ?? ""), visit)
  }

  @Sendable func save(visit: Visit) async throws -> any Answer {
    let (person, form, now) = (try visit.signedIn(), ProfileForm(visit.fields), visit.viewer.now)
    let next = visit.fields["next"].isEmpty ? nil : Redirect.local(visit.fields["next"])
    guard form.problems.isEmpty else {
      let draft = try await draft(next: next, visit).draft
      return AccountPages.profile(
        try await own(visit), form, problems: form.problems, next: next, draft: draft, visit.viewer
      ).refused()
    }
    try await site.database.write { db in
      try ProfileStore(db: db).change(person, form, now: now)
      try DraftStore(db: db).clear(visit.fields.all("draft"), of: person, now: now)
    }
    return Redirect(to: next ?? "/account/profile?saved=yes")
  }

  @Sendable func letters(visit: Visit) async throws -> Page {
    let profile = try await own(visit)
    let (wishes, trouble) = try await site.database.read { db in
      (try LetterWishStore(db: db).find(profile.id), try AddressTroubleStore(db: db).find(profile.email))
    }
    var page = LetterPages.show(
      LetterForm(wishes, hasKeys: profile.hasKeys), email: profile.email, trouble, league: site.settings[.zone],
      visit.viewer)
    if visit.fields["saved"] == "yes" { page.notice = "Saved." }
    if visit.fields["tried"] == "yes" { page.notice = "A letter is on its way to \(profile.email)." }
    return page
  }

  /// Forgets that letters came back, and sends one: if that comes back too, it is as before.
  @Sendable func tryAddress(visit: Visit) async throws -> Redirect {
    let (person, now, id) = (try visit.signedIn(), visit.viewer.now, site.newID())
    try await site.take(RateLimit("address:\(person)", 3, per: .hours(24)), now: now)
    let settings = site.settings
    try await site.database.write { db in
      let email = try EmailAddress(PersonStore(db: db).email(of: person)).orRefuse(.notFound)
      try AddressTroubleStore(db: db).clear(email.description)
      try MailStore(db: db).add(PeopleLetters.trial(to: email, id: id, settings), now: now)
    }
    return Redirect(to: "/account/letters?tried=yes")
  }

  @Sendable func saveLetters(visit: Visit) async throws -> any Answer {
    let person = try visit.signedIn()
    let kept = try await site.database.read { db in try LetterWishStore(db: db).find(person) }
    let form = LetterForm(visit.fields, kept: kept)
    do {
      let wishes = try form.checked()
      try await site.database.write { db in
        try LetterWishStore(db: db).change(person, wishes)
        try ProfileStore(db: db).setKeys(person, form.hasKeys)
      }
      return Redirect(to: "/account/letters?saved=yes")
    } catch Refusal.invalid(let problems) {
      let profile = try await own(visit)
      let trouble = try await site.database.read { db in try AddressTroubleStore(db: db).find(profile.email) }
      return LetterPages.show(
        form, email: profile.email, trouble, league: site.settings[.zone], problems: problems, visit.viewer
      ).refused()
    }
  }
}
