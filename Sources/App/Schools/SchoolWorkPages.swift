import Markup
import Statistics

/// What a school does, on its page: ideas, trials, talk and people. Values in, parts of a page out.
enum SchoolWorkPages {
  static func work(_ view: SchoolView, today: CalendarDate, zone: LeagueZone) -> HTML {
    let (work, school) = (view.work, view.school)
    return HTML {
      if !work.ideas.isEmpty {
        part("Ideas it shared", id: "ideas") {
          ul(.class("plain-list")) { for idea in work.ideas { li { a(.href("/ideas/\(idea.id)")) { idea.title } } } }
        }
      }
      if !work.trials.isEmpty {
        part("What it tried", id: "trials") { for trial in work.trials { line(trial, today, zone) } }
      }
      if work.ideas.isEmpty, work.trials.isEmpty, school.isMember {
        quiet("It has neither shared an idea nor registered a trial yet.")
      }
    }
  }

  @HTMLBuilder static func talk(_ view: SchoolView, _ viewer: Viewer) -> HTML {
    if view.school.isMember || !view.discussions.lines.isEmpty {
      DiscussionListPages.about(view.discussions, .school, id: "\(view.school.id)", viewer)
    }
  }

  private static func line(_ trial: TrialLine, _ today: CalendarDate, _ zone: LeagueZone) -> HTML {
    let when = zone.date(of: trial.reportedAt ?? trial.registeredAt).short
    let words = trial.claim.map { $0.verdict.words.prefix(1).uppercased() + $0.verdict.words.dropFirst() }
    return story(
      trial.ideaTitle, "/trials/\(trial.id)",
      glyph: trial.claim.map { verdictGlyph($0.verdict, isNamed: false) } ?? HTML(),
      about: "\(words ?? state(trial, today)) · \(trial.reportedAt == nil ? "registered" : "reported") \(when)"
    ) {
      if let claim = trial.claim { p { claim.finding } }
    }
  }

  private static func state(_ trial: TrialLine, _ today: CalendarDate) -> String {
    if trial.state == .withdrawn { return "Withdrawn" }
    return trial.isOverdue(on: today)
      ? "Not reported, due \(trial.due.short)" : "Under way, due \(trial.due.short)"
  }

  @HTMLBuilder static func people(_ view: SchoolView) -> HTML {
    if !view.people.first.isEmpty {
      panel("Its people") {
        for each in view.people.first {
          personChip(each.name, "/people/\(each.id)", note: each.title.isEmpty ? nil : each.title)
        }
        if view.people.hasMore {
          p { a(.href("/people?school=\(percentEncoded(view.school.id.description))")) { "All of its people" } }
        }
      }
    }
  }
}
