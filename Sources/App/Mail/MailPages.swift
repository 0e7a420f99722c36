import Markup

/// The outbox, as the office reads it while no mail server is set.
enum MailPages {
  static func list(_ letters: [SentLetter], _ viewer: Viewer) -> Page {
    Page("Outbox", section: .office) {
      h1 { "Outbox" }
      p(.class("lede")) { "Every letter that the League wrote, the newest first." }
      if letters.isEmpty { p(.class("quiet")) { "No letter yet. The first sign-in writes one." } }
      ul(.class("rows")) {
        for letter in letters {
          li(.class("row")) {
            a(.class("title"), .href("/office/mail/\(letter.id)")) { letter.subject }
            p(.class("quiet")) {
              "To \(letter.address), \(viewer.zone.ago(letter.createdAt, now: viewer.now)). \(fate(letter))"
            }
          }
        }
      }
      if letters.count == 50, let last = letters.last {
        p { a(.href("/office/mail?before=\(last.id)")) { "Older letters" } }
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
