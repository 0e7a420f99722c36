/// The beginning of a Markdown text as plain words, for lists, stories, notices and link previews. Raw HTML is left out, as
/// it is where the text is rendered.
enum Extract {
  /// - Parameter limit: characters; the text ends at a word, with an ellipsis where something was left out.
  static func plain(_ markdown: String, limit: Int = 220) -> String {
    let lines = markdown.prefix(4000).split(separator: "\n").filter { line in
      !line.hasPrefix(">") && !line.hasPrefix("|") && !line.hasPrefix("```")
    }
    let mark = /[ \t]*(?:#{1,6}[ \t]+|[-*+][ \t]+|[-*_ \t]{3,}$)?/
    let words = lines.map { $0.trimmingPrefix(mark) }.joined(separator: " ")
      .replacing(/!?\[([^\]\n]{0,300})\]\([^)\n]{0,500}\)/) { $0.output.1 }
      .replacing(/<(https?:\/\/[^<>\s]+)>/) { $0.output.1 }
      .replacing(/<!--.*?-->|<\/?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?\/?>/, with: "")
      .replacing(/\*\*|__|`/, with: "").replacing(/\*([^*\n]+)\*/) { $0.output.1 }
      .split(separator: " ").joined(separator: " ")
    guard words.count > limit else { return words }
    let cut = words.prefix(limit)
    return (cut.lastIndex(of: " ").map { String(cut[..<$0]) } ?? String(cut)) + "…"
  }
}
