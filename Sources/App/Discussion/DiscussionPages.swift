import Markup

/// Everything that the page of a discussion shows.
struct DiscussionView: Sendable {
  let discussion: Discussion
  let posts: [Post]
  let page: Int
  let authors: [Person.ID: Author]
  /// As it was before this visit.
  let reading: Reading
  let reply: ReplyDraft
  /// Where the accepted answer stands.
  var acceptedPath: String?
  /// What the posts say, where it is drawn already.
  var said: [Post.ID: HTML] = [:]

  func author(_ id: Person.ID) -> Author { authors[id] ?? .unknown(id) }
}

/// The posts of a page, as every reader sees them.
struct PostsDrawing: Sendable {
  let posts: [Post]
  let authors: [Person.ID: Author]
  let said: [Post.ID: HTML]

  init(_ posts: [Post], _ authors: [Person.ID: Author], accepted: Post.ID?, _ viewer: Viewer) {
    self.posts = posts
    self.authors = authors
    let written = posts.lazy.filter { !$0.isDeleted }.map { post in
      let author = authors[post.author] ?? .unknown(post.author)
      return (post.id, DiscussionPages.said(post, by: author, isAccepted: accepted == post.id, viewer))
    }
    said = Dictionary(written, uniquingKeysWith: { first, _ in first })
  }

  /// Most pages take less than half of it.
  static let mostBytes = 256 << 10

  var isSmall: Bool {
    posts.reduce(0) { $0 + $1.text.utf8.count + $1.html.utf8.count } + said.values.reduce(0) { $0 + $1.bytes.count }
      <= Self.mostBytes
  }
}

/// The reply that is being written.
struct ReplyDraft: Sendable {
  var form: PostForm
  var generation = 0
  var problems: Problems = [:]
  /// Who is answered.
  var answered: String?
}

/// Values in, pages out: a discussion, and the form that begins one.
enum DiscussionPages {
  static func show(_ view: DiscussionView, _ viewer: Viewer) -> Page {
    let discussion = view.discussion
    var page = Page(discussion.title, section: .discussion) {
      crumbs([("Discussion", "/discussions")])
      h1 { discussion.title }
      head(view, viewer)
      spread {
        posts(view, viewer)
        pages(discussion, page: view.page)
        replyForm(view, viewer)
      } side: {
        levels(discussion, view.reading.level, viewer)
      }
    }
    page.canonical = pagePath(discussion, view.page)
    return page
  }

  private static func head(_ view: DiscussionView, _ viewer: Viewer) -> HTML {
    let discussion = view.discussion
    let starter = view.author(discussion.starter)
    let firstNew = view.reading.readTo + 1
    return HTML {
      byline([
        HTML {
          "Begun by "; a(.href("/people/\(starter.id)")) { starter.name }
        },
        timeTag(discussion.createdAt, viewer), HTML(text: counted(discussion.replyCount, "reply", "replies")),
        discussion.about.map { topic in
          HTML {
            "about the \(topic.kind.rawValue) "; a(.href(topic.path)) { topic.title }
          }
        }
          ?? HTML(),
        discussion.titleRevisions > 0
          ? HTML { a(.href("\(discussion.path)/history")) { "title changed" } } : HTML(),
        discussion.mayRetitle(viewer) ? quietLink("Change the title", "\(discussion.path)/title") : HTML(),
      ])
      if let path = view.acceptedPath { p { quietLink("Go to the accepted answer", path) } }
      if view.reading.readTo > 0, firstNew <= discussion.postCount, Discussion.page(of: firstNew) != view.page {
        p { quietLink("Go to the first new post", "\(pagePath(discussion, Discussion.page(of: firstNew)))#new") }
      }
    }
  }

  // MARK: posts

  private static func posts(_ view: DiscussionView, _ viewer: Viewer) -> HTML {
    let firstNew = view.posts.first { $0.number > view.reading.readTo }
    return HTML {
      for each in view.posts {
        if each.id == firstNew?.id, view.reading.readTo > 0 { newSinceLastVisit() }
        if each.isDeleted { deleted(each, view, viewer) } else { written(each, view, viewer) }
      }
      if view.page == view.discussion.pageCount { news(view) }
    }
  }

  /// Where a script says that replies have come; its place is there from the start, so that nothing moves.
  private static func news(_ view: DiscussionView) -> HTML {
    p(
      .class("news"), .role("status"),
      .data("data-events", "\(view.discussion.path)/events?after=\(view.discussion.postCount)")
    ) {}
  }

  private static func written(_ each: Post, _ view: DiscussionView, _ viewer: Viewer) -> HTML {
    let author = view.author(each.author)
    let isAccepted = view.discussion.accepted == each.id
    return post(
      by: author.name, id: "post-\(each.id)", isAccepted: isAccepted,
      said: view.said[each.id] ?? said(each, by: author, isAccepted: isAccepted, viewer)
    ) {
      quietLink("Reply", "\(pagePath(view.discussion, view.page, adding: "reply=\(each.id)"))#field-text")
      if each.mayEdit(viewer) { quietLink("Edit", "/posts/\(each.id)/edit") }
      if view.discussion.mayAccept(viewer), each.number > 1 {
        postForm("\(view.discussion.path)/answer", viewer, class: "inline") {
          if !isAccepted { input(.type("hidden"), .name("post"), .value("\(each.id)")) }
          button(.class("plain")) { isAccepted ? "No longer the answer" : "Accept as the answer" }
        }
      }
      if each.mayDelete(viewer) { buttonForm("Delete", "/posts/\(each.id)/deletion", viewer) }
    }
  }

  /// A post without what its reader may do with it.
  static func said(_ each: Post, by author: Author, isAccepted: Bool, _ viewer: Viewer) -> HTML {
    postWords(
      by: author.name, "/people/\(author.id)", school: author.school.isEmpty ? nil : author.school,
      when: a(.href("/posts/\(each.id)")) { timeTag(each.createdAt, viewer) },
      state: state(each, isAccepted: isAccepted), body: PostBody.html(each))
  }

  private static func state(_ each: Post, isAccepted: Bool) -> HTML {
    HTML {
      if isAccepted { "Accepted answer" }
      if each.editedAt != nil {
        if isAccepted { " · " }
        a(.href("/posts/\(each.id)/history")) { "edited" }
      }
    }
  }

  /// What stands where a post was.
  private static func deleted(_ each: Post, _ view: DiscussionView, _ viewer: Viewer) -> HTML {
    article(.class("post"), .id("post-\(each.id)")) {
      initialsDisc("")
      div {
        p(.class("quiet")) {
          each.deletedBy == each.author
            ? "\(view.author(each.author).name) deleted this post." : "The League office deleted this post."
        }
        if each.mayRestore(viewer) {
          div(.class("acts")) { buttonForm("Restore", "/posts/\(each.id)/restoration", viewer) }
        }
      }
    }
  }

  static func pagePath(_ discussion: Discussion, _ page: Int, adding query: String = "") -> String {
    let parts = [page == 1 ? "" : "page=\(page)", query].filter { !$0.isEmpty }
    return discussion.path + (parts.isEmpty ? "" : "?" + parts.joined(separator: "&"))
  }

  private static func pages(_ discussion: Discussion, page: Int) -> HTML {
    pager(
      newer: page > 1 ? pagePath(discussion, page - 1) : nil,
      older: page < discussion.pageCount ? pagePath(discussion, page + 1) : nil, newerWords: "Earlier posts",
      olderWords: "Later posts", middle: "Page \(page) of \(discussion.pageCount)")
  }

  // MARK: forms

  private static func replyForm(_ view: DiscussionView, _ viewer: Viewer) -> HTML {
    let reply = view.reply
    return part("Reply", id: "reply") {
      formErrors(reply.problems)
      postForm("\(view.discussion.path)/posts", viewer) {
        input(.type("hidden"), .name("submission"), .value(reply.form.submission))
        if let answered = reply.form.replyTo { input(.type("hidden"), .name("reply_to"), .value("\(answered)")) }
        textArea(
          reply.answered.map { "Your answer to \($0)" } ?? "Your reply", name: "text", value: reply.form.text,
          problems: reply.problems, rows: 6, limit: Markdown.limit, markdown: true, calls: true,
          draft: DraftHook(context: "reply:\(view.discussion.id)", generation: reply.generation))
        submit("Post the reply")
      }
    }
  }

  private static func levels(_ discussion: Discussion, _ current: ReadingLevel, _ viewer: Viewer) -> HTML {
    App.panel("Notices") {
      postForm("\(discussion.path)/level", viewer) {
        radios(
          "How closely do you follow this?", name: "level",
          options: ReadingLevel.allCases.map { Option($0.rawValue, $0.words, note: $0.meaning) },
          value: current.rawValue)
        div(.class("actions")) { button(.class("button second")) { "Keep" } }
      }
    }
  }

  /// The form that begins a discussion.
  static func begin(
    _ form: DiscussionForm, about topic: Discussion.Topic?, generation: Int, problems: Problems = [:], _ viewer: Viewer
  ) -> Page {
    Page("Start a discussion", section: .discussion) {
      column {
        crumbs([("Discussion", "/discussions")])
        h1 { "Start a discussion" }
        if let topic {
          p(.class("lede")) {
            "About the \(topic.kind.rawValue) "
            a(.href(topic.path)) { topic.title }
          }
        }
        formErrors(problems, order: ["title", "text"])
        postForm("/discussions", viewer) {
          input(.type("hidden"), .name("submission"), .value(form.submission))
          if let topic {
            input(.type("hidden"), .name("about"), .value(topic.kind.rawValue))
            input(.type("hidden"), .name("id"), .value(topic.id))
          }
          field(
            "Title", name: "title", value: form.title, problems: problems,
            hint: "A question, or what you want to say, in one line.", limit: DiscussionForm.titleLimit)
          textArea(
            "Text", name: "text", value: form.text, problems: problems, rows: 10, limit: Markdown.limit,
            markdown: true, calls: true, draft: DraftHook(context: context(topic), generation: generation))
          checkbox(
            "This is a question", name: "asks", isOn: form.asks,
            hint: "You can then say which answer helped; it is shown to those who ask the same.")
          submit("Start the discussion") { quietLink("Cancel", "/discussions") }
        }
      }
    }
  }

  /// Where the draft of a new discussion is kept.
  static func context(_ topic: Discussion.Topic?) -> String {
    topic.map { "discussion:new:\($0.kind.rawValue):\($0.id)" } ?? "discussion:new"
  }
}
