import Storage

/// The office says which provider speaks for a school's addresses.
struct DomainRuleRoutes {
  let site: Site

  func add(to routes: inout RouteTable) {
    routes.get("office/domains", .office, use: list)
    routes.post("office/domains", .office, use: set)
    routes.post("office/domains/:domain/end", .office, use: end)
  }

  @Sendable func list(visit: Visit) async throws -> Page {
    var page = try await page(DomainRuleForm(), problems: [:], visit)
    if !visit.fields["set"].isEmpty { page.notice = "The rule holds from now on." }
    return page
  }

  private func page(_ form: DomainRuleForm, problems: Problems, _ visit: Visit) async throws -> Page {
    let rules = try await site.database.read { db in try DomainRuleStore(db: db).all() }
    return DomainRulePages.list(
      rules, form, providers: site.settings.providers, problems: problems, visit.viewer)
  }

  @Sendable func set(visit: Visit) async throws -> any Answer {
    let (form, office, now) = (DomainRuleForm(visit.fields), try visit.signedIn(), visit.viewer.now)
    let audit = site.newID()
    do {
      let (domain, provider) = try form.checked(providers: site.settings.providers)
      try await site.database.write { db in
        let store = DomainRuleStore(db: db)
        guard let school = try SchoolStore(db: db).find(typed: form.school) else {
          throw Refusal.invalid([
            "school": "There is no school with this address or official id. Copy the address of its page."
          ])
        }
        if form.isRequired, try store.holdsOffice(domain, now: now) {
          throw Refusal.invalid([
            "required":
              "Somebody of the office has an address at \(domain), and would be locked out whenever \(provider.name) is. Leave codes by mail open."
          ])
        }
        try store.set(
          domain, school: school.id, provider: provider, isRequired: form.isRequired, by: office, now: now)
        try AuditStore(db: db).add(
          id: audit, by: office, "domain rule set", "school", "\(school.id)",
          detail: "\(domain): \(provider.name)\(form.isRequired ? " alone" : "")", now: now)
      }
    } catch Refusal.invalid(let problems) {
      return try await page(form, problems: problems, visit).refused()
    }
    return Redirect(to: "/office/domains?set=yes")
  }

  @Sendable func end(visit: Visit) async throws -> Redirect {
    let (domain, office, now, audit) = (
      try visit.part("domain"), try visit.signedIn(), visit.viewer.now, site.newID()
    )
    try await site.database.write { db in
      guard let rule = try DomainRuleStore(db: db).find(domain) else { return }
      guard try DomainRuleStore(db: db).remove(domain) else { return }
      try AuditStore(db: db).add(
        id: audit, by: office, "domain rule ended", "school", "\(rule.school)", detail: domain, now: now)
    }
    return Redirect(to: "/office/domains")
  }
}
