import Markup
import Statistics

/// A cycle proposed as a trial: all that the record says, the claim it compiles to, and room for the story.
enum ProjectTrialPages {
  static func propose(
    _ proposal: ProjectTrial, _ form: ReportForm, idea: String, problems: Problems = [:], draft: FormDraft? = nil,
    _ viewer: Viewer
  ) -> Page {
    let (project, cycle) = (proposal.project, proposal.cycle)
    return Page("Share this cycle as a trial", section: .projects) {
      column {
        crumbs([
          ("Projects", "/projects"), (project.title, project.path),
          ("Cycle \(cycle.number)", "\(project.path)/cycles/\(cycle.id)"),
        ])
        h1 { "Share this cycle as a trial" }
        lede(
          "Everything below is read from your project. Add what happened, and the next school can learn from it, whatever came out."
        )
        claim(proposal, form)
        obstacles(proposal)
        figures(proposal)
        registration(proposal, viewer)
        if proposal.obstacles.isEmpty { story(proposal, form, idea, problems, draft, viewer) }
      }
    }
  }

  @HTMLBuilder
  private static func claim(_ proposal: ProjectTrial, _ form: ReportForm) -> HTML {
    if let claim = try? proposal.claim(form) {
      answer(
        claim.verdict.title + ".",
        sure: HTML {
          claim.reason + " "
          strong { "What would change it: " }
          claim.whatWouldChangeIt + " "
          span(.class("quiet")) { "Compiled by the rule “\(claim.rule)”; nobody types it." }
        }, label: "What may be claimed"
      ) {
        p {
          verdictGlyph(claim.verdict)
          " " + claim.finding
        }
      }
    }
  }

  @HTMLBuilder
  private static func obstacles(_ proposal: ProjectTrial) -> HTML {
    let found = proposal.obstacles
    if !found.isEmpty {
      note {
        p { strong { "Before it can be shared:" } }
        ul {
          for each in found {
            li {
              each.words + " "
              a(.href(each.path)) { each.link }
            }
          }
        }
      }
    }
  }

  @HTMLBuilder
  private static func figures(_ proposal: ProjectTrial) -> HTML {
    if let series = proposal.series, let measure = proposal.measure, !series.values.isEmpty {
      part("The figures", id: "figures") {
        if let plot = series.plot(named: measure.name, id: "series") { plot.html(changeAfter: series.before.count) }
        SeriesFiguresTable.html(series)
        actions {
          quietLink("The measure", "/measures/\(measure.id)")
          quietLink(
            "Compare with schools that did not try it",
            "\(proposal.project.path)/cycles/\(proposal.cycle.id)/comparison")
        }
      }
    }
  }

  @HTMLBuilder
  private static func registration(_ proposal: ProjectTrial, _ viewer: Viewer) -> HTML {
    if let registration = proposal.registration {
      part("What was said before", id: "registration") {
        p(.class("quiet")) {
          if proposal.cycle.isAfterData {
            "The cycle was planned when values since its beginning stood already: the trial will say that it was told after its data."
          } else {
            "It counts as registered on \(viewer.zone.date(of: proposal.registrations.first?.at ?? registration.at).short), when the prediction was made; it was locked with the first value after."
          }
        }
        facts(TrialPages.pairs(registration))
        for amended in proposal.registrations where amended.number > 1 {
          quiet("Amended \(viewer.zone.date(of: amended.at).short): \(amended.why)")
        }
      }
    }
  }

  private static func story(
    _ proposal: ProjectTrial, _ form: ReportForm, _ idea: String, _ problems: Problems, _ draft: FormDraft?,
    _ viewer: Viewer
  ) -> HTML {
    let path = "\(proposal.project.path)/cycles/\(proposal.cycle.id)"
    return part("Your story", id: "story") {
      formErrors(problems, order: ["idea"] + ReportForm.order)
      postForm("\(path)/trial", viewer, class: "stack", draft: draft) {
        if proposal.ideas.count > 1 {
          choice(
            "Which idea was it?", name: "idea", options: proposal.ideas.map { Option("\($0.id)", $0.title) },
            value: idea, problems: problems, prompt: "Choose an idea")
        } else if let only = proposal.ideas.first {
          hidden("idea", "\(only.id)")
          p {
            "A trial of "
            a(.href("/ideas/\(only.id)")) { only.title }
          }
        }
        if proposal.measure?.definition.kind != .number { TrialFormPages.seriesFacts(form, problems) }
        TrialFormPages.stories(form, problems)
        quiet("Everybody will see the trial, its claim and your story; the single values stay with members.")
        submit("Share it as a trial") {
          quietSubmit("Compile the claim again", name: "act", value: "look")
          quietLink("Cancel", path)
        }
      }
    }
  }
}
