import Markup

/// Who keeps an idea right, and giving it to a colleague.
enum IdeaOwnerPages {
  /// What was typed and refused.
  struct Typed: Sendable {
    var person = ""
    var why = ""
    var declineWhy = ""
  }

  static func show(
    _ ownership: IdeaOwnership, typed: Typed = Typed(), problems: Problems = [:], _ viewer: Viewer
  ) -> Page {
    let idea = ownership.idea
    return Page("The owner of an idea", section: .ideas) {
      column {
        crumbs([("Ideas", "/ideas"), (idea.content.title, "/ideas/\(idea.id)")])
        h1 { "Who keeps it right" }
        lede("\(idea.owner.name) owns “\(idea.content.title)”: answers questions, and checks it once a year.")
        formErrors(problems, order: ["person", "why", "decline_why"])
        if let change = ownership.mayDecline(viewer) { decline(change, idea, typed, problems, viewer) }
        if ownership.candidates.isEmpty {
          emptyState(
            "Nobody else could own it", "An idea belongs to an educator of its school, and there is no other just now."
          ) { quietLink("Back to the idea", "/ideas/\(idea.id)") }
        } else {
          give(ownership, typed, problems, viewer)
        }
        history(ownership.changes, viewer)
      }
    }
  }

  private static func give(_ ownership: IdeaOwnership, _ typed: Typed, _ problems: Problems, _ viewer: Viewer) -> HTML {
    part("Give it to a colleague") {
      postForm("/ideas/\(ownership.idea.id)/owner", viewer, class: "stack") {
        choice(
          "The new owner", name: "person",
          options: ownership.candidates.map { Option($0.id.description, $0.name) }, value: typed.person,
          problems: problems, hint: "Educators of \(ownership.idea.school.name). They are told, and may decline.",
          prompt: "Choose somebody")
        textArea(
          "Why?", name: "why", value: typed.why, problems: problems, hint: "“I teach the eighth grade from August on.”",
          rows: 2, limit: 300)
        submit("Make them the owner") { quietLink("Cancel", "/ideas/\(ownership.idea.id)") }
      }
    }
  }

  private static func decline(
    _ change: IdeaOwnerChange, _ idea: Idea, _ typed: Typed, _ problems: Problems, _ viewer: Viewer
  ) -> HTML {
    part("It came to you") {
      p {
        "\(change.by.name) made you the owner on \(viewer.zone.date(of: change.at).spoken): \(change.why)"
      }
      folded("I do not want to own it", isOpen: problems["decline_why"] != nil) {
        postForm("/ideas/\(idea.id)/owner/refusal", viewer, class: "stack") {
          textArea(
            "Why not?", name: "decline_why", value: typed.declineWhy, problems: problems,
            hint: "It goes back to \(change.from.name), who reads this.", rows: 2, limit: 300)
          submit("Give it back")
        }
      }
    }
  }

  /// How it came from one to another, for those who may see names.
  @HTMLBuilder static func history(_ changes: [IdeaOwnerChange], _ viewer: Viewer) -> HTML {
    if !changes.isEmpty, viewer.isMember {
      part("Owners", id: "owners") {
        ul {
          for change in changes {
            li {
              "\(viewer.zone.date(of: change.at).short): from \(change.from.name) to \(change.to.name), by \(change.by.name). \(change.why)"
              if let decline = change.decline {
                " \(change.to.name) declined on \(viewer.zone.date(of: decline.at).short): \(decline.why)"
              }
            }
          }
        }
      }
    }
  }
}
