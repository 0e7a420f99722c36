import Markup

/// The outbox, as the office reads it.
enum MailPages {
  static func list(
    _ letters: [SentLetter], failures: Int = 0, failed: Bool = false, ended: Int = 0, _ viewer: Viewer
  ) -> Page {
    Page("Outbox", section: .office) {
      h1 { "Outbox" }
      p(.class("lede")) { "Every letter that the League wrote, the newest first." }
      if failures > 0 || failed || ended > 0 { tabs(failed ? 1 : 0, failures: failures, ended: ended) }
      if letters.isEmpty, failed {
        emptyState("No letter failed", "Letters that the mail server refused for good stand here.")
      } else if letters.isEmpty {
        emptyState("No letter yet", "What the League writes to people stands here. The first sign-in writes a letter.")
      } else {
        rows {
          for letter in letters {
            row(
              letter.subject, "/office/mail/\(letter.id)", tag: timeTag(letter.createdAt, viewer),
              text: HTML(text: "To \(letter.address). \(fate(letter, viewer))"), level: 2)
          }
        }
      }
      if letters.count == 50, let last = letters.last {
        pager(newer: nil, older: "/office/mail?\(failed ? "failed=yes&" : "")before=\(last.id)")
      }
    }
  }

  private static func tabs(_ current: Int, failures: Int, ended: Int) -> HTML {
    App.tabs(
      [
        Tab("All", "/office/mail", isCurrent: current == 0),
        Tab("Failed", "/office/mail?failed=yes", isCurrent: current == 1, count: failures),
        Tab("Addresses", "/office/mail/addresses", isCurrent: current == 2, count: ended),
      ], label: "Which letters")
  }

  /// Addresses to which nothing goes any more.
  static func addresses(_ addresses: [EndedAddress], failures: Int, _ viewer: Viewer) -> Page {
    Page("Addresses whose letters come back", section: .office) {
      h1 { "Addresses whose letters come back" }
      p(.class("lede")) {
        "Nothing is sent there but codes to sign in. Whoever signs in with one, or tries the address under Letters, gets letters again."
      }
      tabs(2, failures: failures, ended: addresses.count)
      if addresses.isEmpty {
        emptyState("All letters arrive", "Addresses that a mail server refused for good stand here.")
      } else {
        rows {
          for each in addresses {
            row(
              each.name ?? each.trouble.address,
              each.person.map { "/office/people/\($0)" } ?? "/office/mail?failed=yes",
              tag: timeTag(each.trouble.endedAt ?? each.trouble.lastAt, viewer),
              text: HTML(text: "\(each.trouble.address): \(each.trouble.words)"), level: 2)
          }
        }
      }
    }
  }

  static func show(_ letter: SentLetter, _ viewer: Viewer) -> Page {
    Page(letter.subject, section: .office) {
      h1 { letter.subject }
      p(.class("quiet")) {
        "To \(letter.address), \(viewer.zone.ago(letter.createdAt, now: viewer.now)). \(fate(letter, viewer))"
      }
      pre(.class("letter")) { letter.body }
      if letter.sentAt == nil, letter.tries > 0 {
        postForm("/office/mail/\(letter.id)/attempt", viewer) { submit("Try again now") }
      }
    }
  }

  private static func fate(_ letter: SentLetter, _ viewer: Viewer) -> String {
    if letter.sentAt != nil { return "Sent." }
    let trouble = letter.trouble ?? ""
    if letter.failedAt != nil { return "Failed: \(trouble)" }
    guard letter.tries > 0 else { return "On its way." }
    let attempts = letter.tries == 1 ? "one attempt" : "\(letter.tries) attempts"
    let next = "\(viewer.zone.date(of: letter.dueAt).spoken), \(viewer.zone.clock(letter.dueAt))"
    return "Waiting after \(attempts), tried again on \(next): \(trouble)"
  }
}
