import Markup

/// How an idea's text came to be what it is.
enum IdeaVersionPages {
  /// - Parameter versions: the newest first.
  static func list(
    _ idea: Idea, _ versions: [IdeaVersion], _ reviews: [IdeaReview], owners: [IdeaOwnerChange] = [], _ viewer: Viewer
  ) -> Page {
    Page("Versions of an idea", section: .ideas) {
      column {
        crumbs([("Ideas", "/ideas"), (idea.content.title, "/ideas/\(idea.id)")])
        h1 { "How this idea came to be as it is" }
        lede(idea.content.title)
        for (index, version) in versions.enumerated() {
          one(version, before: index + 1 < versions.count ? versions[index + 1] : nil, viewer)
        }
        if !reviews.isEmpty { checks(reviews, viewer) }
        IdeaOwnerPages.history(owners, viewer)
      }
    }
  }

  private static func one(_ version: IdeaVersion, before: IdeaVersion?, _ viewer: Viewer) -> HTML {
    part("Version \(version.number)", id: "version-\(version.number)") {
      byline([
        HTML(text: viewer.zone.date(of: version.at).spoken), viewer.isMember ? HTML(text: version.by.name) : HTML(),
      ])
      if !version.note.isEmpty { p { strong { version.note } } }
      if let before {
        let changes = changes(from: before.content, to: version.content)
        if changes.isEmpty { quiet("Nothing of the text was changed.") }
        for change in changes { shown(change) }
      } else {
        quiet("The first text.")
      }
    }
  }

  private typealias Change = (name: String, pieces: [WordDifference.Piece])

  private static func shown(_ change: Change) -> HTML {
    HTML {
      h3 { change.name }
      p(.class("difference")) {
        for piece in change.pieces {
          switch piece {
          case .same(let text): abridged(text)
          case .removed(let text): del { text }
          case .added(let text): ins { text }
          }
        }
      }
    }
  }

  /// A long stretch without a change is cut in its middle: the change is what one came for.
  static func abridged(_ text: String, limit: Int = 240) -> String {
    text.count <= limit ? text : "\(text.prefix(limit / 2)) … \(text.suffix(limit / 2))"
  }

  private static func changes(from old: IdeaContent, to new: IdeaContent) -> [Change] {
    let texts: [(String, (IdeaContent) -> String)] = [
      ("Title", \.title), ("In short", \.summary), ("The problem", \.problem), ("What to do", \.practice),
      ("What must be kept", { $0.core.joined(separator: "\n") }),
      ("What may be changed", { $0.adaptable.joined(separator: "\n") }),
      ("What has to be true first", { $0.conditions.joined(separator: "\n") }),
      ("Effort", { [$0.effort.rawValue, $0.effortWords].filter { !$0.isEmpty }.joined(separator: ": ") }),
      ("Cost", { [$0.cost.spoken ?? "", $0.cost.words].filter { !$0.isEmpty }.joined(separator: ". ") }),
      ("Grades", \.grades.words), ("Topics", { $0.topics.sorted().joined(separator: ", ") }),
      ("Subjects", { $0.subjects.sorted().joined(separator: ", ") }),
    ]
    return texts.compactMap { name, text in
      let (before, after) = (text(old), text(new))
      return before == after ? nil : (name, WordDifference.pieces(from: before, to: after))
    }
  }

  private static func checks(_ reviews: [IdeaReview], _ viewer: Viewer) -> HTML {
    part("Checked") {
      ul {
        for review in reviews {
          li {
            "\(viewer.zone.date(of: review.at).short): \(review.finding.rawValue)"
            if viewer.isMember { ", \(review.by.name)" }
            if !review.reason.isEmpty { ". \(review.reason)" }
          }
        }
      }
    }
  }
}
