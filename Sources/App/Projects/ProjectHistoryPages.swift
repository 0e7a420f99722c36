import Markup

/// What became of a project, on its page and on paper.
enum ProjectHistoryPages {
  /// What was decided before the project was taken up again.
  @HTMLBuilder static func takenBack(_ history: ProjectHistory, _ viewer: Viewer) -> HTML {
    if let step = history.takenBack, let decision = step.decision {
      note {
        p {
          strong { "Taken up again. " }
          "On \(viewer.zone.date(of: step.at).short) the team \(decision.past) it: \(step.reason)"
        }
      }
    }
  }

  /// Nothing while there is nothing but the beginning.
  @HTMLBuilder static func part(_ history: ProjectHistory, _ viewer: Viewer) -> HTML {
    if history.steps.count > 1 || history.aims.count > 1 {
      App.part("What became of it", id: "history") {
        if history.steps.count > 1 {
          ul { for (index, step) in history.steps.enumerated() { li { said(step, isFirst: index == 0, viewer) } } }
        }
        if history.aims.count > 1 { aims(history.aims, viewer) }
      }
    }
  }

  @HTMLBuilder private static func said(_ step: ProjectHistory.Step, isFirst: Bool, _ viewer: Viewer) -> HTML {
    strong { viewer.zone.date(of: step.at).short }
    " "
    words(step, isFirst: isFirst)
    if !step.reason.isEmpty { ": \(step.reason)" }
    if let by = step.by {
      " "
      span(.class("quiet")) { by }
    }
  }

  static func words(_ step: ProjectHistory.Step, isFirst: Bool) -> String {
    if let decision = step.decision { return "Done: \(decision.past)" }
    return switch step.state {
    case .planned: "Planned"
    case .active: isFirst ? "Begun" : "Went on"
    case .paused: "Paused"
    case .done: "Done"
    }
  }

  private static func aims(_ aims: [ProjectHistory.Aimed], _ viewer: Viewer) -> HTML {
    HTML {
      h3 { "Earlier aims" }
      for (old, next) in zip(aims, aims.dropFirst()).reversed() {
        p {
          old.aim.words
          span(.class("quiet")) { rest(old.aim) }
        }
        p(.class("quiet")) {
          "Until \(viewer.zone.date(of: next.at).short); changed by \(next.by)"
          next.why.isEmpty ? "." : ": \(next.why)"
        }
      }
    }
  }

  private static func rest(_ aim: Project.Aim) -> String {
    [
      aim.population.isEmpty ? "" : "for \(aim.population)", aim.from.isEmpty ? "" : "from \(aim.from)",
      aim.to.isEmpty ? "" : "to \(aim.to)", aim.by.map { "by \($0.short)" } ?? "",
    ].filter { !$0.isEmpty }.map { " \($0)" }.joined(separator: ",")
  }
}
