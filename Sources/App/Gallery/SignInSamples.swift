/// Signing in, the sessions of an account, the office's outbox, the way into the demonstration.
enum SignInSamples {
  static let all: [Sample] = [
    Sample("sign-in/ask", "Sign in", SignInPages.ask(email: "", next: "/", visitor), for: visitor),
    Sample(
      "sign-in/ask-services", "Sign in, with services",
      SignInPages.ask(
        email: "dana@ashuelot.example", next: "/",
        problems: ["email": "Addresses at ashuelot.example sign in with Google alone. Nothing was sent."],
        providers: services, visitor), for: visitor),
    Sample(
      "sign-in/offer", "An account elsewhere, for the first time",
      ProviderPages.offer(offer, from: "Google", visitor), for: visitor),
    Sample(
      "sign-in/onward", "On to the service",
      ProviderPages.onward(to: services[0], "https://accounts.google.com/o/oauth2/v2/auth?state=x", visitor),
      for: visitor),
    Sample(
      "sign-in/ways-in-none", "Ways in, none yet",
      ProviderPages.ways([], offered: nil, providers: services, .sampleLead)),
    Sample(
      "sign-in/ways-in", "Ways in",
      ProviderPages.ways(links, offered: (offer, "Google"), providers: services, .sampleLead)),
    Sample(
      "office/domains-none", "No school's service",
      DomainRulePages.list([], providers: [], .sampleOffice), for: .sampleOffice),
    Sample(
      "office/domains", "Schools' sign-in services",
      DomainRulePages.list(
        rules, providers: services,
        problems: ["domain": "Anybody gets an address at gmail.com: it speaks for no school."], .sampleOffice),
      for: .sampleOffice),
    Sample(
      "sign-in/code-wrong", "The code was wrong",
      SignInPages.typeCode(
        email: "dana@ashuelot.example", next: "/", typed: "AB12",
        problems: ["code": "That is not the code. 9 tries are left."],
        visitor), for: visitor),
    Sample(
      "sign-in/proof", "To show who it is, asked",
      SignInPages.proof(email: "ruth@ashuelot.example", isSent: false, next: "/account/ways-in", .sampleLead)),
    Sample(
      "sign-in/proof-wrong", "To show who it is, a wrong code",
      SignInPages.proof(
        email: "ruth@ashuelot.example", isSent: true, next: "/account/ways-in", typed: "AB12",
        problems: ["typed": "That is not the code. 9 tries are left."], .sampleLead)),
    Sample("sign-in/second-step", "The second step", SignInPages.secondFactor(next: "/office", .sampleOffice)),
    Sample(
      "sign-in/set-up", "Setting up the second step",
      SignInPages.enrol(
        secret: "JBSWY3DPEHPK3PXP", uri: "otpauth://totp/League:office?secret=JBSWY3DPEHPK3PXP", next: "/office",
        .sampleOffice), for: .sampleOffice),
    Sample(
      "sign-in/recovery-wrong", "The recovery code was wrong",
      SignInPages.secondFactor(
        next: "/office", problems: ["recovery": "That is none of your codes, or it was used before."], .sampleOffice)),
    Sample(
      "sign-in/recovery-codes", "Recovery codes, shown once",
      SignInPages.recoveryCodes(
        (0..<10).map { "7KQ\($0)-MT4X-9HBN-C3WD-P0ZR-81GA" }, next: "/office", .sampleOffice), for: .sampleOffice),
    Sample(
      "sign-in/second-step-on", "The second step is on",
      SignInPages.secondStep(
        isOn: true, isNeeded: false, codesLeft: 7,
        problems: ["digits": "Those are not the digits of this half minute."], .sampleLead)),
    Sample(
      "sign-in/second-step-off", "The second step is off",
      SignInPages.secondStep(isOn: false, isNeeded: false, codesLeft: 0, .sampleLead)),
    Sample(
      "sign-in/sessions", "Where you are signed in",
      SignInPages.sessions(sessions, current: Session.ID("s-1"), .sampleLead)),
    Sample(
      "sign-in/first-office", "The first office account", FirstOfficePages.ask(token: "abc", visitor), for: visitor),
    Sample("office/outbox-empty", "The outbox, empty", MailPages.list([], .sampleOffice), for: .sampleOffice),
    Sample("office/outbox", "The outbox", MailPages.list(letters, failures: 1, .sampleOffice), for: .sampleOffice),
    Sample(
      "office/addresses", "Addresses whose letters come back",
      MailPages.addresses(
        [
          EndedAddress(trouble: SampleTrouble.ended, person: Person.ID("p-1"), name: "Ruth Ouellette"),
          EndedAddress(trouble: SampleTrouble.ended, person: nil, name: nil),
        ], failures: 1, .sampleOffice), for: .sampleOffice),
    Sample(
      "office/addresses-empty", "All letters arrive", MailPages.addresses([], failures: 0, .sampleOffice),
      for: .sampleOffice),
    Sample(
      "office/letter-failed", "A letter that failed", MailPages.show(letters[2], .sampleOffice), for: .sampleOffice),
    Sample("demo/doors", "Step into a role", DemoPages.doors(doors, visitor), for: visitor),
  ]

  private static let visitor = Viewer.sampleVisitor

  private static let services = [
    Provider(id: "google", name: "Google", issuer: "https://accounts.google.com", client: "league", secret: ""),
    Provider(
      id: "microsoft", name: "Microsoft", issuer: "https://login.microsoftonline.com/common/v2.0", client: "league",
      secret: ""),
  ]

  private static let offer = ProviderStore.Offer(
    id: "offer-1", issuer: "https://accounts.google.com", subject: "1", email: "dana@ashuelot.example",
    name: "Dana Whitcomb", next: "/")

  private static let links: [(link: ProviderStore.Link, provider: String)] = [
    (
      ProviderStore.Link(
        issuer: "https://accounts.google.com", subject: "1", linkedAt: Viewer.sampleNow - .days(40),
        usedAt: Viewer.sampleNow - .hours(5)), "Google"
    )
  ]

  private static let rules = [
    DomainRule(
      domain: "ashuelot.example", school: School.ID("s-ashuelot"), schoolName: "Ashuelot Valley Regional High School",
      provider: "google", isRequired: true),
    DomainRule(
      domain: "staff.a-very-long-name-of-a-regional-school-district.example", school: School.ID("s-cove"),
      schoolName: "Kettle Cove Regional School of Science, Technology and the Arts", provider: "clever",
      isRequired: false),
  ]

  private static let sessions = [
    session("s-1", agent: "Mozilla/5.0 (X11; CrOS x86_64) Chrome/131", ago: .minutes(1)),
    session("s-2", agent: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1) Safari/605", ago: .hours(5)),
    session("s-3", agent: "curl/8", ago: .days(9)),
  ]

  private static func session(_ id: String, agent: String, ago: Span) -> Session {
    Session(
      id: Session.ID(id), person: Person.ID("p-dana"), createdAt: Viewer.sampleNow - .days(12),
      seenAt: Viewer.sampleNow - ago, expiresAt: Viewer.sampleNow + .days(48), agent: agent, address: "192.0.2.7",
      secondFactorAt: nil, provedAt: Viewer.sampleNow - .days(12))
  }

  private static let letters = [
    letter("l-2", subject: "AB12CD is your code for League", ago: .minutes(3), trouble: nil),
    letter("l-1", subject: "You are invited to League", ago: .days(2), trouble: "Couldn't connect to server"),
    letter("l-0", subject: "Re: How many nines?", ago: .days(3), trouble: "550 5.1.1 No such mailbox", failed: true),
  ]

  private static func letter(_ id: String, subject: String, ago: Span, trouble: String?, failed: Bool = false)
    -> SentLetter
  {
    let written = Viewer.sampleNow - ago
    return SentLetter(
      id: id, address: "dana@ashuelot.example", subject: subject, body: "Hello Dana", headers: "", createdAt: written,
      dueAt: written + .minutes(8), sentAt: trouble == nil ? written : nil, failedAt: failed ? written : nil,
      tries: trouble == nil ? 0 : 3, trouble: trouble)
  }

  private static let doors = [
    DemoDoor(person: Person.ID("p-1"), name: "Dana Whitcomb", about: "Leads a rural school; one trial is overdue."),
    DemoDoor(person: Person.ID("p-2"), name: "Marguerite Thibodeau", about: "Works in the League office."),
  ]
}
