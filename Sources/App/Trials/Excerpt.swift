import Markup

/// Markdown as the sanitised HTML text that a store keeps beside it.
func renderedMarkdown(_ text: String) -> String { Markdown.html(text).string }

/// The beginning of a Markdown text as plain words, for lists.
enum Excerpt {
  /// - Parameter limit: characters; the text ends at a word, with an ellipsis where something was left out.
  static func plain(_ markdown: String, limit: Int = 320) -> String {
    let lines = markdown.split(separator: "\n").filter { !$0.hasPrefix("|") && !$0.hasPrefix("```") }
    let words = lines.map { line in
      line.drop { "#>*-+ \t0123456789.".contains($0) || $0 == ")" }.isEmpty
        ? "" : String(line.drop { "#> \t".contains($0) })
    }.joined(separator: " ")
    let bare = unmarked(words)
    guard bare.count > limit else { return bare }
    let cut = bare.prefix(limit)
    return (cut.lastIndex(of: " ").map { String(cut[..<$0]) } ?? String(cut)) + "…"
  }

  /// Without emphasis and code marks; of a link only its words stay.
  private static func unmarked(_ text: String) -> String {
    text.replacing(/!?\[([^\]\n]{0,300})\]\([^)\n]{0,500}\)/) { $0.output.1 }
      .replacing(/\*\*|__|`/, with: "").replacing(/\*(\S[^*\n]*)\*/) { $0.output.1 }
      .split(separator: " ").joined(separator: " ")
  }
}
