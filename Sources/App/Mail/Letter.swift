/// A mail to one person: plain text, with the headers that mail programs need to thread and to unsubscribe.
struct Letter: Sendable, Equatable {
  let id: String
  let to: EmailAddress
  let subject: String
  let body: String
  /// Names and values, one line each when written; values hold no line ends.
  var headers: [String: String] = [:]
}

extension Letter {
  /// Marks a letter that holds a code: its words are for the one it is written to, and not for the office's outbox page.
  static let secretMark = ["X-League-Holds": "code"]
}
