import Markup

enum KeptFormPages {
  /// The kept words, to be read, copied or sent once more.
  static func show(_ kept: KeptForm, _ viewer: Viewer) -> Page {
    Page("Your words are here") {
      column {
        h1 { "Your words are here" }
        lede("You had to show first that it is you. Nothing was saved yet: look once more and send them.")
        postForm(kept.path, viewer) {
          for name in unique(kept.fields.names) {
            for value in kept.fields.all(name) { hidden(name, value) }
          }
          facts(typed(kept.fields))
          submit("Send it now")
        }
      }
    }
  }

  /// What the person typed or chose, in the order of the form.
  static func typed(_ fields: Fields) -> [(term: String, value: HTML)] {
    unique(fields.names).filter { !unseen.contains($0) }.compactMap { name -> (term: String, value: HTML)? in
      let values = fields.all(name).filter { !$0.isEmpty }
      guard !values.isEmpty else { return nil }
      return (
        term: label(name),
        value: HTML {
          for line in values.flatMap({ $0.split(separator: "\n") }) {
            p { line == "on" || line == "1" ? "yes" : String(line) }
          }
        }
      )
    }
  }

  /// Fields that a form brings along and nobody types.
  private static let unseen: Set = [
    "about", "basis", "draft", "from", "generation", "id", "issuer", "next", "post", "reply_to", "stays", "subject",
    "submission", "token",
  ]

  private static func label(_ name: String) -> String {
    if let known = labels[name] { return known }
    let words = name.split(separator: "_").joined(separator: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }

  /// Where the name of a field does not say what was asked.
  private static let labels = [
    "again": "What you would do again", "better": "Which is better", "by_lot": "Chosen by lot",
    "changed": "What you changed", "comparison_words": "Compared with", "core": "What must be kept",
    "adaptable": "What may be changed", "conditions": "What has to be true first", "definition": "How it is counted",
    "due": "Reported by", "happened": "What happened", "participants": "Who takes part",
    "practice": "What to do", "predicted": "What you expect", "predicted_words": "In words",
    "probability": "How sure, in percent", "smallest": "Worth having from", "starts": "Starts on",
    "summary": "In short", "text": "What you wrote", "why": "Why",
  ]

  private static func unique(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }
}
