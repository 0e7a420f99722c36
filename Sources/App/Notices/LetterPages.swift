import Markup

/// What one is written about, how and when not. Values in, pages out.
enum LetterPages {
  /// - Parameters:
  ///   - trouble: when letters to the address come back.
  ///   - league: the League's time zone, by its IANA name.
  static func show(
    _ form: LetterForm, email: String, _ trouble: AddressTrouble?, league: String, problems: Problems = [:],
    _ viewer: Viewer
  ) -> Page {
    Page("Letters and keys") {
      AccountPages.sections(current: 1)
      h1 { "Letters and keys" }
      lede("Letters go to \(email). Whatever you choose, everything also stands under Notices.")
      column {
        if let trouble, let since = trouble.endedAt { comesBack(trouble, since, viewer) }
        formErrors(problems, order: ["zone", "quiet_from", "quiet_until"])
        postForm("/account/letters", viewer, class: "stack") {
          radios(
            "Letters", name: "letter",
            options: [
              Option("each", "Write to me", note: "As you choose below; nothing that you have read on the site."),
              Option(
                "none", "Do not write to me",
                note: "Codes to sign in, and answers to what you ask for, come all the same."),
            ], value: form.wishes.isOn ? "each" : "none")
          part("What about, and how") {
            for stream in LetterStream.allCases { pace(stream, form) }
          }
          part("When") {
            radios(
              "The one letter comes", name: "rhythm",
              options: LetterRhythm.allCases.map { Option($0.rawValue, $0.words) }, value: form.wishes.rhythm.rawValue,
              hint: "At \(QuietHours.clock(LetterWishes.morning)), and only when something is new.")
            checkbox(
              "Quiet hours", name: "quiet", isOn: form.isQuiet,
              hint: "Letters wait until they end. Codes to sign in never wait.")
            div(.class("figures-group")) {
              timeField("From", name: "quiet_from", value: form.quietFrom, problems: problems)
              timeField("Until", name: "quiet_until", value: form.quietUntil, problems: problems)
            }
            choice(
              "Time zone", name: "zone", options: zones(league), value: form.wishes.zone, problems: problems)
          }
          part("Keys") {
            checkbox(
              "Keyboard shortcuts", name: "keys", isOn: form.hasKeys,
              hint: "? lists them. Turn them off if they get in the way of your own tools.")
          }
          submit("Save")
        }
      }
    }
  }

  private static func comesBack(_ trouble: AddressTrouble, _ since: Instant, _ viewer: Viewer) -> HTML {
    note {
      p {
        strong { "Letters to \(trouble.address) come back." }
        " Since \(viewer.zone.date(of: since).spoken) none is sent there but codes to sign in. The last mail server said: “\(trouble.words)”"
      }
      p {
        "Is the address right, and the mailbox open again? Then try it. If the address itself is wrong, write to the League office."
      }
      postForm("/account/letters/trial", viewer) {
        div(.class("actions")) { button(.class("button second")) { "Send a letter to try it" } }
      }
    }
  }

  private static func pace(_ stream: LetterStream, _ form: LetterForm) -> HTML {
    radios(
      stream.words, name: "pace_\(stream.rawValue)",
      options: LetterPace.allCases.map { Option($0.rawValue, $0.words) }, value: form.wishes.pace(stream).rawValue)
  }

  private static func zones(_ league: String) -> [Option] {
    let name = LetterWishes.zones.first { $0.0 == league }?.1 ?? league
    return [Option("", "The League’s: \(name)")] + LetterWishes.zones.map { Option($0.0, $0.1) }
  }
}
