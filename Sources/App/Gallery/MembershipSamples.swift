/// From the question "may we join?" to the yearly reaffirming, and the office's queue.
enum MembershipSamples {
  static let all: [Sample] = [
    Sample("membership/find", "Find your school", JoinPages.find("", [], visitor), for: visitor),
    Sample("membership/find-many", "Schools found", JoinPages.find("regional", [rural, long], visitor), for: visitor),
    Sample("membership/find-none", "No such school", JoinPages.find("Hogwarts", [], visitor), for: visitor),
    Sample("membership/join", "A school may join", join(rural), for: visitor),
    Sample(
      "membership/join-refused", "The form with problems",
      join(
        rural,
        problems: ["title": "Say what you are at the school.", "commits": "Tick it when your school means them."])),
    Sample("membership/join-not", "A school may not join", join(elementary), for: visitor),
    Sample("membership/agreement", "The agreement", JoinPages.agreement(agreement, visitor), for: visitor),
    Sample("membership/sign", "To be signed", sign(seats[1], sent: false), for: visitor),
    Sample(
      "membership/sign-code", "The code was wrong",
      sign(seats[1], sent: true, problems: ["code": "That is not the code. 9 tries are left."]), for: visitor),
    Sample("membership/signed", "It is signed", sign(seats[0], sent: false), for: visitor),
    Sample("membership/name-signers", "Who signs?", standing(.agreementIssued, .school, [])),
    Sample(
      "membership/pending", "Two of four have signed", standing(.signaturesPending, .office, seats), for: .sampleOffice),
    Sample("membership/received", "To be confirmed", standing(.received, .office, [seats[0]]), for: .sampleOffice),
    Sample("membership/reaffirm", "Once a year", standing(.active, .school, [seats[0]])),
    Sample("office/index", "The office", OfficePages.index(counts, .sampleOffice), for: .sampleOffice),
    Sample(
      "office/queue", "The membership queue",
      OfficePages.queue(entries, .init(), counts: counts.states, overdue: 3, .sampleOffice), for: .sampleOffice),
    Sample(
      "office/queue-empty", "The queue, empty",
      OfficePages.queue([], .init(overdue: true), counts: [:], overdue: 0, .sampleOffice), for: .sampleOffice),
    Sample(
      "office/people", "People with two accounts", PersonMergerPages.show(pairs, .sampleOffice), for: .sampleOffice),
  ]

  private static let visitor = Viewer.sampleVisitor
  private static let now = Viewer.sampleNow

  // MARK: schools and texts

  static let rural = SchoolSample.school("s-birch", "Birch Intervale High School")
  private static let long = SchoolSample.school(
    "s-long",
    "The Passamaquoddy and Saint Croix Valley Regional Vocational and Technical High School of Washington County",
    kind: .careerAndTechnical, isMember: true)
  private static let elementary = SchoolSample.school(
    "s-small", "Mill Brook School", grades: School.Grades(low: 0, high: 5))

  private static let commitments = [
    Commitment(
      key: "equity", title: "Every student, on purpose", short: "We begin with those left out.",
      text: "We find out whom our school serves least well, and begin there.",
      inPractice: ["We can say which students we are worried about this year."]),
    Commitment(
      key: "improvement", title: "Getting better, in the open", short: "We tell what did not work.",
      text: "A result of nothing is a result, and we share it with the same care.",
      inPractice: ["We register a trial and report it, however it ends.", "Someone here answers when a school asks."]),
  ]

  private static let agreement = AgreementVersion(
    version: "2011-1", title: "Letter of commitment", dated: CalendarDate(dayNumber: 15_218),
    signers: ["superintendent", "principal", "leadership-team", "board-chair"].map(SignerRole.init),
    body: "# Letter of commitment\n\nOur school wishes to join.\n\n## We commit\n\n1. **To equity.**\n2. To learn.")

  private static func join(_ school: School, problems: Problems = [:]) -> Page {
    JoinPages.join(
      school, Eligibility(school), commitments: commitments, versions: [agreement], standing: nil, problems: problems,
      problems.isEmpty ? visitor : .sampleLead)
  }

  // MARK: signatures

  private static let seats = [
    seat("g-1", "superintendent", "Sol Quist", signed: .days(3)), seat("g-2", "principal", "Ada Pruitt", signed: nil),
    seat("g-3", "leadership-team", "Maximiliana Featherstonehaugh-Cholmondeley", signed: .days(1)),
    seat("g-4", "board-chair", "Bo Chase", signed: nil),
  ]

  private static func seat(_ id: String, _ role: String, _ name: String, signed: Span?) -> Signature {
    Signature(
      id: Signature.ID(id), membership: Membership.ID("m-1"), role: SignerRole(role), name: name,
      email: "\(role)@birch.example", askedAt: now - .days(9), remindedAt: signed == nil ? now - .days(2) : nil,
      replacedAt: nil, signedAt: signed.map { now - $0 }, how: signed == nil ? nil : .code,
      signedHash: signed == nil ? nil : agreement.hash, paperDate: nil, note: "")
  }

  private static func sign(_ seat: Signature, sent: Bool, problems: Problems = [:]) -> Page {
    SignaturePages.sign(
      seat, school: rural.name, agreement, all: seats, state: .signaturesPending, isOwn: false, codeSent: sent,
      problems: problems, visitor)
  }

  // MARK: standing

  private static func membership(_ state: MembershipState, _ school: School = rural) -> Membership {
    Membership(
      id: Membership.ID("m-1"), school: school.id, schoolName: school.name, schoolState: "NH", state: state,
      startedBy: Person.ID("p-dana"), startedByName: "Dana Whitcomb", startedAt: now - .days(20),
      stateSince: now - .days(9), agreement: "2011-1", agreementHash: agreement.hash,
      activeOn: state == .active ? CalendarDate(year: 2024, month: 10, day: 2) : nil, reaffirmedOn: nil, remindedAt: nil
    )
  }

  private static func standing(_ state: MembershipState, _ party: MembershipParty, _ seats: [Signature]) -> Page {
    MembershipPages.show(
      MembershipPages.Standing(
        membership: membership(state), party: party, agreement: agreement, versions: [], signatures: seats,
        events: [
          MembershipEvent(
            at: now - .days(20), by: nil, byWords: "Dana Whitcomb, Principal", from: nil, to: .inquiry,
            why: "Heard of it at the fall meeting."),
          MembershipEvent(
            at: now - .days(20), by: nil, byWords: "Rule", from: .inquiry, to: .agreementIssued,
            why: "The school may join. Version 2011-1 was issued."),
        ]), form: SignerForm(agreement.signers), party == .office ? .sampleOffice : .sampleLead)
  }

  // MARK: the office

  private static let counts = OfficePages.Counts(
    states: [.inquiry: 5, .agreementIssued: 3, .signaturesPending: 4, .received: 2, .active: 1204, .inactive: 3],
    overdue: 3, mail: 0, duplicates: 12, alike: 1,
    acts: [.init(at: now - .hours(3), by: "Marguerite Thibodeau", action: "roster imported", detail: "14 lines")])

  private static let entries = [
    MembershipQueue.Entry(
      membership: membership(.signaturesPending), signed: 2, signers: 4, why: "4 signers named and written to.",
      by: "Dana Whitcomb"),
    MembershipQueue.Entry(membership: membership(.received, long), signed: 1, signers: 1, why: "", by: "Rule"),
  ]

  private static let pairs = [
    PersonDuplicates.Pair(
      first: .init(id: Person.ID("p-1"), name: "Ruth Ouellette", email: "ruth@birch.example"),
      second: .init(id: Person.ID("p-2"), name: "Ruth Ouellette", email: "rouellette@home.example"),
      school: "Birch Intervale High School")
  ]
}
