import Foundation
import Markup
import Statistics

/// Every number of an idea explained, and how near each school is.
enum EvidencePages {
  static func explain(_ idea: Idea, _ evidence: IdeaEvidence, _ viewer: Viewer) -> Page {
    let summary = evidence.summary
    return Page("These numbers explained", section: .ideas) {
      crumbs([("Ideas", "/ideas"), (idea.content.title, "/ideas/\(idea.id)")])
      h1 { "These numbers explained" }
      lede(idea.content.title)
      answer(EvidenceSentence(evidence).answer, sure: HTML(text: "\(summary.verdict.title). \(summary.headline)"))
      figures(summary)
      warnings(summary)
      schools(evidence)
      trials(evidence, viewer)
      rule(summary)
    }
  }

  @HTMLBuilder
  private static func figures(_ summary: EvidenceSummary) -> HTML {
    if summary.k > 0 {
      part("Each figure, how it comes about", id: "figures") {
        dataTable(
          "Figures, their formulas and sources",
          columns: [TableColumn("What it says"), TableColumn("Formula with the numbers"), TableColumn("Source")],
          rows: summary.figures.map { figure in
            [
              HTML(text: figure.sentence), code { figure.explanation.formula },
              HTML(text: figure.explanation.source),
            ]
          }, isCaptionHidden: true, stacks: true)
      }
    }
    if !summary.refused.isEmpty {
      part("What is not shown, and why", id: "refused") { ul { for line in summary.refused { li { line } } } }
    }
  }

  @HTMLBuilder
  private static func warnings(_ summary: EvidenceSummary) -> HTML {
    if !summary.warnings.isEmpty {
      part("Before you believe it", id: "warnings") {
        ul { for warning in summary.warnings { li { warning.sentence } } }
      }
    }
  }

  @HTMLBuilder
  private static func schools(_ evidence: IdeaEvidence) -> HTML {
    if evidence.summary.k > 0 {
      part("School by school", id: "schools") {
        dataTable(
          "Schools as they are pooled, several trials of one school together",
          columns: [
            TableColumn("School"), TableColumn("Trials", isNumber: true), TableColumn("Students", isNumber: true),
            TableColumn("Effect", isNumber: true), TableColumn("95 % interval", isNumber: true),
            TableColumn("Variance", isNumber: true), TableColumn("Weight", isNumber: true),
          ], rows: evidence.summary.schools.map { row(evidence, $0) })
        quiet(
          "Effects are standardised mean differences, turned so that above 0 is better. Counts come in by the logistic conversion: the log odds ratio times √3/π."
        )
      }
    }
  }

  private static func row(_ evidence: IdeaEvidence, _ row: SchoolEvidence) -> [HTML] {
    let name = evidence.pooledTrials(of: row.school).first?.school.name ?? row.school
    return [
      HTML(text: name), HTML(text: "\(row.trials)"), HTML(text: row.pupils.map { grouped($0) } ?? ""),
      HTML(text: effectFigure(row.effect.estimate)),
      HTML(text: "\(effectFigure(row.interval.lower)) to \(effectFigure(row.interval.upper))"),
      HTML(text: decimals(row.effect.variance, 4)),
      HTML(text: evidence.summary.pooled == nil ? "not pooled" : "\(Int((100 * row.weight).rounded())) %"),
    ]
  }

  private static func trials(_ evidence: IdeaEvidence, _ viewer: Viewer) -> HTML {
    part("All trials", id: "all-trials") {
      if evidence.trials.isEmpty {
        quiet("No trial has been registered.")
      } else {
        dataTable(
          "Every trial that was ever registered, with what became of it",
          columns: [
            TableColumn("School"), TableColumn("Registered"), TableColumn("Claim"), TableColumn("Compared with"),
            TableColumn("What the data say"),
          ], rows: evidence.trials.map { row(evidence, $0, viewer) }, isCaptionHidden: true, stacks: true)
      }
    }
  }

  private static func row(_ evidence: IdeaEvidence, _ trial: TrialLine, _ viewer: Viewer) -> [HTML] {
    [
      a(.href("/trials/\(trial.id)")) { trial.school.name },
      HTML(text: trial.isAfterData ? "after the data" : viewer.zone.date(of: trial.registeredAt).short),
      HTML(text: standing(trial, evidence.today)), HTML(text: trial.claim?.design.words ?? trial.comparison.words),
      HTML(text: trial.claim?.finding ?? trial.withdrawnReason),
    ]
  }

  static func standing(_ trial: TrialLine, _ today: CalendarDate) -> String {
    if let claim = trial.claim { return claim.verdict.title }
    if trial.state == .withdrawn { return "withdrawn" }
    return trial.isOverdue(on: today) ? "never reported, due \(trial.due.short)" : "under way"
  }

  private static func rule(_ summary: EvidenceSummary) -> HTML {
    part("The rules", id: "rules") {
      facts([
        ("Together", "\(summary.rule.named.title), since \(summary.rule.named.since). \(summary.rule.named.source)."),
        (
          "One trial",
          "\(ClaimRule.current.named.title), since \(ClaimRule.current.named.since). \(ClaimRule.current.named.source)."
        ),
        (
          "Smallest change",
          "Where none was registered, \(effectFigure(ClaimCompilation.usualWorthwhile)) is taken: the border of “large” for what schools change (Kraft 2020)."
        ),
      ])
    }
  }

  // MARK: how near

  static func likeMine(_ idea: Idea, _ nearness: Nearness, _ viewer: Viewer) -> Page {
    Page("Schools like yours", section: .ideas) {
      crumbs([("Ideas", "/ideas"), (idea.content.title, "/ideas/\(idea.id)")])
      h1 { "How near are the schools that tried it?" }
      lede(nearness.sentence)
      if !nearness.rows.isEmpty {
        dataTable(
          "Schools that reported, the nearest to \(nearness.home.name) first",
          columns: [
            TableColumn("School"), TableColumn("What it found"), TableColumn("Distance", isNumber: true),
            TableColumn("Students", isNumber: true), TableColumn("Grades"), TableColumn("Setting"), TableColumn("Kind"),
          ], rows: nearness.rows.map(row))
      }
      quiet(
        "Distance is in standard deviations over all member schools, by size (as its logarithm), lowest and highest grade, setting and kind; a different setting or kind counts as one. Never by results. Beyond \(FindingWords.plain(Nearness.near)) a school is not near."
      )
      if !nearness.undeclared.isEmpty {
        quiet("The directory does not say of your school: \(nearness.undeclared.joined(separator: ", ")).")
      }
    }
  }

  private static func row(_ row: Nearness.Row) -> [HTML] {
    [
      a(.href("/trials/\(row.trial.id)")) { row.trial.school.name },
      HTML(text: row.trial.claim?.verdict.title ?? ""),
      HTML(text: row.distance.map { decimals($0, 2) } ?? "unknown"),
      HTML(text: row.trial.school.students.map { grouped($0) } ?? "unknown"),
      HTML(
        text: row.trial.school.gradeLow.flatMap { low in row.trial.school.gradeHigh.map { "\(max(6, low))–\($0)" } }
          ?? "unknown"),
      HTML(text: row.trial.school.area ?? "unknown"), HTML(text: row.trial.school.kind),
    ]
  }
}

/// A number with so many places, a true minus.
func decimals(_ value: Double, _ places: Int) -> String {
  let text = String(format: "%.\(places)f", abs(value))
  return value < 0 && text.contains { $0 != "0" && $0 != "." } ? "−" + text : text
}
