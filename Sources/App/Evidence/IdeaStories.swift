import Markup
import Statistics

/// What happened in each school: short stories under the charts of an idea, failures among them as they come.
enum IdeaStories {
  /// How many stories stand on the idea's own page.
  static let shown = 6

  static func part(_ evidence: IdeaEvidence, of idea: Idea.ID, zone: LeagueZone) -> HTML {
    let reported = evidence.reported
    return App.part("What happened", id: "what-happened") {
      if reported.isEmpty { nothingYet }
      for trial in reported.prefix(shown) { one(trial, zone) }
      if reported.count > shown {
        p {
          a(.href("/ideas/\(idea)/evidence#all-trials")) { "All \(counted(evidence.trials.count, "trial"))" }
        }
      }
      underWay(evidence)
    }
  }

  private static var nothingYet: HTML {
    emptyState(
      "No story yet", "The first school to try it and say honestly how it went will stand here, whatever came out.")
  }

  static func one(_ trial: TrialLine, _ zone: LeagueZone, title: String? = nil) -> HTML {
    story(
      title ?? trial.school.name, "/trials/\(trial.id)", glyph: trial.claim.map { verdictGlyph($0.verdict) } ?? HTML(),
      about: trial.school.context, rests: rests(trial, zone), id: "trial-\(trial.id)"
    ) {
      p {
        if let claim = trial.claim, claim.design != .none { strong { claim.finding + " " } }
        trial.excerpt
      }
    }
  }

  /// What the story rests on: "112 students · before and after, no comparison group · registered 3 Sep 2024, predicted better (70 %)".
  private static func rests(_ trial: TrialLine, _ zone: LeagueZone) -> HTML {
    var parts: [String] = []
    if let claim = trial.claim {
      if claim.students > 0 { parts.append(counted(claim.students, "student")) }
      parts.append(claim.design == .none ? "told without data" : claim.design.words)
    }
    let day = zone.date(of: trial.registeredAt).short
    parts.append(trial.isAfterData ? "registered after the data" : "registered \(day)")
    if let prediction = trial.prediction {
      parts.append("predicted \(prediction.direction.words) (\(prediction.probability) %)")
    }
    return HTML {
      parts.joined(separator: " · ") + " · "
      a(.href("/trials/\(trial.id)#claim")) { "explain this claim" }
    }
  }

  /// Trials without a report: running, overdue, withdrawn. They count on every page that pools.
  @HTMLBuilder
  private static func underWay(_ evidence: IdeaEvidence) -> HTML {
    if evidence.unreported > 0 {
      h3 { "Started and never reported" }
      ul {
        if evidence.unshared > 0 {
          li {
            "\(counted(evidence.unshared, "cycle")) of projects that \(evidence.unshared == 1 ? "was" : "were") never shared as a trial"
          }
        }
        for trial in evidence.overdue {
          li {
            a(.href("/trials/\(trial.id)")) { trial.school.name }
            span(.class("quiet")) { " report was due \(trial.due.short)" }
          }
        }
      }
    }
    if !evidence.running.isEmpty {
      h3 { "Under way" }
      ul {
        for trial in evidence.running {
          li {
            a(.href("/trials/\(trial.id)")) { trial.school.name }
            span(.class("quiet")) { " reports by \(trial.due.short)" }
          }
        }
      }
    }
    if !evidence.withdrawn.isEmpty {
      h3 { "Withdrawn" }
      ul {
        for trial in evidence.withdrawn {
          li {
            a(.href("/trials/\(trial.id)")) { trial.school.name }
            span(.class("quiet")) { " \(trial.withdrawnReason)" }
          }
        }
      }
    }
  }
}
