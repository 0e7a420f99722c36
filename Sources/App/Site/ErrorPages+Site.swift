import Markup

extension ErrorPages {
  /// A form that was refused where no page could show it again.
  static func invalid(_ problems: Problems) -> Page {
    Page("Please check the form") {
      h1 { "Please check the form" }
      p { "Nothing was saved. Go back: your browser still holds what you typed." }
      ul { for (_, advice) in problems.sorted(by: { $0.key < $1.key }) { li { advice } } }
    }
  }

  /// The database is away for a moment.
  static func unavailable(requestID: String) -> Page {
    Page("Back in a moment") {
      h1 { "The League cannot reach its data just now" }
      p {
        "Nothing that was saved before is lost. Go back and send it again in a few seconds: your browser holds what you typed."
      }
      p { code { requestID } }
    }
  }
}
