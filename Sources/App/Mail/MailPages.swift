import Markup

/// The outbox, as the office reads it while no mail server is set.
enum MailPages {
  static func list(_ letters: [SentLetter], _ viewer: Viewer) -> Page {
    Page("Outbox", section: .office) {
      h1 { "Outbox" }
      p(.class("lede")) { "Every letter that the League wrote, the newest first." }
      if letters.isEmpty {
        emptyState("No letter yet", "What the League writes to people stands here. The first sign-in writes a letter.")
      } else {
        rows {
          for letter in letters {
            row(
              letter.subject, "/office/mail/\(letter.id)", tag: timeTag(letter.createdAt, viewer),
              text: HTML(text: "To \(letter.address). \(fate(letter))"), level: 2)
          }
        }
      }
      if letters.count == 50, let last = letters.last {
        pager(newer: nil, older: "/office/mail?before=\(last.id)")
      }
    }
  }

  static func show(_ letter: SentLetter, _ viewer: Viewer) -> Page {
    Page(letter.subject, section: .office) {
      h1 { letter.subject }
      p(.class("quiet")) {
        "To \(letter.address), \(viewer.zone.ago(letter.createdAt, now: viewer.now)). \(fate(letter))"
      }
      pre(.class("letter")) { letter.body }
    }
  }

  private static func fate(_ letter: SentLetter) -> String {
    if let trouble = letter.trouble { return "Waiting: \(trouble)" }
    return letter.sentAt == nil ? "On its way." : "Sent."
  }
}
