/// Discussions, notices and letters that are stopped.
enum DiscussionSamples {
  static let all: [Sample] = [
    Sample("discussions/list-empty", "No discussion yet", DiscussionListPages.list([], DiscussionFilter(), viewer)),
    Sample("discussions/list", "The latest discussions", DiscussionListPages.list(lines, DiscussionFilter(), viewer)),
    Sample("discussions/show", "A question with an accepted answer", DiscussionPages.show(view, viewer)),
    Sample(
      "discussions/show-long", "Page 2 of a long discussion, a reply refused", DiscussionPages.show(longView, viewer)),
    Sample(
      "discussions/begin", "Starting a discussion about a school",
      DiscussionPages.begin(DiscussionForm(submission: "s-1"), about: school, generation: 0, viewer)),
    Sample(
      "discussions/edit", "Changing a post",
      PostPages.edit(posts[0], in: discussion, text: posts[0].text, generation: 0, viewer)),
    Sample(
      "discussions/history", "What was changed in a post",
      PostPages.history(
        posts[0], in: discussion, by: "Dana Whitcomb",
        [
          PostRevision(
            text: "Two of my ten students say nothing for ten minutes.", replacedAt: now - .hours(20),
            replacedBy: "Dana Whitcomb")
        ], viewer)),
    Sample("discussions/title", "Changing a title", TitlePages.edit(discussion, title: discussion.title, viewer)),
    Sample(
      "discussions/titles", "What was changed in a title",
      TitlePages.history(
        discussion,
        [
          TitleRevision(
            title: "What about a silent student?", replacedAt: now - .hours(20), replacedBy: "Dana Whitcomb")
        ],
        viewer)),
    Sample("notices/empty", "Nothing new", NoticePages.list(unread: [], read: [], viewer)),
    Sample("notices/list", "Notices", NoticePages.list(unread: unread, read: read, viewer)),
    Sample(
      "notices/letter-stop", "Stopping letters",
      LetterStopPages.ask("abc", .discussion(discussion.id), discussion: discussion.title, .sampleVisitor),
      for: .sampleVisitor),
    Sample(
      "notices/letter-stop-kind", "Stopping letters of a kind",
      LetterStopPages.ask("abc", .stream(.projects), discussion: "", .sampleVisitor), for: .sampleVisitor),
    Sample(
      "notices/letter-stop-all", "Stopping all letters",
      LetterStopPages.ask("abc", .all, discussion: "", .sampleVisitor), for: .sampleVisitor),
    Sample(
      "notices/letter-stopped", "Letters are stopped", LetterStopPages.done(.discussion(discussion.id), .sampleVisitor),
      for: .sampleVisitor),
    Sample(
      "notices/letter-stopped-digest", "The one letter is stopped", LetterStopPages.done(.digest, .sampleVisitor),
      for: .sampleVisitor),
  ]

  private static let viewer = Viewer.sampleLead
  private static let now = Viewer.sampleNow
  private static let dana = Person.ID("p-dana")
  private static let lia = Person.ID("p-lia")
  private static let long = Person.ID("p-long")

  private static let school = Discussion.Topic(kind: .school, id: "s-quaboag", title: "Quaboag Technical")
  private static let idea = Discussion.Topic(
    kind: .idea, id: "i-1", title: "A ten-minute conference with each student every other week")

  private static let discussion = Discussion(
    id: Discussion.ID("d-1"), title: "What do you do with a student who says nothing for ten minutes?", about: idea,
    starter: dana, createdAt: now - .days(2), asks: true, accepted: Post.ID("post-2"), postCount: 4, replyCount: 2,
    lastPostAt: now - .minutes(40), isHidden: false)

  private static let authors = Dictionary(
    [
      Author(id: dana, name: "Dana Whitcomb", school: "Ashuelot Valley Regional"),
      Author(id: lia, name: "Lia Pereira", school: "Quaboag Technical"),
      Author(
        id: long, name: "Wilhelmina Featherstonehaugh-Cholmondeley",
        school: "Upper Androscoggin and Magalloway Consolidated Regional Career and Technical High School"),
    ].map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })

  private static func post(
    _ number: Int, by author: Person.ID, _ text: String, ago: Span, edited: Bool = false, deletedBy: Person.ID? = nil
  ) -> Post {
    Post(
      id: Post.ID("post-\(number)"), discussion: Discussion.ID("d-1"), number: number, author: author, text: text,
      html: Mentions.none.rendered(text), replyTo: nil, createdAt: now - ago, editedAt: edited ? now - .hours(1) : nil,
      deletedAt: deletedBy.map { _ in now - .minutes(3) }, deletedBy: deletedBy)
  }

  private static let posts = [
    post(
      1, by: dana, "Two of my **nine** students say nothing for ten minutes. What do you do?", ago: .days(2),
      edited: true),
    post(
      2, by: lia,
      "> say nothing for ten minutes\n\nWalk. Side by side is easier than face to face:\n\n1. once round the building,\n2. no notebook,\n3. the same day each week.",
      ago: .days(1)),
    post(3, by: long, "Withdrawn words.", ago: .hours(5), deletedBy: long),
    post(4, by: long, "We tried that in a corridor of 140 metres. It works until the bell.", ago: .minutes(40)),
  ]

  private static let view = DiscussionView(
    discussion: discussion, posts: posts, page: 1, authors: authors, reading: Reading(level: .watching, readTo: 2),
    reply: ReplyDraft(form: PostForm(submission: "s-2")), acceptedPath: "/posts/post-2")

  private static let longView = DiscussionView(
    discussion: Discussion(
      id: Discussion.ID("d-2"), title: "Everything about bells", about: nil, starter: long, createdAt: now - .days(300),
      asks: false, accepted: nil, postCount: 160, replyCount: 158, lastPostAt: now - .minutes(2), isHidden: false),
    posts: (51...58).map { post($0, by: $0 % 2 == 0 ? lia : long, "Bell number \($0).", ago: .days(200 - $0)) },
    page: 2,
    authors: authors, reading: Reading(level: .normal, readTo: 130),
    reply: ReplyDraft(form: PostForm(submission: "s-3"), problems: ["text": "Write something first."]))

  private static func line(_ number: Int, _ title: String, about: Discussion.Topic?, unread: Int?) -> DiscussionLine {
    DiscussionLine(
      discussion: Discussion(
        id: Discussion.ID("d-\(number)"), title: title, about: about, starter: dana, createdAt: now - .days(number),
        asks: number % 2 == 1, accepted: number == 1 ? Post.ID("post-2") : nil, postCount: number * 3,
        replyCount: number * 3 - 1, lastPostAt: now - .hours(number * 9), isHidden: false),
      excerpt: "Two of my nine students say nothing for ten minutes. What do you do?", lastBy: "Lia Pereira",
      unread: unread)
  }

  static let lines = [
    line(1, discussion.title, about: idea, unread: 2), line(2, "Everything about bells", about: nil, unread: 0),
    line(3, "Who has visited them?", about: school, unread: nil),
  ]

  static let talk = Talk(lines: lines, reading: TopicReading(own: TopicReading.Own.owner.words(.idea)))

  private static func notice(_ id: String, _ words: String, why: String, ago: Span, isRead: Bool) -> Notice {
    Notice(
      id: Notice.ID(id), kind: "mention", subject: "discussion:d-1", path: "/posts/\(id)", words: words, why: why,
      createdAt: now - ago, readAt: isRead ? now : nil)
  }

  private static let unread = [
    notice(
      "n-1", "Lia Pereira called you: \(discussion.title)", why: "somebody called you by name", ago: .minutes(12),
      isRead: false),
    notice(
      "n-2", "Ruth Ouellette wrote: Everything about bells", why: "you watch this discussion", ago: .hours(3),
      isRead: false),
  ]
  private static let read = [
    notice(
      "n-3", "Kofi Mensah accepted your answer: Bells", why: "your answer was accepted", ago: .days(3), isRead: true)
  ]
}
