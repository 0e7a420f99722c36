import Foundation

/// The letter that a person gets about one discussion, or one other subject: the words themselves, why it came, and how to
/// get no more.
struct NoticeLetter {
  let settings: Settings
  let zone: LeagueZone

  /// - Parameter replyTo: where an answer by letter goes; nil when there is none.
  func letter(_ waiting: WaitingLetter, replyTo: String?, token: String, id: String) -> Letter {
    let stop = LetterHeaders.stopLink(token, settings)
    var headers = LetterHeaders.stop(stop)
    headers["List-Id"] = waiting.discussion.map { "<discussion-\($0.id).\(host)>" } ?? "<notices.\(host)>"
    headers["Message-ID"] = messageID(waiting, id: id)
    if let discussion = waiting.discussion, !opens(waiting) {
      headers["In-Reply-To"] = root(of: discussion)
      headers["References"] = root(of: discussion)
    }
    headers["Reply-To"] = replyTo.map { "<\($0)>" }
    return Letter(
      id: id, to: waiting.reader.email, subject: subject(waiting),
      body: body(waiting, mayReply: replyTo != nil, stop: stop), headers: headers)
  }

  private func subject(_ waiting: WaitingLetter) -> String {
    guard let discussion = waiting.discussion else { return waiting.notices.last?.notice.words ?? "News for you" }
    return opens(waiting) ? discussion.title : "Re: \(discussion.title)"
  }

  private func body(_ waiting: WaitingLetter, mayReply: Bool, stop: String) -> String {
    let whys = waiting.notices.map(\.notice.why).filter { !$0.isEmpty }
    let why =
      whys.first.map { "You get this letter because \($0)." } ?? "You get this letter because it is meant for you."
    let path = waiting.notices.last?.notice.path ?? "/notices"
    let act =
      waiting.discussion == nil
      ? "See it"
      : mayReply ? "Answer this letter, and all who may read the discussion read it; or go there" : "Read on and answer"
    return """
      \(waiting.notices.map(words).joined(separator: "\n\n"))

      --
      \(act): \(settings.origin)\(path)

      \(why)
      \(LetterHeaders.howToStop(stop))
      """
  }

  private func words(_ line: WaitingLetter.Line) -> String {
    guard let post = line.post else { return line.notice.words }
    return "\(line.by) wrote on \(zone.spoken(post.createdAt)):\n\n\(post.text)"
  }

  // MARK: threading

  /// Whether the letter holds the post that begins the discussion.
  private func opens(_ waiting: WaitingLetter) -> Bool { waiting.notices.contains { $0.post?.number == 1 } }

  /// The beginning of a discussion, which all its later letters refer to (RFC 5322, section 3.6.4).
  private func root(of discussion: Discussion) -> String { "<discussion-\(discussion.id)@\(host)>" }

  private func messageID(_ waiting: WaitingLetter, id: String) -> String {
    if let discussion = waiting.discussion, opens(waiting) { return root(of: discussion) }
    return waiting.notices.last?.post.map { "<post-\($0.id)@\(host)>" } ?? "<\(id)@\(host)>"
  }

  private var host: String { settings.host }
}

/// What stands in every letter that comes without being asked for.
enum LetterHeaders {
  static func stopLink(_ token: String, _ settings: Settings) -> String { "\(settings.origin)/letters/stop/\(token)" }

  /// One-click unsubscribing (RFC 2369, RFC 8058).
  static func stop(_ link: String) -> [String: String] {
    ["List-Unsubscribe": "<\(link)>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"]
  }

  static func howToStop(_ link: String) -> String {
    "To get no more of these, open this page and press its button: \(link)"
  }
}

extension Settings {
  /// What the League's own message ids end in.
  var host: String { URL(string: origin)?.host() ?? "league.invalid" }
}

extension LeagueZone {
  /// "Tue 24 Nov 2026, 14:05".
  func spoken(_ instant: Instant) -> String { "\(date(of: instant).spoken), \(clock(instant))" }
}
