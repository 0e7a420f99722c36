import Markup

/// What stands beside an idea: whom to ask, schools like one's own, what it takes, where it comes from, who keeps it right.
enum IdeaAside {
  static func panels(_ view: IdeaView, asked: [PersonToAsk], _ viewer: Viewer) -> HTML {
    HTML {
      people(view, asked, viewer)
      likeMine(view, viewer)
      whatItTakes(view)
      lineage(view)
      upkeep(view, viewer)
    }
  }

  private static func people(_ view: IdeaView, _ asked: [PersonToAsk], _ viewer: Viewer) -> HTML {
    panel("People to ask") {
      if viewer.isMember {
        for each in PersonToAsk.adding(owner: view.idea.owner, of: view.idea.school, to: asked) {
          personChip(each.person.name, "/people/\(each.person.id)", note: each.why)
        }
      } else {
        p {
          "Educators of member schools see here whom they can ask. "
          if !viewer.isSignedIn { a(.href("/sign-in?next=/ideas/\(view.idea.id)")) { "Sign in" } }
        }
      }
    }
  }

  @HTMLBuilder
  private static func likeMine(_ view: IdeaView, _ viewer: Viewer) -> HTML {
    if let like = view.likeMine {
      panel("Schools like yours") {
        p {
          like.sentence
          if like.reported > 0 {
            " "
            a(.href("/ideas/\(view.idea.id)/like-mine")) { "How near each is" }
          }
        }
      }
    }
  }

  private static func whatItTakes(_ view: IdeaView) -> HTML {
    let content = view.idea.content
    var pairs: [(term: String, value: HTML)] = [
      ("Effort", HTML(text: content.effortWords.isEmpty ? content.effort.rawValue : content.effortWords))
    ]
    if let cost = content.cost.spoken {
      pairs.append(("Cost", HTML(text: content.cost.words.isEmpty ? cost : "\(cost). \(content.cost.words)")))
    } else if !content.cost.words.isEmpty {
      pairs.append(("Cost", HTML(text: content.cost.words)))
    }
    pairs.append(("Grades", HTML(text: content.grades.words)))
    if !content.core.isEmpty { pairs.append(("Must keep", brief(content.core))) }
    if !content.adaptable.isEmpty { pairs.append(("May change", brief(content.adaptable))) }
    if !content.subjects.isEmpty {
      pairs.append(("Subjects", HTML(text: content.subjects.map(view.taxonomy.subjectName).joined(separator: ", "))))
    }
    return panel("What it takes") { facts(pairs) }
  }

  /// The first three, since all of them stand under "What to do".
  private static func brief(_ items: [String]) -> HTML {
    ul { for item in items.prefix(3) { li { item } } }
  }

  @HTMLBuilder
  private static func lineage(_ view: IdeaView) -> HTML {
    if view.parent != nil || !view.children.isEmpty {
      section(.class("panel"), .id("adapted")) {
        h2 { "Where it comes from" }
        if let parent = view.parent {
          p {
            "Adapted from "
            a(.href("/ideas/\(parent.id)")) { parent.title }
            ", \(parent.school.name)."
            if !view.idea.adaptation.isEmpty { " " + view.idea.adaptation }
          }
        }
        if !view.children.isEmpty {
          p { "Others made of it:" }
          ul {
            for child in view.children {
              li {
                a(.href("/ideas/\(child.id)")) { child.title }
                span(.class("quiet")) { " \(child.school.name)" }
              }
            }
          }
        }
      }
    }
  }

  private static func upkeep(_ view: IdeaView, _ viewer: Viewer) -> HTML {
    let idea = view.idea
    return panel("Keeping it right") {
      p {
        "Checked \(idea.reviewedOn.short), to be checked again by \(idea.reviewDue.short). "
        a(.href("/ideas/\(idea.id)/versions")) {
          idea.version == 1 ? "Version 1" : "Version \(idea.version), with what changed"
        }
      }
      if idea.mayChange(viewer) {
        actions {
          quietLink("Change it", "/ideas/\(idea.id)/edit")
          buttonForm("It still holds", "/ideas/\(idea.id)/verification", viewer)
          quietLink(idea.outdated == nil ? "Mark as outdated" : "See why it is outdated", "/ideas/\(idea.id)/outdated")
          if idea.mayGiveAway(viewer) { quietLink("Change its owner", "/ideas/\(idea.id)/owner") }
        }
      }
      if viewer.mayAddForSchool, idea.state == .published {
        p { a(.href("/ideas/new?from=\(idea.id)")) { "Adapt it for your school" } }
      }
    }
  }
}
