/// Projects with invented data.
enum ProjectSamples {
  static let all: [Sample] = [
    Sample("projects/list", "Projects of one person", ProjectListPages.list(lines, .mine, .sampleLead)),
    Sample("projects/list-empty", "No project yet", ProjectListPages.list([], .mine, .sampleLead)),
    Sample(
      "projects/new", "The first form",
      ProjectPages.begin(ProjectForm(submission: "sample"), schools: [], .sampleLead)),
    Sample("projects/show-empty", "A project just begun", ProjectPages.show(view([], []), .sampleLead)),
    Sample("projects/show", "A project at work", ProjectPages.show(view(drivers, cycles), .sampleLead)),
    Sample("projects/show-full", "A project with very many drivers and cycles", ProjectPages.show(full, .sampleLead)),
    Sample("projects/print", "A project to print", ProjectRecordPages.printed(view(drivers, cycles), .sampleLead)),
    Sample(
      "projects/plan", "Planning a cycle",
      CyclePlanPages.plan(
        project, CycleForm(submission: "sample"),
        CycleChoices(
          cycles: cycles, measures: [Option("m", "Late to first period")],
          ideas: [Option("i", "Ten-minute conferences")]),
        .sampleLead)),
    Sample("projects/reopened", "A project taken up again", ProjectPages.show(reopened, .sampleLead)),
    Sample(
      "projects/edit", "Changing an aim, with values",
      ProjectPages.edit(
        project, ProjectForm(project), isHeld: true,
        problems: ["why": "Values stand already: say why the aim changes. The one before stays to be seen."],
        .sampleLead)),
    Sample(
      "projects/replan", "Changing a plan",
      CyclePlanPages.change(
        cycles[0], project, CycleForm(cycles[0]), stamp: "sample",
        CycleChoices(measures: [Option("m", "Late to first period")]), .sampleLead)),
    Sample(
      "projects/team", "The team and its schools",
      TeamPages.edit(
        several, people: [], schools: [Option("q", "Quaboag Technical")],
        problems: ["school": "Choose a school of somebody on the team."], .sampleLead)),
    Sample("projects/cycle", "One cycle", CyclePages.show(cycles[0], project, .sampleLead)),
    Sample(
      "projects/drivers", "The outline",
      DriverPages.edit(
        project, outline: DriverOutline.text(of: drivers), basis: "",
        DriverPages.Choices(
          drivers: drivers, measures: hung, sought: "conference",
          ideas: [(id: Idea.ID("i"), title: "Ten-minute conferences with every ninth-grader")]), .sampleLead)),
    Sample("projects/attention", "What is stuck, for a lead", AttentionPages.show(stuck, .sampleLead)),
    Sample("projects/attention-empty", "Nothing is stuck", AttentionPages.show([], .sampleLead)),
  ]

  static let day = CalendarDate(dayNumber: 20_781)

  static let project = Project(
    id: Project.ID("late"), school: IdeaSamples.ashuelot, title: "Fewer ninth-graders late to first period",
    aim: Project.Aim(
      words: "Halve the ninth-graders who are late to first period by the end of May.", population: "118 ninth-graders",
      measure: "Late to first period, each week", from: "41 a week", to: "20 a week", by: day.adding(days: 180)),
    questions: "Who is late, and why on Mondays?", visibility: .league, state: .active, conclusion: nil, contest: nil,
    createdAt: Viewer.sampleLead.now - .days(60), changedAt: Viewer.sampleLead.now - .days(2), version: 3,
    team: [ProjectMember(person: Person(id: Person.ID("p-dana"), name: "Dana Whitcomb"), role: .lead)])

  private static let several: Project = {
    var shared = project
    shared.further = [IdeaSamples.kettle]
    return shared
  }()

  private static let reopened: ProjectPageView = {
    var whole = view(drivers, cycles)
    let (now, first) = (Viewer.sampleLead.now, project.aim)
    whole.history = ProjectHistory(
      steps: [
        .init(at: now - .days(60), by: "Dana Whitcomb", state: .planned, decision: nil, reason: ""),
        .init(at: now - .days(50), by: nil, state: .active, decision: nil, reason: "Cycle 1 began."),
        .init(
          at: now - .days(20), by: "Dana Whitcomb", state: .done, decision: .abandon,
          reason: "Calls at nine came too late for the first bell, and nobody in the office had the time."),
        .init(at: now - .days(3), by: "Marc Pelletier", state: .active, decision: nil, reason: ""),
      ],
      aims: [
        .init(
          at: now - .days(60), by: "Dana Whitcomb", why: "",
          aim: Project.Aim(words: "No ninth-grader late to first period.", population: "all", to: "0 a week")),
        .init(
          at: now - .days(30), by: "Dana Whitcomb", why: "None at all is nothing that a school can promise", aim: first),
      ])
    return whole
  }()

  private static let lines = [
    ProjectLine(
      id: project.id, title: project.title, aim: project.aim.words, school: "Kettle Cove Regional", state: .active,
      decision: nil, changedAt: Viewer.sampleLead.now - .days(2)),
    ProjectLine(
      id: Project.ID("calls"),
      title:
        "A title that a team wrote late in the evening, when it still wanted to say everything at once and nobody said stop",
      aim: "Reach every family once a month.", school: "Ashuelot Valley Regional", state: .done, decision: .abandon,
      changedAt: Viewer.sampleLead.now - .days(40)),
  ]

  private static let drivers = drivers(1)
  private static let hung = [
    HungMeasure(id: Measure.ID("m1"), name: "Late to first period", driver: Driver.ID("a1")),
    HungMeasure(id: Measure.ID("m2"), name: "Calls made by nine"),
  ]

  private static let stuck: [ProjectAttention.Item] = [
    (.overdue, "Study cycle 2", day.adding(days: -20)), (.overdue, "Decide on cycle 1", day.adding(days: -6)),
    (
      .concern,
      "Late to first period: 9 weeks in a row lie above the median (3 Sep 2026 to 29 Oct 2026), which chance gives 2 times in 100.",
      nil
    ),
    (.unstudied, "Calls made by nine: 14 values that no cycle studies", nil),
    (.silent, "Late to first period: no value since 26 Oct 2026", nil), (.bare, "No cycle planned yet", nil),
  ].map { kind, words, since in
    ProjectAttention.Item(
      kind: kind, project: project.title, school: "Ashuelot Valley Regional", words: words, path: "/projects/late",
      since: since)
  }

  private static func drivers(_ times: Int) -> [Driver] {
    (1...times).flatMap { n in
      let (a, b) = (Driver.ID("a\(n)"), Driver.ID("b\(n)"))
      return [
        Driver(id: a, parent: nil, kind: .primary, words: "Families know the same day"),
        Driver(id: b, parent: a, kind: .secondary, words: "Somebody calls, in the family's own language"),
        Driver(id: Driver.ID("c\(n)"), parent: b, kind: .change, words: "A call by nine o'clock"),
        Driver(
          id: Driver.ID("d\(n)"), parent: b, kind: .change, words: "A ten-minute conference, every week",
          idea: Idea.ID("ten-minute-conferences")),
      ]
    }
  }

  static func cycle(
    _ number: Int, _ stage: Cycle.Stage, result: CycleResult? = nil, probability: Int = 70,
    measure: String? = nil
  ) -> Cycle {
    Cycle(
      id: Cycle.ID("cycle-\(number)"), number: number, follows: nil, measure: measure,
      question: "Does a call home by nine lower lateness the week after?", plan: "The office calls every family once.",
      who: "Ruth and the office", starts: day.adding(days: number * 14 - 60), study: day.adding(days: number * 14 - 40),
      stage: stage, did: stage == .closed ? "Called 34 families." : "",
      studied: stage == .closed ? "Mondays did not move." : "", act: stage == .closed ? .adapt : nil,
      actReason: stage == .closed ? "Monday needs something else." : "", createdAt: Viewer.sampleLead.now - .days(50),
      predictions: [.init(direction: .better, size: 2.5, probability: probability, words: "A third fewer.")],
      isLocked: stage == .closed, result: result)
  }

  private static let cycles = [
    cycle(1, .closed, result: CycleResult(before: [41, 38, 44], after: [36, 33, 35], better: -1, size: 2.5)),
    cycle(2, .do), cycle(3, .plan),
  ]

  private static func view(_ drivers: [Driver], _ cycles: [Cycle]) -> ProjectPageView {
    ProjectPageView(project: project, drivers: drivers, cycles: cycles, today: day)
  }

  private static let full = view(drivers(12), (1...30).map { cycle($0, $0 < 25 ? .closed : .do) })
}
