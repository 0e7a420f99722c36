/// What was typed to begin a discussion.
struct DiscussionForm: Sendable, Equatable {
  var title = ""
  var text = ""
  var asks = false
  var submission = ""

  init(_ fields: Fields) {
    title = oneLine(fields["title"])
    text = fields["text"]
    asks = fields.has("asks")
    submission = fields["submission"]
  }

  init(submission: String) { self.submission = submission }

  static let titleLimit = 150

  static func problem(title: String) -> String? {
    if title.isEmpty { return "Say in a line what you want to talk about." }
    return title.count > titleLimit
      ? "Keep the title under \(titleLimit) characters; the rest goes into the text." : nil
  }

  /// - Throws: `Refusal.invalid`, naming each field and what to do about it.
  func checked() throws(Refusal) -> DiscussionForm {
    var problems = PostForm(text: text, submission: submission).problems
    problems["title"] = Self.problem(title: title)
    guard problems.isEmpty else { throw .invalid(problems) }
    return self
  }
}

/// What was typed as a post.
struct PostForm: Sendable, Equatable {
  var text = ""
  var replyTo: Post.ID?
  var submission = ""

  init(_ fields: Fields) {
    text = fields["text"]
    replyTo = fields["reply_to"].isEmpty ? nil : Post.ID(String(fields["reply_to"].prefix(64)))
    submission = fields["submission"]
  }

  init(text: String = "", replyTo: Post.ID? = nil, submission: String) {
    self.text = text
    self.replyTo = replyTo
    self.submission = submission
  }

  var problems: Problems {
    var problems: Problems = [:]
    if text.isEmpty { problems["text"] = "Write something first." }
    if text.count > Markdown.limit {
      problems["text"] =
        "Keep it under \(grouped(Markdown.limit)) characters; it has \(grouped(text.count)). Say the rest in a second post."
    }
    if let roster = RosterGuard.problem(in: text) { problems["text"] = roster }
    if submission.isEmpty || submission.utf8.count > 64 {
      problems["submission"] = "The form was incomplete. Reload the page and send it again."
    }
    return problems
  }

  /// - Throws: `Refusal.invalid`, naming each field and what to do about it.
  func checked() throws(Refusal) -> PostForm {
    guard problems.isEmpty else { throw .invalid(problems) }
    return self
  }
}
