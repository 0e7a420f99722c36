/// A conversation between educators: of its own, or about an idea, a trial or a school.
package struct Discussion: Sendable, Identifiable, Equatable {
  package let id: Identifier<Discussion>
  let title: String
  /// Nil for a discussion of its own.
  let about: Topic?
  let starter: Person.ID
  let createdAt: Instant
  /// Whether the first post is a question, so that an answer can be accepted.
  let asks: Bool
  let accepted: Post.ID?
  /// All posts ever, the deleted ones included: the number of the last.
  let postCount: Int
  /// Replies that can be read.
  let replyCount: Int
  let lastPostAt: Instant
  /// Set when every post is deleted.
  let isHidden: Bool
  /// Earlier titles that are kept.
  var titleRevisions = 0

  /// What a discussion may be about.
  package enum Kind: String, Sendable, CaseIterable {
    case idea, trial, school

    var path: String {
      switch self {
      case .idea: "/ideas"
      case .trial: "/trials"
      case .school: "/schools"
      }
    }
  }

  /// The thing that a discussion is about, by the name that it had when the discussion began.
  struct Topic: Sendable, Equatable {
    let kind: Kind
    let id: String
    let title: String

    var path: String { "\(kind.path)/\(id)" }
  }

  var path: String { "/discussions/\(id)" }

  /// Names the discussion in notices and letters.
  var subject: String { Self.subject(id) }
  static func subject(_ id: Discussion.ID) -> String { "discussion:\(id)" }

  /// Nil when the subject names something else.
  static func named(by subject: String) -> Discussion.ID? {
    let parts = subject.split(separator: ":", maxSplits: 1)
    return parts.count == 2 && parts[0] == "discussion" ? Discussion.ID(String(parts[1])) : nil
  }

  /// Posts on a page.
  static let pageSize = 50

  var pageCount: Int { max(1, (postCount + Self.pageSize - 1) / Self.pageSize) }

  /// The page, from 1, on which the post of that number stands.
  static func page(of number: Int) -> Int { max(1, (number + pageSize - 1) / pageSize) }

  /// The address of a post: its page of the discussion, and its place there.
  func path(to post: Post.ID, number: Int) -> String {
    let page = Self.page(of: number)
    return page == 1 ? "\(path)#post-\(post)" : "\(path)?page=\(page)#post-\(post)"
  }

  /// Every member reads what can be read; where every post is deleted, who began it and the office still look.
  func isShown(to viewer: Viewer) -> Bool { !isHidden || viewer.isOffice || viewer.person == starter }

  /// The asker or the office may say which answer helped.
  func mayAccept(_ viewer: Viewer) -> Bool { asks && (viewer.person == starter || viewer.isOffice) }

  /// The starter or the office may put the title right.
  func mayRetitle(_ viewer: Viewer) -> Bool { viewer.person == starter || viewer.isOffice }

  /// Typing errors are nobody's business: the starter's change so soon after beginning leaves no trace.
  func changeLeavesTrace(_ viewer: Viewer) -> Bool {
    viewer.person != starter || viewer.now - createdAt > Post.grace
  }
}

/// A title that a discussion had before somebody changed it.
struct TitleRevision: Sendable, Equatable {
  let title: String
  let replacedAt: Instant
  let replacedBy: String
}

/// What is said about one thing, for its own page.
struct Talk: Sendable, Equatable {
  /// The last discussions; see `DiscussionStore.about`.
  var lines: [DiscussionLine] = []
  /// Whether the reader is told of new ones.
  var reading = TopicReading()
}

/// How closely somebody follows a discussion.
enum ReadingLevel: String, Sendable, CaseIterable {
  /// Told of every post.
  case watching
  /// Told when called by name, answered or quoted.
  case normal
  /// Never told.
  case muted

  var words: String {
    switch self {
    case .watching: "Watching"
    case .normal: "Normal"
    case .muted: "Muted"
    }
  }

  var meaning: String {
    switch self {
    case .watching: "You are told of every post."
    case .normal: "You are told when somebody calls or answers you."
    case .muted: "You are told nothing."
    }
  }
}

/// How one person reads one discussion.
struct Reading: Sendable, Equatable {
  var level = ReadingLevel.normal
  /// The number of the last post that was shown to them; 0 before the first visit.
  var readTo = 0
}
