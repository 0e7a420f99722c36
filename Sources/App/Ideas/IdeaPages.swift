import Markup
import Statistics

/// All that the page of an idea shows.
struct IdeaView: Sendable {
  let idea: Idea
  let evidence: IdeaEvidence
  var parent: IdeaGlance?
  var children: [IdeaGlance] = []
  /// How schools like the viewer's fared; nil where the viewer has no school.
  var likeMine: LikeMine?
  var taxonomy = Taxonomy()
  /// The parts that every reader sees alike, where they are drawn already.
  var drawn: IdeaDrawing?
  /// What members say about it.
  var discussions = Talk()
}

/// What the page of an idea says of its evidence, as it stands on the page of every reader.
struct IdeaDrawing: Sendable {
  let answer: HTML
  let trials: HTML
  let stories: HTML
  /// Those who tried it; only members see them.
  let asked: [PersonToAsk]

  init(_ evidence: IdeaEvidence, of idea: Idea.ID, zone: LeagueZone) {
    answer = IdeaPages.known(evidence, of: idea)
    trials = IdeaPages.trialByTrial(evidence, of: idea)
    stories = IdeaStories.part(evidence, of: idea, zone: zone)
    asked = PersonToAsk.all(evidence)
  }
}

/// The page of an idea: the answer, the picture of it, what happened, whom to ask.
enum IdeaPages {
  static func show(_ view: IdeaView, _ viewer: Viewer) -> Page {
    let idea = view.idea
    let drawn = view.drawn ?? IdeaDrawing(view.evidence, of: idea.id, zone: viewer.zone)
    var page = Page(idea.content.title, section: .ideas) {
      spread {
        trail(view)
        standing(view, viewer)
        h1 { idea.content.title }
        lede(idea.content.summary)
        credit(view, viewer)
        drawn.answer
        next(idea, viewer)
        drawn.trials
        drawn.stories
        text(idea)
        if idea.state == .published {
          DiscussionListPages.about(view.discussions, .idea, id: "\(idea.id)", viewer)
        }
      } side: {
        IdeaAside.panels(view, asked: drawn.asked, viewer)
      }
    }
    page.summary = idea.content.summary
    page.canonical = "/ideas/\(idea.id)"
    return page
  }

  private static func trail(_ view: IdeaView) -> HTML {
    crumbs(
      [("Ideas", "/ideas")]
        + view.idea.content.topics.prefix(2).map { (view.taxonomy.topicName($0), "/ideas?topic=\($0)") })
  }

  // MARK: what must be known before reading

  @HTMLBuilder
  private static func standing(_ view: IdeaView, _ viewer: Viewer) -> HTML {
    let idea = view.idea
    if idea.state == .draft {
      note {
        p { "This is a draft: only you can see it." }
        postForm("/ideas/\(idea.id)/publication", viewer, class: "inline") {
          button(.class("button")) { "Publish it" }
        }
      }
    }
    if let outdated = idea.outdated {
      note {
        p {
          strong { "Marked as outdated on \(viewer.zone.date(of: outdated.at).short). " }
          outdated.reason
        }
      }
    } else if idea.isStale(on: view.evidence.today) {
      note {
        p {
          "Nobody has checked this since \(idea.reviewedOn.short). Read it with that in mind, and ask before you start."
        }
      }
    }
  }

  private static func credit(_ view: IdeaView, _ viewer: Viewer) -> HTML {
    let idea = view.idea
    return byline([
      a(.href("/schools/\(idea.school.id)")) { "\(idea.school.name), \(idea.school.stateName)" },
      viewer.isMember ? HTML { "by " + idea.owner.name } : HTML(),
      HTML(text: "checked \(idea.reviewedOn.short)"),
      view.children.isEmpty
        ? HTML()
        : a(.href("#adapted")) { "adapted \(view.children.count == 1 ? "once" : "\(view.children.count) times")" },
    ])
  }

  // MARK: the answer

  fileprivate static func known(_ evidence: IdeaEvidence, of idea: Idea.ID) -> HTML {
    let words = EvidenceSentence(evidence)
    return answer(
      words.answer,
      sure: HTML {
        words.sure
        if !evidence.trials.isEmpty {
          " "
          a(.href("/ideas/\(idea)/evidence")) { "Explain these numbers" }
        }
      }
    ) {
      if !evidence.marks.isEmpty || evidence.unreported > 0 {
        verdictStrip(evidence.marks, unreported: evidence.unreported)
      }
    }
  }

  @HTMLBuilder
  private static func next(_ idea: Idea, _ viewer: Viewer) -> HTML {
    if idea.state == .published {
      actions {
        if viewer.mayAddForSchool || !viewer.isSignedIn {
          buttonLink("We will try this", "/ideas/\(idea.id)/trials/new")
          quietLink("We tried this already", "/ideas/\(idea.id)/trials/new?done=1")
        } else if viewer.isMember {
          // A liaison or the office has no school that tries it.
          buttonLink("Ask about this idea", "/discussions/new?about=idea:\(percentEncoded("\(idea.id)"))")
        } else {
          buttonLink("Find your school to try it", "/join")
        }
        quietLink("What to do", "#what-to-do")
      }
    }
  }

  @HTMLBuilder
  fileprivate static func trialByTrial(_ evidence: IdeaEvidence, of idea: Idea.ID) -> HTML {
    if let forest = evidence.forest {
      part("Trial by trial", id: "trials") {
        forest.html
        if !evidence.undrawn.isEmpty {
          p(.class("quiet")) {
            evidence.undrawn
            a(.href("/ideas/\(idea)/evidence#all-trials")) { "All of them as a table" }
          }
        }
        if evidence.summary.pooled == nil, let why = evidence.summary.refused.first { quiet(why) }
      }
    }
  }

  // MARK: the idea itself

  private static func text(_ idea: Idea) -> HTML {
    HTML {
      part("The problem", id: "the-problem") { markdownBody(Markdown.kept(idea.problemHTML)) }
      part("What to do", id: "what-to-do") {
        markdownBody(Markdown.kept(idea.practiceHTML))
        list("What must be kept", idea.content.core)
        list("What may be changed", idea.content.adaptable)
        list("What has to be true first", idea.content.conditions)
      }
    }
  }

  @HTMLBuilder
  private static func list(_ title: String, _ items: [String]) -> HTML {
    if !items.isEmpty {
      h3 { title }
      ul { for item in items { li { item } } }
    }
  }
}
