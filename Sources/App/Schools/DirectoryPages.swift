import Markup

/// The directory: values in, pages out.
enum DirectoryPages {
  static func list(_ view: DirectoryView) -> Page {
    let filter = view.filter
    var page = Page(title(filter), section: .schools) {
      spread {
        h1 { title(filter) }
        lede(sentence(view))
        filters(view)
        if view.schools.isEmpty { nothing(filter) } else { found(view) }
      } side: {
        if !view.counts.isEmpty {
          figure(.class("map-figure")) {
            SchoolMap.svg(view.dots, state: filter.state, counts: view.counts) { filter.showing($0).path() }
            figcaption { caption(view) }
          }
          states(view)
        }
      }
    }
    page.canonical = "/schools"
    page.summary = "Every secondary school of the six states, from the official files: filter them, find yours."
    return page
  }

  private static func title(_ filter: DirectoryFilter) -> String {
    filter.state.map { "Schools in \(States.name($0))" } ?? "Schools"
  }

  /// The answer first: how many, and how many of them are members.
  private static func sentence(_ view: DirectoryView) -> String {
    let filter = view.filter
    if !filter.name.isEmpty {
      return view.isCut
        ? "More than \(grouped(SchoolDirectoryStore.searchLimit)) schools have names like this; the likest come first."
        : "\(counted(view.total, "school")) \(view.total == 1 ? "has a name" : "have names") like “\(filter.name)”."
    }
    let here = view.counts.filter { filter.state == nil || $0.state == filter.state }
    let members = here.reduce(0) { $0 + $1.members }
    let place = filter.county.map { "\($0) County" } ?? filter.state.map(States.name) ?? "six states"
    if filter.closed {
      return
        "\(counted(view.total, "school")) in \(place) closed, moved on or became one with another. Their history stays."
    }
    if filter.member == true { return "\(counted(view.total, "member school")) in \(place)." }
    if filter.member == false { return "\(counted(view.total, "school")) in \(place) not in the League yet." }
    let schools = counted(view.total, "school")
    if members == 0 { return "\(schools) in \(place), none a member of the League yet." }
    return "\(schools) in \(place); \(grouped(members)) \(members == 1 ? "is a member" : "are members") of the League."
  }

  // MARK: filters

  private static func filters(_ view: DirectoryView) -> HTML {
    let filter = view.filter
    return filterForm("/schools", isFiltered: filter.isFiltered, label: "Filter the schools") {
      field("Name or town", name: "name", value: filter.name, kind: .search, required: false, limit: 80)
      choice(
        "State", name: "state", options: States.all.map { Option($0.code, $0.name) }, value: filter.state ?? "",
        prompt: "Any state", required: false)
      if !view.counties.isEmpty {
        choice(
          "County", name: "county", options: view.counties.map { Option($0, $0) }, value: filter.county ?? "",
          prompt: "Any county", required: false)
      }
      choice(
        "Membership", name: "member", options: [Option("yes", "Members"), Option("no", "Not yet members")],
        value: filter.member.map { $0 ? "yes" : "no" } ?? "", prompt: "All schools", required: false)
      details(.class("more-filters"), .when(hasMore(filter), .init("open"))) {
        summary { "Kind, grades, size, place" }
        div(.class("filters")) { more(filter) }
      }
    }
  }

  private static func hasMore(_ filter: DirectoryFilter) -> Bool {
    filter.kind != nil || filter.grade != nil || filter.size != nil || filter.area != nil || filter.closed
  }

  private static func more(_ filter: DirectoryFilter) -> HTML {
    HTML {
      choice(
        "Kind", name: "kind", options: School.Kind.allCases.map { Option($0.rawValue, $0.words) },
        value: filter.kind?.rawValue ?? "", prompt: "Any kind", required: false)
      choice(
        "Teaches grade", name: "grade", options: (6...12).map { Option("\($0)", "\($0)") },
        value: filter.grade.map(String.init) ?? "", prompt: "Any grade", required: false)
      choice(
        "Students", name: "size", options: DirectoryFilter.Size.allCases.map { Option($0.rawValue, $0.words) },
        value: filter.size?.rawValue ?? "", prompt: "Any number", required: false)
      choice(
        "Surroundings", name: "area", options: School.Area.allCases.map { Option($0.word, $0.word.capitalizedWord) },
        value: filter.area?.word ?? "", prompt: "Any", required: false)
      choice(
        "Standing", name: "status", options: [Option("closed", "Closed or merged")],
        value: filter.closed ? "closed" : "", prompt: "Open", required: false)
    }
  }

  // MARK: the list

  private static func found(_ view: DirectoryView) -> HTML {
    let filter = view.filter
    let first = (filter.page - 1) * DirectoryFilter.perPage + 1
    let last = first + view.schools.count - 1
    let newer = filter.page > 1 ? turned(filter, to: filter.page - 1) : nil
    let older = last < view.total ? turned(filter, to: filter.page + 1) : nil
    return HTML {
      rows { for school in view.schools { line(school) } }
      pager(
        newer: newer, older: older, newerWords: "Before", olderWords: "After",
        middle: "\(grouped(first))–\(grouped(last)) of \(grouped(view.total))")
      p(.class("quiet")) { quietLink("Download this list (CSV)", filter.with { _ in }.path("/schools.csv")) }
    }
  }

  private static func turned(_ filter: DirectoryFilter, to page: Int) -> String {
    var other = filter
    other.page = page
    return other.path()
  }

  private static func line(_ school: School) -> HTML {
    row(
      school.name, "/schools/\(school.id)", tag: school.isMember ? "member" : nil, text: SchoolWords.about(school),
      level: 2)
  }

  private static func nothing(_ filter: DirectoryFilter) -> HTML {
    if filter.isFiltered {
      return emptyState("No school fits all of this", "Take a filter away, or try fewer letters of the name.") {
        buttonLink("Show every school", "/schools")
      }
    }
    return emptyState(
      "The directory is empty",
      "Every secondary school of the six states will stand here once the office has read in the official files.")
  }

  // MARK: the map's twin

  private static func caption(_ view: DirectoryView) -> String {
    switch view.dots {
    case .few: "Each dot is a school; filled ones are members."
    case .many: "Each dot is where schools are; larger ones are members. Choose a state to look closer."
    }
  }

  private static func states(_ view: DirectoryView) -> HTML {
    let filter = view.filter
    let everything = view.counts.reduce(into: (schools: 0, members: 0)) {
      $0.schools += $1.schools
      $0.members += $1.members
    }
    return HTML {
      dataTable(
        "Schools by state",
        columns: [
          TableColumn("State"), TableColumn("Schools", isNumber: true), TableColumn("Members", isNumber: true),
        ],
        rows: view.counts.map { count in
          [
            a(.href(filter.showing(count.state).path()), .when(count.state == filter.state, .aria(.current, "true"))) {
              States.name(count.state)
            }, HTML(text: grouped(count.schools)), HTML(text: grouped(count.members)),
          ]
        }
          + [
            [
              filter.state == nil ? HTML(text: "All") : a(.href(filter.showing(nil).path())) { "All" },
              HTML(text: grouped(everything.schools)), HTML(text: grouped(everything.members)),
            ]
          ])
    }
  }
}

extension String {
  /// The word with a capital letter.
  fileprivate var capitalizedWord: String { prefix(1).uppercased() + dropFirst() }
}
