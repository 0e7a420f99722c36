import Markup

/// The directory and its pages, with invented schools.
enum SchoolSamples {
  static let all: [Sample] = [
    Sample("schools/list", "The directory", DirectoryPages.list(many), for: .sampleVisitor),
    Sample("schools/list-state", "One state's schools", DirectoryPages.list(state)),
    Sample("schools/list-search", "A name with a typing error", DirectoryPages.list(search), for: .sampleVisitor),
    Sample("schools/list-none", "Nothing fits", DirectoryPages.list(none), for: .sampleVisitor),
    Sample("schools/list-empty", "Before the first import", DirectoryPages.list(DirectoryView()), for: .sampleVisitor),
    Sample("schools/show", "A member's page, for its lead", SchoolPages.show(member, .sampleLead)),
    Sample(
      "schools/show-visitor", "A school that is no member", SchoolPages.show(stranger, .sampleVisitor),
      for: .sampleVisitor),
    Sample(
      "schools/show-closed", "A school that closed, for the office", SchoolPages.show(closed, .sampleOffice),
      for: .sampleOffice),
    Sample(
      "schools/words", "A school in its own words, refused",
      SchoolPages.editor(
        ashuelot, SchoolWordsForm(ashuelot), problems: ["about": "Keep this under 1,200 characters; it has 1,312."],
        .sampleLead)),
    Sample(
      "schools/office", "The directory's upkeep", SchoolOfficePages.show(upkeep, .sampleOffice), for: .sampleOffice),
    Sample(
      "schools/office-empty", "Nothing to decide", SchoolOfficePages.show(SchoolOfficeView(), .sampleOffice),
      for: .sampleOffice),
    Sample(
      "schools/import-undone", "An import undone",
      SchoolOfficePages.undone([KeptSchool(id: mad.id, name: mad.name, reason: "it has begun to join")]),
      for: .sampleOffice),
  ]

  // MARK: schools

  static let ashuelot = school(
    "s-ashuelot", "Ashuelot Valley Regional", in: "Winchester", "NH", (42.77, -72.38), grades: 9...12, students: 612,
    locale: 41, since: "2012-01-17", about: "Two old mills, one new library, and a bus ride of up to fifty minutes.",
    workingOn: "Every ninth-grader known well by one adult.")
  static let kettle = school(
    "s-kettle", "Kettle Cove Regional", in: "Port Ansel", "ME", (44.12, -69.2), grades: 9...12, students: 410,
    locale: 42, since: "2013-09-02")
  static let mad = school(
    "s-mad", "Mad River Union", in: "Waitsfield", "VT", (44.19, -72.82), grades: 6...12, students: 240, locale: 43)
  static let quaboag = school(
    "s-quaboag", "Quaboag Technical", in: "Warren", "MA", (42.2, -72.2), kind: .careerAndTechnical, grades: 9...12,
    students: 1240, locale: 21, since: "2019-10-01")
  static let long = school(
    "s-long",
    "Southeastern Massachusetts-Narragansett Bay Interdistrict Regional Vocational-Technical Collaborative High School",
    in: "North Attleborough Falls", "MA", (41.97, -71.3), kind: .charter, grades: 6...12, students: 86, locale: 13)
  static let gone = school(
    "s-gone", "Moosehead Union", in: "", "ME", nil, grades: nil, students: nil, locale: nil, status: .closed)

  private static func school(
    _ id: String, _ name: String, in city: String, _ state: String, _ place: (Double, Double)?,
    kind: School.Kind = .public, grades: ClosedRange<Int>?, students: Int?, locale: Int?, since: String? = nil,
    status: School.Status = .open, about: String = "", workingOn: String = ""
  ) -> School {
    var origins = Origins()
    for field in [SchoolField.name, .city, .kind] { origins[field] = Origin(.ccd, SchoolYear(fall: 2024)) }
    if city.isEmpty { origins[.status] = Origin(.absence, SchoolYear(fall: 2024)) }
    return School(
      id: School.ID(id), name: name, kind: kind, kindBasis: "SCH_TYPE", official: OfficialID(.nces, "000000000001"),
      agency: "\(name) District", agencyState: state, street: city.isEmpty ? "" : "1 Elm Street", city: city,
      state: state, zip: city.isEmpty ? "" : "00001", county: city.isEmpty ? "" : "Example",
      point: place.flatMap { GeoPoint(latitude: $0.0, longitude: $0.1) }, locale: locale.flatMap(School.Locale.init),
      grades: School.Grades(low: grades?.lowerBound, high: grades?.upperBound), students: students, status: status,
      successor: status == .closed ? kettleID : nil, website: city.isEmpty ? "" : "https://school.example/",
      phone: "", about: about, workingOn: workingOn, visitors: "",
      membership: since == nil ? "none" : "active", memberSince: since.flatMap { CalendarDate($0) },
      firstSeen: SchoolYear(fall: 2011), lastSeen: SchoolYear(fall: status == .open ? 2024 : 2013), origins: origins,
      isFictional: true)
  }

  private static let kettleID = School.ID("s-kettle")

  // MARK: views

  private static let counts = [
    count("CT", 452, 23), count("ME", 235, 19), count("MA", 871, 47), count("NH", 212, 14), count("RI", 143, 9),
    count("VT", 140, 6),
  ]

  private static func count(_ state: String, _ schools: Int, _ members: Int) -> SchoolMap.StateCount {
    SchoolMap.StateCount(state: state, schools: schools, members: members)
  }

  private static var many: DirectoryView {
    var view = DirectoryView()
    view.schools = [ashuelot, kettle, mad, quaboag, long]
    view.total = 2053
    view.counts = counts
    view.dots = .many((0..<240).compactMap(square))
    return view
  }

  private static func square(_ n: Int) -> SchoolMap.Square? {
    let (latitude, longitude) = (41.6 + Double(n % 20) * 0.15, Double(n / 20) * 0.16 - 73)
    guard let point = GeoPoint(latitude: latitude, longitude: longitude) else { return nil }
    return SchoolMap.Square(point: point, hasMember: n % 13 == 0)
  }

  private static var state: DirectoryView {
    var view = DirectoryView()
    view.filter.state = "NH"
    view.filter.kind = .public
    view.schools = [ashuelot]
    view.total = 1
    view.counts = counts.map { $0.state == "NH" ? SchoolMap.StateCount(state: "NH", schools: 1, members: 1) : $0 }
    view.dots = .few([ashuelot, mad].compactMap(spot))
    view.counties = ["Cheshire", "Grafton"]
    return view
  }

  private static var search: DirectoryView {
    var view = DirectoryView()
    view.filter.name = "ketle"
    view.schools = [kettle]
    view.total = 1
    view.counts = [SchoolMap.StateCount(state: "ME", schools: 1, members: 1)]
    view.dots = .few([kettle].compactMap(spot))
    return view
  }

  private static var none: DirectoryView {
    var view = DirectoryView()
    view.filter.name = "zzyzx"
    return view
  }

  private static func spot(_ school: School) -> SchoolMap.Spot? {
    school.point.map { SchoolMap.Spot(id: school.id, name: school.name, point: $0, isMember: school.isMember) }
  }

  private static var member: SchoolView {
    SchoolView(
      school: ashuelot, predecessors: [gone],
      history: [
        SchoolHistoryLine(
          at: Viewer.sampleNow - .days(90), what: "name", old: "Ashuelot Regional", new: "Ashuelot Valley Regional",
          source: "NCES Common Core of Data 2024-25")
      ],
      work: SchoolWork(
        ideas: [IdeaSamples.glance], trials: Array(IdeaSamples.nine.prefix(3) + IdeaSamples.nine.suffix(1))),
      people: SchoolPeople(first: PeopleSamples.lines, hasMore: true), discussions: DiscussionSamples.talk)
  }

  private static var stranger: SchoolView { SchoolView(school: long) }
  private static var closed: SchoolView { SchoolView(school: gone, successor: kettle) }

  private static var upkeep: SchoolOfficeView {
    var view = SchoolOfficeView()
    view.pairs = [
      SchoolPair(id: "d1", first: gone, second: kettle, reason: .sameName, metres: nil),
      SchoolPair(id: "d2", first: long, second: quaboag, reason: .near, metres: 81),
    ]
    view.apart = [SchoolPair(id: "d3", first: mad, second: ashuelot, reason: .near, metres: 220)]
    view.mergers = [
      SchoolMerger(
        id: "m1", from: gone.id, fromName: gone.name, into: kettle.id, intoName: kettle.name,
        at: Viewer.sampleNow - .days(3), undoneAt: nil)
    ]
    view.runs = [
      SchoolImportRun(
        id: "r1", at: Viewer.sampleNow - .days(3), files: "ccd_sch_029.csv (NCES CCD directory)", created: 2053,
        updated: 12, unchanged: 0, skipped: 98_012, undoneAt: nil),
      SchoolImportRun(
        id: "r0", at: Viewer.sampleNow - .days(4), files: "pss.csv (NCES Private School Survey)", created: 1122,
        updated: 0, unchanged: 0, skipped: 0, undoneAt: Viewer.sampleNow - .days(4)),
    ]
    return view
  }
}
