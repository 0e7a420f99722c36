import Markup

/// Stopping letters from a letter. Opening the link changes nothing: mail scanners open every link.
enum LetterStopPages {
  /// - Parameter title: of the discussion that the letter was about.
  static func ask(_ token: String, _ stop: LetterStop, discussion title: String, _ viewer: Viewer) -> Page {
    Page("Stop these letters") {
      column {
        h1 { "Stop these letters" }
        lede(why(stop, title))
        if stop != .all {
          postForm("/letters/stop/\(token)", viewer) { submit(act(stop)) }
        }
        postForm("/letters/stop/\(token)", viewer) {
          input(.type("hidden"), .name("all"), .value("yes"))
          if stop == .all {
            submit("Stop all letters")
          } else {
            div(.class("actions")) { button(.class("button second")) { "Stop all letters" } }
          }
        }
        quiet("What is meant for you still stands under Notices on the site.")
      }
    }
  }

  private static func why(_ stop: LetterStop, _ title: String) -> String {
    switch stop {
    case .discussion: "You get a letter when somebody writes in “\(title)”."
    case .stream(let stream): "You get a letter for this: \(stream.words.lowercasedFirst)."
    case .digest: "You get one letter with what is new for you, each day or each week."
    case .all: "You get a letter when something in the League is meant for you."
    }
  }

  private static func act(_ stop: LetterStop) -> String {
    switch stop {
    case .discussion: "Stop letters about this discussion"
    case .stream: "Stop these letters"
    case .digest: "Stop the one letter"
    case .all: "Stop all letters"
    }
  }

  static func done(_ stop: LetterStop, _ viewer: Viewer) -> Page {
    Page("The letters are stopped") {
      column {
        h1 { "The letters are stopped" }
        lede(result(stop))
        p {
          if case .discussion(let id) = stop {
            quietLink("Change it beside the discussion", "/discussions/\(id)")
          } else {
            quietLink("Change it under Letters", "/account/letters")
          }
        }
      }
    }
  }

  private static func result(_ stop: LetterStop) -> String {
    switch stop {
    case .discussion: "You get no more letters and no notices about this discussion."
    case .stream(let stream): "You get no more letters for this: \(stream.words.lowercasedFirst)."
    case .digest: "You get no more letters of the day or the week. What was in them stands under Notices."
    case .all: "You get no more letters about notices. Signing in still sends its code."
    }
  }
}
