/// One contribution to a discussion.
package struct Post: Sendable, Identifiable, Equatable {
  package let id: Identifier<Post>
  let discussion: Discussion.ID
  /// Its place in the discussion, from 1.
  let number: Int
  let author: Person.ID
  /// Markdown, as typed.
  let text: String
  /// The text as it was rendered on save.
  let html: String
  let replyTo: Post.ID?
  let createdAt: Instant
  /// Set when it was changed after the time of grace.
  let editedAt: Instant?
  let deletedAt: Instant?
  let deletedBy: Person.ID?

  var isDeleted: Bool { deletedAt != nil }

  /// An edit so soon after posting leaves no trace: typing errors are nobody's business.
  static let grace = Span.minutes(5)

  func mayEdit(_ viewer: Viewer) -> Bool { !isDeleted && viewer.person == author }
  func mayDelete(_ viewer: Viewer) -> Bool { !isDeleted && (viewer.person == author || viewer.isOffice) }

  /// Who deleted it may take that back, and so may the office.
  func mayRestore(_ viewer: Viewer) -> Bool { isDeleted && (viewer.person == deletedBy || viewer.isOffice) }

  /// The text as a Markdown quotation, to be answered below.
  func quoted(by name: String) -> String {
    let own = text.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix(">") }
    let lines = own.joined(separator: "\n").trimmed.split(separator: "\n", omittingEmptySubsequences: false)
    return (["> **\(name)** wrote:", ">"] + lines.prefix(40).map { "> \($0)" }).joined(separator: "\n") + "\n\n"
  }
}

/// Who wrote a post, as the page shows them.
struct Author: Sendable, Equatable {
  let id: Person.ID
  let name: String
  /// Empty for people without a school.
  let school: String

  static func unknown(_ id: Person.ID) -> Author { Author(id: id, name: "Somebody", school: "") }
}

/// A text that a post had before somebody changed it.
struct PostRevision: Sendable, Equatable {
  let text: String
  let replacedAt: Instant
  let replacedBy: String
}
