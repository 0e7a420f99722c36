import Markup
import Statistics

/// Measures: empty, with a chart, with two values for one week, pasted, by a link, across schools.
enum MeasureSamples {
  static let all: [Sample] = shown + ValueChangeSamples.all

  private static let shown: [Sample] = [
    Sample("measures/show", "A measure that rose, for its own school", MeasurePages.show(full, own), for: own),
    Sample("measures/entered-own", "A value just entered, to be taken back", MeasurePages.show(entered, own), for: own),
    Sample(
      "measures/other", "The same, seen by another school", MeasurePages.show(rich(mayChange: false), .sampleLead)),
    Sample("measures/concern", "A signal of concern", MeasurePages.show(concerned([]), own), for: own),
    Sample(
      "measures/concern-answered", "A signal of concern, answered",
      MeasurePages.show(concerned([replied]), .sampleLead)),
    Sample(
      "measures/empty", "A measure without values",
      MeasurePages.show(view(measure("On time"), []), own), for: own),
    Sample(
      "measures/refused", "A value refused",
      MeasurePages.show(
        full, problems: ["value": "2025 cannot be a share: it looks like a year. Write 23/25, 92% or 0.92."],
        typed: "2025", period: "2026-11-09", own), for: own),
    Sample("measures/cards", "A project's measures, drawn small", cards, for: own),
    Sample("measures/list", "The school's measures", MeasurePages.list(several, own), for: own),
    Sample("measures/list-empty", "No measure yet", MeasurePages.list([], own), for: own),
    Sample(
      "measures/network", "Forty schools on one measure",
      MeasurePages.network("On time to first class", network, .sampleLead)),
    Sample("measures/new", "Starting a measure", MeasureFormPages.new(MeasureForm(), schools: [], own), for: own),
    Sample(
      "measures/new-refused", "Starting a measure, refused",
      MeasureFormPages.new(
        MeasureForm(), schools: [Option("a", "Ashuelot Valley"), Option("b", "Quaboag Technical")],
        problems: ["name": "Name what is measured: “On time to first class”."], own), for: own),
    Sample(
      "measures/amend", "Amending how it is counted",
      MeasureFormPages.amend(full.measure, MeasureForm(full.measure), own), for: own),
    Sample("measures/resting", "A measure that rests and was renamed", MeasurePages.show(resting, own), for: own),
    Sample(
      "measures/rename", "Renaming, after somebody else did",
      MeasureChangePages.rename(
        full.measure, MeasureNameForm(Fields(["name": "On time", "basis": full.measure.name])),
        problems: [
          "name": "Somebody renamed it meanwhile: it is called “Punctual” now. Send yours again to replace that."
        ],
        own), for: own),
    Sample("measures/column", "Pasting a column", MeasureFormPages.paste(full.measure, own), for: own),
    Sample(
      "measures/column-checked", "A pasted column, looked at",
      MeasureFormPages.paste(
        full.measure, pasted: pasted, checked: checked,
        standing: Dictionary(grouping: [value(24, 70), value(25, 72)], by: \.period), own), for: own),
    Sample(
      "measures/withdraw", "Taking a phase back",
      MeasureFormPages.withdraw(
        full.marks[0], of: full.measure, problems: ["why": "Say what was wrong: it stays on the page."], own),
      for: own),
    Sample(
      "measures/enter", "Entering by a link",
      MeasureFormPages.enter(full.measure, token: "secret", today: today, .sampleVisitor), for: .sampleVisitor),
    Sample(
      "measures/asked", "What 0.25 means",
      MeasureFormPages.enter(
        full.measure, token: "secret", today: today, typed: "0.25", period: "2026-11-20",
        problems: ["reading": "Say what 0.25 means: press one of the two."], .sampleVisitor), for: .sampleVisitor),
    Sample(
      "measures/link-ended", "A link that has ended", MeasureFormPages.linkEnded(typed: "23/25", .sampleVisitor),
      for: .sampleVisitor),
    Sample(
      "measures/entered", "Entered by a link",
      MeasureFormPages.enter(
        full.measure, token: "secret", today: today, saved: "Saved: 23 of 25 (92 %) for 23 Nov 2026. Thank you.",
        undo: "/enter/secret/values/v1/undoing", .sampleVisitor), for: .sampleVisitor),
  ]

  private static let school = School.ID("ashuelot")
  static let own = Viewer(
    person: Person.ID("p-0"), name: "Ruth Ouellette",
    roles: [Role(.educator, school: school, schoolName: "Ashuelot Valley Regional", schoolIsMember: true)],
    formToken: "sample", now: Viewer.sampleNow)

  static let today = LeagueZone.newYork.date(of: Viewer.sampleNow)
  private static let start = Schedule.week.back(25, from: Schedule.week.period(of: today))

  private static func measure(
    _ name: String, school schoolName: String = "Ashuelot Valley Regional", spark: [Double] = [],
    sentence: String = "", id: String = "m1"
  ) -> Measure {
    Measure(
      id: Measure.ID(id), school: school, schoolName: schoolName, name: name, role: .outcome, subgroup: "",
      schedule: .week, isShared: true,
      definition: MeasureDefinition(
        number: 2, byName: "Ruth Ouellette", why: "Buses were taken out of the count", who: "All ninth-graders present",
        what: "In the room when the bell rings", how: "Fridays, first class, from the door list", unit: "",
        kind: .share, better: .higher, chart: .proportion, rules: .anhoej, target: 0.9,
        baselineUntil: start.adding(days: 77)), points: spark.count, last: nil, spark: spark, sentence: sentence)
  }

  private static let counts = [
    62.0, 58, 65, 60, 63, 59, 61, 66, 60, 64, 62, 63, 68, 70, 72, 71, 74, 73, 75, 77, 74, 78, 76, 79, 77, 80,
  ]

  static func value(_ index: Int, _ count: Double, _ state: KeptValue.State = .current) -> KeptValue {
    KeptValue(
      id: "v\(index)-\(state.rawValue)", period: start.adding(days: 7 * index),
      value: MeasuredValue(count / 90, count: count, size: 90), at: Viewer.sampleNow,
      by: state == .beside ? "Ms Roy" : "Ruth Ouellette", state: state,
      why: state == .replaced
        ? "Two classes were counted twice" : state == .withdrawn ? "A fire drill that Friday" : "",
      endedBy: state == .replaced || state == .withdrawn ? "Marc Pelletier" : nil,
      endedAt: state == .replaced || state == .withdrawn ? Viewer.sampleNow : nil,
      follows: index == 9 && state == .current ? "v9-replaced" : nil)
  }

  private static func view(_ measure: Measure, _ values: [KeptValue]) -> MeasureView {
    MeasureView(
      measure: measure, values: values, beside: [], history: [], marks: [], definitions: [measure.definition],
      project: nil, links: [], today: today, mayChange: true)
  }

  static let full = rich(mayChange: true)

  private static let resting: MeasureView = {
    var view = full
    var measure = Self.measure("On time to first class")
    measure.restsSince = Viewer.sampleNow
    view = MeasureView(
      measure: measure, values: full.values, beside: [], history: [], marks: [], definitions: full.definitions,
      project: nil, links: [], today: today, mayChange: true)
    view.changes = [
      MeasureChange(kind: .rest, at: Viewer.sampleNow, by: "Ruth Ouellette"),
      MeasureChange(
        kind: .name, at: Viewer.sampleNow, by: "Marc Pelletier", oldName: "Punctual", newName: "On time to first class",
        why: "Nobody knew what was meant"),
    ]
    return view
  }()

  private static let cards: Page = {
    let charts = several.enumerated().map { index, measure in
      (measure, MeasureChart(full.measure, index == 2 ? [] : Array(full.values.prefix(26 - 14 * index)), full.marks))
    }
    return Page("Fewer ninth-graders late") {
      h1 { "Fewer ninth-graders late" }
      MeasurePages.section(
        charts.map(\.0), Dictionary(uniqueKeysWithValues: charts.map { ($0.0.id, $0.1) }), ProjectSamples.project,
        mayEdit: true)
    }
  }()

  private static let entered: MeasureView = {
    var view = full
    view.entered = view.values.suffix(1)
    return view
  }()

  private static let fallen = "9 weeks in a row lie below the median, which chance gives 2 times in 100."

  private static func concerned(_ replies: [Concern.Reply]) -> MeasureView {
    var view = view(measure("On time to first class"), counts.reversed().enumerated().map { value($0, $1) })
    view.concern = Concern(sentence: fallen, points: counts.count, replies: replies)
    return view
  }

  private static let replied = Concern.Reply(
    words: "The bridge at Keene is closed until March, and two buses take the long way. We look again in April.",
    by: "Marc Pelletier", at: Viewer.sampleNow, sentence: fallen, points: counts.count - 3)

  private static func rich(mayChange: Bool) -> MeasureView {
    let measure = Self.measure("On time to first class")
    var first = MeasureDefinition(
      who: "All ninth-graders", what: "In the room when the bell rings", how: "Fridays, from the door list", unit: "",
      kind: .share, better: .higher, chart: .proportion, rules: .anhoej, target: nil, baselineUntil: nil)
    first.byName = "Ruth Ouellette"
    let changed = start.adding(days: 84)
    return MeasureView(
      measure: measure, values: counts.enumerated().filter { $0.offset != 18 }.map { value($0, $1) },
      beside: [value(20, 70, .beside), value(25, 72, .beside)],
      history: [value(18, 20, .withdrawn), value(9, 82, .replaced)],
      marks: [
        MeasureMark(
          id: "k1", kind: .phase, period: start.adding(days: 42), words: "Buses come ten minutes later",
          at: Viewer.sampleNow, by: "Marc Pelletier",
          withdrawal: .init(at: Viewer.sampleNow, by: "Ruth Ouellette", why: "The buses changed a year earlier")),
        MeasureMark(
          id: "k2", kind: .change, period: changed, words: "Advisers greet at the door", at: Viewer.sampleNow,
          by: "Ruth Ouellette"),
        MeasureMark(
          kind: .change, period: changed.adding(days: 35), day: changed.adding(days: 38),
          words: "Cycle 2: Does a call home the same day help?", at: Viewer.sampleNow, by: "Ruth Ouellette"),
        MeasureMark(
          kind: .comment, period: changed.adding(days: 14), words: "Snow on Friday: two buses came late",
          at: Viewer.sampleNow, by: "Marc Pelletier"),
      ], definitions: [first, measure.definition], project: nil,
      links: [
        EntryLink(
          id: "l1", measure: measure.id, holder: "Ms Roy", madeAt: Viewer.sampleNow,
          expiresAt: Viewer.sampleNow + .days(100), endedAt: nil)
      ], today: today, mayChange: mayChange)
  }

  static let several = [
    measure(
      "On time to first class", spark: counts.map { $0 / 90 },
      sentence: MeasureChart(full.measure, full.values, full.marks).sentence),
    measure(
      "Minutes of advisory that students find worth their time, as they say on a slip at the end", spark: [12],
      id: "m2"),
    measure("Referrals a week", id: "m3"),
  ]

  private static let network = MeasureNetwork(
    measures: (0..<MeasureNetwork.pageLength).map { index in
      measure(
        "On time to first class", school: "School number \(index + 1)",
        spark: counts.map { $0 / 90 + Double((index * 7) % 11) / 100 },
        sentence: "Nothing in these 26 weeks that chance alone would not give.")
    }, hasMore: true, isLater: false, schools: 112)

  private static let pasted = "date,count,n\n2026-11-02,23,25\n2026-11-09,2025,\n2026-11-16,0.92\n2026-11-23,72,90"
  private static let checked = try? PastedColumn(
    pasted, kind: .share, schedule: .week, first: nil, today: today)
}
