import Markup

/// Stopping letters from a letter. Opening the link changes nothing: mail scanners open every link.
enum LetterStopPages {
  /// - Parameter title: of the discussion; nil when the letter was about something else.
  static func ask(_ token: String, discussion title: String?, _ viewer: Viewer) -> Page {
    Page("Stop these letters") {
      column {
        h1 { "Stop these letters" }
        if let title {
          lede("You get a letter when somebody writes in “\(title)”.")
          postForm("/letters/stop/\(token)", viewer) { submit("Stop letters about this discussion") }
        } else {
          lede("You get a letter when something in the League is meant for you.")
        }
        postForm("/letters/stop/\(token)", viewer) {
          input(.type("hidden"), .name("all"), .value("yes"))
          if title == nil {
            submit("Stop all letters")
          } else {
            div(.class("actions")) { button(.class("button second")) { "Stop all letters" } }
          }
        }
        quiet("What is meant for you still stands under Notices on the site.")
      }
    }
  }

  static func done(all: Bool, _ viewer: Viewer) -> Page {
    Page("The letters are stopped") {
      column {
        h1 { "The letters are stopped" }
        lede(
          all
            ? "You get no more letters about notices. Signing in still sends its code."
            : "You get no more letters and no notices about this discussion.")
        p {
          all
            ? quietLink("Change it under Letters", "/account/letters")
            : quietLink("Change it beside the discussion", "/discussions")
        }
      }
    }
  }
}
