import Statistics

/// People, accounts and rosters.
enum PeopleSamples {
  static let all: [Sample] = [
    Sample("people/list", "People", PeoplePages.list(lines, words: "", school: nil, hasMore: true)),
    Sample(
      "people/list-empty", "Nobody is found",
      PeoplePages.list([], words: "quidditch", school: nil, hasMore: false)),
    Sample("people/show", "A person", PeoplePages.show(profile(), expertise: expertise, .sampleLead)),
    Sample(
      "people/show-own", "Oneself, nothing written yet", PeoplePages.show(profile("p-dana", isEmpty: true), .sampleLead)
    ),
    Sample(
      "people/profile", "One's own profile",
      AccountPages.profile(profile(), ProfileForm(profile()), next: nil, .sampleLead)),
    Sample(
      "people/welcome", "A new account",
      AccountPages.profile(
        profile("p-dana", isEmpty: true), ProfileForm(profile("p-dana", isEmpty: true)),
        problems: ["name": "Write your name as others shall read it."], next: "/schools/s-birch/join", .sampleLead)),
    Sample("people/letters", "Letters and keys", letters(LetterForm(LetterWishes(), hasKeys: true))),
    Sample(
      "people/letters-back", "Letters come back",
      letters(LetterForm(LetterWishes(), hasKeys: true), SampleTrouble.ended)),
    Sample(
      "people/letters-refused", "Letters, with a problem",
      letters(noQuiet, problems: ["quiet_until": "Let the quiet end at another time than it begins."])),
    Sample("roster/show", "A roster", roster(entries)),
    Sample("roster/empty", "An empty roster", roster([], requests: []), for: .sampleOffice),
    Sample(
      "roster/refused", "An invitation with a problem",
      roster(
        entries, typed: Fields(["name": "Ada", "email": "ada"]),
        problems: ["email": "Write an email address, such as name@school.org."])),
    Sample("roster/import", "Add many people", RosterImportPages.ask(school, .sampleLead)),
    Sample("roster/plan", "What would happen", RosterImportPages.plan(plan, text: "email,name", school, .sampleLead)),
    Sample(
      "roster/undone", "An import taken back",
      RosterImportPages.undone(
        RosterUndo(ended: 12, retitled: 1, kept: [.init(name: "Lia Pereira", why: "has signed in since")]), school,
        .sampleLead)),
    Sample(
      "roster/ask", "Ask to join",
      RosterPages.ask(school, isOnRoster: false, waitsSince: nil, byDomain: false, .sampleEducator),
      for: .sampleEducator),
    Sample(
      "roster/ask-waits", "Asked already",
      RosterPages.ask(school, isOnRoster: false, waitsSince: now - .hours(4), byDomain: false, .sampleEducator),
      for: .sampleEducator),
  ]

  private static let now = Viewer.sampleNow
  private static let school = SchoolSample.school("s-ashuelot", "Ashuelot Valley Regional", isMember: true)

  static let lines = [
    PersonLine(
      id: Person.ID("p-1"), name: "Ruth Ouellette", handle: "ruth-ouellette", title: "Principal",
      school: "Ashuelot Valley Regional", askMe: "advisory that survives a bad winter, and standards-based report cards"
    ),
    PersonLine(
      id: Person.ID("p-2"), name: "Lia Pereira", handle: "lia-pereira", title: "", school: "Quaboag Technical",
      askMe: ""),
    PersonLine(
      id: Person.ID("p-3"), name: "Maximiliana Featherstonehaugh-Cholmondeley", handle: "max",
      title: "Coordinator of extended learning opportunities, grades 6 to 12",
      school: "The Passamaquoddy and Saint Croix Valley Regional Vocational and Technical High School",
      askMe: "internships"),
  ]

  private static func profile(_ id: String = "p-1", isEmpty: Bool = false) -> Profile {
    Profile(
      id: Person.ID(id), name: "Ruth Ouellette", email: "ruth@ashuelot.example", handle: "ruth-ouellette",
      title: isEmpty ? "" : "Principal",
      about: isEmpty ? "" : "Twenty-two years here.\nI was a student in this building.",
      askMe: isEmpty ? "" : "advisory that survives a bad winter",
      lookingFor: isEmpty ? "" : "a school that ended bells",
      emailShown: .members, aboutShown: .members, askingShown: .school, hasKeys: true,
      roles: [Role(.lead, school: school.id, schoolName: school.name, schoolIsMember: true)])
  }

  private static func letters(_ form: LetterForm, problems: Problems = [:], _ trouble: AddressTrouble? = nil) -> Page {
    LetterPages.show(
      form, email: "ruth@ashuelot.example", trouble, league: "America/New_York", problems: problems, .sampleLead)
  }

  private static var noQuiet: LetterForm {
    var form = LetterForm(LetterWishes(paces: [.watched: .digest], rhythm: .weekly), hasKeys: false)
    form.quietUntil = form.quietFrom
    return form
  }

  private static let expertise = Expertise(
    trials: [
      .init(
        id: "t-1", idea: "Give every ninth grader one adult who calls home first", verdict: .didNotWork,
        school: "Ashuelot Valley Regional", reportedAt: now - .days(40)),
      .init(
        id: "t-2", idea: "Let students retake what they have learned since", verdict: .worked,
        school: "Ashuelot Valley Regional", reportedAt: now - .days(300)),
    ], ideas: [.init(id: "i-1", title: "Hold advisory in the middle of the day")],
    answers: [
      .init(
        post: Post.ID("post-2"), question: "What do you do with a student who says nothing for ten minutes?",
        acceptedAt: now - .days(3))
    ],
    topics: [.init(key: "advisory", name: "Advisory", count: 3), .init(key: "grading", name: "Grading", count: 1)])

  // MARK: rosters

  private static let entries = [
    entry("r-1", "Ruth Ouellette", .lead, "Principal", ends: nil), entry("r-2", "Dana Whitcomb", .lead, "", ends: nil),
    entry("r-3", "Lia Pereira", .educator, "Science", ends: now + .days(30)),
  ]

  private static func entry(_ id: String, _ name: String, _ kind: Role.Kind, _ title: String, ends: Instant?)
    -> RosterEntry
  {
    RosterEntry(
      id: RosterEntry.ID(id), school: school.id, person: Person.ID("p-\(id)"), name: name,
      email: "\(id)@ashuelot.example",
      kind: kind, title: title, startsAt: now - .days(400), endsAt: ends, endReason: "")
  }

  private static let request = RosterRequest(
    id: RosterRequest.ID("q-1"), school: school.id, person: Person.ID("p-9"), name: "Max Arel",
    email: "max@home.example", title: "Art", words: "I started in September; Ruth knows me.", at: now - .hours(5))

  private static func roster(
    _ present: [RosterEntry], requests: [RosterRequest] = [request], typed: Fields = Fields(), problems: Problems = [:]
  ) -> Page {
    RosterPages.show(
      RosterPages.Standing(
        school: school, domain: "ashuelot.example", present: present,
        past: present.isEmpty ? [] : [entry("r-9", "Old Hand", .educator, "", ends: now - .days(60))],
        requests: requests,
        imports: present.isEmpty
          ? []
          : [
            RosterImport(
              id: RosterImport.ID("i-1"), school: school.id, byName: "Dana Whitcomb", at: now - .days(2), created: 12,
              changed: 1, unchanged: 3, refused: 2, undoneAt: nil)
          ]),
      typed: typed, problems: problems, .sampleLead)
  }

  private static let plan = RosterPlan(entries: [
    .init(line: 2, who: "Ruth Ouellette <ruth@ashuelot.example>", act: .unchanged),
    .init(line: 3, who: "Lia Pereira <lia@ashuelot.example>", act: .add(isNew: true)),
    .init(line: 4, who: "Max Arel <max@home.example>", act: .retitle(from: "Art teacher")),
    .init(line: 5, who: "not-an-address, Nobody", act: .refused("\u{201C}not-an-address\u{201D} is no email address.")),
  ])
}

/// An address whose letters come back.
enum SampleTrouble {
  static let ended = AddressTrouble(
    address: "ruth@ashuelot.example", failures: 1, lastAt: Viewer.sampleNow - .hours(5), status: "5.1.1",
    words: "550 5.1.1 <ruth@ashuelot.example>: Recipient address rejected: User unknown in virtual mailbox table",
    endedAt: Viewer.sampleNow - .hours(5))
}
