/// The one calm letter of the day or the week: what is new for its reader, in the words themselves.
struct DigestLetter {
  let settings: Settings

  /// A post's words in it, in characters; the whole stands on the site.
  static let extract = 700

  func letter(_ digest: WaitingDigest, token: String, id: String) -> Letter {
    let stop = LetterHeaders.stopLink(token, settings)
    var headers = LetterHeaders.stop(stop)
    headers["List-Id"] = "<digest.\(settings.host)>"
    headers["Message-ID"] = "<\(id)@\(settings.host)>"
    return Letter(
      id: id, to: digest.email, subject: subject(digest), body: body(digest, stop: stop), headers: headers)
  }

  /// The first title, so that the list of letters tells them apart.
  private func subject(_ digest: WaitingDigest) -> String {
    let parts = digest.parts
    let first = parts.first.map { $0.title.isEmpty ? $0.lines.first?.notice.words ?? "" : $0.title } ?? ""
    switch parts.count {
    case 0...1: return "\(settings[.leagueName]): \(first)"
    default: return "\(settings[.leagueName]): \(first), and \(parts.count - 1) more"
    }
  }

  private func body(_ digest: WaitingDigest, stop: String) -> String {
    """
    \(digest.name),

    this is new for you since your last letter of this kind.

    \(digest.parts.map { words($0, digest.zone) }.joined(separator: "\n\n"))
    \(digest.hasMore ? "\nAnd more, under your notices: \(settings.origin)/notices\n" : "")
    --
    You get this letter \(digest.rhythm.words.lowercasedFirst), and only when something is new. \
    How often, and what it holds: \(settings.origin)/account/letters
    \(LetterHeaders.howToStop(stop))
    """
  }

  private func words(_ part: WaitingDigest.Part, _ zone: LeagueZone) -> String {
    let lines = part.lines.map { line in
      guard let post = line.post else { return "\(line.notice.words)\(why(line))" }
      return
        "\(line.by) wrote on \(zone.spoken(post.createdAt))\(why(line)):\n\(Extract.plain(post.text, limit: Self.extract))"
    }
    let path = part.lines.first?.notice.path ?? "/notices"
    let text = lines.joined(separator: "\n\n")
    guard !part.title.isEmpty else { return "\(text)\nSee it: \(settings.origin)\(path)" }
    return "# \(part.title)\n\n\(text)\nRead on and answer: \(settings.origin)\(path)"
  }

  private func why(_ line: WaitingLetter.Line) -> String {
    line.notice.why.isEmpty ? "" : " (because \(line.notice.why))"
  }
}
