/// The beginning of a Markdown text as plain words, for lists, stories, notices and link previews. Raw HTML is left out, as
/// it is where the text is rendered.
enum Extract {
  /// - Parameter limit: characters; the text ends at a word, with an ellipsis where something was left out.
  static func plain(_ markdown: String, limit: Int = 220) -> String {
    let lines = markdown.prefix(4000).split(separator: "\n").filter { line in
      !line.hasPrefix(">") && !line.hasPrefix("|") && !line.hasPrefix("```")
    }
    // Most texts hold few of these signs, and to make an expression and look for what is not there costs more than all else.
    var text = lines.map { line in
      guard line.utf8.first.map(marks.contains) == true else { return line }
      return line.trimmingPrefix(/[ \t]*(?:#{1,6}[ \t]+|[-*+][ \t]+|[-*_ \t]{3,}$)?/)
    }.joined(separator: " ")
    if has("[", text) { text.replace(/!?\[([^\]\n]{0,300})\]\([^)\n]{0,500}\)/) { $0.output.1 } }
    if has("<", text) {
      text.replace(/<(https?:\/\/[^<>\s]+)>/) { $0.output.1 }
      text.replace(/<!--.*?-->|<\/?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?\/?>/, with: "")
    }
    if has("*", text) || has("_", text) || has("`", text) { text.replace(/\*\*|__|`/, with: "") }
    if has("*", text) { text.replace(/\*([^*\n]+)\*/) { $0.output.1 } }
    let words = text.split(separator: " ").joined(separator: " ")
    guard words.count > limit else { return words }
    let cut = words.prefix(limit)
    return (cut.lastIndex(of: " ").map { String(cut[..<$0]) } ?? String(cut)) + "…"
  }

  /// With what a line's mark can begin.
  private static let marks = Array(" \t#-*+_".utf8)

  private static func has(_ sign: Unicode.Scalar, _ text: String) -> Bool { text.utf8.contains(UInt8(ascii: sign)) }
}
