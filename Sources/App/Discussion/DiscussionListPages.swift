import Markup

/// Lists of discussions. Values in, pages out.
enum DiscussionListPages {
  static func list(_ lines: [DiscussionLine], _ filter: DiscussionFilter, _ viewer: Viewer) -> Page {
    Page("Discussion", section: .discussion) {
      h1 { "Discussion" }
      lede("Ask those who did it, say what you saw. Read by educators of member schools, by nobody else.")
      actions { buttonLink("Start a discussion", "/discussions/new") }
      tabs(
        DiscussionFilter.View.allCases.map { view in
          Tab(view.words, DiscussionFilter(view: view).path, isCurrent: view == filter.view)
        }, label: "Which discussions")
      if lines.isEmpty {
        emptyState("Nothing here yet", filter.view.whenEmpty)
      } else {
        rows(lines, level: 2, viewer)
        pager(
          newer: filter.before == nil ? nil : DiscussionFilter(view: filter.view).path, older: older(lines, filter),
          newerWords: "Latest")
      }
    }
  }

  /// The last discussions about a thing, for its own page: what was said last in each, and the way to begin one.
  static func about(_ talk: Talk, _ kind: Discussion.Kind, id: String, _ viewer: Viewer) -> HTML {
    part("Discussion", id: "discussion") {
      if !viewer.isMember {
        p {
          "Educators of member schools talk about it here. "
          if !viewer.isSignedIn { a(.href("/sign-in?next=\(kind.path)/\(percentEncoded(id))")) { "Sign in" } }
        }
      } else {
        if talk.lines.isEmpty { quiet(kind.whenSilent) } else { rows(talk.lines, level: 3, viewer, showsTopic: false) }
        p {
          a(.href("/discussions/new?about=\(kind.rawValue):\(percentEncoded(id))")) {
            "Ask about this \(kind.rawValue)"
          }
        }
        following(talk.reading, kind, id: id, viewer)
      }
    }
  }

  private static func following(_ reading: TopicReading, _ kind: Discussion.Kind, id: String, _ viewer: Viewer) -> HTML
  {
    postForm("/discussions/about/\(kind.rawValue)/\(percentEncoded(id))/level", viewer, class: "inline") {
      hidden("level", (reading.isTold ? ReadingLevel.muted : .watching).rawValue)
      if reading.isTold { span(.class("quiet")) { "You are told of new discussions here, because \(reading.why). " } }
      button(.class("plain")) { reading.isTold ? "Do not tell me" : "Tell me of new discussions here" }
    }
  }

  private static func rows(_ lines: [DiscussionLine], level: Int, _ viewer: Viewer, showsTopic: Bool = true) -> HTML {
    App.rows {
      for line in lines {
        row(
          line.discussion.title, line.path, tag: timeTag(line.discussion.lastPostAt, viewer),
          text: HTML(text: line.excerpt), level: level
        ) {
          byline([
            fresh(line.unread ?? 0),
            HTML(text: counted(line.discussion.replyCount, "reply", "replies")),
            HTML(text: "last by \(line.lastBy)"), HTML(text: line.answer),
            showsTopic ? topic(line.discussion.about) : HTML(),
          ])
        }
      }
    }
  }

  private static func fresh(_ count: Int) -> HTML { count > 0 ? strong { "\(grouped(count)) new" } : HTML() }

  private static func topic(_ topic: Discussion.Topic?) -> HTML {
    guard let topic else { return HTML() }
    return HTML {
      "about "
      a(.href(topic.path)) { topic.title }
    }
  }

  private static func older(_ lines: [DiscussionLine], _ filter: DiscussionFilter) -> String? {
    guard lines.count == DiscussionFilter.pageSize, let last = lines.last?.discussion else { return nil }
    return DiscussionFilter(view: filter.view, before: .init(at: last.lastPostAt, id: last.id)).path
  }
}

extension Discussion.Kind {
  fileprivate var whenSilent: String {
    switch self {
    case .idea: "Nobody has asked yet. Whoever tried it reads this, and so does its owner."
    case .trial: "Nobody has asked yet. Whoever answers for this trial is told."
    case .school: "Nobody has asked this school anything yet."
    }
  }
}

extension DiscussionLine {
  /// The first post that the reader has not seen, or the discussion's beginning.
  fileprivate var path: String {
    guard let unread, unread > 0, unread < discussion.postCount else { return discussion.path }
    let page = Discussion.page(of: discussion.postCount - unread + 1)
    return page == 1 ? "\(discussion.path)#new" : "\(discussion.path)?page=\(page)#new"
  }

  fileprivate var answer: String {
    guard discussion.asks else { return "" }
    return discussion.accepted == nil ? "no answer accepted yet" : "answered"
  }
}

extension DiscussionFilter.View {
  fileprivate var words: String {
    switch self {
    case .latest: "Latest"
    case .unanswered: "Unanswered"
    case .ideas: "About ideas"
    case .trials: "About trials"
    case .schools: "About schools"
    case .mine: "Mine"
    case .watching: "Watching"
    }
  }

  fileprivate var whenEmpty: String {
    switch self {
    case .latest:
      "Discussions stand here, those with the newest post first. Begin with a question that you would ask a colleague."
    case .unanswered: "Every question has an accepted answer."
    case .ideas: "What is said about ideas stands here. Each idea's page has a place to begin."
    case .trials: "What is said about trials stands here. Each trial's page has a place to begin."
    case .schools: "What is said about schools stands here. Each school's page has a place to begin."
    case .mine: "Discussions in which you have written stand here."
    case .watching: "Discussions of whose every post you are told stand here. Choose Watching beside any discussion."
    }
  }
}
