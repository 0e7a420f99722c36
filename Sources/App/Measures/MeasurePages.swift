import Markup
import Statistics

/// A measure with all that its page shows.
struct MeasureView: Sendable {
  let measure: Measure
  let values: [KeptValue]
  let beside: [KeptValue]
  /// Those that no longer stand, with who and why.
  let history: [KeptValue]
  let marks: [MeasureMark]
  let definitions: [MeasureDefinition]
  /// The project that it belongs to; nil where there is none, or none that the viewer may see.
  let project: Project.ID?
  let links: [EntryLink]
  let today: CalendarDate
  /// Whether the viewer enters, corrects and amends.
  let mayChange: Bool
  /// The address of a link just made, shown this once.
  var newLink: String?
  /// What the viewer has just entered, and may still take back.
  var entered: [KeptValue] = []
  /// Its earlier names and rests, the latest first.
  var changes: [MeasureChange] = []
  /// What was chosen among several values, and refused.
  var settlement = SettlementForm()
  /// What else has just been done.
  var said: String?
  var concern = Concern()
}

/// The lists of measures, one measure, and the network's view of one.
enum MeasurePages {
  static func list(_ measures: [Measure], _ viewer: Viewer) -> Page {
    Page("Measures", section: .today) {
      h1 { "Measures" }
      lede("What your school counts to see whether a change helps. One number a week is enough.")
      if measures.isEmpty {
        emptyState(
          "Nothing is measured yet", "Start with one thing that should get better, and paste what you have of it."
        ) {
          buttonLink("Start a measure", "/measures/new")
        }
      } else {
        ul(.class("multiples")) {
          for measure in measures where measure.restsSince == nil { glance(measure, named: measure.name) }
        }
        actions { buttonLink("Start a measure", "/measures/new") }
        resting(measures)
      }
    }
  }

  /// All schools that share a measure of one name: each against itself, in the order of the alphabet.
  static func network(_ name: String, _ network: MeasureNetwork, _ viewer: Viewer) -> Page {
    Page("\(name) across schools", section: .none) {
      crumbs([("Measures", "/measures")])
      h1 { name }
      lede(
        "\(counted(network.schools, "school")) \(network.schools == 1 ? "measures" : "measure") this. Each is drawn against its own past, on its own scale; they count in their own ways, so nobody is ranked."
      )
      if network.measures.isEmpty {
        emptyState("No school shares it", "A school shares a measure when it starts it.")
      } else {
        ul(.class("multiples")) { for measure in network.measures { glance(measure, named: measure.schoolName) } }
        pager(
          newer: network.isLater ? networkPath(name) : nil,
          older: network.hasMore ? network.measures.last.map { "\(networkPath(name))&after=\($0.id)" } : nil,
          newerWords: "From the first school", olderWords: "More schools")
      }
    }
  }

  /// The measures on their project's page: what each chart says, and the way to enter a value.
  static func section(
    _ measures: [Measure], _ charts: [Measure.ID: MeasureChart], _ project: Project, mayEdit: Bool
  ) -> HTML {
    part(
      "What the measures say",
      more: mayEdit && !measures.isEmpty
        ? quietLink("Add a measure", "/measures/new?project=\(project.id)") : HTML()
    ) {
      if measures.isEmpty {
        emptyState("Nothing is measured yet", "One number a week shows whether the change helps.") {
          if mayEdit { buttonLink("Start a measure", "/measures/new?project=\(project.id)", primary: false) }
        }
      } else {
        ul(.class("multiples cards")) {
          for measure in measures where measure.restsSince == nil {
            glance(measure, named: measure.name, charts[measure.id])
          }
        }
        resting(measures)
      }
    }
  }

  /// Those that nobody takes any more, apart.
  @HTMLBuilder private static func resting(_ measures: [Measure]) -> HTML {
    let resting = measures.filter { $0.restsSince != nil }
    if !resting.isEmpty {
      folded("\(counted(resting.count, "measure rests", "measures rest"))") {
        ul { for measure in resting { li { a(.href("/measures/\(measure.id)")) { measure.name } } } }
      }
    }
  }

  /// The chart, or the last points as a small line, and the chart's sentence, compiled when a value was saved.
  private static func glance(_ measure: Measure, named name: String, _ chart: MeasureChart? = nil) -> HTML {
    li {
      if let plot = chart?.plot {
        SmallChart(plot: plot).html(words: "\(plot.chart.kind.title), \(counted(measure.points, plot.unit))")
      } else {
        sparkline(measure.spark, words: "\(name), \(counted(measure.points, "point"))")
      }
      a(.href("/measures/\(measure.id)")) { name }
      div(.class("quiet")) {
        measure.sentence.isEmpty
          ? "Nothing has been measured yet." : chart == nil ? measure.sentence : sentences(measure.sentence).first
      }
    }
  }

  // MARK: one measure

  /// - Parameters:
  ///   - typed: a value that was refused.
  ///   - remark: a remark that was refused.
  ///   - concern: what was made of a signal of concern, where it was refused.
  static func show(
    _ view: MeasureView, problems: Problems = [:], typed: String = "", period: String = "", remark: String = "",
    concern: String = "", _ viewer: Viewer
  ) -> Page {
    let (measure, chart) = (
      view.measure,
      MeasureChart(view.measure, view.values, view.marks, withdrawn: view.history.filter { $0.state == .withdrawn })
    )
    let mayChange = view.mayChange
    var page = Page(measure.name, section: .today) {
      crumbs(
        [("Measures", "/measures")]
          + (view.project.map { [("The project", "/projects/\($0)")] }
            ?? [(measure.schoolName, "/schools/\(measure.school)")]))
      h1 { measure.name }
      let said = sentences(chart.sentence)
      answer(said.first, rest: said.rest, sure: HTML(text: sure(chart)), label: "What the chart says")
      MeasureChangePages.resting(view, viewer)
      // A value that came too late keeps its form, so that nothing typed is lost.
      if mayChange, measure.restsSince == nil || !typed.isEmpty {
        ValuePages.entry(view, problems, typed, period, viewer)
      }
      ConflictPages.part(view, problems, viewer)
      if let plot = chart.plot { picture(plot) }
      ConcernPages.part(view, problems, typed: concern, viewer)
      if mayChange {
        actions {
          if measure.restsSince == nil {
            buttonLink("Paste a column", "/measures/\(measure.id)/column", primary: view.values.isEmpty)
          }
          quietLink("Download all as CSV", "/measures/\(measure.id)/values.csv")
          if measure.isShared { quietLink("All schools on this", networkPath(measure.name)) }
          quietLink("Rename", "/measures/\(measure.id)/name")
          if measure.restsSince == nil { buttonForm("Let it rest", "/measures/\(measure.id)/rest", viewer) }
        }
      }
      definitionPart(view, chart, mayChange, viewer)
      marksPart(view, problems, remark, mayChange, viewer)
      if !view.values.isEmpty || !view.history.isEmpty { ValuePages.list(view, viewer) }
      if mayChange, measure.restsSince == nil { linksPart(view, problems, viewer) }
    }
    page.notice = ValuePages.entered(view)
    page.undo = ValuePages.undoPath(view)
    return page
  }

  static func networkPath(_ name: String) -> String { "/measures/network?name=\(queryEscaped(name))" }

  private static func sure(_ chart: MeasureChart) -> String {
    [chart.instead, chart.whatItTakes].filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// The chart with whose rules read it; what it says stands above already.
  private static func picture(_ plot: ChartPlot) -> HTML {
    chartFigure(
      wide: plot.drawing(width: 760, id: "\(plot.id)-wide"), narrow: plot.drawing(width: 360, id: "\(plot.id)-narrow"),
      caption: HTML(text: plot.ruleLine + "."), table: plot.table)
  }

  private static func definitionPart(
    _ view: MeasureView, _ chart: MeasureChart, _ mayChange: Bool, _ viewer: Viewer
  ) -> HTML {
    let (measure, definition) = (view.measure, view.measure.definition)
    return part(
      "How it is counted", more: mayChange ? quietLink("Amend", "/measures/\(measure.id)/amendment") : HTML()
    ) {
      facts([
        ("Who counts", definition.who), ("What counts", definition.what), ("When and how", definition.how),
        ("What it is for", measure.role.words), ("Better", definition.better.words),
        ("Chart", chartWords(definition)), ("Rules", "\(definition.rules.name), version \(definition.rules.version)"),
        ("Target", targetWords(definition)),
        ("Baseline", chart.baselineWords),
      ])
      MeasureChangePages.history(view, viewer)
      if view.definitions.count > 1 {
        folded("Earlier definitions") {
          ul {
            for old in view.definitions.dropLast() {
              li {
                "Version \(old.number), by \(old.byName): \(old.who); \(old.what); \(old.how). \(old.better.words)\(old.unit.isEmpty ? "" : ", in \(old.unit)"). \(old.chart.title), \(old.rules.name) rules, target \(targetWords(old)), baseline \(old.baselineUntil.map { "held up to \($0.short)" } ?? "all points")."
              }
            }
          }
          for each in view.definitions where !each.why.isEmpty {
            quiet(
              "Version \(each.number), by \(each.byName), \(viewer.zone.date(of: each.at).short): \(each.why)")
          }
        }
      }
    }
  }

  static func targetWords(_ definition: MeasureDefinition) -> String {
    guard let target = definition.target else { return "none" }
    let unit = definition.unit.isEmpty ? "" : " \(definition.unit)"
    return MeasuredValue(target).words(definition.kind) + unit
  }

  static func chartWords(_ definition: MeasureDefinition) -> String {
    let proposal = ChartProposal(definition.kind)
    return proposal.kind == definition.chart
      ? "\(definition.chart.title). \(proposal.reason)"
      : "\(definition.chart.title), chosen by the team; \(proposal.kind.withArticle) was proposed. \(proposal.reason)"
  }

  private static func marksPart(
    _ view: MeasureView, _ problems: Problems, _ remark: String, _ mayChange: Bool, _ viewer: Viewer
  ) -> HTML {
    part("Changes, phases and remarks", id: "remarks") {
      if view.marks.isEmpty { quiet("Nothing is noted yet.") }
      ul {
        for mark in view.marks { li { markLine(mark, view, mayChange, viewer) } }
      }
      if !view.values.isEmpty { remarkForm(view, problems, remark, viewer) }
      if mayChange {
        folded("Note a change or a new phase", isOpen: problems["words"] != nil) {
          postForm("/measures/\(view.measure.id)/marks", viewer, class: "stack") {
            radios(
              "What it is", name: "kind",
              options: [
                Option("change", "Something was changed or happened"),
                Option("phase", "A new phase begins", note: "From here on centre and limits are computed anew."),
              ], value: "change")
            dateField("When", name: "period", value: view.today.description, problems: problems, id: "mark-period")
            textArea("What, and why", name: "words", problems: problems, rows: 2, limit: 300)
            submit("Note it")
          }
        }
      }
    }
  }

  @HTMLBuilder private static func markLine(
    _ mark: MeasureMark, _ view: MeasureView, _ mayChange: Bool, _ viewer: Viewer
  ) -> HTML {
    let words = "\(mark.kind == .phase ? "New phase: " : mark.kind == .comment ? "Remark: " : "")\(mark.words)"
    strong { mark.day?.short ?? view.measure.schedule.label(mark.period) }
    " "
    if let gone = mark.withdrawal {
      del { words }
      " "
      span(.class("quiet")) {
        "\(mark.by); taken back by \(gone.by), \(viewer.zone.date(of: gone.at).short): \(gone.why)"
      }
    } else {
      "\(words) "
      span(.class("quiet")) { mark.by }
      if mayChange, mark.mayBeWithdrawn, let id = mark.id {
        " "
        quietLink("Take it back", "/measures/\(view.measure.id)/marks/\(id)/withdrawal")
      }
    }
  }

  /// Whoever may see the chart may say something at one of its points; it stands there and in the table beside.
  private static func remarkForm(_ view: MeasureView, _ problems: Problems, _ typed: String, _ viewer: Viewer) -> HTML {
    let isOpen = problems["remark"] != nil || problems["point"] != nil
    return folded("Say something at a point", isOpen: isOpen) {
      formErrors(problems.filter { ["remark", "point"].contains($0.key) })
      postForm("/measures/\(view.measure.id)/remarks", viewer, class: "stack") {
        choice(
          "The point", name: "point",
          options: view.values.suffix(104).reversed().map {
            Option(
              $0.period.description,
              "\(view.measure.schedule.label($0.period)): \($0.value.words(view.measure.definition.kind))")
          }, problems: problems)
        textArea(
          "Your remark", name: "remark", value: typed, problems: problems,
          hint: "Everybody who may see this measure reads it. Never a student's name.", rows: 2, limit: 300)
        submit("Say it")
      }
    }
  }

  private static func linksPart(_ view: MeasureView, _ problems: Problems, _ viewer: Viewer) -> HTML {
    part("For a colleague without an account", id: "links") {
      if let link = view.newLink {
        note {
          p {
            strong { "Send them this address; it is shown only now." }
            " Whoever has it may enter values of this measure, and do nothing else, for \(EntryLink.lifetime.wholeDays) days."
          }
          p { code { link } }
        }
      }
      ul {
        for link in view.links {
          li {
            "\(link.holder)\(link.isOfLetter ? ", in a reminder letter" : ""), "
            if link.isOpen(at: viewer.now) {
              "until \(viewer.zone.date(of: link.expiresAt).spoken) "
              buttonForm("End it", "/measures/\(view.measure.id)/links/\(link.id)/end", viewer)
            } else {
              "ended"
            }
          }
        }
      }
      folded("Make a link", isOpen: problems["holder"] != nil) {
        postForm("/measures/\(view.measure.id)/links", viewer, class: "stack") {
          field("Who it is for", name: "holder", problems: problems, hint: "Stands beside what they enter.", limit: 80)
          submit("Make the link")
        }
      }
    }
  }
}
