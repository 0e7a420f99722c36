/// The beginning of a Markdown text as plain words, for lists, stories, notices and link previews. Raw HTML is left out, as
/// it is where the text is rendered.
enum Extract {
  /// - Parameter limit: characters; the text ends at a word, with an ellipsis where something was left out.
  static func plain(_ markdown: String, limit: Int = 220) -> String {
    let text = markdown.prefix(4000)
    // An extract shows the beginning, and of most texts it can be told from the beginning alone.
    let head = text.utf8.prefix(6 * limit)
    if head.count < text.utf8.count, !head.contains(where: pairs.contains) {
      let found = cut(words(String(decoding: head, as: UTF8.self)), limit)
      if let found { return found }
    }
    let all = words(String(text))
    return cut(all, limit) ?? all
  }

  /// The words cut at the limit; nil where none need be left out.
  private static func cut(_ words: String, _ limit: Int) -> String? {
    guard let end = words.index(words.startIndex, offsetBy: limit, limitedBy: words.endIndex), end < words.endIndex
    else { return nil }
    let kept = words[..<end]
    return (kept.utf8.lastIndex(of: UInt8(ascii: " ")).map { String(kept[..<$0]) } ?? String(kept)) + "…"
  }

  /// Signs whose second half may stand further on in a text.
  private static let pairs = Array("[<*_`".utf8)

  private static func words(_ markdown: String) -> String {
    let lines = markdown.utf8.split(whereSeparator: { $0 == 10 || $0 == 13 }).map { Substring($0) }.filter { line in
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
    return single(text)
  }

  /// Single spaces between words, none at the ends: one pass over the bytes, where parting and joining took half of all.
  private static func single(_ text: String) -> String {
    let space = UInt8(ascii: " ")
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    for byte in text.utf8 where byte != space || (bytes.last ?? space) != space { bytes.append(byte) }
    if bytes.last == space { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// With what a line's mark can begin.
  private static let marks = Array(" \t#-*+_".utf8)

  private static func has(_ sign: Unicode.Scalar, _ text: String) -> Bool { text.utf8.contains(UInt8(ascii: sign)) }
}
