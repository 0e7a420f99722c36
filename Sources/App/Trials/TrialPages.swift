import Markup
import Statistics

/// All that the page of a trial shows.
struct TrialView: Sendable {
  let trial: Trial
  /// Every registration and every report, the first one first.
  var registrations: [Registration] = []
  var reports: [TrialReport] = []
  let today: CalendarDate
  /// What members say about it.
  var discussions = Talk()
  /// The project it comes from, where the viewer may see it.
  var project: Project?
}

/// One trial: what was promised, what came of it, what may be claimed and why.
enum TrialPages {
  static func show(_ view: TrialView, _ viewer: Viewer) -> Page {
    let trial = view.trial
    var page = Page("\(trial.school.name): \(trial.ideaTitle)", section: .ideas) {
      spread {
        crumbs([("Ideas", "/ideas"), (trial.ideaTitle, "/ideas/\(trial.idea)")])
        h1 { "\(trial.school.name) tried this" }
        lede(trial.ideaTitle)
        credit(view, viewer)
        claim(view)
        owed(view, viewer)
        story(trial)
        if let report = trial.report { TrialFigures.part(report.outcome, trial.registration, viewer) }
        registration(view, viewer)
        history(view, viewer)
        DiscussionListPages.about(view.discussions, .trial, id: "\(trial.id)", viewer)
      } side: {
        panels(view, viewer)
      }
    }
    page.summary = trial.claim.map { "\($0.verdict.title). \($0.finding)" } ?? "Registered, not yet reported."
    page.canonical = "/trials/\(trial.id)"
    return page
  }

  private static func credit(_ view: TrialView, _ viewer: Viewer) -> HTML {
    let trial = view.trial
    var credits = [
      a(.href("/schools/\(trial.school.id)")) { trial.school.name }, HTML(text: trial.school.context),
      HTML(
        text: trial.isAfterData
          ? "registered after the data" : "registered \(viewer.zone.date(of: trial.registeredAt).short)"),
    ]
    if let early = earlyReport(view, viewer) { credits.append(HTML(text: early)) }
    return byline(credits)
  }

  /// A report long before its day may have been sent when the figures looked best, so the page says so.
  private static func earlyReport(_ view: TrialView, _ viewer: Viewer) -> String? {
    guard let first = view.reports.first ?? view.trial.report, !view.trial.isAfterData else { return nil }
    let day = viewer.zone.date(of: first.at)
    let early = view.trial.registration.due.dayNumber - day.dayNumber
    return early > 14 ? "reported \(day.short), \(early) days before the day that was set" : nil
  }

  // MARK: the claim

  private static func claim(_ view: TrialView) -> HTML {
    let trial = view.trial
    return div(.id("claim")) {
      if let claim = trial.claim {
        answer(
          claim.verdict.title + ".",
          sure: HTML {
            claim.reason + " "
            strong { "What would change it: " }
            claim.whatWouldChangeIt + " "
            span(.class("quiet")) { "Compiled by the rule “\(claim.rule)”; nobody typed it." }
          }, label: "What may be claimed"
        ) {
          p {
            verdictGlyph(claim.verdict)
            " " + claim.finding
          }
        }
      } else if let withdrawal = trial.withdrawal {
        answer("Withdrawn: \(withdrawal.reason)", label: "What may be claimed")
      } else if trial.isOverdue(on: view.today) {
        answer(
          "Nothing has been reported, and the report was due on \(trial.registration.due.spoken).",
          sure: HTML(text: "Until it is, every page that sums up this idea counts it among those never reported."),
          label: "What may be claimed")
      } else {
        answer(
          "It is under way; the report is due on \(trial.registration.due.spoken).",
          sure: HTML(text: "Until then nothing is claimed."), label: "What may be claimed")
      }
    }
  }

  // MARK: what to do next

  @HTMLBuilder
  private static func owed(_ view: TrialView, _ viewer: Viewer) -> HTML {
    let trial = view.trial
    if trial.mayChange(viewer) {
      actions {
        switch trial.state {
        case .running:
          buttonLink("Report what came of it", "/trials/\(trial.id)/report")
          if !trial.isAfterData { quietLink("Amend the registration", "/trials/\(trial.id)/amendment") }
          quietLink("Withdraw it", "/trials/\(trial.id)/withdrawal")
        case .reported: quietLink("Correct the report", "/trials/\(trial.id)/report")
        case .withdrawn: buttonForm("Take it up again", "/trials/\(trial.id)/resumption", viewer)
        }
      }
    }
  }

  // MARK: the story

  @HTMLBuilder
  private static func story(_ trial: Trial) -> HTML {
    if let story = trial.report?.story {
      part("What happened", id: "what-happened") { markdownBody(Markdown.kept(story.happenedHTML)) }
      if !story.changed.isEmpty {
        part("What we changed from the idea") { markdownBody(Markdown.kept(story.changedHTML)) }
      }
      if !story.again.isEmpty { part("What we would do again") { markdownBody(Markdown.kept(story.againHTML)) } }
    }
  }

  // MARK: the registration

  private static func registration(_ view: TrialView, _ viewer: Viewer) -> HTML {
    let trial = view.trial
    let isLocked = trial.report != nil
    return part("What was registered", id: "registration") {
      p(.class("quiet")) {
        if trial.isAfterData {
          "Written down when the results were known: read it as a story, not as a test."
        } else if let origin = trial.origin {
          "Written down as the prediction of a project's cycle and locked when its first value came in; published as a trial on \(viewer.zone.date(of: origin.publishedAt).short), when the data were known."
        } else if isLocked {
          "Locked when the outcome was entered; nobody can change it any more."
        } else {
          "Written down before the results. It is locked as soon as an outcome is entered."
        }
      }
      facts(pairs(trial.registration))
    }
  }

  static func pairs(_ registration: Registration) -> [(term: String, value: HTML)] {
    var pairs: [(term: String, value: String)] = [
      ("Who", registration.participants),
      ("When", "\(registration.starts.short) to \(registration.due.short)"),
      ("Measure", "\(registration.measure); \(registration.better.rawValue) is better"),
      ("How it is counted", registration.definition),
      ("Compared with", comparison(registration)),
    ]
    if !registration.unit.isEmpty { pairs.append(("Unit", registration.unit)) }
    if let prediction = registration.prediction {
      let words = prediction.words.isEmpty ? "" : " (\(prediction.words))"
      pairs.append(("Prediction", "\(prediction.direction.words)\(words), \(prediction.probability) % sure"))
    }
    if let smallest = registration.smallest {
      pairs.append(
        (
          "Worth having from",
          "\(FindingWords.plain(smallest)) \(registration.unit.isEmpty ? "in 100" : registration.unit)"
        ))
    }
    return pairs.map { (term: $0.term, value: HTML(text: $0.value)) }
  }

  private static func comparison(_ registration: Registration) -> String {
    let words = registration.comparisonWords.isEmpty ? "" : ": \(registration.comparisonWords)"
    return registration.comparison.words + words + (registration.isByLot ? ", chosen by lot" : "")
  }

  // MARK: what was amended and corrected

  @HTMLBuilder
  private static func history(_ view: TrialView, _ viewer: Viewer) -> HTML {
    let amended = view.registrations.filter { $0.number > 1 }
    let corrected = view.reports.filter { $0.number > 1 }
    if !amended.isEmpty || !corrected.isEmpty {
      part("What was changed since", id: "history") {
        for registration in amended {
          folded(
            "Amended \(viewer.zone.date(of: registration.at).short)\(by(registration.by, viewer)): \(registration.why)"
          ) {
            quiet("Before this amendment:")
            if let before = view.registrations.first(where: { $0.number == registration.number - 1 }) {
              facts(pairs(before))
            }
          }
        }
        for report in corrected {
          folded("Corrected \(viewer.zone.date(of: report.at).short)\(by(report.by, viewer)): \(report.why)") {
            quiet("Before this correction:")
            if let before = view.reports.first(where: { $0.number == report.number - 1 }) {
              p { FindingWords.sentence(view.trial.registration, before.outcome) }
              TrialFigures.table(before.outcome)
              p { before.story.excerpt }
            }
          }
        }
      }
    }
  }

  private static func by(_ person: Person?, _ viewer: Viewer) -> String {
    guard viewer.isMember, let person else { return "" }
    return " by \(person.name)"
  }

  // MARK: beside it

  private static func panels(_ view: TrialView, _ viewer: Viewer) -> HTML {
    let trial = view.trial
    return HTML {
      panel("Person to ask") {
        if viewer.isMember {
          personChip(trial.person.name, "/people/\(trial.person.id)", note: "answers for this trial")
        } else {
          p {
            "Educators of member schools see here whom they can ask. "
            if !viewer.isSignedIn { a(.href("/sign-in?next=/trials/\(trial.id)")) { "Sign in" } }
          }
        }
      }
      if let origin = trial.origin {
        panel("Where it comes from") {
          if let project = view.project {
            p {
              "A cycle of "
              a(.href("\(project.path)/cycles/\(origin.cycle)")) { project.title }
            }
            p {
              quietLink(
                "Compare with schools that did not try it", "\(project.path)/cycles/\(origin.cycle)/comparison")
            }
          } else {
            p { "A cycle of one of the school's projects." }
          }
        }
      }
      panel("The idea") {
        p { a(.href("/ideas/\(trial.idea)")) { trial.ideaTitle } }
        quiet("Version \(trial.ideaVersion) was tried.")
      }
    }
  }
}

/// The numbers of an outcome, as a table.
enum TrialFigures {
  @HTMLBuilder
  static func part(_ outcome: Outcome, _ registration: Registration, _ viewer: Viewer) -> HTML {
    if outcome != .experience {
      App.part("The figures", id: "figures") {
        if case .series(let series, _) = outcome, viewer.isMember { picture(series, registration) }
        table(outcome)
        quiet(circumstances(outcome))
      }
    }
  }

  /// Every value, for members: what few students do in a week is not for everybody.
  @HTMLBuilder
  private static func picture(_ series: TrialSeries, _ registration: Registration) -> HTML {
    if let plot = series.plot(named: registration.measure, id: "series") {
      plot.html(changeAfter: series.before.count)
    }
  }

  @HTMLBuilder
  static func table(_ outcome: Outcome) -> HTML {
    switch outcome {
    case .experience: quiet("Nothing was counted.")
    case .series(let series, _): SeriesFiguresTable.html(series)
    case .counts(let groups, _):
      dataTable(
        "Counts", columns: [TableColumn("Group"), number("Students"), number("Have it"), number("In 100")],
        rows: rows(groups) { [grouped($0.n), grouped($0.x), FindingWords.plain((1000 * $0.share).rounded() / 10)] })
    case .means(let groups, let correlation, _):
      dataTable(
        "Means", columns: [TableColumn("Group"), number("Students"), number("Mean"), number("SD")],
        rows: rows(groups) { [grouped($0.n), FindingWords.plain($0.mean), FindingWords.plain($0.sd)] })
      if let correlation { quiet("Correlation of before and after: \(FindingWords.plain(correlation)).") }
    }
  }

  private static func number(_ name: String) -> TableColumn { TableColumn(name, isNumber: true) }

  private static func rows<Value>(_ groups: Outcome.Groups<Value>, _ cells: (Value) -> [String]) -> [[String]] {
    let named: [(String, Value?)] = [
      ("Before", groups.before), ("After", groups.after), ("Comparison, before", groups.otherBefore),
      ("Comparison, after", groups.otherAfter),
    ]
    return named.compactMap { name, value in value.map { [name] + cells($0) } }
  }

  private static func circumstances(_ outcome: Outcome) -> String {
    let known = outcome.circumstances
    var sentences = [
      known.sameStudents ? "Before and after are the same students." : "Before and after are different students.",
      "\(counted(known.baselinePoints, "measurement")) before.",
    ]
    if case .series(let series, _) = outcome {
      sentences = [
        series.students.map { "\(counted($0, "student")) could be counted each time." }
          ?? "Of how many students it tells is not known."
      ]
    }
    if known.alreadyImproving { sentences.append("It was improving already.") }
    if known.chosenAtWorst { sentences.append("The school began when it was at its worst.") }
    if known.balancingWorse { sentences.append("Something else got worse.") }
    return sentences.joined(separator: " ")
  }
}

/// What a series comes to, in a table: means, and how little the values overlap.
enum SeriesFiguresTable {
  static func html(_ series: TrialSeries) -> HTML {
    dataTable(
      "Before and after",
      columns: [
        TableColumn("Time"),
        TableColumn(series.schedule == .day ? "Days" : series.schedule == .week ? "Weeks" : "Months", isNumber: true),
        TableColumn(series.kind == .share ? "Mean, in 100" : "Mean", isNumber: true),
      ], rows: [row("Before", series.before), row("After", series.after)])
  }

  private static func row(_ name: String, _ values: [Double]) -> [String] {
    let mean = values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    return [name, grouped(values.count), mean.map(FindingWords.plain) ?? "–"]
  }
}
