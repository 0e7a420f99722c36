import Statistics

/// Ideas and what is known of them, with invented data.
enum IdeaSamples {
  /// Empty if the sample numbers were impossible, which a test would notice.
  static let all: [Sample] = (try? shown() + lists() + forms) ?? []

  private static func shown() throws -> [Sample] {
    [
      Sample("ideas/show", "An idea that nine schools tried", IdeaPages.show(try view(nine), .sampleLead)),
      Sample(
        "ideas/show-visitor", "The same as a visitor sees it",
        IdeaPages.show(try view(nine, home: nil), .sampleVisitor),
        for: .sampleVisitor),
      Sample("ideas/show-untried", "An idea that nobody has tried", IdeaPages.show(try view([]), .sampleLead)),
      Sample("ideas/show-one", "One school, no comparison group", IdeaPages.show(try view([nine[0]]), .sampleLead)),
      Sample(
        "ideas/show-many", "Fifty trials with long names", IdeaPages.show(try many(), .sampleEducator),
        for: .sampleEducator),
      Sample(
        "ideas/show-owner", "An outdated idea as its owner sees it",
        IdeaPages.show(try view([nine[7]], idea: outdated), .sampleOffice), for: .sampleOffice),
      Sample("ideas/evidence", "Every number explained", EvidencePages.explain(idea, try evidence(nine), .sampleLead)),
      Sample(
        "ideas/evidence-none", "Numbers of an idea that nobody has tried",
        EvidencePages.explain(idea, try evidence([]), .sampleLead)),
      Sample("ideas/like-mine", "How near the schools are", try nearness(home: ashuelot)),
      Sample("ideas/like-mine-nobody", "Nobody is near", try nearness(home: island)),
      Sample(
        "ideas/versions", "Versions with their differences",
        IdeaVersionPages.list(idea, versions, reviews, owners: owners, .sampleLead)
      ),
      Sample(
        "ideas/owner", "An idea that came to its owner, as the owner sees it",
        IdeaOwnerPages.show(
          IdeaOwnership(idea: idea, candidates: [person(1), person(2)], changes: Array(owners.dropFirst())),
          problems: ["decline_why": "Say why, so that another owner can be found."], itsOwner), for: itsOwner),
      Sample(
        "ideas/owner-nobody", "Nobody else could own an idea",
        IdeaOwnerPages.show(IdeaOwnership(idea: idea, candidates: [], changes: []), .sampleOffice), for: .sampleOffice),
    ]
  }

  private static func lists() throws -> [Sample] {
    [
      Sample("ideas/list", "The library", try list(listed(), IdeaFilter())),
      Sample("ideas/list-empty", "The library before the first idea", try list([], IdeaFilter())),
      Sample("ideas/list-none", "A filter that nothing fits", try list([], IdeaFilter(topic: "attendance", grade: 6))),
    ]
  }

  private static let forms: [Sample] = [
    Sample(
      "ideas/new", "Sharing an idea",
      IdeaFormPages.new(
        IdeaForm(), schools: [], taxonomy: taxonomy,
        draft: FormDraft(context: "idea:new", generation: 2, fresh: "/ideas/new?draft=no"), .sampleLead)),
    Sample(
      "ideas/new-refused", "Adapting an idea, refused",
      IdeaFormPages.new(
        refused, schools: [Option("a", "Ashuelot Valley Regional"), Option("q", "Quaboag Technical")], parent: glance,
        taxonomy: taxonomy,
        problems: [
          "title": "Give the idea a title: a sentence that says what is done.",
          "topic": "Choose at least one topic, so that others find it.",
          "problem": RosterGuard.problem(in: refused.problem) ?? "",
        ], .sampleLead)),
    Sample(
      "ideas/edit", "Changing an idea",
      IdeaFormPages.edit(idea, IdeaForm(idea.content), taxonomy: taxonomy, .sampleLead)),
    Sample("ideas/outdated", "Marking an idea as outdated", IdeaFormPages.outdated(idea, reason: "", .sampleLead)),
  ]

  // MARK: schools and people

  private static func school(
    _ key: String, _ name: String, _ state: String, _ students: Int, _ locale: Int, _ kind: String = "public",
    grades: ClosedRange<Int> = 9...12
  ) -> SchoolGlance {
    SchoolGlance(
      id: School.ID("s-\(key)"), name: name, state: state, students: students, locale: locale,
      gradeLow: grades.lowerBound, gradeHigh: grades.upperBound, kind: kind)
  }

  static let ashuelot = school("ashuelot", "Ashuelot Valley Regional", "NH", 430, 42)
  private static let island = school("island", "Monhegan Island School", "ME", 14, 43, grades: 6...8)
  static let kettle = school("kettle", "Kettle Cove Regional", "ME", 410, 42)
  private static let others = [
    kettle, ashuelot, school("quaboag", "Quaboag Technical", "MA", 720, 21, "career-and-technical"),
    school("madriver", "Mad River Union", "VT", 260, 43, grades: 7...12),
    school("judith", "Point Judith", "RI", 690, 21),
    school("naugatuck", "Naugatuck Charter", "CT", 310, 12, "charter"),
    school("sandwich", "Sandwich Range", "NH", 190, 43),
    school("blackstone", "Blackstone Academy", "RI", 240, 13),
    school("moosehead", "Moosehead Union", "ME", 190, 43, grades: 7...12),
  ]
  private static let names = [
    "Ruth Ouellette", "Dana Whitcomb", "Lia Pereira", "Amos Tucker", "Priya Raman", "Jo Castellano", "Wren Hale",
    "Teodoro Silva", "Devon Marsh",
  ]

  static func person(_ index: Int) -> Person {
    Person(id: Person.ID("p-\(index)"), name: names[index % names.count])
  }

  // MARK: an idea

  static let taxonomy = Taxonomy(
    areas: [
      Taxonomy.Area(key: "belonging", name: "Belonging and care"),
      Taxonomy.Area(key: "time", name: "Time, place and structure"),
    ],
    topics: [
      Taxonomy.Topic(
        key: "advisory", name: "Advisory", area: "belonging",
        definition: "A small group that meets one adult, all year."),
      Taxonomy.Topic(
        key: "attendance", name: "Attendance", area: "belonging", definition: "Being missed when you are absent."),
      Taxonomy.Topic(
        key: "schedule", name: "Schedule", area: "time", definition: "Bells, blocks and what they decide."),
    ],
    subjects: [Taxonomy.Subject(key: "english", name: "English"), Taxonomy.Subject(key: "science", name: "Science")])

  static let content: IdeaContent = {
    var content = IdeaContent(
      title: "A ten-minute conference with every ninth-grader, every week",
      summary:
        "Each student sits down with one adult for ten minutes a week, with three fixed questions and one promise to follow up.",
      problem: "Most ninth-graders who drift do it quietly. By the time a list catches them it is December.",
      practice:
        "1. Give each adviser at most **nine** students.\n2. Ask three questions, always the same three.\n3. Write one line.",
      effort: .high, grades: GradeSpan(low: 7, high: 9) ?? .all)
    content.core = ["The same adult all year", "A fixed slot in the timetable"]
    content.adaptable = ["The length", "The wording of the questions"]
    content.conditions = ["A principal who will defend the slot in March"]
    content.effortWords = "High for a month, then low"
    content.cost = YearlyCost(low: 0, high: 2000, words: "Cover for the monthly half hour.")
    content.topics = ["advisory", "attendance"]
    return content
  }()

  static let idea = Self.idea(content)

  private static let outdated = Self.idea(
    content,
    outdated: Idea.Outdated(
      at: Viewer.sampleNow - .days(20), reason: "The state dropped the test that this prepared for."))

  private static func idea(_ content: IdeaContent, outdated: Idea.Outdated? = nil) -> Idea {
    Idea(
      id: Idea.ID("i-conference"), state: .published, version: 2, content: content,
      problemHTML: renderedMarkdown(content.problem), practiceHTML: renderedMarkdown(content.practice),
      school: kettle, owner: person(0), createdAt: Viewer.sampleNow - .days(800),
      publishedAt: Viewer.sampleNow - .days(800), changedAt: Viewer.sampleNow - .days(43),
      reviewedOn: today.adding(days: -43), reviewDue: today.adding(days: 322), outdated: outdated, adaptedFrom: nil,
      adaptation: "")
  }

  static let today = LeagueZone.newYork.date(of: Viewer.sampleNow)

  static let glance = IdeaGlance(
    id: Idea.ID("i-shop"), title: "At a technical center, hold the weekly conference over the work", school: others[2],
    adaptation: "No separate slot and no chairs.")

  private static func view(_ trials: [TrialLine], home: SchoolGlance? = ashuelot, idea: Idea = idea) throws -> IdeaView
  {
    let evidence = try evidence(trials)
    return IdeaView(
      idea: idea, evidence: evidence, parent: nil, children: trials.isEmpty ? [] : [glance],
      likeMine: home.map { LikeMine(evidence, home: $0) }, taxonomy: taxonomy,
      discussions: trials.isEmpty || home == nil ? Talk() : DiscussionSamples.talk)
  }

  // MARK: trials

  private static func evidence(_ trials: [TrialLine]) throws -> IdeaEvidence { try IdeaEvidence(trials, today: today) }

  /// Nine reported trials, then one that runs, two that are overdue and one that was withdrawn.
  static let nine: [TrialLine] =
    zip(
      others.indices,
      [
        (118, 41, 20, 34, 33), (240, 92, 60, 90, 88), (300, 110, 70, 112, 104), (90, 30, 22, 28, 29),
        (260, 80, 66, 78, 77),
        (120, 40, 36, 41, 40), (64, 22, 20, 21, 21), (400, 120, 122, 118, 119), (64, 20, 26, 19, 18),
      ]
    ).map { index, figures in
      trial(
        index, counts(figures), happened: stories[index % stories.count],
        comparison: index == 3 ? .beforeAfter : .group)
    } + [open(1, due: 90), open(4, due: -30), open(5, due: -200), withdrawn(6)]

  private static let stories = [
    "We cut the meetings to eight minutes and gave each adviser nine students, not fourteen. The first month was worse than before: nobody had a script. Ask us for ours.",
    "Advisers changed at mid-year and the conferences stopped for five weeks. We would not start again without a fixed slot in the timetable.",
    "It moved into the shop, beside the thing that the student was making.",
  ]

  private static func counts(_ f: (n: Int, before: Int, after: Int, otherBefore: Int, otherAfter: Int)) -> Outcome {
    .counts(
      Outcome.Groups(
        before: .init(x: f.before, n: f.n), after: .init(x: f.after, n: f.n),
        otherBefore: .init(x: f.otherBefore, n: f.n),
        otherAfter: .init(x: f.otherAfter, n: f.n)), Outcome.Circumstances())
  }

  static func registration(_ comparison: Registration.Comparison = .group, due: CalendarDate = today) -> Registration {
    Registration(
      participants: "All 118 ninth-graders", starts: due.adding(days: -200), due: due, measure: "Late often",
      definition: "Six or more unexcused arrivals after the first bell in a quarter, from the office's log", unit: "",
      better: .lower, comparison: comparison,
      comparisonWords: comparison == .group ? "Grade 10 over the same quarters" : "",
      isByLot: false,
      prediction: .init(direction: .better, words: "a third fewer", probability: 70), smallest: 5)
  }

  static func trial(
    _ index: Int, _ outcome: Outcome, happened: String, comparison: Registration.Comparison = .group,
    school: SchoolGlance? = nil
  ) -> TrialLine {
    let registration = registration(comparison, due: today.adding(days: -20 * index - 30))
    return line(
      index, school ?? others[index % others.count], registration, .reported, happened: happened,
      claim: try? ClaimCompilation.claim(registration, outcome, isAfterData: false))
  }

  private static func open(_ index: Int, due: Int) -> TrialLine {
    line(index + 20, others[index], registration(due: today.adding(days: due)), .running)
  }

  private static func withdrawn(_ index: Int) -> TrialLine {
    line(
      index + 40, others[index], registration(), .withdrawn,
      reason: "The adviser who ran it left, and nobody could take it on.")
  }

  private static func line(
    _ index: Int, _ school: SchoolGlance, _ registration: Registration, _ state: Trial.State, happened: String = "",
    reason: String = "", claim: CompiledClaim? = nil
  ) -> TrialLine {
    TrialLine(
      id: Trial.ID("t-\(index)"), idea: Idea.ID("i-conference"), ideaTitle: content.title, school: school,
      person: person(index), state: state, registeredAt: Viewer.sampleNow - .days(300 + index),
      reportedAt: claim.map { _ in Viewer.sampleNow - .days(20 + index) }, isAfterData: false,
      starts: registration.starts, due: registration.due, participants: registration.participants,
      measure: registration.measure, better: registration.better, comparison: registration.comparison,
      prediction: registration.prediction,
      withdrawnReason: reason, excerpt: happened, changed: "", claim: claim)
  }

  private static func many() throws -> IdeaView {
    let long = "The Honorable Margaret Chase Smith Interdistrict Academy of Arts, Sciences and Trades at Moosehead"
    let trials = (0..<50).map { index in
      trial(
        index, counts((60 + 7 * index, 20 + index, 14 + (index * 5) % 23, 20 + index, 19 + index)),
        happened: stories[index % 3],
        school: school(
          "many\(index)", index % 9 == 0 ? "\(long) \(index)" : "School number \(index)", "ME", 200 + index, 42))
    }
    return try view(trials)
  }

  private static func nearness(home: SchoolGlance) throws -> Page {
    let nearness = try Nearness(evidence(nine), home: home, members: others)
    return EvidencePages.likeMine(idea, nearness, .sampleLead)
  }

  // MARK: lists, versions

  private static func list(_ ideas: [ListedIdea], _ filter: IdeaFilter) throws -> Page {
    let page = IdeaPage(
      ideas: ideas, next: ideas.isEmpty ? nil : IdeaFilter.Place(isStale: false, value: 1, id: "i-last"))
    return IdeaListPages.list(
      IdeaListDrawing(page, filter, taxonomy, today, hasSchool: Viewer.sampleLead.homeSchool != nil), filter,
      drafts: ideas.isEmpty ? [] : [glance], .sampleLead)
  }

  private static func listed() throws -> [ListedIdea] {
    [
      try listing(
        "i-conference", content.title, content.summary, worked: 3, mixed: 2, didNot: 2, early: 2, unreported: 3),
      try listing(
        "i-tutors", "Seniors tutor ninth-graders in algebra, inside the school day",
        "Trained seniors each take two ninth-graders for one period, twice a week.", didNot: 1, experience: 3),
      try listing(
        "i-new", "Ask for the first page of every essay a week early", "Only the first page, and only a week early."),
      try listing(
        "i-old", "Paper planners for everybody", "Each student gets a planner in August.", early: 1, isOutdated: true),
    ]
  }

  private static func listing(
    _ id: String, _ title: String, _ summary: String, worked: Int = 0, mixed: Int = 0, didNot: Int = 0, early: Int = 0,
    experience: Int = 0, unreported: Int = 0, isOutdated: Bool = false
  ) throws -> ListedIdea {
    ListedIdea(
      id: Idea.ID(id), title: title, summary: summary, school: kettle, topics: ["advisory", "attendance"],
      effort: .high, grades: content.grades, worked: worked, mixed: mixed, didNotWork: didNot, tooEarly: early,
      experience: experience, unreported: unreported,
      headline: worked + didNot + early + experience == 0
        ? try EvidenceSentence(evidence([])).answer : try EvidenceSentence(evidence(nine)).answer,
      reviewDue: today.adding(days: 100), isOutdated: isOutdated, sortValue: 1)
  }

  private static let versions: [IdeaVersion] = {
    var first = content
    first.practice =
      "1. Divide the ninth grade among volunteers, about **fourteen** students each.\n2. Ask three questions."
    first.core = ["The same adult all year"]
    return [
      IdeaVersion(
        number: 2, content: content, at: Viewer.sampleNow - .days(43), by: person(0),
        note: "Nine students per adviser, not fourteen."),
      IdeaVersion(number: 1, content: first, at: Viewer.sampleNow - .days(800), by: person(0), note: ""),
    ]
  }()

  private static let itsOwner = Viewer(
    person: idea.owner.id, name: idea.owner.name, roles: Viewer.sampleLead.roles, formToken: "sample-token",
    now: Viewer.sampleNow)

  private static let owners = [
    IdeaOwnerChange(
      id: "c2", at: Viewer.sampleNow - .days(2), by: person(0), from: person(0), to: person(2),
      why: "She runs the conferences now.",
      decline: .init(at: Viewer.sampleNow - .days(1), why: "I am away until March; ask me again then.")),
    IdeaOwnerChange(
      id: "c1", at: Viewer.sampleNow - .days(30), by: person(1), from: person(1), to: person(0),
      why: "I teach the eighth grade from August on.", decline: nil),
  ]

  private static let reviews = [
    IdeaReview(at: Viewer.sampleNow - .days(43), by: person(0), finding: .verified, reason: "")
  ]

  private static let refused: IdeaForm = {
    var form = IdeaForm(content)
    form.title = ""
    form.topics = []
    form.adaptedFrom = "i-shop"
    form.problem = "These were late:\nCarter, Emma 1023456\nOuellette, Marc 1023457\nPereira, Lia 1023458"
    return form
  }()
}
