/// What is written to somebody whose answer by letter was not posted.
enum ReplyLetters {
  /// The most characters that are given back.
  private static let limit = 20_000

  /// - Parameter title: of the discussion; nil when it is not there.
  static func notPosted(
    _ answer: MailedAnswer, why: String, title: String?, to email: EmailAddress, id: String, _ settings: Settings
  ) -> Letter {
    var headers = ["Auto-Submitted": "auto-replied"]
    if answer.messageID.utf8.count <= 250, answer.messageID.wholeMatch(of: /<[!-;=?-~]+>/) != nil {
      headers["In-Reply-To"] = answer.messageID
      headers["References"] = answer.messageID
    }
    return Letter(
      id: id, to: email, subject: "Your answer was not posted",
      body: """
        Your answer\(title.map { " in “\($0)”" } ?? "") was not posted: \(why)

        You can write it on the site:
        \(settings.origin)/discussions/\(answer.discussion)

        \(given(answer))
        """, headers: headers)
  }

  /// Their words, so that nothing is lost. A list that looks like students' names is kept nowhere, so not here either.
  private static func given(_ answer: MailedAnswer) -> String {
    if RosterGuard.problem(in: answer.text) != nil { return "Nothing of what you wrote was kept." }
    guard !answer.text.isEmpty else { return "" }
    let words = answer.text.count > limit ? answer.text.prefix(limit) + "…" : answer.text[...]
    return "This is what you wrote:\n\n\(words)"
  }
}
