import Markup

/// All that a school's page shows.
struct SchoolView: Sendable {
  let school: School
  var successor: School?
  var predecessors: [School] = []
  var history: [SchoolHistoryLine] = []
  var work = SchoolWork()
  /// Only those whom the reader may see.
  var people = SchoolPeople()
  /// What members say about it.
  var discussions = Talk()
  /// The parts that every reader sees alike, where they are drawn already.
  var drawn: SchoolDrawing?
}

/// What the page of a school says to every reader alike.
struct SchoolDrawing: Sendable {
  let top: HTML
  let work: HTML
  let sources: HTML
  let facts: HTML
  let predecessors: HTML

  init(_ view: SchoolView, today: CalendarDate, zone: LeagueZone) {
    top = SchoolPages.top(view)
    work = SchoolWorkPages.work(view, today: today, zone: zone)
    sources = SchoolPages.sources(view, zone: zone)
    facts = SchoolPages.facts(view.school)
    predecessors = SchoolPages.predecessors(view)
  }
}

/// A school's page, and the form in which it speaks of itself.
enum SchoolPages {
  static func show(_ view: SchoolView, _ viewer: Viewer) -> Page {
    let school = view.school
    let drawn = view.drawn ?? SchoolDrawing(view, today: viewer.zone.date(of: viewer.now), zone: viewer.zone)
    var page = Page(school.name, section: .schools) {
      spread {
        drawn.top
        words(school, viewer)
        drawn.work
        SchoolWorkPages.talk(view, viewer)
        if viewer.isOffice { office(view, viewer) }
        drawn.sources
      } side: {
        drawn.facts
        SchoolWorkPages.people(view)
        drawn.predecessors
      }
    }
    page.summary = SchoolWords.about(school)
    return page
  }

  // MARK: what every reader sees alike

  static func top(_ view: SchoolView) -> HTML {
    let school = view.school
    return HTML {
      crumbs([("Schools", "/schools"), (school.stateName, DirectoryFilter().showing(school.state).path())])
      h1 { school.name }
      byline(SchoolWords.kind(school).joined(separator: " · "), place(school))
      standing(view)
    }
  }

  static func facts(_ school: School) -> HTML {
    HTML {
      if school.point != nil { figure(.class("map-figure")) { SchoolMap.svg(of: school) } }
      panel("The school") { App.facts(about(school)) }
    }
  }

  static func predecessors(_ view: SchoolView) -> HTML {
    guard !view.predecessors.isEmpty else { return HTML() }
    return panel("Took the place of") {
      for other in view.predecessors { schoolLine(other.name, "/schools/\(other.id)", about: other.status.words) }
    }
  }

  private static func place(_ school: School) -> String {
    [school.city, school.stateName].filter { !$0.isEmpty }.joined(separator: ", ")
  }

  /// Whether it is there, and whether it belongs to the League.
  private static func standing(_ view: SchoolView) -> HTML {
    let school = view.school
    return HTML {
      if school.status != .open {
        note {
          p {
            strong { school.status.words + "." }
            if let seen = school.lastSeen { " The official files last name it in \(seen)." }
            if let successor = view.successor {
              " What followed it: "
              a(.href("/schools/\(successor.id)")) { successor.name }
              "."
            }
          }
        }
      } else if school.isMember {
        lede(school.memberSince.map { "A member of the League since \($0.short)." } ?? "A member of the League.")
      } else {
        lede("Not a member of the League yet. Any secondary school in the six states may join, and it is free.")
        actions { buttonLink("Join with this school", "/schools/\(school.id)/join") }
      }
    }
  }

  // MARK: its own words

  private static func words(_ school: School, _ viewer: Viewer) -> HTML {
    let mayWrite = viewer.mayManage(school.id, in: school.state)
    let parts = [
      ("Who we are", school.about), ("What we are working on", school.workingOn), ("Visitors", school.visitors),
    ].filter { !$0.1.isEmpty }
    return HTML {
      for (title, text) in parts { part(title) { p { text } } }
      if mayWrite {
        quietLink(
          parts.isEmpty ? "Say who you are and what you are working on" : "Change these words",
          "/schools/\(school.id)/words")
      } else if parts.isEmpty, school.isMember {
        quiet("The school has not told of itself yet.")
      }
    }
  }

  static func editor(
    _ school: School, _ typed: SchoolWordsForm, problems: [String: String] = [:], _ viewer: Viewer
  ) -> Page {
    Page("\(school.name) in its own words", section: .schools) {
      column {
        crumbs([("Schools", "/schools"), (school.name, "/schools/\(school.id)")])
        h1 { "In your own words" }
        lede("What another school should know before it asks you or comes to see you. Everybody can read it.")
        postForm("/schools/\(school.id)/words", viewer) {
          formErrors(problems, order: ["about", "working_on", "visitors"])
          textArea(
            "Who you are", name: "about", value: typed.about, problems: problems, required: false,
            limit: SchoolWordsForm.limit)
          textArea(
            "What you are working on", name: "working_on", value: typed.workingOn, problems: problems, required: false,
            limit: SchoolWordsForm.limit)
          textArea(
            "Visitors", name: "visitors", value: typed.visitors, problems: problems,
            hint: "Whether you welcome them, when, and whom to ask. Leave it empty if you do not host at present.",
            required: false, rows: 2, limit: SchoolWordsForm.limit)
          submit("Save") { quietLink("Cancel", "/schools/\(school.id)") }
        }
      }
    }
  }

  // MARK: facts and where they come from

  private static func about(_ school: School) -> [(term: String, value: HTML)] {
    let town = [school.city, [school.state, school.zip].filter { !$0.isEmpty }.joined(separator: " ")]
    let address = [school.street, town.filter { !$0.isEmpty }.joined(separator: ", ")].filter { !$0.isEmpty }
    var facts: [(term: String, value: HTML)] = []
    func add(_ term: String, _ value: String) { if !value.isEmpty { facts.append((term, HTML(text: value))) } }
    add("Address", address.joined(separator: ", "))
    add("County", school.county)
    add("District", school.agency)
    if school.agencyState != school.state { add("Reported by", States.name(school.agencyState)) }
    add("Phone", school.phone)
    if school.website.hasPrefix("http") {
      facts.append(("Website", a(.href(school.website), .rel("nofollow")) { shortened(school.website) }))
    }
    add("Kind", "\(school.kind.words), \(SchoolWords.basis(school))")
    if let official = school.official { add("Official id", official.words) }
    return facts
  }

  private static func shortened(_ address: String) -> String {
    let bare = address.split(separator: "://").last.map(String.init) ?? address
    return bare.hasSuffix("/") ? String(bare.dropLast()) : bare
  }

  static func sources(_ view: SchoolView, zone: LeagueZone) -> HTML {
    let school = view.school
    let known = SchoolField.allCases.compactMap { field in school.origins[field].map { (field, $0) } }
    guard !known.isEmpty || !view.history.isEmpty else { return HTML() }
    return folded("Where this comes from") {
      if let first = school.firstSeen, let last = school.lastSeen {
        quiet(
          first == last
            ? "Named in the official files of \(first)." : "Named in the official files from \(first) to \(last).")
      }
      if !known.isEmpty {
        dataTable(
          "Each value and its source", columns: [TableColumn("Value"), TableColumn("From")],
          rows: known.map { [$0.0.words, $0.1.words] }, isCaptionHidden: true)
      }
      if !view.history.isEmpty {
        dataTable(
          "What has changed, newest first",
          columns: [
            TableColumn("What"), TableColumn("Before"), TableColumn("After"), TableColumn("When, and from what"),
          ],
          rows: view.history.map { line in
            [
              HTML(text: line.what), HTML(text: line.old ?? "–"), HTML(text: line.new ?? "–"),
              HTML {
                dateTag(zone.date(of: line.at))
                if !line.source.isEmpty { ", \(line.source)" }
              },
            ]
          })
      }
    }
  }

  // MARK: the office's tools

  private static func office(_ view: SchoolView, _ viewer: Viewer) -> HTML {
    let school = view.school
    guard school.status != .merged else { return HTML() }
    return folded("For the office: it follows or doubles another school") {
      p {
        "The other school stays and takes over people, trials and membership; this one keeps its history and points to it. It can be undone under Office."
      }
      postForm("/schools/\(school.id)/merger", viewer) {
        field(
          "Address of the school that stays", name: "into",
          hint: "Open that school's page and copy its address, or its official id.", id: "into")
        submit("Merge into that school")
      }
    }
  }
}
